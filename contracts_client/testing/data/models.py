"""Make any model by the specification, with some properties as they are wanted."""

from __future__ import annotations

from collections.abc import Mapping
from difflib import get_close_matches
from inspect import formatannotation
from typing import Any, TypeVar, cast

from attrs import evolve, fields_dict

from ...errors import InvalidArgumentError
from ...openapi.errors import ArgumentError, DecodeError
from .documents import Documents
from .schemas import Model, Schemas, packaged_schemas

M = TypeVar("M", bound=Model)

__tracebackhide__ = True  # what a test did wrong is seen best in the test

_EXTRA = "additional_properties"


def build(model: type[M], seed: int = 1, /, *, full: bool = False, **properties: Any) -> M:
    """Make a model: any of the specification's, also those that have no function of their own in ``builders``.

    Args:
        model: The model's class, such as ``Contract``.
        seed: Which one, from 1: the same number gives the same one, another number other ids, texts and moments.
        full: Whether every property is given. Otherwise it has what the specification requires, or everything where
            nothing is required.
        properties: Values by the names of the attributes. They are copied, and may be plain values of an enumeration,
            one that the specification does not know too. None leaves an optional property out.

    Returns:
        The model, valid by the specification as long as the values given are.

    Raises:
        InvalidArgumentError: It is no model, the seed is no number from 1, or a value is of another type than declared.
        TypeError: There is no such property; the message names those that are spelled alike.
        SpecificationError: The specification asks for a text that can't be made up, and gives no example of it.
    """
    return made_by(packaged_schemas(), model, seed, properties, full=full)


def made_by(schemas: Schemas, model: type[M], seed: int, properties: Mapping[str, Any], *, full: bool = False) -> M:
    """Make a model by another specification; see ``build``."""
    if type(seed) is not int or seed < 1:
        raise InvalidArgumentError("seed", "must be an integer from 1")
    return with_properties(model.from_dict(Documents(schemas, full=full).make(model, seed)), properties)


def insist_on_names(model: type[Model], names: Mapping[str, object]) -> None:
    """Refuse names that a model has no attribute of.

    Raises:
        TypeError: There is one; the message names those that are spelled alike.
    """
    known = {*model.json_names.values(), _EXTRA}
    for name in names:
        if name not in known:
            near = get_close_matches(name, known)
            hint = f"; did you mean {' or '.join(near)}?" if near else f"; it has {', '.join(sorted(known))}"
            raise TypeError(f"{model.__name__} has no property {name}{hint}")


def with_properties(made: M, properties: Mapping[str, Any]) -> M:
    """A copy of a model with other values, each as it would come back from the server.

    Raises:
        InvalidArgumentError: A value is of another type than the property's.
        TypeError: There is no such property.
    """
    insist_on_names(type(made), properties)
    for name, value in properties.items():
        made = _with_property(made, name, value)
    return made


def _with_property(made: M, name: str, value: Any) -> M:
    model: type[M] = type(made)
    rule = f"must be {_declared(model, name)}"
    try:
        changed = evolve(cast("Any", made), **{name: value})
        # To JSON and back: a copy that shares nothing, and whose enumerations are enumerations.
        again = model.from_dict(changed.to_dict())
        # A lenient model puts what it can't read elsewhere.
        if getattr(again, name) == getattr(changed, name):
            return again
    except ArgumentError as error:
        rule = error.rule
    except (AttributeError, DecodeError, TypeError):
        pass
    raise InvalidArgumentError(name, rule)


def _declared(model: type[Any], name: str) -> str:
    if name == _EXTRA:
        return "a dict of properties that the specification does not know"
    kind: Any = fields_dict(model)[name].type
    # cattrs replaces the names of types by the types, for everybody.
    return kind if isinstance(kind, str) else formatannotation(kind).replace(f"{model.__module__}.", "")
