"""A hook that logs each call and each attempt as an event with keys, for structlog and its like.

::

    ContractsClient("acme-ticketshop", hooks=[StructuredLoggingHook(structlog.get_logger())])

This module does not import structlog: any logger with the same methods will do. It logs no value that the standard log
does not show: no argument, no query, no body.
"""

from __future__ import annotations

from typing import Any, Protocol

from .errors import ContractsError
from .hooks import AttemptEnd, CallEnd, CallObserver, CallStart


class StructuredLogger(Protocol):
    """What a logger needs: structlog's bound loggers have it."""

    def debug(self, event: str, **keys: Any) -> Any:
        """Log a detail."""
        ...

    def info(self, event: str, **keys: Any) -> Any:
        """Log an event."""
        ...

    def warning(self, event: str, **keys: Any) -> Any:
        """Log a failure."""
        ...


class StructuredLoggingHook:
    """Logs ``contracts_call`` once a call and ``contracts_attempt`` once an attempt.

    A call that succeeded is logged at INFO, a call that failed at WARNING, and an attempt at DEBUG, or at WARNING if
    its caller was cancelled or ran out of time before its outcome was known.

    Args:
        logger: The logger, such as ``structlog.get_logger()``. An AsyncBoundLogger is none: nothing is awaited here.
    """

    def __init__(self, logger: StructuredLogger) -> None:
        self._logger = logger

    def __call__(self, start: CallStart) -> CallObserver:
        """Observe a call."""
        return _Observer(self._logger, start)


class _Observer(CallObserver):
    def __init__(self, logger: StructuredLogger, start: CallStart) -> None:
        self._logger = logger
        self._keys = {
            "operation": start.operation,
            "method": start.method,
            "path_template": start.path_template,
            "correlation_id": start.correlation_id,
        }

    def attempt_ended(self, attempt: AttemptEnd) -> None:
        self._logger.debug("contracts_attempt", **self._keys, **_described(attempt))

    def ended(self, end: CallEnd) -> None:
        keys = {
            **self._keys,
            "status": end.status_code,
            "attempts": end.attempts,
            "milliseconds": _milliseconds(end.seconds),
        }
        if end.error is None:
            self._logger.info("contracts_call", **keys)
        else:
            # The text of an error of ours is fit for a log. The text of another error may hold anything.
            text = end.error.message if isinstance(end.error, ContractsError) else None
            self._logger.warning("contracts_call", **keys, error=type(end.error).__name__, message=text)

    def ended_late(self, attempt: AttemptEnd) -> None:
        self._logger.warning("contracts_attempt", **self._keys, **_described(attempt), caller_gone=True)


def _described(attempt: AttemptEnd) -> dict[str, Any]:
    return {
        "attempt": attempt.number,
        "status": attempt.status_code,
        "error": attempt.error,
        "milliseconds": _milliseconds(attempt.seconds),
        "sent": attempt.sent,
        "retry_in": attempt.retry_in,
    }


def _milliseconds(seconds: float) -> int:
    return round(seconds * 1000)
