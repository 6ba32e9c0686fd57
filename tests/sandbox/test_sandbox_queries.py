"""Filtering is sound, sorting permutes, paging covers everything once."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contracts_client.sandbox.data.seeding import make_data
from contracts_client.sandbox.responses.queries import FILTERS, expired, moment, page, select, sort, usable

NOW = datetime(2025, 6, 15, tzinfo=UTC)
DATA = make_data(120, 2, NOW)
CONTRACTS = list(DATA.contracts)

filters = st.fixed_dictionaries(
    {},
    optional={
        "uuid": st.sampled_from([each.uuid for each in CONTRACTS]),
        "customerNumber": st.sampled_from([each.number for each in DATA.customers]),
        "contractHolder": st.sampled_from([each.number for each in DATA.customers]),
        "organisationId": st.sampled_from([each.id for each in DATA.organisations]),
        "loyaltyProgramId": st.sampled_from(sorted({each.program.id for each in CONTRACTS})),
        "externalRef": st.sampled_from(sorted({each.external_ref for each in CONTRACTS if each.external_ref})),
        "customerRef": st.sampled_from(sorted({p.customer_ref for each in CONTRACTS for p in each.consumers})),
        **{
            name: st.integers(-500, 500).map(lambda days: (NOW + timedelta(days=days)).isoformat())
            for name in ("consumableAfter", "consumableBefore", "expirationDateAfter", "expirationDateBefore")
        },
    },
)


@given(asked=filters)
@settings(deadline=None)
def test_filters_are_anded(asked: dict[str, Any]) -> None:
    """Filters are anded and each only ever takes away."""
    found = select(CONTRACTS, asked)
    alone = [select(CONTRACTS, {name: value}) for name, value in asked.items()]
    assert found == [each for each in CONTRACTS if all(each in chosen for chosen in alone)]


def test_every_filter_filters() -> None:
    """Every filter finds something and leaves something out."""
    day = NOW.date().isoformat()
    holder = CONTRACTS[0].consumers[0]
    asked = {
        "uuid": "c-0001",
        "customerNumber": holder.customer_number,
        "customerRef": holder.customer_ref,
        "loyaltyProgramId": "lp-gift-card",
        "contractHolder": holder.customer_number,
        "consumableAfter": day,
        "consumableBefore": day,
        "expirationDateAfter": day,
        "expirationDateBefore": day,
        "externalRef": DATA.personnel_tickets[0].code,
        "organisationId": 1,
    }
    assert asked.keys() == FILTERS.keys()
    for name, value in asked.items():
        assert 0 < len(select(CONTRACTS, {name: value})) < len(CONTRACTS), name


def test_a_consumer_is_no_holder() -> None:
    """A consumer who is not the holder is found as a consumer only."""
    contract = next(each for each in CONTRACTS if len(each.consumers) > 1)
    guest = next(each.customer_number for each in contract.consumers if not each.is_holder)
    assert contract in select(CONTRACTS, {"customerNumber": guest})
    assert contract not in select(CONTRACTS, {"contractHolder": guest})


def test_a_contract_may_never_expire() -> None:
    """A contract without expiry stays consumable and never expires."""
    endless = next(each for each in CONTRACTS if each.expiration_date is None)
    assert endless in select(CONTRACTS, {"consumableAfter": "2999-01-01"})
    assert endless not in select(CONTRACTS, {"expirationDateAfter": "1999-01-01"})
    assert endless not in select(CONTRACTS, {"expirationDateBefore": "2999-01-01"})


def test_the_bounds_themselves_are_outside() -> None:
    contract = next(each for each in CONTRACTS if each.expiration_date)
    assert contract.expiration_date
    end, start = contract.expiration_date.isoformat(), contract.consumable_from.isoformat()
    for name, bound in {"consumableAfter": end, "consumableBefore": start}.items():
        assert contract not in select(CONTRACTS, {name: bound})
    assert contract not in select(CONTRACTS, {"expirationDateAfter": end})
    assert contract not in select(CONTRACTS, {"expirationDateBefore": end})


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2025-06-15", NOW),
        ("2025-06-15T00:00:00Z", NOW),
        ("2025-06-15t02:00:00+02:00", NOW),
    ],
)
def test_a_date_is_its_first_moment_in_utc(text: str, expected: datetime) -> None:
    assert moment(text) == expected


def test_a_time_frame_is_half_open() -> None:
    """The time frame includes its first moment and not its last."""
    contract = next(each for each in CONTRACTS if each.status == "VALID" and each.expiration_date)
    assert contract.expiration_date
    moments = (contract.consumable_from, contract.expiration_date)
    tick = timedelta(microseconds=1)
    assert [usable(contract, each) for each in moments] == [True, False]
    assert [usable(contract, each - tick) for each in moments] == [False, True]
    assert [expired(contract, each) for each in moments] == [False, True]


def test_a_refunded_contract_is_unusable() -> None:
    """A refunded contract is neither usable nor expired."""
    refunded = next(each for each in CONTRACTS if each.status == "REFUNDED")
    assert not usable(refunded, NOW)
    assert not expired(refunded, NOW + timedelta(days=9999))


rows = st.lists(st.fixed_dictionaries({"id": st.integers()}, optional={"a": st.integers(0, 3), "b": st.text("xy")}))


@given(rows=rows, names=st.lists(st.sampled_from(["a", "b"]), max_size=2), descending=st.booleans())
def test_sorting_puts_missing_values_last(rows: list[dict[str, Any]], names: list[str], *, descending: bool) -> None:
    """Sorting permutes orders and puts what lacks the property last."""
    ordered = sort(rows, names, lambda row, name: row.get(name), descending=descending)
    assert sorted(map(id, ordered)) == sorted(map(id, rows))
    if not names:
        assert ordered == rows
        return
    for first, second in pairwise(row.get(names[0]) for row in ordered):
        if first is None or second is None:
            assert second is None
        else:
            assert first >= second if descending else first <= second


def test_sorting_is_stable() -> None:
    """Sorting keeps the order of those alike in either direction."""
    rows = [(1, "first"), (0, "other"), (1, "second")]
    for descending in (False, True):
        ordered = sort(rows, ["key"], lambda row, _: row[0], descending=descending)
        assert [name for key, name in ordered if key == 1] == ["first", "second"]


def test_the_first_sort_key_counts_most() -> None:
    """The first name is the most significant."""
    rows = [{"a": 2, "b": 1}, {"a": 1, "b": 2}, {"a": 1, "b": 1}]
    ordered = sort(rows, ["a", "b"], lambda row, name: row[name], descending=False)
    assert ordered == [{"a": 1, "b": 1}, {"a": 1, "b": 2}, {"a": 2, "b": 1}]


@given(count=st.integers(0, 120), size=st.integers(1, 130))
def test_paging_covers_everything_once(count: int, size: int) -> None:
    """Paging covers everything exactly once."""
    chosen = CONTRACTS[:count]
    pages = page(chosen, 1, size).total_pages
    covered = [each for number in range(1, pages + 1) for each in page(chosen, number, size).items]
    assert [each.uuid for each in covered] == [each.uuid for each in chosen]
    assert all(page(chosen, number, size).items for number in range(1, pages + 1))
    beyond = page(chosen, pages + 1, size)
    assert (beyond.items, beyond.total_items, beyond.total_pages) == ([], count, pages)
