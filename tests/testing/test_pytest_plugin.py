"""The fixtures work beside every plugin for asynchronous tests, and say what a test forgot and what it called."""

import pytest

from contracts_client.testing import FakeContractsApi

pytest_plugins = ["pytester"]

assert FakeContractsApi  # imported before: a run that is forgotten afterwards imports it anew

CONFTEST = 'pytest_plugins = ["contracts_client.testing.pytest_plugin"]\n'
# Which only pytest-asyncio knows, and warns of where it is left out.
INI = "[pytest]\nasyncio_default_fixture_loop_scope = function\n"
ASYNC_TESTS = """
import pytest
from contracts_client.testing.builders import a_contract

{marks}

async def test_a_contract_is_listed(contracts_api, contracts_api_client):
    card = contracts_api.add(a_contract())
    assert await contracts_api_client.list_contracts().collect() == [card]

async def test_a_minute_of_waiting_costs_nothing(contracts_api, contracts_api_client, contracts_clock):
    contracts_api.next("list_contracts", times=3).answers(429, retry_after=15)
    start = contracts_clock.now
    assert await contracts_api_client.list_contracts().collect() == []
    assert (contracts_clock.now - start).total_seconds() >= 45

async def test_the_client_may_be_closed(contracts_api_client):
    async with contracts_api_client as client:
        assert await client.list_valid_contracts(1001) == []
"""
ANYIO_ASYNC = {
    "pytest-asyncio, auto": ("", ["-p", "no:anyio", "-o", "asyncio_mode=auto"]),
    "pytest-asyncio, strict": ("pytestmark = pytest.mark.asyncio", ["-p", "no:anyio", "-o", "asyncio_mode=strict"]),
    "anyio": (
        "pytestmark = pytest.mark.anyio\n@pytest.fixture\ndef anyio_backend():\n    return 'asyncio'",
        ["-p", "no:asyncio", "-W", "ignore:Unknown config option"],
    ),
    "both, anyio's marks": (
        "pytestmark = pytest.mark.anyio\n@pytest.fixture\ndef anyio_backend():\n    return 'asyncio'",
        ["-o", "asyncio_mode=strict"],
    ),
}


def run(pytester: pytest.Pytester, tests: str, *arguments: str) -> tuple[int, str]:
    """Run tests in a pytest of their own, in which every warning is an error."""
    pytester.makeconftest(CONFTEST)
    pytester.makeini(INI)
    pytester.makepyfile(test_theirs=tests)
    # Without the closing summary, which tells whole messages once more where the environment says CI.
    done = pytester.runpytest_inprocess("-q", "-rN", "-p", "no:cacheprovider", "-W", "error", *arguments)
    return int(done.ret), "\n".join(done.outlines + done.errlines)


@pytest.mark.parametrize(("marks", "options"), ANYIO_ASYNC.values(), ids=ANYIO_ASYNC)
def test_fixtures_work_beside_plugins(pytester: pytest.Pytester, marks: str, options: list[str]) -> None:
    """The fixtures work beside every plugin."""
    code, output = run(pytester, ASYNC_TESTS.replace("{marks}", marks), *options)
    assert code == 0, output
    assert "3 passed" in output


def test_fixtures_work_over_sockets(pytester: pytest.Pytester) -> None:
    """They work in a test that runs its own event loop and over real sockets."""
    code, output = run(
        pytester,
        """
import asyncio
from contracts_client import ContractsClient

def test_in_process(contracts_api_client):
    async def main():
        return await contracts_api_client.list_contracts().collect()
    assert asyncio.run(main()) == []

def test_over_sockets(contracts_sandbox, monkeypatch):
    for name, value in contracts_sandbox.environ.items():
        monkeypatch.setenv(name, value)
    async def main():
        async with ContractsClient.from_env() as client:
            return await client.list_contracts().first()
    assert asyncio.run(main()).uuid == contracts_sandbox.data.contracts[0].uuid
    assert contracts_sandbox.url.startswith("http://127.0.0.1:")
""",
    )
    assert code == 0, output
    assert "2 passed" in output


def test_an_unused_script_is_an_error(pytester: pytest.Pytester) -> None:
    """What was scripted and has not happened is an error of a test that passed."""
    code, output = run(
        pytester,
        """
def test_forgetful(contracts_api):
    contracts_api.next("list_contracts").answers(503)
""",
    )
    assert code == 1
    assert "1 passed, 1 error" in output
    assert (
        "Not all that was scripted has happened: list_contracts answers 503: 0 of 1 did. Nothing was called." in output
    )


def test_an_unused_server_script_is_an_error(
    pytester: pytest.Pytester,
) -> None:
    """What was scripted for the server is insisted on as well and what it was asked is shown."""
    code, output = run(
        pytester,
        """
from contracts_client import ContractsClient

def test_forgetful(contracts_sandbox):
    contracts_sandbox.next("list_contracts").answers(503)

async def test_failing(contracts_sandbox, monkeypatch):
    for name, value in contracts_sandbox.environ.items():
        monkeypatch.setenv(name, value)
    async with ContractsClient.from_env() as client:
        await client.list_valid_contracts(1001)
    assert False
""",
        "-o",
        "asyncio_mode=auto",
    )
    assert code == 1
    assert "1 failed, 1 passed, 1 error" in output
    assert "list_contracts answers 503: 0 of 1 did. Nothing was called." in output
    assert "1. list_valid_contracts(customer_number=1001) -> 200, correlation id " in output


