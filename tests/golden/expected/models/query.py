# Generated from openapi.yaml and custom_templates by `make generate`. Do not edit: change those, then generate again.
# pyright: reportPrivateUsage=false, reportUnknownArgumentType=false, reportUnknownVariableType=false
# The functions that make a model stand beside its class, and write its slots; what they read may be anything.

from __future__ import annotations

from functools import partial
from typing import Any, ClassVar

from attrs import define
from contracts_client.openapi.decode import mismatch, nested, read_str, read_union, unknown_properties
from contracts_client.openapi.encode import write_any
from contracts_client.openapi.errors import DecodeError
from contracts_client.openapi.fast import Reader, StructBuilder
from contracts_client.openapi.model import Model

_NAMES: dict[str, str] = {
    "test": "test",
}


@define(kw_only=True, repr=False)
class Query(Model):
    """Holds itself through several types of a union, each in a place of its own."""

    test: Every | Neither | str
    """Not described."""

    json_names: ClassVar[dict[str, str]] = _NAMES

    def to_dict(self) -> dict[str, Any]:
        data: dict[str, Any] = {
            "test": write_any(self.test, "test"),
        }
        return data if self._additional_properties is None else self._with_unknown(data)


# A quarter of what a call of the class takes, and less than object.__new__ with its argument.
_blank = partial(object.__new__, Query)


def decode_query(data: Any) -> Query:
    """Read one from a JSON object; see ``Query.from_dict``."""
    source: dict[str, Any] = data
    if type(source) is not dict:
        raise mismatch(data, "an object")
    self = _blank()
    absent = 0
    name = ""
    try:
        name = "test"
        value: Any = source.get(name)
        if value is None and name not in source:
            raise mismatch(None, "a value")
        self.test = nested(read_union, value, read_str, decode_every, decode_neither)
    except DecodeError as error:
        raise error.inside(name) from None
    if len(source) + absent == 1:  # then there can't be an unknown one
        self._additional_properties = None
    else:
        self._additional_properties = unknown_properties(source, _NAMES)

    return self


def describe_query(structs: StructBuilder) -> Any:
    """Describe the properties to msgspec."""
    return structs.struct(
        "Query",
        lambda structs: (("test", "test", Any, True),),
    )


def convert_query(struct: Any) -> Query:
    """Make one from what msgspec has checked."""
    self = _blank()
    value: Any = struct.test
    self.test = nested(lambda value: read_union(value, read_str, decode_every, decode_neither), value)
    self._additional_properties = None
    return self


Query._decode = decode_query
query_reader = Reader(decode_query, describe_query, convert_query)


# Models may contain each other, so these imports stand last: whichever module is imported first finds the other whole.
from .every import Every, decode_every  # noqa: E402
from .neither import Neither, decode_neither  # noqa: E402
