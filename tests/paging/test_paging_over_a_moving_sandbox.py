"""Paging against the sandbox, whose data moves while it is listed; and every example of docs/paging.md."""

from __future__ import annotations

import re
import textwrap
from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from contracts_client import BearerToken, ContractsClient, PagingError
from contracts_client.sandbox import Sandbox, create_app
from contracts_client.sandbox.data.churn import Churn

ROOT = Path(__file__).resolve().parents[2]
EXAMPLES = re.findall(
    r"^```python\n(.*?)^```", (ROOT / "docs" / "paging.md").read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL
)


@pytest.fixture
def sandbox() -> Iterator[Sandbox]:
    with Sandbox(contracts=120, seed=5) as running:
        yield running


@pytest.fixture
async def client(sandbox: Sandbox) -> AsyncIterator[ContractsClient]:
    async with made(sandbox) as client:
        yield client


def made(sandbox: Sandbox) -> ContractsClient:
    return ContractsClient("acme-shop", auth=BearerToken(sandbox.issue_token()), base_url=sandbox.url)


def test_the_examples_are_found() -> None:
    assert len(EXAMPLES) >= 6


@pytest.mark.parametrize("example", EXAMPLES, ids=range(len(EXAMPLES)))
async def test_the_examples_of_the_page_run(example: str, client: ContractsClient) -> None:
    namespace: dict[str, Any] = {}
    exec(f"async def run(client):\n{textwrap.indent(example, '    ')}", namespace)
    await namespace["run"](client)


async def test_a_new_contract_pushes_another_on(sandbox: Sandbox, client: ContractsClient) -> None:
    before = [contract.uuid for contract in sandbox.data.contracts]
    reading = client.list_contracts(prefetch=0)
    found = []
    async for contract in reading:
        if not found:
            sandbox.data.insert(replace(sandbox.data.contracts[0], uuid="c-0000", sub_contracts=()))
        found.append(contract.uuid)
    assert found == before
    assert reading.drift.duplicates > 0
    assert reading.drift.totals_changed == 1


async def test_a_removed_contract_hides_another(sandbox: Sandbox, client: ContractsClient) -> None:
    before = [contract.uuid for contract in sandbox.data.contracts]
    reading = client.list_contracts(prefetch=0)
    found = []
    async for contract in reading:
        if not found:
            sandbox.data.remove(before[0])
        found.append(contract.uuid)
    assert set(before) - set(found) == {before[20]}
    assert reading.drift.totals_changed == 1


@pytest.mark.parametrize("prefetch", [0, None, 8])
async def test_churn_is_read_once_or_raised(prefetch: int | None) -> None:
    with Sandbox(contracts=200, seed=5, churn=3) as sandbox:
        async with made(sandbox) as client:
            reading = client.list_contracts(prefetch=prefetch, per_page=10)
            found = [contract.uuid async for contract in reading]
            assert len(set(found)) == len(found)
            assert reading.drift
            with pytest.raises(PagingError):
                await client.list_contracts(per_page=10, on_drift="raise").collect()


async def test_a_restarted_list_is_the_sandboxs(sandbox: Sandbox, client: ContractsClient) -> None:
    moved = False
    reading = client.list_contracts(on_drift="restart", per_page=10)

    async for page in client.list_contracts(per_page=10, on_drift="restart").pages():
        if page.number == 3 and not moved:
            moved = True
            sandbox.data.remove(sandbox.data.contracts[0].uuid)
    found = await reading.collect()
    assert [each.uuid for each in found] == [each.uuid for each in sandbox.data.contracts]


def test_contracts_are_kept_by_uuid() -> None:
    data = create_app(60, 3).state.sandbox.data
    removed = data.remove(data.contracts[7].uuid)
    assert removed.uuid not in {each.uuid for each in data.contracts}
    data.insert(removed)
    assert [each.uuid for each in data.contracts] == sorted(each.uuid for each in data.contracts)
    assert data.contracts[7] is removed
    with pytest.raises(ValueError, match="there is a contract with this uuid"):
        data.insert(removed)
    with pytest.raises(LookupError):
        data.remove("c-none")


def test_a_seed_makes_the_same_changes() -> None:
    def changed(seed: int) -> list[str]:
        data = create_app(60, 3).state.sandbox.data
        churn = Churn(data, 5, seed)
        for _ in range(30):
            churn.page_answered()
        assert all(each in data.contracts for ticket in data.personnel_tickets for each in ticket.contracts)
        return [each.uuid for each in data.contracts]

    assert changed(1) == changed(1) != changed(2)


def test_churn_needs_contracts() -> None:
    app = create_app(0, 3)
    churn = Churn(app.state.sandbox.data, 20, 1)
    churn.page_answered()
    assert app.state.sandbox.data.contracts == ()


def test_churn_is_at_least_0() -> None:
    with pytest.raises(ValueError, match="churn must be at least 0"):
        create_app(churn=-1)
