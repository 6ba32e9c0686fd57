"""The token endpoint issues tokens that hold as long as it says."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import pytest

from contracts_client.sandbox import create_app

if TYPE_CHECKING:
    from collections.abc import Callable

    import httpx
    from conftest import Api, Clock

    from contracts_client.sandbox import Sandbox

CONTRACTS = "/customers/v2/benefits/contracts"


def _request(sandbox: Sandbox, **changes: Any) -> dict[str, Any]:
    request = {
        "client_id": sandbox.client_id,
        "client_secret": sandbox.client_secret,
        "audience": "https://api.entur.io",
        "grant_type": "client_credentials",
    } | changes
    return {name: value for name, value in request.items() if value is not None}


def test_right_credentials_get_a_token(sandbox: Sandbox, api: Api) -> None:
    """Right credentials get a token that works."""
    granted = api.client.post("/oauth/token", json=_request(sandbox))
    body = granted.json()
    assert (granted.status_code, body["token_type"], body["expires_in"]) == (200, "Bearer", 86_400)
    assert re.fullmatch(r"[\w-]+\.[\w-]+\.[\w-]+", body["access_token"])
    assert granted.headers["Cache-Control"] == "no-store"
    assert granted.headers["X-Correlation-Id"]
    headers = {"Authorization": f"bearer {body['access_token']}"}
    assert api.client.get(CONTRACTS, headers=headers).status_code == 200
    assert api.client.get(CONTRACTS, headers=headers, params={"organisationId": 1}).status_code == 403


def test_internal_clients_get_their_tokens(sandbox: Sandbox, api: Api) -> None:
    """The internal client gets internal tokens."""
    request = _request(sandbox, client_id=sandbox.internal_client_id, client_secret=sandbox.internal_client_secret)
    token = api.client.post("/oauth/token", json=request).json()["access_token"]
    headers = {"Authorization": f"Bearer {token}"}
    assert api.client.get(CONTRACTS, headers=headers, params={"organisationId": 1}).status_code == 200


def test_every_token_is_another(sandbox: Sandbox) -> None:
    assert len({sandbox.issue_token() for _ in range(20)}) == 20


@pytest.mark.parametrize(
    ("changes", "status", "error"),
    [
        ({"client_secret": "wrong"}, 401, "access_denied"),
        ({"client_secret": "\ud800"}, 401, "access_denied"),
        ({"client_id": "wrong"}, 401, "access_denied"),
        ({"grant_type": "password"}, 400, "unsupported_grant_type"),
        ({"audience": ""}, 400, "invalid_request"),
        ({"audience": None}, 400, "invalid_request"),
        ({"client_id": None}, 400, "invalid_request"),
        ({"client_secret": 7}, 400, "invalid_request"),
    ],
)
def test_a_wrong_token_request_is_refused(
    sandbox: Sandbox, api: Api, changes: dict[str, Any], status: int, error: str
) -> None:
    """A wrong token request is refused in oauths form."""
    refused = api.client.post("/oauth/token", content=json.dumps(_request(sandbox, **changes)))
    body = refused.json()
    assert (refused.status_code, body["error"]) == (status, error)
    assert body["error_description"]
    assert sandbox.client_secret not in refused.text
    assert refused.headers["X-Correlation-Id"]


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"\xff", b"client_id=sandbox-client"])
def test_a_token_request_must_be_an_object(api: Api, body: bytes) -> None:
    """A token request that is no JSON object is malformed."""
    refused = api.client.post("/oauth/token", content=body)
    assert (refused.status_code, refused.json()["error"]) == (400, "invalid_request")


def test_the_secret_is_not_in_the_repr(inside: Callable[..., httpx.AsyncClient]) -> None:
    state = create_app(1).state.sandbox
    assert state.client.client_secret not in repr(state.client)


async def test_a_token_holds_for_its_lifetime(inside: Callable[..., httpx.AsyncClient], clock: Clock) -> None:
    """A token holds for its lifetime and no longer."""
    app = create_app(10, clock=clock, token_lifetime=60)
    client = inside(app)
    clock.turn(59)
    assert (await client.get(CONTRACTS)).status_code == 200
    clock.turn(1)
    refused = await client.get(CONTRACTS)
    assert (refused.status_code, refused.json()["errorCode"]) == (401, "TOKEN_EXPIRED")
    # Forgotten at last, so that the table does not grow without end.
    clock.turn(60)
    app.state.sandbox.tokens.issue(app.state.sandbox.client)
    assert (await client.get(CONTRACTS)).json()["errorCode"] == "TOKEN_INVALID"


def test_a_tiny_lifetime_is_refused() -> None:
    """A lifetime below a second is refused."""
    with pytest.raises(ValueError, match="token_lifetime"):
        create_app(1, token_lifetime=0)
