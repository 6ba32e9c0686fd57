# Generated from openapi.yaml and custom_templates by `make generate`. Do not edit: change those, then generate again.
# pyright: reportPrivateUsage=false, reportUnknownArgumentType=false, reportUnknownVariableType=false
# The functions that make a model stand beside its class, and write its slots; what they read may be anything.

from __future__ import annotations

from functools import partial
from typing import Any, ClassVar

from attrs import define
from contracts_client.openapi.decode import mismatch, nested, read_list, unknown_properties
from contracts_client.openapi.errors import DecodeError
from contracts_client.openapi.fast import Reader, StructBuilder
from contracts_client.openapi.model import Model

_NAMES: dict[str, str] = {
    "every": "every",
}


@define(kw_only=True, repr=False)
class Every(Model):
    """Every"""

    every: list[Query]
    """Not described."""

    json_names: ClassVar[dict[str, str]] = _NAMES

    def to_dict(self) -> dict[str, Any]:
        data: dict[str, Any] = {
            "every": [item.to_dict() for item in self.every],
        }
        return data if self._additional_properties is None else self._with_unknown(data)


# A quarter of what a call of the class takes, and less than object.__new__ with its argument.
_blank = partial(object.__new__, Every)


def decode_every(data: Any) -> Every:
    """Read one from a JSON object; see ``Every.from_dict``."""
    source: dict[str, Any] = data
    if type(source) is not dict:
        raise mismatch(data, "an object")
    self = _blank()
    absent = 0
    name = ""
    try:
        name = "every"
        value: Any = source[name]
        self.every = nested(read_list, value, decode_query)
    except DecodeError as error:
        raise error.inside(name) from None
    except KeyError:
        pass
    else:
        if len(source) + absent == 1:  # then there can't be an unknown one
            self._additional_properties = None
        else:
            self._additional_properties = unknown_properties(source, _NAMES)

        return self
    # Null is no better than nothing, and says what was expected.
    return decode_every({**source, name: None})


def describe_every(structs: StructBuilder) -> Any:
    """Describe the properties to msgspec."""
    return structs.struct(
        "Every",
        lambda structs: (("every", "every", structs.array(describe_query(structs)), True),),
    )


def convert_every(struct: Any) -> Every:
    """Make one from what msgspec has checked."""
    self = _blank()
    value: Any = struct.every
    self.every = nested(lambda value: [convert_query(item) for item in value], value)
    self._additional_properties = None
    return self


Every._decode = decode_every
every_reader = Reader(decode_every, describe_every, convert_every)


# Models may contain each other, so these imports stand last: whichever module is imported first finds the other whole.
from .query import Query, convert_query, decode_query, describe_query  # noqa: E402
