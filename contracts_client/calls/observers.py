"""The observers of one call: what happens is reported to each, and none of them can make the call fail."""

from __future__ import annotations

import asyncio
import logging
import re
from collections.abc import Callable, Sequence
from functools import partial
from typing import Final, ParamSpec, TypeVar

from ..headers import folded
from ..hooks import AttemptEnd, CallEnd, CallObserver, CallStart, Hook
from ..openapi.operation import Request
from .context import CallContext, CallSettings

_NAME = partial(re.fullmatch, r"[A-Za-z0-9!#$%&'*+.^_`|~-]{1,128}")
_VALUE = partial(re.fullmatch, r"[\x21-\x7e](?:[\x20-\x7e]{0,4094}[\x21-\x7e])?")

P = ParamSpec("P")
T = TypeVar("T")

logger: Final = logging.getLogger(__name__.rsplit(".", 2)[0])


class Observers:
    """Reports to each observer of a call what happens.

    Args:
        hooks: The client's hooks.
        start: The call.
    """

    def __init__(self, hooks: Sequence[Hook], start: CallStart) -> None:
        self._observers: list[CallObserver] = []
        for hook in hooks:
            observer = _guarded(hook, start)
            if observer is not None:
                self._observers.append(observer)

    def headers(self, own: frozenset[str]) -> list[tuple[str, str]]:
        """Return the headers that the observers add, without those that can't be sent.

        Args:
            own: Names, folded, that are the client's alone.
        """
        wanted: dict[str, tuple[str, str]] = {}
        for observer in self._observers:
            for name, value in (_guarded(_headers, observer) or {}).items():
                if not _sendable(name, value):
                    logger.warning("a hook wants a header sent that can't be")
                elif folded(name) not in own:
                    wanted.setdefault(name.lower(), (name, value))
        return list(wanted.values())

    def attempt_started(self, number: int) -> None:
        """Report that an attempt starts."""
        self._report(lambda observer: observer.attempt_started(number))

    def attempt_ended(self, attempt: AttemptEnd) -> None:
        """Report what came of an attempt."""
        self._report(lambda observer: observer.attempt_ended(attempt))

    def ended(self, end: CallEnd) -> None:
        """Report what came of the call."""
        self._report(lambda observer: observer.ended(end))

    def ended_late(self, attempt: AttemptEnd) -> None:
        """Report what came of an attempt after its caller was cancelled or ran out of time."""
        self._report(lambda observer: observer.ended_late(attempt))

    def _report(self, say: Callable[[CallObserver], None]) -> None:
        # The method is looked up inside the guard, since what a hook returned may be no observer.
        for each in self._observers:
            _guarded(say, each)


def observers_of(connection: CallContext, settings: CallSettings, request: Request) -> Observers:
    """Return the observers that the hooks of a client make for a call."""
    start = CallStart(
        operation=settings.operation,
        method=request.method,
        path_template=request.template,
        correlation_id=settings.correlation_id,
        client_name=connection.client_name,
        server_address=connection.host,
        server_port=connection.port,
        deadline=settings.deadline,
    )
    return Observers(connection.hooks, start)


def _guarded(action: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T | None:
    try:
        return action(*args, **kwargs)
    except (Exception, asyncio.CancelledError) as error:  # noqa: BLE001 # nothing is awaited: nobody cancels the call
        logger.warning("a hook failed with %s", type(error).__name__)
    return None


def _headers(observer: CallObserver) -> dict[str, str]:
    return dict(observer.headers())


def _sendable(name: object, value: object) -> bool:
    return isinstance(name, str) and isinstance(value, str) and bool(_NAME(name)) and bool(_VALUE(value))
