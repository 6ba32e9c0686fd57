"""The words of a refusal: the argument by its name, and the whole rule."""

from datetime import datetime
from typing import Any

import pytest

from contracts_client import (
    AccessToken,
    BearerToken,
    ClientCredentials,
    ConfigurationError,
    Consumption,
    InvalidArgumentError,
    arguments,
    defaults,
)
from contracts_client.calls.options import Options, checked_hooks, refuse_configuration
from contracts_client.headers import checked_client_name

ASCII = "must be printable ASCII characters, without space or line break at its ends"


@pytest.mark.parametrize(
    ("refused", "rule"),
    [
        (lambda: ClientCredentials("", "s"), f"client_id {ASCII}"),
        (lambda: ClientCredentials("i", ""), f"client_secret {ASCII}"),
        (lambda: ClientCredentials("i", "s", audience=""), f"audience {ASCII}"),
        (lambda: BearerToken(""), "the bearer token must be letters, digits and -._~+/ only, then perhaps ="),
        (lambda: AccessToken("t", expires_in=-1), "expires_in must be a number of seconds from 0, digits, or None"),
        (lambda: checked_hooks(5), "hooks must be functions that are called with a CallStart"),  # type: ignore[arg-type]
        (
            lambda: checked_hooks([len, 5]),  # type: ignore[list-item]
            "hooks must be functions that are called with a CallStart",
        ),
        (
            lambda: checked_client_name("acme"),
            (
                "the client name must be <company>-<application>, such as acme-ticketshop: lower-case letters a-z, "
                "digits, '_' and '.', joined by at least one '-', 128 characters at most; "
                "write a space within a name as '_'"
            ),
        ),
    ],
)
def test_a_configuration_is_refused_by_name(refused: Any, rule: str) -> None:
    """A configuration is refused by its name and rule."""
    with pytest.raises(ConfigurationError) as caught:
        refused()
    assert str(caught.value) == rule


@pytest.mark.parametrize("seconds", [0, 0.5, 1])
def test_a_token_may_last_no_time_at_all(seconds: float) -> None:
    assert AccessToken("t", expires_in=seconds).expires_in == seconds


def test_the_longest_deadline_is_allowed() -> None:
    """The longest deadline but for none is allowed."""
    options = Options().with_changes(refuse_configuration, deadline=defaults.MAX_SECONDS)
    assert options.deadline == defaults.MAX_SECONDS


class Disguised:
    """No text, though it looks like a bookmark once it is made one."""

    def __str__(self) -> str:
        return "b1.1.0.0123456789ab.-"


def spoilt_later() -> Consumption:
    found = Consumption(contract_uuid="c", customer_number=1)
    found.travel_date = datetime(2026, 1, 1)  # noqa: DTZ001 # the point
    return found


@pytest.mark.parametrize(
    ("refused", "rule"),
    [
        (lambda: arguments.customer_number("c", 0), "c must be an integer from 1, within 64 bits"),
        (lambda: arguments.page_number("p", 0), "p must be an integer from 1, within 32 bits"),
        (lambda: arguments.limit(-1), "limit must be an integer from 0, or None for all"),
        (lambda: arguments.prefetch(-1), "prefetch must be an integer from 0, or None for the default"),
        (lambda: arguments.on_drift("x"), "on_drift must be one of 'report', 'raise', 'restart'"),
        (lambda: arguments.deduplicate(1), "deduplicate must be True or False"),
        (lambda: arguments.bookmark("x", None, "0"), "resume must be a bookmark, or the text of one"),
        (lambda: arguments.bookmark(Disguised(), None, "0"), "resume must be a bookmark, or the text of one"),
        (
            lambda: arguments.bookmark(str(Disguised()), None, "0"),
            "resume must be a bookmark of the same query: operation, filters, sort, per_page",
        ),
        (
            lambda: arguments.bookmark(str(Disguised()), 1, "0123456789ab"),
            "page must be left out where resume is given",
        ),
        (
            lambda: arguments.pickup_code("x"),
            (
                "external_reference must be a pickup code such as ABC-DEF-123: three groups of ASCII letters, digits "
                "or '_', joined by '-', 128 characters at most"
            ),
        ),
        (lambda: arguments.consumptions([]), "consumptions must be a list of at least one Consumption"),
        (
            lambda: arguments.consumptions([spoilt_later()]),
            "consumptions[0].travel_date must be an aware datetime: give it a tzinfo, such as datetime.UTC",
        ),
    ],
)
def test_an_argument_is_refused_by_name(refused: Any, rule: str) -> None:
    """An argument is refused by its name and rule."""
    with pytest.raises(InvalidArgumentError) as caught:
        refused()
    assert str(caught.value) == rule
