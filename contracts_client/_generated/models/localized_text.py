# Generated from openapi.yaml and custom_templates by `make generate`. Do not edit: change those, then generate again.
# pyright: reportPrivateUsage=false, reportUnknownArgumentType=false, reportUnknownVariableType=false
# The functions that make a model stand beside its class, and write its slots; what they read may be anything.

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any, ClassVar

from ...openapi.classes import define
from ...openapi.decode import mismatch, unknown_properties
from ...openapi.errors import DecodeError
from ...openapi.fast import Reader, StructBuilder
from ...openapi.model import Model

_NAMES: dict[str, str] = {
    "text": "text",
    "description": "description",
    "languageCode": "language_code",
}


@define(kw_only=True, repr=False)
class LocalizedText(Model):
    """A text in one language. (published)"""

    text: str | None = None
    """The text itself. (published)"""

    description: str | None = None
    """A longer text that explains it. (published)"""

    language_code: str | None = None
    """The language, as an ISO 639-3 code. (published)"""

    json_names: ClassVar[dict[str, str]] = _NAMES

    def _written(self, date_time: Callable[[Any, str], Any], /) -> dict[str, Any]:
        data: dict[str, Any] = {}
        if self.text is not None:
            data["text"] = self.text
        if self.description is not None:
            data["description"] = self.description
        if self.language_code is not None:
            data["languageCode"] = self.language_code
        return data if self._additional_properties is None else self._with_unknown(data)


# A quarter of what a call of the class takes, and less than object.__new__ with its argument.
blank_localized_text = partial(object.__new__, LocalizedText)


def decode_localized_text(data: Any) -> LocalizedText:
    """Read one from a JSON object; see ``LocalizedText.from_dict``."""
    source: dict[str, Any] = data
    if type(source) is not dict:
        raise mismatch(data, "an object")
    self = blank_localized_text()
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


def describe_localized_text(structs: StructBuilder) -> Any:
    """Describe the properties to msgspec."""
    return structs.struct(
        "LocalizedText",
        lambda structs: (
            ("text", "text", str, False),
            ("description", "description", str, False),
            ("language_code", "languageCode", str, False),
        ),
    )


def convert_localized_text(struct: Any) -> LocalizedText:
    """Make one from what msgspec has checked."""
    self = blank_localized_text()
    self.text = struct.text
    self.description = struct.description
    self.language_code = struct.language_code
    self._additional_properties = None
    return self


LocalizedText._decode = decode_localized_text
localized_text_reader = Reader(decode_localized_text, describe_localized_text, convert_localized_text)
