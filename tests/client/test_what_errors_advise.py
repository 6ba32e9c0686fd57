"""What the error of a refusal says, against a server that refuses: the cause, the code, and what to do."""

import base64
import json
from typing import Any

import httpx
import pytest
from raw_server import RawServer, always, json_answer, raw_server

from contracts_client import (
    AccessToken,
    APIStatusError,
    BearerToken,
    ClientCredentials,
    Consumption,
    ContractsClient,
    Environment,
    TokenError,
    TokenProvider,
)

CUSTOMER = 471147
ENDED = 1767225600  # 2026-01-01
FAR = 4102444800  # 2100-01-01


def jwt(claims: Any, parts: int = 3) -> str:
    middle = base64.urlsafe_b64encode(json.dumps(claims).encode()).decode().rstrip("=")
    return ".".join(["c4nary", middle, "s1gnature"][:parts])


async def token() -> str:
    return "t0ken"


async def access_token() -> AccessToken:
    return AccessToken("t0ken")


def a_client(server: RawServer, auth: Any, path: str = "") -> ContractsClient:
    environment = Environment(server.url + path, server.url)
    return ContractsClient("acme-shop", auth=auth, environment=environment, retry=None)


async def refusal(status: str, body: Any, auth: Any = None, path: str = "") -> str:
    """What a read says that is answered like that."""
    async with raw_server(always(json_answer(body, status))) as server, a_client(server, auth, path) as client:
        with pytest.raises(APIStatusError) as caught:
            await client.list_contracts(customer_number=CUSTOMER)
    return caught.value.message


BELONGS = "was refused: check the credentials and that they belong to this environment"
ANOTHER = "can't be renewed: pass another one, or ClientCredentials, and check that it belongs to this environment"


@pytest.mark.parametrize(
    ("auth", "said"),
    [
        (None, "no auth was given: pass auth=ClientCredentials(...) to the client"),
        (BearerToken("t0ken"), ANOTHER),
        (BearerToken(jwt({"exp": ENDED})), "can't be renewed: it ended at 2026-01-01 00:00:00 UTC; pass another one"),
        (
            BearerToken(jwt({"exp": FAR})),
            "can't be renewed: it is good until 2100-01-01 00:00:00 UTC, so check that it b",
        ),
        (BearerToken(jwt({"exp": FAR}, parts=2)), ANOTHER),
        (BearerToken(jwt({"exp": "soon"})), ANOTHER),
        (BearerToken(jwt({"exp": 1e300})), ANOTHER),
        (BearerToken(jwt([ENDED])), ANOTHER),
        (BearerToken(jwt({})), ANOTHER),
        (BearerToken("a.b.c"), ANOTHER),
        (BearerToken(jwt({"exp": ENDED, "x": "y" * 16_384})), ANOTHER),
        (httpx.BasicAuth("acme", "s3cret"), f"what the httpx.Auth sent {BELONGS}"),
        (token, f"the token of the auth function {BELONGS}"),
        (TokenProvider(access_token), f"the token of the auth function {BELONGS}"),
    ],
)
async def test_a_401_says_whose_fault_it_is(auth: Any, said: str) -> None:
    """A 401 names what was sent to authenticate, and never shows it."""
    message = await refusal("401 Unauthorized", {"message": "no"}, auth)
    assert message.startswith("GET /customers/v2/benefits/contracts was answered with 401 Unauthorized; ")
    assert said in message
    assert not [secret for secret in ("t0ken", "s3cret", "c4nary", "s1gnature") if secret in message]


async def test_a_401_of_credentials_names_them() -> None:
    """A 401 with a token of client credentials names these."""

    async def handle(request: bytes, writer: Any) -> None:
        is_token = request.startswith(b"POST /oauth/token")
        writer.write(json_answer({"access_token": "t0ken"}) if is_token else json_answer({}, "401 Unauthorized"))

    async with raw_server(handle) as server, a_client(server, ClientCredentials("id", "s3cret")) as client:
        with pytest.raises(APIStatusError, match=f"the token of the client credentials {BELONGS}"):
            await client.list_contracts()


