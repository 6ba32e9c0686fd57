# Generated from openapi.yaml and custom_templates by `make generate`. Do not edit: change those, then generate again.
# pyright: reportPrivateUsage=false, reportUnknownArgumentType=false, reportUnknownVariableType=false
# The functions that make a model stand beside its class, and write its slots; what they read may be anything.

from __future__ import annotations

from functools import partial
from typing import Any, ClassVar

from attrs import define
from attrs import field as attrs_field

from ..errors import DecodeError
from ..types import INT64_MIN, Reader, Wire, decoded, lenient_properties, mismatch, none_if_empty, short_repr

_NAMES: dict[str, str] = {
    "spots": "items",
    "total": "total_items",
    "pages": "total_pages",
}
_PERSONAL = frozenset[str](())


@define(kw_only=True, repr=False)
class Drawer:
    """A page that keeps what can not be read.

    Decoding one never fails on a property: what can't be read is None, and kept in ``additional_properties``.
    """

    items: list[Spot] | None = None
    """Not described."""

    total_items: int | None = None
    """Not described."""

    total_pages: int | None = None
    """Not described."""

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
    def from_dict(cls, data: Any) -> Drawer:
        """Read one from a JSON object.

        Args:
            data: The object, as ``json.loads`` returns it. It is not changed.

        Raises:
            DecodeError: It is not what the specification says. The error names the place, never the value.
        """
        return decoded(data, decode_drawer)

    def to_dict(self) -> dict[str, Any]:
        """Return this as a JSON object; what is None is left out.

        Raises:
            ArgumentError: A value can't be written, such as a datetime without an offset.
        """
        data: dict[str, Any] = {}
        if self.items is not None:
            data["spots"] = [item.to_dict() for item in self.items]
        if self.total_items is not None:
            data["total"] = self.total_items
        if self.total_pages is not None:
            data["pages"] = self.total_pages
        if self._additional_properties:
            # Twice, so that a property of the specification keeps its place and its value.
            data = {**data, **self._additional_properties, **data}
        return data


# A quarter of what a call of the class takes, and less than object.__new__ with its argument.
_blank = partial(object.__new__, Drawer)


def decode_drawer(data: Any) -> Drawer:
    """Read one from a JSON object; see ``Drawer.from_dict``."""
    source: dict[str, Any] = data
    if type(source) is not dict:
        raise mismatch(data, "an object")
    self = _blank()
    unknown = {name: value for name, value in source.items() if name not in _NAMES}
    value: Any = source.get("spots")
    try:
        if value is None:
            self.items = None
        elif type(value) is not list:
            raise mismatch(value, "an array")
        else:
            items: list[Any] = []
            try:
                for item in value:
                    items.append(decode_spot(item))  # noqa: PERF401 # len(items) is the index of the item that failed
            except DecodeError as error:
                raise error.inside(len(items)) from None
            self.items = items
    except DecodeError:
        self.items = None
        unknown["spots"] = value
    value = source.get("total")
    try:
        if value is None:
            pass
        elif type(value) is not int or (value.bit_length() > 63 and value != INT64_MIN):
            raise mismatch(value, "an integer of 64 bits")
        self.total_items = value
    except DecodeError:
        self.total_items = None
        unknown["total"] = value
    value = source.get("pages")
    try:
        if value is None:
            pass
        elif type(value) is not int or (value.bit_length() > 63 and value != INT64_MIN):
            raise mismatch(value, "an integer of 64 bits")
        self.total_pages = value
    except DecodeError:
        self.total_pages = None
        unknown["pages"] = value
    self._additional_properties = lenient_properties(unknown)
    return self


def describe_drawer(wire: Wire) -> Any:
    """Describe the properties to msgspec."""
    return wire.struct(
        "Drawer",
        lambda wire: (
            ("items", "spots", wire.array(describe_spot(wire)), False),
            ("total_items", "total", wire.integer, False),
            ("total_pages", "pages", wire.integer, False),
        ),
    )


def convert_drawer(wire: Any) -> Drawer:
    """Make one from what msgspec has checked."""
    self = _blank()
    value: Any = wire.items
    self.items = None if value is None else [convert_spot(item) for item in value]
    self.total_items = wire.total_items
    self.total_pages = wire.total_pages
    self._additional_properties = None
    return self


drawer_reader = Reader(decode_drawer, describe_drawer, convert_drawer)


# Models may contain each other, so these imports stand last: whichever module is imported first finds the other whole.
from .spot import Spot, convert_spot, decode_spot, describe_spot  # noqa: E402
