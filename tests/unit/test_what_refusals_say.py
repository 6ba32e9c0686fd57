"""The words of a refusal: the argument by its name, and the whole rule."""

from typing import Any

import pytest

from contracts_client import AccessToken, BearerToken, ClientCredentials, ConfigurationError, defaults
from contracts_client.headers import checked_client_name
from contracts_client.options import Options, checked_hooks, refuse_configuration

ASCII = "must be printable ASCII characters, without space or line break at its ends"


@pytest.mark.parametrize(
    ("refused", "rule"),
    [
        (lambda: ClientCredentials("", "s"), f"client_id {ASCII}"),
        (lambda: ClientCredentials("i", ""), f"client_secret {ASCII}"),
        (lambda: ClientCredentials("i", "s", audience=""), f"audience {ASCII}"),
        (lambda: BearerToken(""), "the bearer token must be letters, digits and -._~+/ only, then perhaps ="),
        (lambda: AccessToken("t", expires_in=-1), "expires_in must be a number of seconds from 0, or None"),
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
def test_a_configuration_is_refused_by_its_name_and_rule(refused: Any, rule: str) -> None:
    with pytest.raises(ConfigurationError) as caught:
        refused()
    assert str(caught.value) == rule


@pytest.mark.parametrize("seconds", [0, 0.5, 1])
def test_a_token_may_last_no_time_at_all(seconds: float) -> None:
    assert AccessToken("t", expires_in=seconds).expires_in == seconds


def test_the_longest_deadline_but_for_none_is_allowed() -> None:
    options = Options().with_changes(refuse_configuration, deadline=defaults.MAX_SECONDS)
    assert options.deadline == defaults.MAX_SECONDS