@pytest.mark.parametrize(
    ("code", "shown"),
    [
        ("3101", True),
        ("CONTRACT_NOT_VALID", True),
        ("E1", True),
        ("oauth.v2.InvalidAccessToken", True),
        ("BENEFITS_404_X", True),
        ("x" * 64, True),
        ("x" * 65, False),
        ("123456", False),
        ("ABC-DEF-123", False),
        ("Ola Nordmann", False),
        ("c4nary", False),
        ("7f3c2d1e-0000-4000-8000-000000000000", False),
        ("E1\n", False),
        ("", False),
        (None, False),
    ],
)
async def test_an_error_code_is_shown(code: str | None, *, shown: bool) -> None:
    """The API's error code is shown if it looks like a code, and not like a number or name of somebody."""
    message = await refusal("400 Bad Request", {"message": "no", "errorCode": code})
    why = f" (error code {code})" if shown else ""
    what = "GET /customers/v2/benefits/contracts was answered with 400 Bad Request"
    assert message == f"{what}{why}; the attribute error holds what the API objects to"


async def test_a_code_that_was_sent_is_hidden() -> None:
    """A code that repeats a value of the request is not shown, since it may be a customer's."""
    answer = always(json_answer({"errorCode": "1001"}, "400 Bad Request"))
    async with raw_server(answer) as server, a_client(server, None) as client:
        for call in (
            client.list_contracts(customer_number=1001),
            client.list_valid_contracts(1001),
            client.list_contracts_by_external_ref("ABC", entur_customer_number=1001),
            client.validate_consumption([Consumption(contract_uuid="c", customer_number=1001)]),
        ):
            with pytest.raises(APIStatusError) as caught:
                await call
            assert "1001" not in str(caught.value)


@pytest.mark.parametrize("body", [{}, {"status": 400, "error": "Bad Request", "path": "/x"}, []])
async def test_an_empty_body_promises_nothing(body: Any) -> None:
    """An error without a reason in its body does not send the reader to look for one."""
    assert (await refusal("400 Bad Request", body)).endswith("was answered with 400 Bad Request")


@pytest.mark.parametrize(
    ("path", "repeats"),
    [
        ("/customers", True),
        ("/gateway/customers/v2/benefits/contracts", True),
        ("/customers/v1", False),
        ("/gateway", False),
        ("", False),
    ],
)
@pytest.mark.parametrize("status", ["404 Not Found", "405 Method Not Allowed"])
async def test_a_repeated_path_is_pointed_out(status: str, path: str, *, repeats: bool) -> None:
    """A base URL that holds the beginning of the API's path is told to be the cause of a 404."""
    message = await refusal(status, {}, path=path)
    assert ("the path of base_url repeats the beginning of the API's own path" in message) is repeats


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({"error": "invalid_client", "error_description": "s3cret"}, " (error code invalid_client)"),
        ({"error": "no such client: s3cret"}, ""),
        ({"error": {"code": "invalid"}}, ""),
        ([], ""),
    ],
)
async def test_a_token_error_shows_oauth_s_code(body: Any, code: str) -> None:
    """A refusal of the token endpoint shows OAuth's code, and no text."""
    answer = always(json_answer(body, "401 Unauthorized"))
    async with raw_server(answer) as server, a_client(server, ClientCredentials("id", "s3cret")) as client:
        with pytest.raises(TokenError) as caught:
            await client.list_contracts()
    host = server.url.removeprefix("http://")
    assert caught.value.message.startswith(f"the token endpoint at {host} answered 401{code}; check client id")
    assert "s3cret" not in caught.value.message


@pytest.mark.parametrize(
    ("page", "said"),
    [
        (b"<center>No required SSL certificate was sent</center>", "; the server asks for a TLS certificate: pass"),
        (b"<center>The SSL certificate error</center>", "; the server refused the client's TLS certificate: check"),
        (b"<center>The plain HTTP request was sent to HTTPS port</center>", "; the server speaks TLS on this port: wr"),
        (b" " * 1024 + b"The SSL certificate error", ""),
        (b"<center>something else</center>", ""),
    ],
)
async def test_a_page_of_nginx_is_understood(page: bytes, said: str) -> None:
    """nginx tells faults of TLS by a page of HTML, which tests/real_parts/test_tls_reasons.py has from it."""
    head = f"HTTP/1.1 400 Bad Request\r\nContent-Type: text/html\r\nContent-Length: {len(page)}\r\n\r\n"
    async with raw_server(always(head.encode() + page)) as server, a_client(server, None) as client:
        with pytest.raises(APIStatusError) as caught:
            await client.list_contracts()
    assert caught.value.message.partition("400 Bad Request")[2].startswith(said)
    assert said or caught.value.message.endswith("400 Bad Request")
