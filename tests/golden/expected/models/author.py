# Generated from openapi.yaml and custom_templates by `make generate`. Do not edit: change those, then generate again.
# pyright: reportPrivateUsage=false, reportUnknownArgumentType=false, reportUnknownVariableType=false
# The functions that make a model stand beside its class, and write its slots; what they read may be anything.

from __future__ import annotations

from functools import partial
from typing import Any, ClassVar

from attrs import define
from attrs import field as attrs_field

from ..errors import DecodeError
from ..types import Reader, Wire, decoded, mismatch, nested, none_if_empty, read_list, short_repr, unknown_properties

_NAMES: dict[str, str] = {
    "name": "name",
    "books": "books",
    "favourite": "favourite",
}
_PERSONAL = frozenset[str](("name",))


@define(kw_only=True, repr=False)
class Author:
    """Author"""

    name: str
    """Not described."""

    books: list[Book] | None = None
    """Not described."""

    favourite: Book | None = None
    """Contains itself, directly and through an array, and its author, who contains it."""

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
    def from_dict(cls, data: Any) -> Author:
        """Read one from a JSON object.

        Args:
            data: The object, as ``json.loads`` returns it. It is not changed.

        Raises:
            DecodeError: It is not what the specification says. The error names the place, never the value.
        """
        return decoded(data, decode_author)

    def to_dict(self) -> dict[str, Any]:
        """Return this as a JSON object; what is None is left out.

        Raises:
            ArgumentError: A value can't be written, such as a datetime without an offset.
        """
        data: dict[str, Any] = {
            "name": self.name,
        }
        if self.books is not None:
            data["books"] = [item.to_dict() for item in self.books]
        if self.favourite is not None:
            data["favourite"] = self.favourite.to_dict()
        if self._additional_properties:
            # Twice, so that a property of the specification keeps its place and its value.
            data = {**data, **self._additional_properties, **data}
        return data


# A quarter of what a call of the class takes, and less than object.__new__ with its argument.
_blank = partial(object.__new__, Author)


def decode_author(data: Any) -> Author:
    """Read one from a JSON object; see ``Author.from_dict``."""
    source: dict[str, Any] = data
    if type(source) is not dict:
        raise mismatch(data, "an object")
    self = _blank()
    absent = 0
    name = ""
    try:
        name = "name"
        value: Any = source[name]
        if type(value) is not str:
            raise mismatch(value, "a string")
        self.name = value
        name = "books"
        value = source.get(name)
        if value is None:
            absent += 1
            self.books = None
        else:
            self.books = nested(read_list, value, decode_book)
        name = "favourite"
        value = source.get(name)
        if value is None:
            absent += 1
            self.favourite = None
        else:
            self.favourite = nested(decode_book, value)
    except DecodeError as error:
        raise error.inside(name) from None
    except KeyError:
        pass
    else:
        if len(source) + absent == 3:  # then there can't be an unknown one
            self._additional_properties = None
        else:
            self._additional_properties = unknown_properties(source, _NAMES)
        return self
    # Null is no better than nothing, and says what was expected.
    return decode_author({**source, name: None})


def describe_author(wire: Wire) -> Any:
    """Describe the properties to msgspec."""
    return wire.struct(
        "Author",
        lambda wire: (
            ("name", "name", str, True),
            ("books", "books", wire.array(describe_book(wire)), False),
            ("favourite", "favourite", describe_book(wire), False),
        ),
    )


def convert_author(wire: Any) -> Author:
    """Make one from what msgspec has checked."""
    self = _blank()
    self.name = wire.name
    value: Any = wire.books
    self.books = None if value is None else nested(lambda value: [convert_book(item) for item in value], value)
    value = wire.favourite
    self.favourite = None if value is None else nested(convert_book, value)
    self._additional_properties = None
    return self


author_reader = Reader(decode_author, describe_author, convert_author)


# Models may contain each other, so these imports stand last: whichever module is imported first finds the other whole.
from .book import Book, convert_book, decode_book, describe_book  # noqa: E402
