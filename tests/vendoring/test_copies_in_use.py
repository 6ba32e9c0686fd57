"""Copies work under other names, side by side, and in a host that checks its types."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from contracts_client import __version__
from contracts_client.vendor import command

ROOT = Path(__file__).resolve().parents[2]
PYRIGHT = ROOT / "tools" / "npm" / "node_modules" / ".bin" / "pyright"
# Tests that name the package as a string would look at another; these name it in imports alone.
SUITE = ["client/test_what_is_sent.py", "client/test_statuses.py", "client/raw_server.py", "paging/test_bookmarks.py"]
SIDE_BY_SIDE = """
import asyncio, sys, httpx, respx
import acme._vendor.contracts as old, other.contracts as new
from acme._vendor.contracts.calls import call as old_call
from other.contracts.calls import call as new_call

assert (old.__version__, new.__version__) == (sys.argv[1], "9.0.0")
assert not issubclass(old.ContractsError, new.ContractsError) and not issubclass(new.ContractsError, old.ContractsError)
assert old.ContractsClient is not new.ContractsClient
assert (old_call.logger.name, new_call.logger.name) == ("acme._vendor.contracts", "other.contracts")

async def answer(copy, number):
    async with copy.ContractsClient("acme-shop", auth=copy.BearerToken("t"), retry=None) as client:
        try:
            return await client.list_contracts(customer_number=number).first()
        except copy.NotFoundError as error:
            return type(error)

async def calls():
    return await asyncio.gather(*(answer(copy, number) for number in (1, 2) for copy in (old, new)))

with respx.mock:
    respx.get(params={"customerNumber": "1"}).respond(json={"items": [], "totalItems": 0, "totalPages": 0})
    respx.get(params={"customerNumber": "2"}).respond(404)
    assert asyncio.run(calls()) == [None, None, old.NotFoundError, new.NotFoundError]
    agents = {call.request.headers["user-agent"] for call in respx.calls}
    assert len(agents) == 2, agents
assert "contracts_client" not in sys.modules
"""
SANDBOX = """
import asyncio, sys
from contracts import ClientCredentials, ContractsClient, Environment
from contracts.sandbox import Sandbox

async def first(sandbox):
    environment = Environment(api_url=sandbox.url, auth_url=sandbox.url)
    auth = ClientCredentials(sandbox.client_id, sandbox.client_secret)
    async with ContractsClient("acme-shop", auth=auth, environment=environment) as client:
        return await client.list_contracts(customer_number=sandbox.data.customers[0].number).first()

with Sandbox(contracts=3, seed=7) as sandbox:
    assert asyncio.run(first(sandbox)) is not None
assert "contracts_client" not in sys.modules
"""
KIT = """
pytest_plugins = ["acme._vendor.contracts.testing.pytest_plugin"]

async def test_the_copy_tests_its_host(contracts_api, contracts_client):
    contracts_api.next("list_contracts").answers(503)
    assert await contracts_client.list_contracts().collect() == []
    assert contracts_api.assert_called_once("list_contracts").attempts == 2

def test_it_is_the_copy():
    import sys
    assert "contracts_client" not in sys.modules
"""
USER = """\
from acme._vendor.contracts import BearerToken, Contract, ContractsClient


async def first(number: int) -> Contract | None:
    async with ContractsClient("acme-shop", auth=BearerToken("t")) as client:
        return await client.list_contracts(customer_number=number).first()
"""


def run(line: list[str], host: Path) -> None:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("COVERAGE")}
    done = subprocess.run(line, cwd=host, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_suite_passes_against_a_copy(copy: Path, tmp_path: Path) -> None:
    """Every mention of the package in the tests is renamed, so a name that the copy holds fast to would show."""
    host = copy.parents[2]
    shutil.copytree(ROOT / "tests" / "support", host / "support")
    for name in SUITE:
        text = (ROOT / "tests" / name).read_text(encoding="utf-8")
        target = host / "tests" / Path(name).name
        target.parent.mkdir(exist_ok=True)
        target.write_text(text.replace("contracts_client", "acme._vendor.contracts"), encoding="utf-8")
    for path in (host / "support").rglob("*.py"):
        text = path.read_text(encoding="utf-8")
        path.write_text(text.replace("contracts_client", "acme._vendor.contracts"), encoding="utf-8")
    (host / "pytest.ini").write_text("[pytest]\nasyncio_mode = auto\npythonpath = . support\n", encoding="utf-8")
    run([sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", "tests"], host)


def test_two_versions_live_side_by_side(copy: Path, package: Path, newer: Callable[[], None]) -> None:
    newer()
    host = copy.parents[2]
    assert command.main([str(host / "other" / "contracts")], package=package) == 0
    run([sys.executable, "-c", SIDE_BY_SIDE, __version__], host)


def test_a_copied_sandbox_serves_itself(tmp_path: Path, package: Path) -> None:
    assert command.main([str(tmp_path / "host" / "contracts"), "--with", "sandbox"], package=package) == 0
    run([sys.executable, "-c", SANDBOX], tmp_path / "host")


def test_a_copied_test_kit_has_fixtures(tmp_path: Path, package: Path) -> None:
    host = tmp_path / "host"
    assert command.main([str(host / "acme" / "_vendor" / "contracts"), "--with", "testing"], package=package) == 0
    (host / "test_shop.py").write_text(KIT, encoding="utf-8")
    (host / "pytest.ini").write_text("[pytest]\nasyncio_mode = auto\npythonpath = .\n", encoding="utf-8")
    run([sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider"], host)


def test_a_host_passes_mypy(copy: Path) -> None:
    host = copy.parents[2]
    (host / "shop.py").write_text(USER, encoding="utf-8")
    run([sys.executable, "-m", "mypy", "--strict", "--explicit-package-bases", "--cache-dir", os.devnull, "."], host)


@pytest.mark.skipif(not PYRIGHT.exists(), reason="pyright is not installed: make tools")
def test_a_host_passes_pyright(copy: Path) -> None:
    host = copy.parents[2]
    (host / "shop.py").write_text(USER, encoding="utf-8")
    (host / "pyrightconfig.json").write_text('{"typeCheckingMode": "strict"}', encoding="utf-8")
    run([str(PYRIGHT), "--pythonpath", sys.executable], host)
