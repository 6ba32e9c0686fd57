"""What the fake and the server have in common: they fail as they are told, and tell what was called."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import TYPE_CHECKING

from ..faults.script import Plans, Script
from ..records.assertions import Assertions
from ..records.recording import Recorder

if TYPE_CHECKING:
    from ...sandbox.app import State

__tracebackhide__ = True  # what a test did wrong is seen best in the test


class Scripted(Assertions, ABC):
    """An API that fails as a test scripts it.

    Args:
        state: The sandbox's.
    """

    def __init__(self, state: State) -> None:
        self._state = state
        self._plans = Plans()
        self._recorder = Recorder(state)
        super().__init__(self._recorder, self._plans)

    def next(self, operation: str | None = None, *, times: int = 1) -> Script:
        """Script what happens to the next requests.

        Args:
            operation: Name of the client's method, "token" for requests for a token, or None for any but those.
            times: How many requests, from 1. An attempt is a request.

        Raises:
            InvalidArgumentError: There is no such operation.
        """
        return self._script(operation, times)

    def every(self, operation: str | None = None) -> Script:
        """Script what happens to every request that ``next`` says nothing of. See there."""
        return self._script(operation, None)

    @property
    def extra_query(self) -> set[str]:
        """Names of query parameters that the specification does not know, and that are ignored instead of refused."""
        return self._state.extra_query

    def clear_script(self) -> None:
        """Forget what was scripted: the API is well again."""
        self._plans.clear()

    def expire_token(self) -> None:
        """End every token that was issued: the next request is refused with 401, and one with another token is not."""
        self._state.tokens.expire()

    @abstractmethod
    def _script(self, operation: str | None, times: int | None) -> Script: ...
