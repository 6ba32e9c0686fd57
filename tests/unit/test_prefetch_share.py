"""How many pages a listing fetches ahead: no more than leave half of the client's exchanges to others."""

import pytest

from contracts_client import ContractsClient, defaults


@pytest.mark.parametrize(
    ("max_concurrency", "asked", "ahead"),
    [(1, 100, 0), (2, 100, 0), (3, 100, 0), (4, 100, 1), (6, 100, 2), (20, 100, 9), (20, 3, 3), (20, 0, 0)],
)
def test_the_page_that_is_waited_for_and_those_ahead_are_half_of_the_exchanges(
    max_concurrency: int, asked: int, ahead: int
) -> None:
    client = ContractsClient("acme-shop", base_url="http://127.0.0.1:9", max_concurrency=max_concurrency)
    assert client.list_contracts(prefetch=asked)._listing.prefetch == ahead


@pytest.mark.parametrize(("max_concurrency", "ahead"), [(20, defaults.PREFETCH), (6, 2)])
def test_where_nothing_is_said_a_few_pages_are_fetched_ahead_if_there_is_room(max_concurrency: int, ahead: int) -> None:
    client = ContractsClient("acme-shop", base_url="http://127.0.0.1:9", max_concurrency=max_concurrency)
    assert client.list_contracts()._listing.prefetch == ahead
