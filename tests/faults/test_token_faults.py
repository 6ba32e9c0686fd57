"""Tokens when many want one, and when the endpoint fails: how many requests that makes, and who sees what."""

import asyncio
import json
from collections.abc import Callable
from typing import Any

import pytest
from canaries import BODY, SECRET, TOKEN, assert_error_shows_nothing
from fault_case import HealingClock
from fault_talks import GRANT, PAGE, answer, good, healthy, tokens
from peer import Connection, Peer, Talk, peer, settled

from contracts_client import (
    AuthenticationError,
    ClientCredentials,
    ContractsClient,
    Environment,
    PermissionDeniedError,
    TokenError,
    TokenProvider,
)
from contracts_client.transport.library import Timeout

MakeClient = Callable[..., ContractsClient]
CREDENTIALS = ClientCredentials("an-id", SECRET)


def asking(server: Peer) -> dict[str, Any]:
    return {"auth": CREDENTIALS, "environment": Environment(server.url, server.url)}


def token_requests(server: Peer) -> list[dict[str, str]]:
    return [
        json.loads(request.partition(b"\r\n\r\n")[2])
        for request in server.requests
        if request.startswith(b"POST /oauth/token")
    ]


async def test_many_callers_make_one_token_request(make_client: MakeClient) -> None:
    """Many callers without a token are one request for one."""
    async with peer(healthy) as server:
        client = make_client(server.url, **asking(server))
        pages = await asyncio.gather(*(client.list_contracts().collect() for _ in range(50)))
    assert all(pages)
    assert len(token_requests(server)) == 1
    assert len(server.requests) == 51


async def test_a_failing_endpoint_is_asked_for_all(make_client: MakeClient, clock: HealingClock) -> None:
    async with peer(tokens(answer(BODY.encode(), "503 Service Unavailable"))) as server:
        client = make_client(server.url, **asking(server), retry=None)
        errors: list[Any] = await asyncio.gather(
            *(client.list_contracts().collect() for _ in range(20)), return_exceptions=True
        )
        with pytest.raises(TokenError) as caught:
            await client.list_contracts()
        assert len(token_requests(server)) == 1
        clock.skipped += 0.1
        with pytest.raises(TokenError):
            await client.list_contracts()
        assert len(token_requests(server)) == 2
        server.healed = True
        clock.skipped += 1.0
        assert (await client.list_contracts()).items
    assert {type(error) for error in errors} == {TokenError}
    assert len(set(map(id, errors))) == 20  # an error each, though the failure is shared
    assert caught.value.retry_after is not None
    assert 0 < caught.value.retry_after <= 0.1
    for error in errors:
        assert_error_shows_nothing(error)


async def test_a_token_request_is_in_the_log(make_client: MakeClient, caplog: pytest.LogCaptureFixture) -> None:
    """A token request is a line in the log and its error names the same correlation id."""
    async with peer(tokens(answer(BODY.encode(), "503 Service Unavailable"))) as server:
        with pytest.raises(TokenError) as caught:
            await make_client(server.url, **asking(server), retry=None).list_contracts()
    [request] = server.requests
    sent = request.partition(b"X-Correlation-Id: ")[2].partition(b"\r\n")[0].decode()
    assert caught.value.correlation_id == sent
    [record] = [each for each in caplog.records if each.name == "contracts_client" and each.levelname == "DEBUG"]
    assert record.getMessage().startswith("POST /oauth/token 503 in ")
    assert record.getMessage().endswith(f" ms (correlation id {sent})")


async def _silent(connection: Connection) -> None:
    await connection.gone()


async def _dripping(connection: Connection) -> None:
    await connection.say(b"HTTP/1.1 200 OK\r\nContent-Length: 10000\r\n\r\n")
    await connection.drip(b" ")


