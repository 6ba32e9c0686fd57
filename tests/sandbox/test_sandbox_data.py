"""The data set is realistic, complete, exact in size, and the same for one seed."""

from __future__ import annotations

import re
from collections import Counter
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contracts_client.sandbox.data.seeding import MOST_CONTRACTS, make_data

if TYPE_CHECKING:
    from contracts_client.sandbox.data.store import DataSet

NOW = datetime(2025, 6, 15, 9, 30, tzinfo=UTC)
moments = st.datetimes(datetime(2001, 1, 1), datetime(2098, 12, 31), timezones=st.just(UTC))  # noqa: DTZ001 - naive as asked


@pytest.fixture(scope="module")
def data() -> DataSet:
    return make_data(300, 7, NOW)


@given(contracts=st.integers(0, 150), seed=st.integers(0, 9), now=moments)
@settings(max_examples=40, deadline=None)
def test_a_data_set_has_the_asked_size(contracts: int, seed: int, now: datetime) -> None:
    """Any data set has exactly so many contracts each by its own name."""
    data = make_data(contracts, seed, now)
    assert len({contract.uuid for contract in data.contracts}) == len(data.contracts) == contracts
    assert [contract.uuid for contract in data.contracts] == sorted(contract.uuid for contract in data.contracts)


def test_a_seed_and_a_day_make_one_data_set() -> None:
    later = NOW + timedelta(hours=10)
    assert make_data(100, 5, NOW) == make_data(100, 5, later)
    assert make_data(100, 5, NOW) != make_data(100, 6, NOW)


@pytest.mark.parametrize("contracts", [-1, MOST_CONTRACTS + 1])
def test_a_size_out_of_range_is_refused(contracts: int) -> None:
    with pytest.raises(ValueError, match="from 0 to 20000"):
        make_data(contracts, 1, NOW)


@pytest.mark.parametrize("seed", range(5))
def test_forty_contracts_show_all_statuses(seed: int) -> None:
    """Forty contracts show every status and type."""
    contracts = make_data(40, seed, NOW).contracts
    assert {each.status for each in contracts} == {"VALID", "EXPIRED", "REFUNDED", "CANCELLED", "MISUSED"}
    assert {each.program.type for each in contracts} == {"TIMED", "COUPONS", "POINTS"}


def test_the_first_contract_is_valid(data: DataSet) -> None:
    """The first contract is valid now and held by the first customer."""
    first = data.contracts[0]
    assert (first.uuid, first.holder, first.status) == ("c-0001", 1001, "VALID")
    assert first.expiration_date is not None
    assert first.consumable_from < NOW < first.expiration_date
    assert data.customers[0].number == 1001


def test_the_first_customer_fills_a_page(data: DataSet) -> None:
    """The first customer has more than a page."""
    assert sum(contract.is_consumed_by(1001) for contract in data.contracts) > 20


def test_there_are_several_organisations(data: DataSet) -> None:
    """There are several organisations and names in two languages."""
    assert len({contract.organisation_id for contract in data.contracts}) > 2
    assert all([name[0] for name in each.program.names] == ["nob", "eng"] for each in data.contracts)


def test_contracts_have_one_holder(data: DataSet) -> None:
    """Some contracts have several consumers and one holder."""
    shared = [contract for contract in data.contracts if len(contract.consumers) > 1]
    assert shared
    for contract in shared:
        assert [consumer.is_holder for consumer in contract.consumers].count(True) == 1
        assert len({consumer.customer_number for consumer in contract.consumers}) == len(contract.consumers)


def test_customer_references_are_unique(data: DataSet) -> None:
    """Customer references are unique within an organisation."""
    pairs = {(c.organisation_id, p.customer_ref, p.customer_number) for c in data.contracts for p in c.consumers}
    assert max(Counter(pair[:2] for pair in pairs).values()) == 1


@given(now=moments, seed=st.integers(0, 20))
@settings(max_examples=20, deadline=None)
def test_coupons_and_events_agree(now: datetime, seed: int) -> None:
    """Coupons events and dependent contracts agree."""
    data = make_data(60, seed, now)
    cards = [contract for contract in data.contracts if contract.program.type == "COUPONS"]
    assert cards
    for card in cards:
        assert card.coupons_limit == 10
        assert card.remaining_coupons == 10 - len(card.events) == 10 - len(card.sub_contracts)
        assert [event.travel_date for event in card.events] == [sub.consumable_from for sub in card.sub_contracts]
        travels = [event.travel_date for event in card.events]
        assert travels == sorted(travels)
        # Coupons are counted by year from the earliest travel date.
        assert not travels or travels[-1] - travels[0] < timedelta(days=365)
        for sub in card.sub_contracts:
            assert data.contract(sub.uuid) is sub
            assert sub.parent == card.uuid
            assert sub.program.type == "TIMED"
            assert sub.expiration_date == sub.consumable_from + timedelta(hours=24)
            assert (sub.status == "VALID") == (sub.expiration_date > now)
    assert {0, 7, 10} <= {card.remaining_coupons for card in cards}


def test_gift_cards_add_up(data: DataSet) -> None:
    """Gift cards add up and are never overdrawn."""
    cards = [contract for contract in data.contracts if contract.program.type == "POINTS"]
    assert any(len(card.transactions) > 1 for card in cards)
    for card in cards:
        assert card.total == sum(transaction.amount for transaction in card.transactions)
        assert card.total is not None
        assert card.total >= Decimal(0)
        assert all(re.fullmatch(r"-?\d*\.\d\d", str(each.amount)) for each in card.transactions)


@given(now=moments)
@settings(max_examples=20, deadline=None)
def test_tickets_stay_in_a_calendar_year(now: datetime) -> None:
    """A personnel ticket never spans two calendar years."""
    data = make_data(60, 1, now)
    for ticket in data.personnel_tickets:
        for contract in ticket.contracts:
            assert contract.expiration_date is not None
            assert contract.consumable_from.year == contract.expiration_date.year == now.year
            assert contract.acceptance_date is None or contract.acceptance_date <= now


def test_there_are_all_kinds_of_tickets(data: DataSet) -> None:
    """Personnel tickets are private or work claimed or not and of one contract or more."""
    tickets = data.personnel_tickets
    assert {ticket.kind for ticket in tickets} == {"private", "work"}
    assert {ticket.claimed for ticket in tickets} == {True, False}
    assert {len(ticket.contracts) for ticket in tickets} == {1, 2}
    for ticket in tickets:
        assert {contract.external_ref for contract in ticket.contracts} == {ticket.code}
        assert {contract.holder for contract in ticket.contracts} == {ticket.customer_number}


def test_pickup_codes_are_unique() -> None:
    """Pickup codes are unique and of the documented form."""
    codes = [ticket.code for ticket in make_data(10_000, 1, NOW).personnel_tickets]
    assert len(codes) == len(set(codes)) > 961  # more than two letters can count
    assert all(re.fullmatch(r"\w+-\w+-\w+", code, re.ASCII) for code in codes)


def test_odd_contracts_exist(data: DataSet) -> None:
    """Contracts that no rule foresees exist as well."""
    valid = [contract for contract in data.contracts if contract.status == "VALID"]
    assert any(contract.expiration_date is None for contract in valid)
    assert any(contract.consumable_from > NOW for contract in valid)
    assert any(contract.expiration_date is not None and contract.expiration_date < NOW for contract in valid)


def test_what_is_not_there_is_none(data: DataSet) -> None:
    assert data.contract("c-9999") is None
    assert data.personnel_ticket("RUT-PRIV-NONE") is None
