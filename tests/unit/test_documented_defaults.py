"""Every number that the client starts from."""

import ast
import inspect
import math
from itertools import pairwise

import pytest

from contracts_client import defaults

NUMBERS = {name: value for name, value in vars(defaults).items() if name.isupper() and not isinstance(value, range)}


def documented() -> dict[str, str]:
    """The text below each number, as the module's source has it."""
    body = ast.parse(inspect.getsource(defaults)).body
    found = {}
    for assignment, text in pairwise(body):
        if isinstance(assignment, ast.AnnAssign) and isinstance(assignment.target, ast.Name):
            assert isinstance(text, ast.Expr)
            assert isinstance(text.value, ast.Constant)
            found[assignment.target.id] = str(text.value.value)
    return found


UNITS = {
    "Bytes",
    "Characters",
    "Connections",
    "Exchanges",
    "Factor",
    "Items",
    "Pages",
    "Places",
    "Requests",
    "Restarts",
    "Retries",
    "Seconds",
    "Share",
    "Successes",
}


@pytest.mark.parametrize("name", NUMBERS)
def test_each_number_says_what_it_counts(name: str) -> None:
    unit = documented()[name].split()[0]
    assert unit in UNITS


@pytest.mark.parametrize("name", NUMBERS)
def test_each_number_is_positive_and_finite(name: str) -> None:
    assert 0 < NUMBERS[name] < math.inf


def test_related_bounds_agree() -> None:
    """The bounds that belong together agree."""
    assert defaults.CONNECT_TIMEOUT < defaults.READ_TIMEOUT < defaults.DEADLINE
    assert defaults.TOKEN_RENEWAL_MARGIN < defaults.TOKEN_LIFETIME < defaults.MAX_TOKEN_LIFETIME
    assert defaults.MAX_TOKEN_RESPONSE_BYTES < defaults.MAX_RESPONSE_BYTES
