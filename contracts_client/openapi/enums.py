"""Open enumerations: some values have names, and unknown values are kept."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, ClassVar, Self

from .decode import mismatch, read_int

_SHOWN_TEXT = 80  # characters of a value in a repr


def shortened(value: Any) -> str:
    """Return the repr of a value that is no container, cut if it is long."""
    text = repr(value[: _SHOWN_TEXT + 1] if value.__class__ is str else value)
    return text if len(text) <= _SHOWN_TEXT else f"{text[:_SHOWN_TEXT]}..."


class OpenStr(str):
    """A string of which some values are known by name.

    A value that the specification does not know is no error: it is kept as it is, and ``is_known`` is False. Known
    values are the same object wherever they are made, so ``is``, ``==``, ``match`` and ``dict`` look-ups all work.
    """

    __slots__ = ()
    known_values: ClassVar[dict[str, Any]] = {}

    def __init_subclass__(cls, *, known: dict[str, str]) -> None:
        cls.known_values = {}
        for name, value in known.items():
            member = str.__new__(cls, value)
            cls.known_values[value] = member
            setattr(cls, name, member)

    def __new__(cls, value: str) -> Self:
        """Return the known value, or a new unknown one.

        Raises:
            TypeError: The value is no string.
        """
        # str() would make a text of anything.
        if not isinstance(value, str):  # pyright: ignore[reportUnnecessaryIsInstance] # what it should be
            raise TypeError(f"{cls.__name__} takes a string")
        member: Self | None = cls.known_values.get(value)
        return str.__new__(cls, value) if member is None else member

    @classmethod
    def read(cls, value: Any) -> Self:
        """Read a value from JSON; any string will do.

        Raises:
            DecodeError: It is no string.
        """
        if type(value) is not str:
            raise mismatch(value, "a string")
        member: Self | None = cls.known_values.get(value)
        return str.__new__(cls, value) if member is None else member

    @classmethod
    def known(cls) -> Iterator[Self]:
        """Iterate over the values that the specification knows, in its order."""
        return iter(cls.known_values.values())

    @property
    def value(self) -> str:
        """The value as a plain string."""
        return str(self)

    @property
    def is_known(self) -> bool:
        """Whether the specification knows this value."""
        return self in self.known_values

    @classmethod
    def __get_pydantic_core_schema__(cls, _: Any, handler: Any) -> Any:
        """Return how pydantic validates this: unknown values are valid."""
        from .forms import pydantic_schema  # noqa: PLC0415 # pydantic is there if it asks

        return pydantic_schema.of_enumeration(cls, handler.generate_schema(str))

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: Any, handler: Any) -> Any:
        """Return the JSON schema, for the OpenAPI document of a host."""
        from .forms import pydantic_schema  # noqa: PLC0415 # likewise

        return pydantic_schema.described_enumeration(cls, schema, handler)

    def __reduce__(self) -> tuple[type[Self], tuple[str]]:
        return type(self), (str(self),)  # so a known value is the same object after every protocol

    def __repr__(self) -> str:
        return f"{type(self).__name__}({shortened(str(self))}{'' if self.is_known else ', unknown'})"


class OpenInt(int):
    """An integer of which some values are known by name. See OpenStr."""

    __slots__ = ()
    known_values: ClassVar[dict[int, Any]] = {}

    def __init_subclass__(cls, *, known: dict[str, int]) -> None:
        cls.known_values = {}
        for name, value in known.items():
            member = int.__new__(cls, value)
            cls.known_values[value] = member
            setattr(cls, name, member)

    def __new__(cls, value: int) -> Self:
        """Return the known value, or a new unknown one.

        Raises:
            TypeError: The value is no integer.
        """
        # int() would make an integer of nearly anything.
        if not isinstance(value, int) or isinstance(value, bool):  # pyright: ignore[reportUnnecessaryIsInstance] # likewise
            raise TypeError(f"{cls.__name__} takes an integer")
        member: Self | None = cls.known_values.get(value)
        return int.__new__(cls, value) if member is None else member

    @classmethod
    def read(cls, value: Any) -> Self:
        """Read a value from JSON; any integer will do.

        Raises:
            DecodeError: It is no integer.
        """
        return cls(read_int(value))

    @classmethod
    def known(cls) -> Iterator[Self]:
        """Iterate over the values that the specification knows, in its order."""
        return iter(cls.known_values.values())

    @property
    def value(self) -> int:
        """The value as a plain integer."""
        return int(self)

    @property
    def is_known(self) -> bool:
        """Whether the specification knows this value."""
        return self in self.known_values

    @classmethod
    def __get_pydantic_core_schema__(cls, _: Any, handler: Any) -> Any:
        """Return how pydantic validates this: unknown values are valid."""
        from .forms import pydantic_schema  # noqa: PLC0415 # pydantic is there if it asks

        return pydantic_schema.of_enumeration(cls, handler.generate_schema(int))

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: Any, handler: Any) -> Any:
        """Return the JSON schema, for the OpenAPI document of a host."""
        from .forms import pydantic_schema  # noqa: PLC0415 # likewise

        return pydantic_schema.described_enumeration(cls, schema, handler)

    def __reduce__(self) -> tuple[type[Self], tuple[int]]:
        return type(self), (int(self),)  # so a known value is the same object after every protocol

    def __str__(self) -> str:
        return int.__repr__(self)

    def __repr__(self) -> str:
        return f"{type(self).__name__}({shortened(int(self))}{'' if self.is_known else ', unknown'})"
