"""Keeps the HTTP library's DEBUG records of our own exchanges out of the log: they quote the headers of responses."""

from __future__ import annotations

import logging
from collections.abc import Generator
from contextlib import contextmanager
from contextvars import ContextVar

_ours: ContextVar[bool] = ContextVar("an_exchange_of_ours_is_talking", default=False)
_PARTS = ("connection", "http11", "http2", "proxy", "socks")


class _NotOurs(logging.Filter):
    def filter(self, record: logging.LogRecord) -> bool:  # noqa: ARG002 # logging's signature
        return not _ours.get()


_FILTER = _NotOurs()


def silence(core: str) -> None:
    """Drop what a library logs of our exchanges from now on, and nothing that it logs of anyone else's.

    Args:
        core: The name of the library below httpx, such as ``httpcore``.
    """
    # A filter of a logger sees what is logged there, not below: hence one for each of the library's modules.
    for part in _PARTS:
        logging.getLogger(f"{core}.{part}").addFilter(_FILTER)  # the same one twice is one


@contextmanager
def talking() -> Generator[None, None, None]:
    """Mark what is done inside as ours."""
    token = _ours.set(True)
    try:
        yield
    finally:
        _ours.reset(token)
