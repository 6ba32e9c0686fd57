"""``from_env()``: what each variable means, and the one error of all that are missing or wrong."""

import json
import os
import re
import ssl
from pathlib import Path
from typing import Any, get_args

import pytest
import respx
from raw_server import RawServer, always, page_answer, raw_server

from contracts_client import ConfigurationError, ContractsClient, Environment, defaults, environment
from contracts_client.environment import EnvironmentVariables
from contracts_client.transport.library import TransportName

CANARY = "5ecr3t"
WHOLE = {"NAME": "acme-shop", "ID": "an-id", "SECRET": CANARY}
TRANSPORTS = ("httpx", *get_args(TransportName))


@pytest.fixture(autouse=True)
def _no_variables(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in os.environ if name.startswith("CONTRACTS_CLIENT_")]:
        monkeypatch.delenv(name)


def put(monkeypatch: pytest.MonkeyPatch, **values: str) -> None:
    for name, value in values.items():
        monkeypatch.setenv(f"CONTRACTS_CLIENT_{name}", value)


def refusal() -> str:
    with pytest.raises(ConfigurationError) as caught:
        ContractsClient.from_env()
    assert caught.value.__context__ is None
    assert CANARY not in str(caught.value)
    return str(caught.value)


NUMBER = "must be a Timeout of httpx or httpx2, or a positive number of seconds"
BOTH = "CONTRACTS_CLIENT_TOKEN must not be set where CONTRACTS_CLIENT_ID or CONTRACTS_CLIENT_SECRET is"


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("NAME", "", "NAME is missing or empty"),
        ("ID", "", "ID is missing or empty"),
        ("SECRET", "", "SECRET is missing or empty"),
        ("NAME", CANARY, "NAME: the client name must be <company>-<application>"),
        ("ID", f"{CANARY}\n", "ID: client_id must be printable ASCII characters"),
        ("SECRET", f"{CANARY}\n", "SECRET: client_secret must be printable ASCII characters"),
        ("TOKEN", CANARY, "TOKEN must not be set where CONTRACTS_CLIENT_ID or CONTRACTS_CLIENT_SECRET is"),
        ("ENVIRONMENT", CANARY, "ENVIRONMENT: the environment must be one of production, staging, dev"),
        ("BASE_URL", f"http://{CANARY}.example", "BASE_URL must use https"),
        ("AUTH_URL", f"https://u:{CANARY}@a.example", "AUTH_URL must hold no user name or password"),
        *[
            ("TIMEOUT", value, f"TIMEOUT: timeout {NUMBER}")
            for value in ("soon", "0", "-1", "inf", "nan", "1_0", "1e999")
        ],
        *[("DEADLINE", value, "DEADLINE: deadline must be a positive number") for value in ("x", "0", "-1", "nan")],
        *[("MAX_CONCURRENCY", value, "MAX_CONCURRENCY: max_concurrency must be") for value in ("x", "0", "1.5", "-1")],
        ("TRANSPORT", CANARY, f"TRANSPORT: transport must be one of {', '.join(TRANSPORTS)}"),
    ],
)
def test_a_wrong_variable_has_its_rule(monkeypatch: pytest.MonkeyPatch, name: str, value: str, said: str) -> None:
    """A variable that is missing or wrong is named with its rule, and its value is not shown."""
    put(monkeypatch, **{**WHOLE, name: value})
    assert refusal().startswith(f"the environment variable CONTRACTS_CLIENT_{said}")


def test_all_wrong_variables_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """All that is missing or wrong is in one error."""
    names = ("TIMEOUT", "DEADLINE", "MAX_CONCURRENCY", "TRANSPORT", "ENVIRONMENT", "BASE_URL", "AUTH_URL")
    put(monkeypatch, **dict.fromkeys(names, CANARY))
    message = refusal()
    assert message.startswith(
        "environment variables: CONTRACTS_CLIENT_NAME is missing or empty; CONTRACTS_CLIENT_ID is "
    )
    assert [name for name in ("SECRET", *names) if f"CONTRACTS_CLIENT_{name}" not in message] == []


