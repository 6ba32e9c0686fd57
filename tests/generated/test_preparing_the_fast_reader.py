"""The first document that is read prepares the fast reader, also where a test has changed the time."""

from __future__ import annotations

import datetime as dt
import json
import logging
from typing import Any, ClassVar

import pytest
from contract_documents import SMALL_CONTRACT

from contracts_client._generated.models.contract import contract_reader
from contracts_client.openapi.fast import Reader, fast_json

BODY = json.dumps(SMALL_CONTRACT).encode()
needs_msgspec = pytest.mark.skipif(fast_json() is None, reason="msgspec is not installed")


class Stopped(dt.datetime):
    """What tools that stop the time put in the place of datetime."""

    moment: ClassVar[dt.datetime] = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)


def reader(describe: Any = contract_reader.describe) -> Reader[Any]:
    return Reader(contract_reader.decode, describe, contract_reader.convert)


@needs_msgspec
def test_it_is_prepared_in_stopped_time(monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> None:
    monkeypatch.setattr(dt, "datetime", Stopped)
    made = reader()
    assert made.read(BODY) == contract_reader.read(BODY)
    assert made._fast is not None
    assert caplog.records == []


@needs_msgspec
def test_what_it_can_not_prepare_is_read(caplog: pytest.LogCaptureFixture) -> None:
    """And told once, without what was read."""

    def fail(_: object) -> None:
        raise TypeError("Can only set `tz` on a datetime")

    made = reader(fail)
    assert [made.read(BODY), made.read(BODY)] == [contract_reader.read(BODY)] * 2
    assert caplog.record_tuples == [
        (
            "contracts_client",
            logging.WARNING,
            "msgspec is installed and not used: its preparation failed with TypeError",
        )
    ]
