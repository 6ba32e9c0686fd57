"""Fixtures for pytest: ``pytest_plugins = ["contracts_client.testing.pytest_plugin"]`` in the topmost conftest.py.

All of them are ordinary functions, so that they work beside pytest-asyncio, in both of its modes, and anyio's plugin,
and in tests that run an event loop of their own. This is no entry point: an installed client must not be imported into
every run of pytest, and a copy of the package has no entry points. Nothing is asserted here, so pytest need not rewrite
it, or warn if it is imported already: PYTEST_DONT_REWRITE.
"""

from __future__ import annotations

import warnings
from collections.abc import Generator, Iterator
from typing import Any
from weakref import WeakSet

import pytest

from ..client import ContractsClient
from .api.fake import FakeContractsApi
from .api.server import ScriptedSandbox
from .clock import ManualClock
from .records.assertions import Assertions

_UNFINISHED = pytest.StashKey[bool]()
_WATCHED = pytest.StashKey["WeakSet[Assertions]"]()


@pytest.fixture
def contracts_clock() -> ManualClock:
    """The time of ``contracts_api`` and ``contracts_api_client``. Override it to start at another moment."""
    return ManualClock()


@pytest.fixture
def contracts_api(contracts_clock: ManualClock) -> FakeContractsApi:
    """The Contracts API in this process, empty. All that a test scripts must have happened if it passes."""
    return FakeContractsApi(clock=contracts_clock)


@pytest.fixture
def contracts_api_client(contracts_api: FakeContractsApi) -> ContractsClient:
    """A client of ``contracts_api``. It needs no closing."""
    return contracts_api.connect()


@pytest.fixture
def contracts_client(contracts_api_client: ContractsClient) -> ContractsClient:
    """The old name of ``contracts_api_client``, which hides the module of the same name. Version 0.3 removes it."""
    warnings.warn(
        "the fixture contracts_client is called contracts_api_client now, since it hid the module contracts_client",
        DeprecationWarning,
        stacklevel=2,
    )
    return contracts_api_client


@pytest.fixture
def contracts_sandbox() -> Iterator[ScriptedSandbox]:
    """The API as a real server on a free port of 127.0.0.1: ``.url``, ``.environ``, ``.data``, and scripts as above."""
    with ScriptedSandbox() as sandbox:
        yield sandbox


@pytest.hookimpl(wrapper=True)
def pytest_fixture_setup(
    fixturedef: pytest.FixtureDef[Any], request: pytest.FixtureRequest
) -> Generator[None, object, object]:
    """Have every fixture that makes a fake or a server, here or in the tests, insist on what was scripted."""
    made = yield
    watched = request.config.stash.setdefault(_WATCHED, WeakSet())
    # A fixture that hands another one's on has nothing to insist on.
    if isinstance(made, Assertions) and made not in watched:
        watched.add(made)

        def insist() -> None:
            if not request.node.stash.get(_UNFINISHED, False):
                made.assert_all_happened()

        fixturedef.addfinalizer(insist)
    return made


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Remember which tests did not come to their end, and show what those that failed had called."""
    report = yield
    if not report.passed:
        for node in item.listchain():  # those of fixtures that are shared too
            node.stash[_UNFINISHED] = True
    if report.failed and call.when == "call":
        fixtures: dict[str, object] = getattr(item, "funcargs", {})
        for api in {id(each): each for each in fixtures.values() if isinstance(each, Assertions)}.values():
            told = api.describe_calls()
            if told not in str(call.excinfo and call.excinfo.value):
                report.sections.append(("Contracts API: what was called", told))
    return report
