"""No fault is forgotten, no test is named that is not there, and the page says what the table says."""

import ast

import pytest
from fault_case import Fails
from fault_page import PAGE, ROOT, written
from fault_rows import ROWS
from fault_table import CASES
from fault_tests import TESTS

from contracts_client import APIError, OutcomeUnknownError

NAMES = [name for names in ROWS.values() for name in names]
TAKEN_CARE_OF = {case.row for case in CASES} | TESTS.keys()


def test_every_fault_is_a_case_or_is_tested() -> None:
    """Every fault is a case or has tests of its own."""
    assert [name for name in NAMES if name not in TAKEN_CARE_OF] == []
    assert TAKEN_CARE_OF - set(NAMES) == set()
    assert len(NAMES) == len(set(NAMES))


def test_no_two_cases_have_the_same_words() -> None:
    words = [case.what for case in CASES]
    assert len(words) == len(set(words))


@pytest.mark.parametrize(("file", "name"), sorted({each for tests in TESTS.values() for each in tests}))
def test_a_test_that_is_named_is_there(file: str, name: str) -> None:
    tree = ast.parse((ROOT / file).read_text(encoding="utf-8"))
    assert name in {each.name for each in tree.body if isinstance(each, ast.FunctionDef | ast.AsyncFunctionDef)}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.what)
def test_a_possibly_executed_claim_is_unsafe(case: object) -> None:
    """A claim is never said to be safe or retried where it may have been executed.

    The table itself is held to the rule that matters most.
    """
    for outcome in (case.read, case.claim):  # type: ignore[attr-defined]
        if isinstance(outcome, Fails) and issubclass(outcome.error, OutcomeUnknownError):
            assert outcome is case.claim  # type: ignore[attr-defined]
            assert (outcome.attempts, outcome.safe) == (1, False)
        if isinstance(outcome, Fails) and issubclass(outcome.error, APIError) and outcome.attempts > 1:
            assert outcome.safe or outcome.status == 401


def test_the_page_is_written_from_the_table() -> None:
    """If it is not: python tests/faults/fault_page.py."""
    page = PAGE.read_text(encoding="utf-8")
    assert page == written(page)
    assert max(map(len, page.splitlines())) < 600, "a cell that nobody can read"
