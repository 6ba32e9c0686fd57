"""What was called: asked of the fake, with failures that say what was called instead."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time
from typing import Any, Final

from ..faults.script import Plans
from .operations import check_call, check_operation
from .recording import RecordedCall, RecordedRequest, Recorder, spelled

__tracebackhide__ = True  # what a test did wrong is seen best in the test

_MOST_LINES: Final = 30


class Assertions:
    """Tells what was called.

    A call is one of the client's, however many attempts it takes; a page of a listing is a call. Failures show
    arguments as they are, since all of it is the test's own data, and never a token.

    Args:
        recorder: Keeps what was called.
        plans: What was scripted.
    """

    def __init__(self, recorder: Recorder, plans: Plans) -> None:
        self.__recorder = recorder
        self.__plans = plans

    @property
    def calls(self) -> tuple[RecordedCall, ...]:
        """Every call of which something was sent, in the order in which they began."""
        return tuple(each for each in self.__recorder.calls if each.requests)

    @property
    def requests(self) -> tuple[RecordedRequest, ...]:
        """Every request, those for a token too, in the order in which they were sent."""
        return tuple(self.__recorder.requests)

    def calls_of(self, operation: str, **arguments: Any) -> tuple[RecordedCall, ...]:
        """The calls of an operation, with these arguments among others.

        Args:
            operation: Name of the client's method.
            arguments: Values by the names of its parameters; ``...`` is any value, and None is none at all.

        Raises:
            InvalidArgumentError: There is no such operation, or it is "token": see ``requests_of``.
            TypeError: It has no such argument, or it is not sent.
        """
        check_call(operation, arguments)
        return tuple(
            each
            for each in self.calls
            if each.operation == operation
            and _matches({**each.arguments, "correlation_id": each.correlation_id}, arguments)
        )

    def requests_of(self, operation: str) -> tuple[RecordedRequest, ...]:
        """The requests of an operation, or those for a "token"."""
        check_operation(operation)
        return tuple(each for each in self.requests if each.operation == operation)

    def assert_called(self, operation: str, **arguments: Any) -> RecordedCall:
        """Insist on a call, and return it: the last one, where there are several.

        Args:
            operation: Name of the client's method.
            arguments: As for ``calls_of``.

        Raises:
            AssertionError: There was none.
        """
        found = self.calls_of(operation, **arguments)
        if not found:
            raise AssertionError(f"{spelled(operation, arguments)} was not called. {self._summary()}")
        return found[-1]

    def assert_called_once(self, operation: str, **arguments: Any) -> RecordedCall:
        """Insist on one call, however many attempts it took, and return it.

        Args:
            operation: Name of the client's method.
            arguments: As for ``calls_of``.

        Raises:
            AssertionError: There was none, or more than one.
        """
        found = self.calls_of(operation, **arguments)
        if len(found) != 1:
            what = f"called {len(found)} times, and should have been once" if found else "not called"
            raise AssertionError(f"{spelled(operation, arguments)} was {what}. {self._summary()}")
        return found[0]

    def assert_not_called(self, operation: str | None = None, **arguments: Any) -> None:
        """Insist on no call.

        Args:
            operation: Name of the client's method, or None for all of them.
            arguments: As for ``calls_of``.

        Raises:
            AssertionError: There was one.
        """
        if self.calls if operation is None else self.calls_of(operation, **arguments):
            what = "something" if operation is None else spelled(operation, arguments)
            raise AssertionError(f"{what} was called, and should not have been. {self._summary()}")

    def assert_all_happened(self) -> None:
        """Insist that everything that was scripted has happened. The fixtures of the plugin do so by themselves.

        Raises:
            AssertionError: Something has not.
        """
        open_plans = self.__plans.unsettled()
        if open_plans:
            raise AssertionError(f"Not all that was scripted has happened: {'; '.join(open_plans)}. {self._summary()}")

    def describe_calls(self) -> str:
        """Say what was called and what came of it, a line a call; of some nothing was sent."""
        return "\n".join(_lines(self.__recorder.calls))

    def _summary(self) -> str:
        if not self.__recorder.calls:
            return "Nothing was called."
        return f"What was called:\n{self.describe_calls()}"


def _lines(calls: Sequence[RecordedCall]) -> list[str]:
    lines = [
        f"  {number}. {spelled(each.operation, each.arguments)} -> {each.outcome}, correlation id {each.correlation_id}"
        for number, each in enumerate(calls, 1)
    ]
    before = len(lines) - _MOST_LINES
    # What a test went wrong at is more likely among the last.
    return ([f"  ({before} before these)"] if before > 0 else []) + lines[-_MOST_LINES:]


def _matches(found: Mapping[str, Any], wanted: Mapping[str, Any]) -> bool:
    return all(_same(found.get(name), value) for name, value in wanted.items())


def _same(found: Any, wanted: Any) -> bool:
    if wanted is ...:
        return found is not None
    if found is None or wanted is None:
        return found is wanted
    if isinstance(wanted, date):
        return _moment(found) == _moment(wanted)
    if isinstance(found, list) and isinstance(wanted, str):
        return found == [wanted]
    # A header is text, also if it was called with a number.
    return bool(found == wanted) or (isinstance(found, str) and found == str(wanted))


def _moment(value: object) -> datetime | None:
    """A date as its first moment in UTC, as the API takes it."""
    if isinstance(value, str):
        try:
            value = datetime.fromisoformat(value)
        except ValueError:
            return None
    if isinstance(value, datetime):
        return value if value.tzinfo else value.replace(tzinfo=UTC)
    return datetime.combine(value, time(), UTC) if isinstance(value, date) else None
