"""Fixtures for pytest: ``pytest_plugins = ["contracts_client.testing.pytest_plugin"]`` in the topmost conftest.py.

All of them are ordinary functions, so that they work beside pytest-asyncio, in both of its modes, and anyio's plugin,
and in tests that run an event loop of their own. It is no entry point: whoever has the client installed shall not have
it imported into every run, and a copy of the package has no entry points. Nothing is asserted here, so pytest need not
rewrite it, or warn where it is imported already: PYTEST_DONT_REWRITE.
"""

from __future__ import annotations

from collections.abc import Generator, Iterator

import pytest

from ..client import ContractsClient
from ..sandbox import Sandbox
from .clock import ManualClock
from .fake import FakeContractsApi

_FAILED = pytest.StashKey[bool]()


@pytest.fixture
def contracts_clock() -> ManualClock:
    """The time of ``contracts_api`` and ``contracts_client``. Override it to start at another moment."""
    return ManualClock()


@pytest.fixture
def contracts_api(request: pytest.FixtureRequest, contracts_clock: ManualClock) -> Iterator[FakeContractsApi]:
    """The Contracts API in this process, empty. Where the test passed, all that it scripted must have happened."""
    api = FakeContractsApi(clock=contracts_clock)
    yield api
    if not request.node.stash.get(_FAILED, False):
        api.assert_all_happened()


@pytest.fixture
def contracts_client(contracts_api: FakeContractsApi) -> ContractsClient:
    """A client of ``contracts_api``. It needs no closing."""
    return contracts_api.connect()


@pytest.fixture
def contracts_sandbox() -> Iterator[Sandbox]:
    """The API as a real server on a free port of 127.0.0.1: ``.url``, ``.environ``, ``.data``."""
    with Sandbox() as sandbox:
        yield sandbox


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Remember whether a test failed, and show what it had called."""
    report = yield
    if report.failed:
        item.stash[_FAILED] = True
        api = getattr(item, "funcargs", {}).get("contracts_api")
        if call.when == "call" and isinstance(api, FakeContractsApi):
            told = api.describe_calls()
            if told not in str(call.excinfo and call.excinfo.value):
                report.sections.append(("Contracts API: what was called", told))
    return report
