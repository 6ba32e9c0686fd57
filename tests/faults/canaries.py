"""What is secret or personal in the tests of faults, and the proof that nothing of it shows."""

from __future__ import annotations

import copy
import logging
import pickle
import traceback
from collections.abc import Iterable
from pathlib import Path

import contracts_client
from contracts_client import ConfigurationError, ContractsError

PACKAGE = str(Path(contracts_client.__file__).parent)

SECRET, TOKEN, CUSTOMER, CODE, BODY = "5ecr3t-canary", "t0ken-canary", 4711471147, "CAN-ARY-77", "b0dy-canary"
CANARIES = (SECRET, TOKEN, str(CUSTOMER), CODE, BODY)


def shown(text: str) -> list[str]:
    """The canaries that a text shows."""
    return [canary for canary in CANARIES if canary in text]


def assert_error_shows_nothing(error: ContractsError) -> None:
    """No text that can be made of an error shows anything, nor does what it drags along."""
    assert error.__cause__ is None
    assert error.__context__ is None or error.__suppress_context__
    assert shown(str(error)) == []
    assert shown(repr(error)) == []
    assert shown("".join(traceback.format_exception(error))) == []
    pickled = pickle.dumps(error)
    assert shown(pickled.decode("latin-1")) == []
    assert str(pickle.loads(pickled)) == str(error)
    assert type(pickle.loads(pickled)) is type(error)
    assert shown(repr(vars(copy.copy(error)))) == []
    assert shown(repr(getattr(error, "error", None))) == []
    if not isinstance(error, ConfigurationError):  # which is about what the caller's own frame holds
        assert_frames_show_nothing(error)


SCRUBBED = frozenset(
    {
        "customer_number",
        "entur_customer_number",
        "contract_holder",
        "customer_ref",
        "external_reference",
        "external_ref",
    }
)
"""What variables with a customer number or a reference are called, as docs/observing.md tells scrubbers."""


def assert_frames_show_nothing(error: BaseException) -> None:
    """No variable in a frame of ours, as error trackers report them, shows anything, but for names of SCRUBBED."""
    found = [
        f"{frame.f_code.co_qualname}: {name}"
        for frame, _ in traceback.walk_tb(error.__traceback__)
        if frame.f_code.co_filename.startswith(PACKAGE)
        for name, value in frame.f_locals.items()
        if shown(repr(value)) and name not in SCRUBBED
    ]
    assert found == [], found


def assert_log_shows_nothing(records: Iterable[logging.LogRecord]) -> None:
    """No record of any logger shows anything, formatted or not."""
    formatter = logging.Formatter()
    for record in records:
        assert shown(formatter.format(record)) == [], record.name
        assert shown(repr(record.__dict__)) == [], record.name