def test_the_table_has_each_variable() -> None:
    """docs/calls.md has a row for each variable, with today's defaults and names of libraries."""
    lines = (Path(__file__).parents[2] / "docs" / "calls.md").read_text().splitlines()
    rows = [line for line in lines if line.startswith("| `CONTRACTS_CLIENT_")]
    known = {value for value in vars(environment).values() if str(value).startswith("CONTRACTS_CLIENT_")}
    assert {name for row in rows for name in re.findall(r"CONTRACTS_CLIENT_\w+", row.split("|")[1])} == known
    ends = {"DEADLINE": f"{defaults.DEADLINE:g}", "MAX_CONCURRENCY": str(defaults.MAX_CONCURRENCY)}
    assert [name for name, end in ends.items() if not any(name in row and f"| {end} |" in row for row in rows)] == []
    assert ", ".join(f"`{name}`" for name in TRANSPORTS) in rows[-1]


def test_the_variables_are_not_shown() -> None:
    """An error tracker that reports local variables sees this repr."""
    assert CANARY not in repr(EnvironmentVariables(WHOLE))


@respx.mock
async def test_production_is_the_default(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without another word, from_env() calls production."""
    put(monkeypatch, **WHOLE)
    token = respx.post("https://partner.entur.org/oauth/token").respond(json={"access_token": "abc"})
    api = respx.get("https://api.entur.io/customers/v2/benefits/contracts").respond(json={"items": []})
    async with ContractsClient.from_env() as client:
        await client.list_contracts()
    assert (token.called, api.called) == (True, True)


@respx.mock
@pytest.mark.parametrize(
    ("variables", "expected"),
    [
        ({"ENVIRONMENT": ""}, Environment.PRODUCTION),
        ({"ENVIRONMENT": " Staging "}, Environment.STAGING),
        ({"BASE_URL": "https://a.example/"}, Environment("https://a.example", Environment.PRODUCTION.auth_url)),
        ({"AUTH_URL": "https://b.example/"}, Environment(Environment.PRODUCTION.api_url, "https://b.example")),
        ({"AUTH_URL": "https://b", "ENVIRONMENT": "dev"}, Environment(Environment.DEV.api_url, "https://b")),
        ({"AUTH_URL": "https://b", "BASE_URL": "https://a"}, Environment("https://a", "https://b")),
    ],
)
async def test_an_environment_is_name_or_urls(
    monkeypatch: pytest.MonkeyPatch, variables: dict[str, str], expected: Environment
) -> None:
    """The environment is a name, or one or two addresses."""
    put(monkeypatch, **WHOLE, **variables)
    token = respx.post(f"{expected.auth_url}/oauth/token").respond(json={"access_token": "abc"})
    api = respx.get(f"{expected.api_url}/customers/v2/benefits/contracts").respond(json={"items": []})
    async with ContractsClient.from_env() as client:
        await client.list_contracts()
    assert (token.called, api.called) == (True, True)
    audience = Environment.PRODUCTION.api_url if variables.keys() == {"BASE_URL"} else expected.api_url
    assert json.loads(token.calls.last.request.content)["audience"] == audience


@pytest.mark.parametrize("name", TRANSPORTS)
async def test_variables_give_token_and_numbers(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """A token, the timeout, the deadline, the concurrency and the library can come from variables."""
    seen: list[Any] = []

    def hook(start: Any) -> None:
        seen.append(start.deadline)

    async with raw_server(always(page_answer("c-1"))) as server:
        put(monkeypatch, NAME="acme-shop", TOKEN="t0ken", BASE_URL=server.url, TIMEOUT="2.5", DEADLINE="7")
        put(monkeypatch, MAX_CONCURRENCY="3", TRANSPORT=name)
        async with ContractsClient.from_env(hooks=[hook]) as client:
            await client.list_contracts()
        async with ContractsClient.from_env(hooks=[hook], deadline=8, timeout=1, max_concurrency=1) as client:
            await client.list_contracts()
        put(monkeypatch, DEADLINE="inf")
        async with ContractsClient.from_env(hooks=[hook]) as client:
            await client.list_contracts()
    assert seen == [7.0, 8.0, float("inf")]
    assert sent(server) == {b"Bearer t0ken"}


def sent(server: RawServer) -> set[bytes]:
    return {request.partition(b"Authorization: ")[2].partition(b"\r\n")[0] for request in server.requests}


def test_the_warning_points_to_the_context() -> None:
    """The warning points to the line that calls from_env(), as it does for the constructor."""
    context = ssl.create_default_context()
    context.check_hostname = False
    with pytest.warns(UserWarning, match=r"^ssl_context checks no host name") as caught:
        ContractsClient.from_env(client_name="acme-shop", auth=None, ssl_context=context)
    assert [each.filename for each in caught] == [__file__]
