"""What the server sends and the specification does not know is told once a place, or is an error in strict mode."""

import asyncio
import logging
from typing import Any

import pytest
import respx
from raw_server import CONTRACT

from contracts_client import BearerToken, Contract, ContractsClient, ResponseDecodeError, SchemaDrift
from contracts_client.schema_drift import DriftWatch

CONTRACTS = "https://api.entur.io/customers/v2/benefits/contracts"
CANARY = "4711471147"


def drifted(**changes: Any) -> dict[str, Any]:
    return {**CONTRACT, **changes}


def client(**options: Any) -> ContractsClient:
    return ContractsClient("acme-shop", auth=BearerToken("t0ken"), **options)


@respx.mock
async def test_each_place_is_told_once_by_its_path() -> None:
    program = {"id": "p", "type": "BARTER", "colour": CANARY}
    items = [CONTRACT, drifted(status="FROZEN", news=CANARY, loyaltyProgram=program, subContracts=[drifted(news=1)])]
    respx.get(CONTRACTS).respond(json={"items": [*items, items[1]], "page": 1})
    told: list[SchemaDrift] = []
    async with client(on_schema_drift=told.append) as made:
        await made.list_contracts()
        await made.list_contracts()
    assert [(drift.kind, drift.path, drift.value) for drift in told] == [
        ("property", "page", None),
        ("property", "items[1].news", None),
        ("value", "items[1].status", "FROZEN"),
        ("property", "items[1].loyaltyProgram.colour", None),
        ("value", "items[1].loyaltyProgram.type", "BARTER"),
        ("property", "items[1].subContracts[0].news", None),
    ]
    assert {drift.operation for drift in told} == {"list_contracts"}
    assert CANARY not in repr(told)


@respx.mock
async def test_a_strange_name_is_not_shown() -> None:
    respx.get(CONTRACTS).respond(json={"items": [drifted(status=CANARY, **{CANARY: 1})]})
    told: list[SchemaDrift] = []
    async with client(on_schema_drift=told.append) as made:
        await made.list_contracts()
    assert [(drift.path, drift.value) for drift in told] == [("items[0].?", None), ("items[0].status", None)]


@respx.mock
async def test_a_documented_response_is_no_drift() -> None:
    respx.get(CONTRACTS).respond(json={"items": [CONTRACT], "totalItems": 1, "totalPages": 1})
    told: list[SchemaDrift] = []
    async with client(on_schema_drift=told.append) as made, client(strict=True) as strict:
        await made.list_contracts()
        await strict.list_contracts()
    assert told == []


@pytest.mark.parametrize("changes", [{"news": 1}, {"status": "FROZEN"}], ids=["property", "value"])
@respx.mock
async def test_drift_is_always_an_error_if_strict(changes: dict[str, Any]) -> None:
    respx.get(CONTRACTS).respond(json={"items": [drifted(**changes)]})
    async with client(strict=True) as made:
        for _ in range(2):
            with pytest.raises(ResponseDecodeError) as caught:
                await made.list_contracts()
            assert caught.value.path == f"items[0].{next(iter(changes))}"


@respx.mock
async def test_a_total_of_another_type_is_told() -> None:
    respx.get(CONTRACTS).respond(json={"items": [CONTRACT], "totalItems": "1"})
    told: list[SchemaDrift] = []
    async with client(on_schema_drift=told.append) as made, client(strict=True) as strict:
        page = await made.list_contracts()
        assert (page.total_items, page.additional_properties) == (1, {})
        with pytest.raises(ResponseDecodeError) as caught:
            await strict.list_contracts()
    assert [(drift.kind, drift.path, drift.value) for drift in told] == [("value", "totalItems", None)]
    assert caught.value.path == "totalItems"


def test_without_a_hook_nobody_is_told() -> None:
    DriftWatch(None, strict=False).look("list_contracts", Contract.from_dict(drifted(news=1)))


@respx.mock
@pytest.mark.parametrize("kind", [RuntimeError, asyncio.CancelledError])
async def test_a_failing_hook_spoils_no_call(kind: type[BaseException], caplog: pytest.LogCaptureFixture) -> None:
    respx.get(CONTRACTS).respond(json={"items": [drifted(news=CANARY)]})

    def fail(_: SchemaDrift) -> None:
        raise kind(CANARY)

    caplog.set_level(logging.WARNING)
    async with client(on_schema_drift=fail) as made:
        page = await made.list_contracts()
    assert page.items[0].additional_properties == {"news": CANARY}
    assert kind.__name__ in caplog.text
    assert CANARY not in caplog.text
