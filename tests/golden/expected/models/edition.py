# Generated from openapi.yaml and custom_templates by `make generate`. Do not edit: change those, then generate again.
# pyright: reportPrivateUsage=false, reportUnknownArgumentType=false, reportUnknownVariableType=false
# The functions that make a model stand beside its class, and write its slots; what they read may be anything.

from __future__ import annotations

from functools import partial
from typing import Any, ClassVar

from attrs import define
from contracts_client.openapi.decode import INT64_MIN, mismatch, unknown_properties
from contracts_client.openapi.errors import DecodeError
from contracts_client.openapi.fast import Reader, StructBuilder
from contracts_client.openapi.model import Model

_NAMES: dict[str, str] = {
    "year": "year",
    "speaker": "speaker",
}


@define(kw_only=True, repr=False)
class Edition(Model):
    """Edition"""

    year: int
    """Not described."""

    speaker: str | None = None
    """Not described."""

    json_names: ClassVar[dict[str, str]] = _NAMES

    def to_dict(self) -> dict[str, Any]:
        data: dict[str, Any] = {
            "year": self.year,
        }
        if self.speaker is not None:
            data["speaker"] = self.speaker
        return data if self._additional_properties is None else self._with_unknown(data)


# A quarter of what a call of the class takes, and less than object.__new__ with its argument.
_blank = partial(object.__new__, Edition)


def decode_edition(data: Any) -> Edition:
    """Read one from a JSON object; see ``Edition.from_dict``."""
    source: dict[str, Any] = data
    if type(source) is not dict:
        raise mismatch(data, "an object")
    self = _blank()
    absent = 0
    name = ""
    try:
        name = "year"
        value: Any = source[name]
        if type(value) is not int or (value.bit_length() > 63 and value != INT64_MIN):
            raise mismatch(value, "an integer of 64 bits")
        self.year = value
        name = "speaker"
        value = source.get(name)
        if value is None:
            absent += 1
        elif type(value) is not str:
            raise mismatch(value, "a string")
        self.speaker = value
    except DecodeError as error:
        raise error.inside(name) from None
    except KeyError:
        pass
    else:
        if len(source) + absent == 2:  # then there can't be an unknown one
            self._additional_properties = None
        else:
            self._additional_properties = unknown_properties(source, _NAMES)

        return self
    # Null is no better than nothing, and says what was expected.
    return decode_edition({**source, name: None})


def describe_edition(structs: StructBuilder) -> Any:
    """Describe the properties to msgspec."""
    return structs.struct(
        "Edition",
        lambda structs: (
            ("year", "year", structs.integer, True),
            ("speaker", "speaker", str, False),
        ),
    )


def convert_edition(struct: Any) -> Edition:
    """Make one from what msgspec has checked."""
    self = _blank()
    self.year = struct.year
    self.speaker = struct.speaker
    self._additional_properties = None
    return self


Edition._decode = decode_edition
edition_reader = Reader(decode_edition, describe_edition, convert_edition)
