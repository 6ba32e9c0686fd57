# Generated from openapi.yaml and custom_templates by `make generate`. Do not edit: change those, then generate again.
# pyright: reportPrivateUsage=false, reportUnknownArgumentType=false, reportUnknownVariableType=false
# The functions that make a model stand beside its class, and write its slots; what they read may be anything.

from __future__ import annotations

from functools import partial
from typing import Any, ClassVar

from attrs import define
from attrs import field as attrs_field

from ..errors import DecodeError
from ..types import Reader, Wire, decoded, mismatch, none_if_empty, short_repr, unknown_properties

_NAMES: dict[str, str] = {
    "text": "text",
    "description": "description",
    "languageCode": "language_code",
}
_PERSONAL = frozenset[str](())


@define(kw_only=True, repr=False)
class LocalizedText:
    """A text in one language. (published)"""

    text: str | None = None
    """The text itself. (published)"""

    description: str | None = None
    """A longer text that explains it. (published)"""

    language_code: str | None = None
    """The language, as an ISO 639-3 code. (published)"""

    # Most have none: a dict for each would cost more than everything else about it.
    _additional_properties: dict[str, Any] | None = attrs_field(
        default=None, alias="additional_properties", eq=none_if_empty
    )

    json_names: ClassVar[dict[str, str]] = _NAMES
    """The attribute of each property, by its name in JSON."""

    names_are_open: ClassVar[bool] = False
    """Whether the specification says that there may be properties of any name."""

    @property
    def additional_properties(self) -> dict[str, Any]:
        """Properties that the specification does not know, by name; written back as they came."""
        if self._additional_properties is None:
            self._additional_properties = {}
        return self._additional_properties

    @additional_properties.setter
    def additional_properties(self, properties: dict[str, Any]) -> None:
        self._additional_properties = properties

    def __repr__(self) -> str:
        return short_repr(self, _PERSONAL)

    @classmethod
    def from_dict(cls, data: Any) -> LocalizedText:
        """Read one from a JSON object.

        Args:
            data: The object, as ``json.loads`` returns it. It is not changed.

        Raises:
            DecodeError: It is not what the specification says. The error names the place, never the value.
        """
        return decoded(data, decode_localized_text)

    def to_dict(self) -> dict[str, Any]:
        """Return this as a JSON object; what is None is left out.

        Raises:
            ArgumentError: A value can't be written, such as a datetime without an offset.
        """
        data: dict[str, Any] = {}
        if self.text is not None:
            data["text"] = self.text
        if self.description is not None:
            data["description"] = self.description
        if self.language_code is not None:
            data["languageCode"] = self.language_code
        if self._additional_properties:
            # Twice, so that a property of the specification keeps its place and its value.
            data = {**data, **self._additional_properties, **data}
        return data


# A quarter of what a call of the class takes, and less than object.__new__ with its argument.
_blank = partial(object.__new__, LocalizedText)


def decode_localized_text(data: Any) -> LocalizedText:
    """Read one from a JSON object; see ``LocalizedText.from_dict``."""
    source: dict[str, Any] = data
    if type(source) is not dict:
        raise mismatch(data, "an object")
    self = _blank()
    absent = 0
    name = ""
    try:
        name = "text"
        value: Any = source.get(name)
        if value is None:
            absent += 1
        elif type(value) is not str:
            raise mismatch(value, "a string")
        self.text = value
        name = "description"
        value = source.get(name)
        if value is None:
            absent += 1
        elif type(value) is not str:
            raise mismatch(value, "a string")
        self.description = value
        name = "languageCode"
        value = source.get(name)
        if value is None:
            absent += 1
        elif type(value) is not str:
            raise mismatch(value, "a string")
        self.language_code = value
    except DecodeError as error:
        raise error.inside(name) from None
    if len(source) + absent == 3:  # then there can't be an unknown one
        self._additional_properties = None
    else:
        self._additional_properties = unknown_properties(source, _NAMES)
    return self


def describe_localized_text(wire: Wire) -> Any:
    """Describe the properties to msgspec."""
    return wire.struct(
        "LocalizedText",
        lambda wire: (
            ("text", "text", str, False),
            ("description", "description", str, False),
            ("language_code", "languageCode", str, False),
        ),
    )


def convert_localized_text(wire: Any) -> LocalizedText:
    """Make one from what msgspec has checked."""
    self = _blank()
    self.text = wire.text
    self.description = wire.description
    self.language_code = wire.language_code
    self._additional_properties = None
    return self


localized_text_reader = Reader(decode_localized_text, describe_localized_text, convert_localized_text)
