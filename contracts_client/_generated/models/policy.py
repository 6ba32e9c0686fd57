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
    "id": "id",
    "key": "key",
}


@define(kw_only=True, repr=False)
class Policy(Model):
    """A key that was checked against the claiming customer. (published)"""

    id: str | None = None
    """Identifies the policy. (published)"""

    key: str | None = None
    """The key that was checked. (published)"""

    json_names: ClassVar[dict[str, str]] = _NAMES

    def _written(self, date_time: Callable[[Any, str], Any], /) -> dict[str, Any]:
        data: dict[str, Any] = {}
        if self.id is not None:
            data["id"] = self.id
        if self.key is not None:
            data["key"] = self.key
        return data if self._additional_properties is None else self._with_unknown(data)


# A quarter of what a call of the class takes, and less than object.__new__ with its argument.
blank_policy = partial(object.__new__, Policy)


def decode_policy(data: Any) -> Policy:
    """Read one from a JSON object; see ``Policy.from_dict``."""
    source: dict[str, Any] = data
    if type(source) is not dict:
        raise mismatch(data, "an object")
    self = blank_policy()
    absent = 0
    name = ""
    try:
        name = "id"
        value: Any = source.get(name)
        if value is None:
            absent += 1
        elif type(value) is not str:
            raise mismatch(value, "a string")
        self.id = value
        name = "key"
        value = source.get(name)
        if value is None:
            absent += 1
        elif type(value) is not str:
            raise mismatch(value, "a string")
        self.key = value
    except DecodeError as error:
        raise error.inside(name) from None
    if len(source) + absent == 2:  # then there can't be an unknown one
        self._additional_properties = None
    else:
        self._additional_properties = unknown_properties(source, _NAMES)

    return self


def describe_policy(structs: StructBuilder) -> Any:
    """Describe the properties to msgspec."""
    return structs.struct(
        "Policy",
        lambda structs: (
            ("id", "id", str, False),
            ("key", "key", str, False),
        ),
    )


def convert_policy(struct: Any) -> Policy:
    """Make one from what msgspec has checked."""
    self = blank_policy()
    self.id = struct.id
    self.key = struct.key
    self._additional_properties = None
    return self


Policy._decode = decode_policy
policy_reader = Reader(decode_policy, describe_policy, convert_policy)
