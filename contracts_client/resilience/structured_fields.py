"""Structured fields of HTTP (RFC 9651): lists and dictionaries, read strictly. It imports nothing of the package."""

from __future__ import annotations

import re
from base64 import b64decode
from collections.abc import Callable
from typing import Final, TypeAlias
from urllib.parse import unquote_to_bytes

from ..openapi.classes import frozen

MAX_LENGTH: Final = 1024
"""Characters of a field. A longer one is not read."""

# Patterns are texts: re keeps what it has compiled, and most processes never read such a field.
_SPACES: Final = r" *"
_BLANKS: Final = r"[ \t]*"
_COMMA: Final = r",[ \t]*"
_KEY: Final = r"[a-z*][a-z0-9_.*-]*"


@frozen
class Date:
    """A moment, in seconds since 1970."""

    seconds: int


BareItem: TypeAlias = int | float | str | bytes | bool | Date
"""A value. Strings, tokens and display strings are all a ``str``, decimals a ``float``."""

_BARE_ITEMS: Final[tuple[tuple[str, Callable[[str], BareItem]], ...]] = (
    (r"(-?[0-9]{1,15})(?![0-9.])", int),
    (r"(-?[0-9]{1,12}\.[0-9]{1,3})(?![0-9.])", float),
    (r'"((?:[ !#-\[\]-~]|\\["\\])*)"', lambda text: re.sub(r"\\(.)", r"\1", text)),
    (r"([A-Za-z*][A-Za-z0-9!#$%&'*+.^_`|~:/-]*)", str),
    (r":([A-Za-z0-9+/]*={0,2}):", lambda text: b64decode(text + "=" * (-len(text) % 4), validate=True)),
    (r"\?([01])", lambda text: text == "1"),
    (r"@(-?[0-9]{1,15})(?![0-9.])", lambda text: Date(int(text))),
    (r'%"((?:[ !#$&-~]|%[0-9a-f]{2})*)"', lambda text: unquote_to_bytes(text).decode()),
)


@frozen
class Item:
    """A value with its parameters.

    Attributes:
        value: The value, or the items of an inner list.
        parameters: By name.
    """

    value: BareItem | tuple[Item, ...]
    parameters: dict[str, BareItem]


def parse_list(text: str) -> list[Item]:
    """Return the members of a list.

    Raises:
        ValueError: The text is no list, or too long.
    """
    return _Parser(text).read_list()


def parse_dictionary(text: str) -> dict[str, Item]:
    """Return the members of a dictionary, by key.

    Raises:
        ValueError: The text is no dictionary, or too long.
    """
    return _Parser(text).read_dictionary()


class _Parser:
    """Reads a field from left to right."""

    def __init__(self, text: str) -> None:
        if len(text) > MAX_LENGTH:
            raise ValueError("the field is too long")
        self._text = text.strip(" ")
        self._at = 0

    def read_list(self) -> list[Item]:
        members = list[Item]()
        while self._goes_on(first=not members):
            members.append(self._member())
        return members

    def read_dictionary(self) -> dict[str, Item]:
        members = dict[str, Item]()
        while self._goes_on(first=not members):
            key = self._key()
            members[key] = self._member() if self._take("=") else Item(value=True, parameters=self._parameters())
        return members

    def _goes_on(self, *, first: bool) -> bool:
        if not first:
            self._match(_BLANKS)
        if self._at == len(self._text):
            return False
        if not first and self._match(_COMMA) is None:
            raise self._error("a comma")
        return True

    def _member(self) -> Item:
        value = self._inner_list() if self._take("(") else self._bare_item()
        return Item(value, self._parameters())

    def _inner_list(self) -> tuple[Item, ...]:
        items = list[Item]()
        while True:
            apart = bool(self._match(_SPACES))
            if self._take(")"):
                return tuple(items)
            if items and not apart:
                raise self._error("a space")
            items.append(Item(self._bare_item(), self._parameters()))

    def _parameters(self) -> dict[str, BareItem]:
        parameters = dict[str, BareItem]()
        while self._take(";"):
            self._match(_SPACES)
            key = self._key()
            parameters[key] = self._bare_item() if self._take("=") else True
        return parameters

    def _key(self) -> str:
        key = self._match(_KEY)
        if key is None:
            raise self._error("a key")
        return key

    def _bare_item(self) -> BareItem:
        for pattern, convert in _BARE_ITEMS:
            found = self._match(pattern)
            if found is not None:
                return convert(found)
        raise self._error("a value")

    def _match(self, pattern: str) -> str | None:
        """Step over what matches, and return its group, or all of it."""
        found = re.match(pattern, self._text[self._at :])
        if found is None:
            return None
        self._at += found.end()
        return found[found.re.groups]

    def _take(self, character: str) -> bool:
        found = self._text.startswith(character, self._at)
        self._at += found
        return found

    def _error(self, expected: str) -> ValueError:
        return ValueError(f"expected {expected} at {self._at}")
