"""Bookmarks of a Python with BLAKE2b and of one that allows FIPS's hashes alone."""

from __future__ import annotations

import hashlib
from typing import Any, NoReturn

import pytest

from contracts_client import ContractsClient, InvalidArgumentError
from contracts_client.testing import FakeContractsApi
from contracts_client.testing.builders import a_contract, a_contract_consumer

LONG = "x" * 200  # keys are kept as a digest from some length on
CONSUMER = a_contract_consumer(customer_number=1001)
UUIDS = [f"c-{number}-{LONG}" for number in range(6)]


@pytest.fixture
def client() -> ContractsClient:
    api = FakeContractsApi()
    api.add(*(a_contract(number, uuid=uuid, contract_consumers=[CONSUMER]) for number, uuid in enumerate(UUIDS, 1)))
    return api.connect()


def refuse(*_: Any, **__: Any) -> NoReturn:
    raise ValueError("[digital envelope routines] unsupported")


@pytest.fixture(params=["absent", "refused"])
def restricted(request: pytest.FixtureRequest) -> pytest.MonkeyPatch:
    patch: pytest.MonkeyPatch = request.getfixturevalue("monkeypatch")
    with patch.context() as made:
        made.delattr(hashlib, "blake2b") if request.param == "absent" else made.setattr(hashlib, "blake2b", refuse)
        yield made


async def after(client: ContractsClient, items: int) -> str:
    """The bookmark after so many items."""
    listing = client.list_contracts(per_page=2, customer_number=1001)
    async for _ in listing:
        items -= 1
        if not items:
            break
    return str(listing.bookmark)


async def rest(client: ContractsClient, bookmark: str, **query: Any) -> list[str]:
    query = query or {"customer_number": 1001}
    return [each.uuid async for each in client.list_contracts(per_page=2, resume=bookmark, **query)]


async def test_each_is_understood_by_the_other(client: ContractsClient, restricted: pytest.MonkeyPatch) -> None:
    of_sha = await after(client, 3)
    assert await rest(client, of_sha) == UUIDS[3:]
    restricted.undo()
    of_blake = await after(client, 3)
    assert await rest(client, of_sha) == UUIDS[3:]
    assert "s" in of_sha
    assert "s" not in of_blake


async def test_blake2b_is_understood_without_it(client: ContractsClient, restricted: pytest.MonkeyPatch) -> None:
    assert await rest(client, "b1.2.1.0123456789ab.abcdef") == UUIDS[3:]


async def test_another_query_is_refused(client: ContractsClient, restricted: pytest.MonkeyPatch) -> None:
    of_sha = await after(client, 3)
    for _ in range(2):
        with pytest.raises(InvalidArgumentError, match="same query"):
            await rest(client, of_sha, customer_number=1002)
        restricted.undo()