@pytest.mark.parametrize(
    ("lost", "options"),
    [
        pytest.param(_silent, {"timeout": 0.3}, id="silence, timeout of an attempt"),
        pytest.param(_silent, {"timeout": Timeout(20, read=0.3)}, id="silence, timeout of a phase"),
        pytest.param(_silent, {"deadline": 0.3}, id="silence, deadline"),
        pytest.param(_dripping, {"timeout": 0.3}, id="drip, timeout of an attempt"),
        pytest.param(_dripping, {"deadline": 0.3}, id="drip, deadline"),
    ],
)
async def test_a_lost_token_request_is_made_again(
    make_client: MakeClient, clock: HealingClock, lost: Talk, options: dict[str, Any]
) -> None:
    """A token request that is lost is given up by the client's own timeout and made again."""

    async def talk(connection: Connection) -> None:
        request = await connection.request()
        is_lost = request.startswith(b"POST /oauth/token") and len(token_requests(connection.peer)) == 1
        await (lost(connection) if is_lost else connection.say(good(request)))

    async with peer(talk) as server:
        client = make_client(server.url, **asking(server), **options)
        with pytest.raises(TokenError, match=r"longer than 0\.3 s|did not answer in time") as caught:
            await client.list_contracts(
                timeout=20, deadline=20, retry=None
            )  # which says nothing of the request for all calls
        assert caught.value.correlation_id is not None
        clock.skipped += 1.0
        assert (await client.list_contracts()).items
    assert len(token_requests(server)) == 2


async def test_refused_tokens_are_not_all_replaced(make_client: MakeClient, clock: HealingClock) -> None:
    """An API that refuses every token is not met with a token request a call."""

    async def talk(connection: Connection) -> None:
        while True:
            request = await connection.request()
            if request.startswith(b"POST /oauth/token"):
                grant = {**GRANT, "access_token": f"{TOKEN}-{len(token_requests(connection.peer))}"}
                await connection.say(answer(grant))
            else:
                await connection.say(answer(b"", "401 Unauthorized"))

    async with peer(talk) as server:
        client = make_client(server.url, **asking(server))
        for _ in range(5):  # in less than a second of a busy machine
            with pytest.raises(AuthenticationError):
                await client.list_contracts()
        assert len(token_requests(server)) == 2  # the first one, and the one in its place
        clock.skipped += 1.0
        with pytest.raises(AuthenticationError):
            await client.list_contracts()
        assert len(token_requests(server)) == 3


async def test_an_endpoint_is_not_asked_too_early(make_client: MakeClient, clock: HealingClock) -> None:
    """An endpoint that asks to wait is left alone for as long."""
    async with peer(tokens(answer(b"", "429 Too Many Requests", {"Retry-After": "120"}))) as server:
        client = make_client(server.url, **asking(server))
        for seconds in (0.0, 31.0, 28.0):
            clock.skipped += seconds
            with pytest.raises(TokenError) as caught:
                await client.list_contracts()
            assert caught.value.retry_after is not None
            assert caught.value.retry_after > 0
        assert len(token_requests(server)) == 1
        server.healed = True
        clock.skipped += 10.0
        assert (await client.list_contracts()).items  # it waits for the rest
        assert clock.slept[-1] == pytest.approx(51, abs=1)


async def test_refused_credentials_wait_30_seconds(make_client: MakeClient, clock: HealingClock) -> None:
    """Refused credentials are not tried again for half a minute."""
    async with peer(tokens(answer({"error": "invalid_client"}, "401 Unauthorized"))) as server:
        client = make_client(server.url, **asking(server))
        for _ in range(3):
            with pytest.raises(TokenError):
                await client.list_contracts()
            clock.skipped += 9.0
        assert len(token_requests(server)) == 1
        clock.skipped += 30.0
        with pytest.raises(TokenError):
            await client.list_contracts()
        assert len(token_requests(server)) == 2


async def test_a_missing_permission_costs_no_token(make_client: MakeClient) -> None:
    """A permission that is missing costs no token."""

    async def talk(connection: Connection) -> None:
        while True:
            request = await connection.request()
            is_token = request.startswith(b"POST /oauth/token")
            await connection.say(good(request) if is_token else answer({"message": BODY}, "403 Forbidden"))

    async with peer(talk) as server:
        client = make_client(server.url, **asking(server))
        for _ in range(3):
            with pytest.raises(PermissionDeniedError):
                await client.list_contracts()
    assert len(token_requests(server)) == 1
    assert len(server.requests) == 4


async def test_a_token_valid_for_0_s_is_used_once(make_client: MakeClient) -> None:
    """A token that is good for no time is used once."""
    async with peer(tokens(answer({**GRANT, "expires_in": 0}))) as server:
        client = make_client(server.url, **asking(server))
        for _ in range(3):
            await client.list_contracts()
    assert len(token_requests(server)) == 3


