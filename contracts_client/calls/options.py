"""The options of a client and of a call, checked before anything is sent."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Iterable
from math import inf
from typing import Final, TypeAlias, cast

from attrs import evolve

from .. import defaults
from ..clock import Clock, LoopClock
from ..errors import ConfigurationError, InvalidArgumentError
from ..headers import (
    CorrelationIdLike,
    CorrelationIdSource,
    checked_correlation_id,
    correlation_id_source,
    new_correlation_id,
)
from ..hooks import CallObserver, Hook
from ..openapi.classes import frozen
from ..openapi.encode import as_int
from ..resilience.retry import DEFAULT_RETRY, INHERIT, RetryLike, RetryPolicy
from ..schema_drift import DriftHook
from ..transport.interface import PhaseTimeouts
from ..transport.library import DEFAULT_TIMEOUT, Timeout, checked_timeout
from .context import CallSettings

TimeoutLike: TypeAlias = PhaseTimeouts | float

Refuse = Callable[[str, str], Exception]


def refuse_configuration(name: str, rule: str) -> Exception:
    """Return the error for an option of the client."""
    return ConfigurationError(f"{name} {rule}")


@frozen(kw_only=True)
class Options:
    """The options of calls, as a client has them.

    Attributes:
        timeout: Seconds for each phase of an attempt.
        attempt_timeout: Seconds for a whole attempt, or None.
        deadline: Seconds for a whole call; may be infinite.
        retry: When a call is made again, or None for one attempt.
        correlation_id: Makes the correlation id of a call that brings none.
    """

    timeout: Timeout = DEFAULT_TIMEOUT
    attempt_timeout: float | None = None
    deadline: float = defaults.DEADLINE
    retry: RetryPolicy | None = DEFAULT_RETRY
    correlation_id: CorrelationIdSource = new_correlation_id

    def with_changes(
        self,
        refuse: Refuse,
        *,
        timeout: TimeoutLike | None = None,
        deadline: float | None = None,
        retry: RetryLike = INHERIT,
        correlation_id: CorrelationIdLike | None = None,
    ) -> Options:
        """Return these options with some replaced. None keeps an option as it is, except for ``retry``."""
        changed = self
        if timeout is not None:
            phases, whole = checked_timeout(timeout, lambda rule: refuse("timeout", rule))
            changed = evolve(changed, timeout=phases, attempt_timeout=whole)
        if deadline is not None:
            changed = evolve(changed, deadline=checked_seconds(refuse, "deadline", deadline))
        if retry is not INHERIT:
            if retry is not None and retry.__class__ is not RetryPolicy:
                raise refuse("retry", "must be a RetryPolicy, or None for one attempt")
            changed = evolve(changed, retry=retry)
        if correlation_id is not None:
            source = correlation_id_source(correlation_id)
            if source is None:
                raise refuse("correlation_id", "must be a ContextVar, or a callable that returns a string")
            changed = evolve(changed, correlation_id=source)
        return changed

    def checked_changes(self, timeout: TimeoutLike | None, deadline: float | None, retry: RetryLike) -> Options:
        """Return these options with those of one call.

        Raises:
            InvalidArgumentError: One of them breaks a rule.
        """
        return self.with_changes(InvalidArgumentError, timeout=timeout, deadline=deadline, retry=retry)

    def _new_id(self) -> str:
        if self.correlation_id is new_correlation_id:
            return new_correlation_id()
        try:
            return checked_correlation_id(self.correlation_id())
        except InvalidArgumentError:
            raise
        except Exception as error:  # noqa: BLE001 # the user's function may raise anything
            failure = InvalidArgumentError(
                "correlation_id", f"could not be made: its source failed with {type(error).__name__}"
            )
        raise failure

    def settings(self, operation: str, *, correlation_id: str | None, at_most_once: bool = False) -> CallSettings:
        """Return what one call is made with.

        Raises:
            InvalidArgumentError: The correlation id breaks a rule, or its source made none.
        """
        return CallSettings(
            operation=operation,
            correlation_id=self._new_id() if correlation_id is None else checked_correlation_id(correlation_id),
            timeout=self.timeout,
            attempt_timeout=self.attempt_timeout,
            deadline=self.deadline,
            retry=self.retry,
            at_most_once=at_most_once,
        )


def checked_seconds(refuse: Refuse, name: str, value: object) -> float:
    """Return a positive number of seconds; infinity is one."""
    seconds = value if isinstance(value, float) else as_int(value)
    if seconds is not None:
        if 0 < seconds <= defaults.MAX_SECONDS:
            return float(seconds)
        if seconds == inf:
            return inf
    raise refuse(name, "must be a positive number of seconds")


def checked_hooks(value: Iterable[Hook]) -> tuple[Hook, ...]:
    """Return the hooks of a client."""
    hooks: tuple[Hook, ...] | None
    try:
        hooks = tuple(value)
    except TypeError:
        hooks = None
    if hooks is None or not all(map(callable, hooks)):
        raise ConfigurationError("hooks must be functions that are called with a CallStart")
    if any(map(_is_async, hooks)):
        raise ConfigurationError(f"hooks must not be async, nor have async methods: {_NEVER_AWAITED}")
    return hooks


_NEVER_AWAITED: Final = "nothing awaits it, so it would never run; let it start a task, or fill an asyncio.Queue"


def _is_async(hook: object) -> bool:
    """Tell whether a hook is an async function, or has one where its methods are called."""
    methods = (getattr(hook, name, None) for name in ("__call__", *vars(CallObserver)))
    return any(inspect.iscoroutinefunction(each) or inspect.isasyncgenfunction(each) for each in (hook, *methods))


def checked_drift_hook(value: object) -> DriftHook | None:
    """Return who is told of schema drift."""
    if value is None or (callable(value) and not _is_async(value)):
        return cast("DriftHook | None", value)
    if callable(value):
        raise ConfigurationError(f"on_schema_drift must not be async: {_NEVER_AWAITED}")
    raise ConfigurationError("on_schema_drift must be a function that is called with a SchemaDrift, or None")


def checked_clock(value: object) -> Clock:
    """Return the clock of a client; None is the event loop's."""
    if value is None:
        return LoopClock()
    if isinstance(value, Clock):
        return value
    raise ConfigurationError("clock must have the methods of contracts_client.clock.Clock")


def checked_concurrency(value: object) -> int:
    """Return how many exchanges may be under way at once."""
    found = as_int(value)
    if found is not None and found > 0:
        return found
    raise ConfigurationError("max_concurrency must be an integer from 1")


def checked_bytes(value: object) -> int:
    """Return how many bytes a response may have."""
    found = as_int(value)
    if found is not None and found > 0:
        return found
    raise ConfigurationError("max_response_bytes must be an integer from 1")


_NUMBER = re.compile(r"[0-9]{1,12}(?:\.[0-9]{1,12})?|inf").fullmatch
_INTEGER = re.compile(r"[0-9]{1,12}").fullmatch


def _number_in(text: str) -> float | str:
    return float(text) if _NUMBER(text) else text


def seconds_of_timeout(text: str) -> float:
    """Return the seconds of an attempt's timeout that a text states."""
    seconds = _number_in(text)
    checked_timeout(seconds, lambda rule: refuse_configuration("timeout", rule))
    return cast("float", seconds)


def seconds_of_deadline(text: str) -> float:
    """Return the seconds of a deadline that a text states; ``inf`` means none."""
    return checked_seconds(refuse_configuration, "deadline", _number_in(text))


def concurrency_of(text: str) -> int:
    """Return how many exchanges may be under way at once, as a text states it."""
    return checked_concurrency(int(text) if _INTEGER(text) else text)
