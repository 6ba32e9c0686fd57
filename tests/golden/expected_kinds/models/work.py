# Generated from openapi.yaml and custom_templates by `make generate`. Do not edit: change those, then generate again.
# pyright: reportPrivateUsage=false, reportUnknownArgumentType=false, reportUnknownVariableType=false
# The functions that make a model stand beside its class, and write its slots; what they read may be anything.

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any, ClassVar

from contracts_client.openapi.classes import define
from contracts_client.openapi.decode import INT64_MIN, mismatch, unknown_properties
from contracts_client.openapi.errors import DecodeError
from contracts_client.openapi.fast import Reader, StructBuilder
from contracts_client.openapi.model import Model

_NAMES: dict[str, str] = {
    "kind": "kind",
    "number": "number",
    "secret": "secret",
    "to_dict": "to_dict_2",
    'a"b': "ab",
}


@define(kw_only=True, repr=False)
class Work(Model):
    """Work"""

    kind: str
    """Not described."""

    number: int | None = None
    """Read only."""

    secret: str | None = None
    """Write only."""

    to_dict_2: str | None = None
    """Not described."""

    ab: str | None = None
    """Not described."""

    json_names: ClassVar[dict[str, str]] = _NAMES

    def _written(self, date_time: Callable[[Any, str], Any], /) -> dict[str, Any]:
        data: dict[str, Any] = {
            "kind": self.kind,
        }
        if self.number is not None:
            data["number"] = self.number
        if self.secret is not None:
            data["secret"] = self.secret
        if self.to_dict_2 is not None:
            data["to_dict"] = self.to_dict_2
        if self.ab is not None:
            data['a"b'] = self.ab
        return data if self._additional_properties is None else self._with_unknown(data)


# A quarter of what a call of the class takes, and less than object.__new__ with its argument.
blank_work = partial(object.__new__, Work)


def decode_work(data: Any) -> Work:
    """Read one from a JSON object; see ``Work.from_dict``."""
    source: dict[str, Any] = data
    if type(source) is not dict:
        raise mismatch(data, "an object")
    self = blank_work()
    absent = 0
    name = ""
    try:
        name = "kind"
        value: Any = source[name]
        if type(value) is not str:
            raise mismatch(value, "a string")
        self.kind = value
        name = "number"
        value = source.get(name)
        if value is None:
            absent += 1
        elif type(value) is not int or (value.bit_length() > 63 and value != INT64_MIN):
            raise mismatch(value, "an integer of 64 bits")
        self.number = value
        name = "secret"
        value = source.get(name)
        if value is None:
            absent += 1
        elif type(value) is not str:
            raise mismatch(value, "a string")
        self.secret = value
        name = "to_dict"
        value = source.get(name)
        if value is None:
            absent += 1
        elif type(value) is not str:
            raise mismatch(value, "a string")
        self.to_dict_2 = value
        name = 'a"b'
        value = source.get(name)
        if value is None:
            absent += 1
        elif type(value) is not str:
            raise mismatch(value, "a string")
        self.ab = value
    except DecodeError as error:
        raise error.inside(name) from None
    except KeyError:
        pass
    else:
        if len(source) + absent == 5:  # then there can't be an unknown one
            self._additional_properties = None
        else:
            self._additional_properties = unknown_properties(source, _NAMES)

        return self
    # Null is no better than nothing, and says what was expected.
    return decode_work({**source, name: None})


def describe_work(structs: StructBuilder) -> Any:
    """Describe the properties to msgspec."""
    return structs.struct(
        "Work",
        lambda structs: (
            ("kind", "kind", str, True),
            ("number", "number", structs.integer, False),
            ("secret", "secret", str, False),
            ("to_dict_2", "to_dict", str, False),
            ("ab", 'a"b', str, False),
        ),
    )


def convert_work(struct: Any) -> Work:
    """Make one from what msgspec has checked."""
    self = blank_work()
    self.kind = struct.kind
    self.number = struct.number
    self.secret = struct.secret
    self.to_dict_2 = struct.to_dict_2
    self.ab = struct.ab
    self._additional_properties = None
    return self


Work._decode = decode_work
work_reader = Reader(decode_work, describe_work, convert_work)
