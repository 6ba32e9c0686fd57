"""An OAuth server of oauthlib's that gives tokens for client credentials, revokes them, and is away for a while."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import pytest
from api import Api, Reply, Request, serving
from oauthlib.oauth2 import BackendApplicationServer, RequestValidator
from programs import free_port

from contracts_client import ClientCredentials, ContractsClient, Environment, TokenError

SECRET = "a-s3cret"
OUTAGE = 1.0  # seconds
BACK = 1.0  # seconds after the outage in which a call has its token
SPARE = 0.5  # seconds that a busy machine takes on top


class Grants(RequestValidator):
    """One client; the tokens that hold; and where they do not, that they were revoked."""

    def __init__(self) -> None:
        self.valid: set[str] = set()
        self.given = 0

    def authenticate_client(self, request: Any, *_: Any) -> bool:
        request.client = self if (request.client_id, request.client_secret) == ("an-id", SECRET) else None
        self.client_id = request.client_id
        return request.client is not None

    def validate_grant_type(self, client_id: str, grant_type: str, *_: Any) -> bool:
        return grant_type == "client_credentials"

    def get_default_scopes(self, *_: Any) -> list[str]:
        return []

    def validate_scopes(self, *_: Any) -> bool:
        return True

    def save_bearer_token(self, token: dict[str, Any], *_: Any) -> None:
        self.given += 1
        self.valid.add(token["access_token"])

    def revoke(self) -> None:
        self.valid.clear()


def giving(grants: Grants) -> Callable[[Request], Reply]:
    """Return what answers token requests."""
    server = BackendApplicationServer(grants, token_expires_in=3600)

    def answer(request: Request) -> Reply:
        headers, body, status = server.create_token_response(
            request.path, request.method, json.loads(request.body), request.headers
        )
        return Reply(json.loads(body), f"{status} Something", headers)

    return answer


def checking(grants: Grants) -> Callable[[Request], Reply | None]:
    """Return what lets an API refuse tokens that do not hold."""

    def answer(request: Request) -> Reply | None:
        known = request.headers["authorization"].removeprefix("Bearer ") in grants.valid
        return None if known else Reply({}, "401 Unauthorized", {"WWW-Authenticate": 'Bearer error="invalid_token"'})

    return answer


@pytest.fixture
def grants(api: Api) -> Grants:
    made = Grants()
    api.answer = checking(made)
    return made


@pytest.fixture
async def oauth(grants: Grants) -> AsyncIterator[Api]:
    async with serving() as server:
        server.answer = giving(grants)
        yield server


def client_of(api: Api, auth_url: str, secret: str = SECRET) -> ContractsClient:
    return ContractsClient(
        "acme-ticketshop",
        environment=Environment(api_url=api.url, auth_url=auth_url),
        auth=ClientCredentials("an-id", secret),
        deadline=10,
    )


async def many(call: Callable[[], Awaitable[Any]], count: int) -> list[Any]:
    return await asyncio.gather(*(call() for _ in range(count)), return_exceptions=True)


async def test_one_token_serves_many_calls(api: Api, grants: Grants, oauth: Api) -> None:
    async with client_of(api, oauth.url) as client:
        found = await many(lambda: client.list_valid_contracts(1001), 30)
    assert all(isinstance(each, list) for each in found)
    assert grants.given == 1


async def test_refused_credentials_are_asked_once(api: Api, grants: Grants, oauth: Api) -> None:
    async with client_of(api, oauth.url, "wr0ng") as client:
        found = await many(lambda: client.list_valid_contracts(1001), 10)
    assert {type(each) for each in found} == {TokenError}
    assert len(oauth.requests) == 1
    assert api.requests == []


async def test_revoked_tokens_fail_no_call(api: Api, grants: Grants, oauth: Api) -> None:
    """Keys are rotated eight times under load; each token had served, so none is held against the next."""
    async with client_of(api, oauth.url) as client:
        found: list[Any] = []
        for _ in range(8):
            found += await many(lambda: client.list_valid_contracts(1001), 15)
            grants.revoke()
            found += await many(lambda: client.list_valid_contracts(1001), 15)
    assert [each for each in found if not isinstance(each, list)] == []
    assert grants.given == 9


async def test_a_reset_token_request_fails_no_call(api: Api, grants: Grants, oauth: Api) -> None:
    usual = oauth.answer

    def first(request: Request) -> Reply | None:
        if len(oauth.requests) == 1:
            raise ConnectionResetError
        return usual(request)

    oauth.answer = first
    async with client_of(api, oauth.url) as client:
        found = await many(lambda: client.list_valid_contracts(1001), 20)
    assert [each for each in found if not isinstance(each, list)] == []
    assert len(oauth.requests) == 2


async def test_calls_wait_out_a_restart(api: Api, grants: Grants) -> None:
    """Those that wait have their token soon after it is back, with few requests for it meanwhile."""
    loop = asyncio.get_running_loop()
    port = free_port()
    async with client_of(api, f"http://127.0.0.1:{port}") as client:
        calls = asyncio.ensure_future(many(lambda: client.list_valid_contracts(1001), 20))
        await asyncio.sleep(OUTAGE)
        async with serving(port=port) as server:
            server.answer = giving(grants)
            started = loop.time()
            found = await calls
            took = loop.time() - started
    assert [each for each in found if not isinstance(each, list)] == []
    assert took < BACK + SPARE
    assert grants.given == 1