def test_a_failed_test_shows_its_calls(
    pytester: pytest.Pytester,
) -> None:
    """A test that failed shows what it had called and is not told what it had no time for."""
    code, output = run(
        pytester,
        """
async def test_failing(contracts_api, contracts_api_client):
    contracts_api.next("list_contracts").answers(503)
    await contracts_api_client.list_valid_contracts(1001)
    assert False
""",
        "-o",
        "asyncio_mode=auto",
    )
    assert code == 1
    assert "1 failed" in output
    assert "error" not in output.splitlines()[-1]
    assert "Contracts API: what was called" in output
    assert "1. list_valid_contracts(customer_number=1001) -> 200, correlation id " in output


def test_a_kit_failure_points_at_the_test(
    pytester: pytest.Pytester,
) -> None:
    """A failure of the kit's own is shown where the test went wrong and tells its calls once."""
    code, output = run(
        pytester,
        """
from contracts_client.testing.builders import a_contract

async def test_failing(contracts_api, contracts_api_client):
    await contracts_api_client.list_valid_contracts(1001)
    contracts_api.assert_called("list_valid_contracts", customer_number=1002)

def test_misspelt(contracts_api):
    contracts_api.next("list_contract").answers(503)

def test_misnamed(contracts_api):
    contracts_api.change(contracts_api.add(a_contract()), statu="VALID")

def test_misbuilt(contracts_api):
    a_contract(statu="VALID")
""",
        "-o",
        "asyncio_mode=auto",
    )
    assert code == 1
    assert output.count("1. list_valid_contracts(customer_number=1001) -> 200") == 1
    assert ">       contracts_api.next(" not in output.partition("test_misspelt")[0]
    assert "did you mean list_contracts" in output
    assert "raise AssertionError" not in output
    assert "raise InvalidArgumentError" not in output
    assert output.count("Contract has no property statu; did you mean status?") >= 2
    assert "raise TypeError" not in output


def test_no_calls_no_report(pytester: pytest.Pytester) -> None:
    """A failing test that called nothing shows nothing more."""
    code, output = run(pytester, "def test_failing(contracts_api):\n    assert False\n")
    assert code == 1
    assert "Contracts API" not in output


def test_own_fixtures_insist_once(pytester: pytest.Pytester) -> None:
    """A fixture of the test's own insists and tells as well and once."""
    code, output = run(
        pytester,
        """
import pytest
from contracts_client.testing import FakeContractsApi

@pytest.fixture
def contracts_api(contracts_clock):
    return FakeContractsApi(clock=contracts_clock, contracts=3)

@pytest.fixture
def api(contracts_api):
    return contracts_api

async def test_forgetful(api):
    api.next("list_contracts").answers(503)

async def test_failing(api, contracts_api_client):
    assert len(await contracts_api_client.list_contracts().collect()) == 4
""",
        "-o",
        "asyncio_mode=auto",
    )
    assert code == 1
    assert "1 failed, 1 passed, 1 error" in output
    assert output.count("list_contracts answers 503: 0 of 1 did") == 1
    assert output.count("1. list_contracts(page=1) -> 200") == 1


def test_a_shared_fake_insists_at_the_end(pytester: pytest.Pytester) -> None:
    """A fake that tests share insists when the last of them has ended."""
    code, output = run(
        pytester,
        """
import pytest
from contracts_client.testing import FakeContractsApi

@pytest.fixture(scope="class")
def shared():
    return FakeContractsApi()

class TestTwoInAll:
    def test_first(self, shared):
        shared.next("list_contracts").answers(503)

    async def test_second(self, shared):
        await shared.connect().list_contracts()

class TestNobody:
    def test_first(self, shared):
        shared.next("list_contracts").answers(502)

class TestFailing:
    def test_first(self, shared):
        shared.next("list_contracts").answers(501)
        assert False
""",
        "-o",
        "asyncio_mode=auto",
    )
    assert code == 1
    assert "1 failed, 3 passed, 1 error" in output
    assert "list_contracts answers 502: 0 of 1 did" in output


@pytest.mark.parametrize("ends", ["pytest.skip('no')", "pytest.xfail('not yet')"])
def test_a_skipped_test_is_told_nothing(pytester: pytest.Pytester, ends: str) -> None:
    """A test that did not come to its end is not told what it had no time for."""
    code, output = run(
        pytester,
        f"""
import pytest

def test_that_ends_early(contracts_api):
    contracts_api.next("list_contracts").answers(503)
    {ends}
""",
    )
    assert code == 0, output


OLD_NAME = """
import pytest

def test_the_old_name(contracts_client, contracts_api_client):
    assert contracts_client is contracts_api_client
"""


def test_the_old_name_still_works(pytester: pytest.Pytester) -> None:
    """The fixture that hid the module is the new one, and warns."""
    assert run(pytester, OLD_NAME, "-W", "default::DeprecationWarning")[0] == pytest.ExitCode.OK
    status, said = run(pytester, OLD_NAME)
    assert status == pytest.ExitCode.TESTS_FAILED
    assert "the fixture contracts_client is called contracts_api_client now" in said
