"""The code of the page on testing is run as a user's test file, and the page names everything there is."""

import inspect
import os
import re
from pathlib import Path

import pytest

from contracts_client.testing import FakeContractsApi, Script, pytest_plugin
from contracts_client.testing.clock import START
from contracts_client.testing.faults.barrier import REACHED_WITHIN

TEXT = (Path(__file__).resolve().parents[2] / "docs" / "testing.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```python\n(.*?)^```$", TEXT, re.MULTILINE | re.DOTALL)

pytest_plugins = ["pytester"]


def test_the_tests_of_the_page_pass(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> None:
    # The page's service in another process is not traced: CPython 3.11 can lose its sockets where it is.
    for name in [each for each in os.environ if each.startswith("COVERAGE")]:
        monkeypatch.delenv(name)
    pytester.makepyfile(test_page="\n\n".join(BLOCKS))
    pytester.makeini("[pytest]\nasyncio_mode = auto\nasyncio_default_fixture_loop_scope = function\n")
    done = pytester.runpytest_inprocess("-q", "-p", "no:cacheprovider", "-W", "error")
    tests = len(re.findall(r"^\s*(?:async )?def test_", "\n".join(BLOCKS), re.MULTILINE))
    done.assert_outcomes(passed=tests)


def public(kind: type) -> set[str]:
    return {name for name, _ in inspect.getmembers(kind) if not name.startswith("_")}


def test_everything_there_is_is_named() -> None:
    assert {name for name in public(Script) if f".{name}(" not in TEXT} == set()
    assert {name for name in public(FakeContractsApi) if name not in TEXT} == {"describe_calls"}
    fixtures = {name for name in vars(pytest_plugin) if name.startswith("contracts_")} - {
        "contracts_client"
    }  # deprecated
    assert {name for name in fixtures if f"| `{name}` |" not in TEXT} == set()
    assert len(fixtures) == 4


def test_the_numbers_are_those_of_the_code() -> None:
    assert f"than {START:%Y-%m-%d %H:%M} UTC" in TEXT
    assert f"within {REACHED_WITHIN:g} s" in TEXT
