"""The kit and the sandbox take requests of the user's own, extra parameters and raw responses."""

import json

import pytest

from contracts_client import (
    BadRequestError,
    BearerToken,
    ContractsClient,
    NotFoundError,
    OutcomeUnknownError,
    ResponseDecodeError,
)
from contracts_client.sandbox import Sandbox
from contracts_client.testing import FakeContractsApi
from contracts_client.testing.api.server import ScriptedSandbox
from contracts_client.testing.builders import a_contract

CONTRACTS = "/customers/v2/benefits/contracts"


@pytest.fixture
def api() -> FakeContractsApi:
    made = FakeContractsApi()
    made.add(a_contract(1), a_contract(2))
    return made


async def test_an_extra_parameter_is_taken_by_name(api: FakeContractsApi) -> None:
    client = api.connect()
    with pytest.raises(BadRequestError):
        await client.list_contracts(extra_query={"newFilter": "x"})
    api.extra_query.add("newFilter")
    assert len(await client.list_contracts(extra_query={"newFilter": ["x", 1]}).collect()) == 2
    assert api.calls[-1].arguments == {"page": 1, "extra_query": {"newFilter": ["x", "1"]}}
    api.assert_called("list_contracts", extra_query={"newFilter": "x"})
    assert FakeContractsApi().extra_query == set()


async def test_own_requests_are_recorded(api: FakeContractsApi) -> None:
    client = api.connect()
    raw = await client.request("GET", CONTRACTS, query={"perPage": 1}, headers={"X-Trial": "1"})
    assert len(raw.parse()["items"]) == 1
    api.assert_called_once("request", method="GET", path=CONTRACTS, query={"perPage": "1"})
    assert api.calls[-1].headers["X-Trial"] == "1"
    with pytest.raises(NotFoundError):
        await client.request("PUT", f"{CONTRACTS}/c-1", json={"a": 1})
    assert api.calls[-1].arguments == {"method": "PUT", "path": f"{CONTRACTS}/c-1", "json": {"a": 1}}
    with pytest.raises(TypeError, match="request has no argument headers that is sent"):
        api.assert_called("request", headers={})


async def test_own_requests_fail_as_scripted(api: FakeContractsApi) -> None:
    client = api.connect()
    api.next("request").answers(200, {"of": "tomorrow"})
    assert (await client.request("GET", "/of/tomorrow")).parse() == {"of": "tomorrow"}
    api.next("request").answers(503)
    assert (await client.request("GET", CONTRACTS)).attempts == 2
    api.next("request").loses_the_answer()
    with pytest.raises(OutcomeUnknownError):
        await client.request("POST", f"{CONTRACTS}/validate-consumption", json={"consumptions": []})
    assert api.calls[-1].attempts == 1


async def test_raw_responses_come_from_the_fake(api: FakeContractsApi) -> None:
    client = api.connect()
    raw = await client.with_raw_response.get_contract(a_contract(1).uuid)
    assert (raw.parse().uuid, json.loads(raw.content)["totalItems"]) == (a_contract(1).uuid, 1)
    assert [len(page.parse().items) async for page in client.with_raw_response.list_contracts(per_page=1)] == [1, 1]


async def test_a_spoiled_contract_is_skipped(api: FakeContractsApi) -> None:
    client = api.connect()
    spoiled = {"items": [a_contract(1).to_dict(), {"uuid": "c-9"}], "totalItems": 2, "totalPages": 1}
    api.every("list_contracts").answers(200, spoiled)
    with pytest.raises(ResponseDecodeError) as caught:
        await client.list_contracts().collect()
    after = client.list_contracts(resume=caught.value.bookmark_after)
    skipping = client.list_contracts(on_unreadable="skip")
    for listing in (after, skipping):
        assert [each.uuid for each in await listing.collect()] == [a_contract(1).uuid]
        assert listing.drift.unreadable == 1


@pytest.mark.parametrize("kind", [Sandbox, ScriptedSandbox])
async def test_the_sandbox_answers_them_too(kind: type[Sandbox]) -> None:
    with kind(30) as sandbox:
        sandbox.extra_query.add("newFilter")
        async with ContractsClient(
            "acme-shop", auth=BearerToken(sandbox.issue_token()), base_url=sandbox.url
        ) as client:
            got = await client.request("GET", CONTRACTS, query={"newFilter": "x"})
            head = await client.request("HEAD", CONTRACTS, query={"newFilter": "x"})
            assert (len(got.parse()["items"]) > 0, head.content) == (True, b"")
            assert await client.list_contracts(extra_query={"newFilter": "x"}, limit=3).collect()
            with pytest.raises(BadRequestError):
                await client.list_contracts(extra_query={"other": "x"})
