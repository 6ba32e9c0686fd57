"""The rules for arguments that the specification's types do not express."""

import re
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from contracts_client import Consumption, InvalidArgumentError, arguments
from contracts_client.defaults import MAX_PICKUP_CODE_LENGTH

CANARY = "CANARY-4711"
WHEN = datetime(2026, 6, 1, 8, 30, tzinfo=UTC)


def consumption(**changes: Any) -> Consumption:
    return Consumption(**{"contract_uuid": "c-1", "customer_number": 1001, "travel_date": WHEN, **changes})


@pytest.mark.parametrize("value", [1, 1001, 2**31, 2**63 - 1])
def test_a_customer_number_has_64_bits(value: int) -> None:
    """A customer number is a positive integer of 64 bits."""
    assert arguments.customer_number("customer_number", value) == value
    assert arguments.optional_customer_number("customer_number", value) == value


@pytest.mark.parametrize("value", [0, -1, 2**63, True, False, 1.0, "1001", b"1001", [1001], float("nan")])
@pytest.mark.parametrize("check", [arguments.customer_number, arguments.optional_customer_number])
def test_an_invalid_customer_is_refused(check: Callable[[str, object], object], value: object) -> None:
    """What is no customer number is refused by the name of its argument."""
    with pytest.raises(InvalidArgumentError, match=r"^contract_holder must be an integer from 1") as caught:
        check("contract_holder", value)
    assert caught.value.argument == "contract_holder"


def test_a_customer_number_may_be_required() -> None:
    """A customer number is required where it is not optional."""
    assert arguments.optional_customer_number("customer_number", None) is None
    with pytest.raises(InvalidArgumentError):
        arguments.customer_number("customer_number", None)


@pytest.mark.parametrize("value", [1, 50, 2**31 - 1])
def test_a_page_number_has_32_bits(value: int) -> None:
    """A page is counted from one within 32 bits."""
    assert arguments.page_number("page", value) == value


@pytest.mark.parametrize("value", [0, -1, 2**31, True, 1.5, "1"])
def test_what_is_no_page_number_is_refused(value: object) -> None:
    with pytest.raises(InvalidArgumentError, match=r"^per_page must be an integer from 1, within 32 bits$"):
        arguments.page_number("per_page", value)


@pytest.mark.parametrize("value", [0, 1, 10**30])
def test_a_limit_is_counted_from_zero(value: int) -> None:
    assert arguments.limit(value) == value


@pytest.mark.parametrize("value", [-1, True, False, 1.0, "5", []])
def test_what_is_no_limit_is_refused(value: object) -> None:
    with pytest.raises(InvalidArgumentError, match="limit must be"):
        arguments.limit(value)


@pytest.mark.parametrize("value", ["all", "none", "contract-holder", None])
def test_documented_consumer_choices_pass(value: str | None) -> None:
    """The documented choices of consumers pass."""
    assert arguments.include_consumers(value) == value


@pytest.mark.parametrize("value", ["ALL", "None", "all ", "", "contract_holder", CANARY, True, 0, ["all"]])
def test_another_consumer_choice_is_refused(value: object) -> None:
    """Another choice of consumers is refused with the choices and without itself."""
    with pytest.raises(InvalidArgumentError, match="'all', 'none', 'contract-holder'") as caught:
        arguments.include_consumers(value)
    assert CANARY not in str(caught.value)


@pytest.mark.parametrize(
    ("value", "names"),
    [
        (None, None),
        ([], None),
        ((), None),
        ("status", ["status"]),
        (["status", "uuid"], ["status", "uuid"]),
        (("status",), ["status"]),
    ],
    ids=["none", "empty list", "empty tuple", "one name", "list", "tuple"],
)
def test_one_sort_key_is_a_list_of_one(value: Any, names: list[str] | None) -> None:
    """One name to sort by is a list of one."""
    assert arguments.sort_by(value) == names


@pytest.mark.parametrize("value", ["a", " a ", "å"])
def test_a_required_text_is_kept_as_it_is(value: str) -> None:
    assert arguments.required_text("uuid", value) == value


@pytest.mark.parametrize("value", ["", " ", "\t\n", "\u2003", None, 7, b"a"])
def test_a_blank_required_text_is_refused(value: object) -> None:
    """A required text that is blank or no text is refused."""
    with pytest.raises(InvalidArgumentError, match=r"^uuid must be a string that is not blank$"):
        arguments.required_text("uuid", value)


