"""What the request for a token hands to the transport, and what the log and the error tell of it."""

import json
import logging

import pytest
from virtual_time import HandClock

from contracts_client import ClientClosedError, ClientCredentials, ConfigurationError, TokenError, defaults
from contracts_client.auth.cache import Token
from contracts_client.auth.endpoint import TOKEN_PATH, TokenRequest, read_token
from contracts_client.openapi.operation import Response
from contracts_client.transport.interface import ExchangeError, TransportRequest
from contracts_client.transport.library import DEFAULT_TIMEOUT

SECONDS = 1.5  # that an answer takes


def answer(body: object, status: int = 200) -> Response:
    return Response(status=status, headers={"content-type": "application/json"}, body=json.dumps(body).encode())


class Endpoint:
    """Takes its time, and then answers or fails."""

    def __init__(self, clock: HandClock, outcome: Response | Exception) -> None:
        self.clock = clock
        self.outcome = outcome
        self.requests: list[TransportRequest] = []

    async def send(self, request: TransportRequest) -> Response:
        self.requests.append(request)
        self.clock.now += SECONDS
        if isinstance(self.outcome, Exception):
            raise self.outcome
        return self.outcome

    async def aclose(self, drain: float | None = None) -> None: ...


async def asked(outcome: Response | Exception) -> tuple[Token | TokenError, TransportRequest]:
    endpoint = Endpoint(HandClock(), outcome)
    credentials = ClientCredentials("an-id", "a-secret")
    request = TokenRequest(
        credentials,
        endpoint,
        host="auth.example",
        audience="https://a.example",
        client_name="acme-shop",
        clock=endpoint.clock,
    )
    result = await request()
    return result, endpoint.requests[0]


def correlation_id(request: TransportRequest) -> str:
    return dict(request.headers)["X-Correlation-Id"]


async def test_it_has_its_own_deadline() -> None:
    _, request = await asked(answer({"access_token": "one"}))
    assert request.fresh is True
    assert request.timeout is DEFAULT_TIMEOUT
    assert request.deadline == HandClock().now + defaults.TOKEN_DEADLINE


AT = "the token endpoint at auth.example"
REFUSED = f"{AT} answered 401; check client id, client secret and environment: credentials are bound to one"
DOWN = f"{AT} answered 503; it is the endpoint that fails, not the credentials"
NONSENSE = f"{AT} answered 200 with nonsense: "
UNREACHABLE = f"no token: the server can't be reached; {AT} is /oauth/token of the environment's auth_url"
MAC = {"access_token": "one", "token_type": "mac"}
SOON = {"access_token": "one", "expires_in": "soon"}
OUTCOMES = [
    pytest.param(answer({"access_token": "one"}), "200", None, id="a token"),
    pytest.param(answer({}, 401), "401", REFUSED, id="refused"),
    pytest.param(answer({}, 503), "503", DOWN, id="down"),
    pytest.param(answer({"access_token": " "}), "200", NONSENSE + "access_token is no bearer token", id="no token"),
    pytest.param(answer([]), "200", NONSENSE + "expected an object, found an array", id="no object"),
    pytest.param(answer(MAC), "200", NONSENSE + "token_type is not Bearer", id="another type"),
    pytest.param(answer(SOON), "200", NONSENSE + "expires_in is no number", id="no lifetime"),
    pytest.param(ExchangeError("the server can't be reached"), "failed", UNREACHABLE, id="unreachable"),
    pytest.param(ConfigurationError("no authorities"), "failed", "no token: no authorities", id="no authorities"),
    pytest.param(ClientClosedError("closed"), "failed", "no token: the client is closed", id="closed"),
]


@pytest.mark.parametrize(("outcome", "logged", "said"), OUTCOMES)
async def test_each_outcome_is_logged_and_told(
    outcome: Response | Exception, logged: str, said: str | None, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG, "contracts_client")
    result, request = await asked(outcome)
    assert [(record.name, record.levelno, record.getMessage()) for record in caplog.records] == [
        (
            "contracts_client",
            logging.DEBUG,
            f"POST {TOKEN_PATH} {logged} in 1500 ms (correlation id {correlation_id(request)})",
        )
    ]
    if said is None:
        assert isinstance(result, Token)
    else:
        assert isinstance(result, TokenError)
        assert result.message == said
        assert result.correlation_id == correlation_id(request)


@pytest.mark.parametrize(
    ("status", "whose"),
    [(399, "endpoint"), (400, "id"), (401, "id"), (403, "id"), (428, "endpoint"), (429, "endpoint")],
)
def test_a_refusal_blames_the_credentials(status: int, whose: str) -> None:
    error = read_token(answer({}, status), HandClock(), "an-id")
    assert isinstance(error, TokenError)
    assert (error.status_code, error.correlation_id) == (status, "an-id")
    assert ("check client id" in error.message) is (whose == "id")


@pytest.mark.parametrize("status", [300, 302, 399, 404, 405])
def test_another_server_is_an_address_error(status: int) -> None:
    """Many a user takes the endpoint's whole address for auth_url."""
    error = read_token(answer({}, status), HandClock(), "an-id")
    assert isinstance(error, TokenError)
    assert error.message == (
        f"the token endpoint answered {status}; check the address: "
        "the token endpoint is /oauth/token of the environment's auth_url"
    )


@pytest.mark.parametrize("status", [401, 429, 503])
def test_a_failure_carries_retry_after(status: int) -> None:
    error = read_token(Response(status=status, headers={"retry-after": "7"}, body=b""), HandClock())
    assert isinstance(error, TokenError)
    assert error.retry_after == 7