async def test_a_token_request_connects_anew(make_client: MakeClient) -> None:
    """A token request never meets a dead connection."""

    async def talk(connection: Connection) -> None:
        if b"/oauth/token" in await connection.request():
            await connection.say(answer({**GRANT, "expires_in": 0}))
            await connection.request()  # which is never answered
        else:
            await connection.say(answer(PAGE))

    async with peer(talk) as server:
        client = make_client(server.url, **asking(server))
        for _ in range(3):
            await client.list_contracts()
    assert len(token_requests(server)) == 3


async def test_a_short_token_is_renewed_at_half(make_client: MakeClient, clock: HealingClock) -> None:
    """A short life is renewed by half of it and not for every call."""
    async with peer(tokens(answer({**GRANT, "expires_in": 60}))) as server:
        client = make_client(server.url, **asking(server))
        for _ in range(10):
            await client.list_contracts()
        assert len(token_requests(server)) == 1
        clock.skipped += 31.0
        await client.list_contracts()
        await settled(lambda: len(token_requests(server)) == 2)


async def test_the_machine_s_clock_may_jump(
    make_client: MakeClient, clock: HealingClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The machine's clock may jump either way."""
    async with peer(healthy) as server:
        client = make_client(server.url, **asking(server))
        now, jump = clock.wall(), 0.0
        monkeypatch.setattr(clock, "wall", lambda: now + jump)
        await client.list_contracts()
        jump = -86_400.0  # set back: the time that has really passed counts
        await client.list_contracts()
        assert len(token_requests(server)) == 1
        jump = 86_400.0 * 2  # the machine has slept for two days
        await client.list_contracts()
        assert len(token_requests(server)) == 2
    assert all(seconds >= 0 for seconds in clock.slept)


async def test_a_redirect_does_not_get_the_secret(make_client: MakeClient) -> None:
    """The secret does not follow a redirect."""
    async with peer(healthy) as elsewhere:
        leading = answer(b"", "307 Temporary Redirect", {"Location": f"{elsewhere.url}/oauth/token"})
        async with peer(tokens(leading)) as server:
            with pytest.raises(TokenError, match="307"):
                await make_client(server.url, **asking(server)).list_contracts()
    assert elsewhere.connections == 0


async def test_two_clients_share_no_token(make_client: MakeClient) -> None:
    async with peer(healthy) as one, peer(healthy) as two:
        first, second = make_client(one.url, **asking(one)), make_client(two.url, **asking(two))
        third = make_client(one.url, auth=ClientCredentials("other", SECRET), environment=Environment(one.url, one.url))
        for client in (first, second, third, first):
            await client.list_contracts()
    assert [(each["client_id"], each["audience"]) for each in token_requests(one)] == [
        ("an-id", one.url),
        ("other", one.url),
    ]
    assert [each["audience"] for each in token_requests(two)] == [two.url]


async def test_a_full_pool_does_not_delay_a_token(make_client: MakeClient) -> None:
    """A full pool does not keep a token waiting."""
    go_on = asyncio.Event()

    async def talk(connection: Connection) -> None:
        while True:
            request = await connection.request()
            if request.startswith(b"POST /oauth/token"):
                await connection.say(answer({**GRANT, "expires_in": 0}))
            else:
                await go_on.wait()
                await connection.say(good(request))

    async with peer(talk) as server:
        client = make_client(server.url, max_concurrency=1, **asking(server))
        calls = [asyncio.create_task(client.list_contracts().collect()) for _ in range(2)]
        await settled(lambda: len(server.requests) == 2)  # the first call has the only place
        late = asyncio.create_task(client.list_contracts().collect())
        await settled(lambda: len(token_requests(server)) == 2)
        go_on.set()
        await asyncio.gather(*calls, late)


async def test_a_failed_token_source_is_not_shown(make_client: MakeClient) -> None:
    """A source of tokens that fails shows nothing of why."""

    async def fetch() -> Any:
        raise KeyError(f"{SECRET} {TOKEN}")

    async with peer(healthy) as server:
        for auth in (fetch, TokenProvider(fetch)):
            with pytest.raises(TokenError, match="KeyError") as caught:
                await make_client(server.url, auth=auth).list_contracts()
            assert_error_shows_nothing(caught.value)
    assert server.connections == 0