@pytest.mark.parametrize("value", [5, True, 1.5, object()], ids=["int", "bool", "float", "object"])
def test_an_invalid_sort_key_is_refused(value: Any) -> None:
    """What is neither a name nor a list of names is nothing to sort by."""
    with pytest.raises(InvalidArgumentError, match=r"^sort_by must be a string or a list of strings$"):
        arguments.sort_by(value)


# Few letters, so that many examples are codes or nearly.
near_codes = st.text(alphabet="aZ9_- \n.", max_size=12)


@given(near_codes)
@example("ABC-DEF-123")
@example("A-B-C\n")
@example("--")
@example("a-b")
def test_pickup_codes_match_the_pattern(value: str) -> None:
    r"""The documented pattern is ``\w+-(\w+)+-\w+``; on texts as short as these its backtracking does not hurt."""
    documented = re.fullmatch(r"\w+-(\w+)+-\w+", value, re.ASCII) is not None
    try:
        accepted = arguments.pickup_code(value) == value
    except InvalidArgumentError:
        accepted = False
    assert accepted is documented


@pytest.mark.parametrize(
    "value",
    [
        pytest.param("CANARY", id="one group"),
        pytest.param("CANARY-A-B-C", id="four groups"),
        pytest.param("CANARY-A-B\n", id="line break at the end"),
        pytest.param(" CANARY-A-B", id="space at the start"),
        pytest.param("CANARY-Å-B", id="letter beyond ASCII"),
        pytest.param("CANARY-A-١٢٣", id="digits beyond ASCII"),
        pytest.param("CANARY-A\0-B", id="null"),
        pytest.param("CANARY" + "A" * 1_000_000 + "-A-B", id="a megabyte"),
        pytest.param("CANARY-" + "A" * 1_000_000 + "!", id="a megabyte that backtracks"),
        pytest.param("CANARY-" + "A" * 40 + "!", id="forty letters that backtrack"),
        pytest.param(b"CANARY-A-B", id="bytes"),
        pytest.param(None, id="none"),
    ],
)
def test_an_invalid_pickup_code_is_not_shown(value: object) -> None:
    """A pickup code of another form is refused and not shown."""
    with pytest.raises(InvalidArgumentError) as caught:
        arguments.pickup_code(value)
    assert caught.value.argument == "external_reference"
    assert "CANARY" not in str(caught.value)
    assert len(str(caught.value)) < 300


def test_a_pickup_code_has_a_greatest_length() -> None:
    """A pickup code may be as long as the cap and no longer."""
    longest = "A-B-" + "C" * (MAX_PICKUP_CODE_LENGTH - 4)
    assert arguments.pickup_code(longest) == longest
    with pytest.raises(InvalidArgumentError):
        arguments.pickup_code(longest + "C")


@pytest.mark.parametrize("collect", [list, tuple, iter], ids=["list", "tuple", "iterator"])
def test_consumptions_keep_their_order(collect: Callable[[Any], Any]) -> None:
    """Consumptions may come from any iterable in their order."""
    items = [consumption(), consumption(customer_number=1002, travel_date=None)]
    assert arguments.consumptions(collect(items)) == items


@pytest.mark.parametrize(
    "value",
    [[], (), None, 7, "c-1", {}, consumption(), [{"contractUuid": "c-1"}], [consumption(), None], {"a": consumption()}],
    ids=["empty", "empty tuple", "none", "int", "text", "dict", "one alone", "raw json", "one is none", "mapping"],
)
def test_an_invalid_consumption_list_fails(value: object) -> None:
    """What is no list of consumptions is refused."""
    with pytest.raises(InvalidArgumentError, match=r"^consumptions must be a list of at least one Consumption$"):
        arguments.consumptions(value)


@pytest.mark.parametrize(
    ("attribute", "value"),
    [
        ("contract_uuid", " "),
        ("contract_uuid", None),
        ("customer_number", 0),
        ("customer_number", True),
        ("customer_number", "1001"),
        ("travel_date", datetime(2026, 6, 1)),  # noqa: DTZ001 # the point
        ("travel_date", "2026-06-01T00:00:00Z"),
    ],
)
def test_an_invalid_consumption_is_located(attribute: str, value: object) -> None:
    """A consumption that can not be sent is refused by its place."""
    spoilt = consumption()
    setattr(spoilt, attribute, value)
    with pytest.raises(InvalidArgumentError) as caught:
        arguments.consumptions([consumption(), spoilt])
    assert caught.value.argument == f"consumptions[1].{attribute}"
    assert caught.value.__context__ is None
