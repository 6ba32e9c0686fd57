"""Which token endpoint belongs to a base URL that is given beside an environment."""

import pytest

from contracts_client.environment import Environment, checked_url, for_calls_to

LOCAL = "http://127.0.0.1:8080/sandbox"
REMOTE = "https://gateway.example.com"
LOCAL_TOKENS = Environment("https://api.example.com", "http://localhost:9090")
ALL_LOCAL = Environment(LOCAL, REMOTE)


@pytest.mark.parametrize(
    ("environment", "base_url", "tokens_from"),
    [
        pytest.param(Environment.STAGING, LOCAL, LOCAL, id="a sandbox: credentials stay on this machine"),
        pytest.param(Environment.STAGING, REMOTE, Environment.STAGING.auth_url, id="a gateway in front of the API"),
        pytest.param(LOCAL_TOKENS, LOCAL, LOCAL_TOKENS.auth_url, id="a token endpoint on this machine is one already"),
        pytest.param(LOCAL_TOKENS, REMOTE, LOCAL_TOKENS.auth_url, id="a gateway, with a token endpoint here"),
        pytest.param(ALL_LOCAL, LOCAL, REMOTE, id="the environment's own URL: it was said where tokens come from"),
    ],
)
def test_a_local_base_url_serves_the_tokens(environment: Environment, base_url: str, tokens_from: str) -> None:
    """A base URL on this machine is where tokens come from unless that is said."""
    found = for_calls_to(base_url, environment)
    assert found.auth_url == tokens_from
    assert (found is environment) is (found.auth_url == environment.auth_url)
    assert found.api_url == (environment.api_url if found is environment else base_url)


def test_an_address_loses_trailing_slashes() -> None:
    """An address loses slashes at its end and nothing else."""
    assert checked_url("base_url", "https://a.example/X/") == "https://a.example/X"
