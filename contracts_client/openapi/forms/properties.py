"""The properties of a model as its annotations say them: what all forms of a model are derived from."""

from __future__ import annotations

from functools import cache
from types import NoneType, UnionType
from typing import Any, NamedTuple, Union, get_args, get_origin, get_type_hints

import attrs


class Property(NamedTuple):
    """A property of a model.

    Attributes:
        attribute: Its name in Python.
        name: Its name in JSON.
        kind: Its type, without None if it is optional: None means that it is absent.
        is_required: Whether it is always there.
        is_personal: Whether it identifies a person.
    """

    attribute: str
    name: str
    kind: Any
    is_required: bool
    is_personal: bool


@cache
def properties_of(model: Any) -> tuple[Property, ...]:
    """Return the properties of a model that the specification knows, in its order."""
    hints = get_type_hints(model)
    required = {each.name for each in attrs.fields(model) if each.default is attrs.NOTHING}
    personal: frozenset[str] = model._personal  # noqa: SLF001 # its own room
    return tuple(
        Property(
            attribute=attribute,
            name=name,
            kind=hints[attribute] if attribute in required else _without_none(hints[attribute]),
            is_required=attribute in required,
            is_personal=attribute in personal,
        )
        for name, attribute in model.json_names.items()
    )


def members_of(kind: Any) -> tuple[Any, ...]:
    """Return the types of a union, or none if it is no union."""
    return get_args(kind) if get_origin(kind) in {Union, UnionType} else ()


def _without_none(kind: Any) -> Any:
    members = tuple(each for each in members_of(kind) if each is not NoneType)
    return Union[members] if members else kind  # noqa: UP007 # of a tuple
