"""The errors between an argument and a request, and between a response and a model."""

from __future__ import annotations

from functools import partial
from typing import Any


class ArgumentError(ValueError):
    """An argument can't be sent.

    Attributes:
        argument: Name of the argument, such as ``travel_date``.
        rule: The rule that it breaks. Holds no value.
    """

    def __init__(self, argument: str, rule: str) -> None:
        self.argument = argument
        self.rule = rule
        super().__init__(argument, rule)

    def __str__(self) -> str:
        return f"{self.argument}: {self.rule}"


class DecodeError(ValueError):
    """A JSON value is not what the specification says.

    Attributes:
        expected: What the specification says, such as ``a string``.
        found: The JSON type that was there instead, or ``nothing``. Never the value.
    """

    def __init__(self, expected: str, found: str, path: tuple[str | int, ...] = ()) -> None:
        self.expected = expected
        self.found = found
        self._path = path
        super().__init__(expected, found, path)

    @property
    def path(self) -> str:
        """The path in the document, such as ``items[3].createdAt``; empty for the whole document."""
        text = ""
        for step in self._path:
            if isinstance(step, int):
                text += f"[{step}]"
            else:
                text += f".{step}" if text else step
        return text

    def inside(self, step: str | int) -> DecodeError:
        """Put this property or index in front of the path, and return the same error."""
        self._path = (step, *self._path)
        self.args = (self.expected, self.found, self._path)
        return self

    def __str__(self) -> str:
        return f"{self.path or 'the document'}: expected {self.expected}, found {self.found}"


class StatusError(Exception):
    """The response has another status than success.

    Attributes:
        status: The HTTP status code.
        documented: Whether the specification lists this status for the operation.
        body: The body as the specification describes it, or None if it has none, or can't be read.
    """

    def __init__(self, status: int, *, documented: bool, body: Any = None) -> None:
        self.status = status
        self.documented = documented
        self.body = body
        super().__init__(f"status {status}{'' if documented else ', which the specification does not list'}")

    def __reduce__(self) -> tuple[Any, ...]:
        return partial(StatusError, self.status, documented=self.documented, body=self.body), ()
