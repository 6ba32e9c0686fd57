"""What the sandbox knows: customers, contracts and personnel tickets, as plain objects."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any

VALID = "VALID"
EXPIRED = "EXPIRED"


@dataclass(frozen=True, slots=True)
class Organisation:
    """A public transport company: its number, the letters its pickup codes begin with, and its name."""

    id: int
    letters: str
    name: str

    def reference(self, customer_number: int) -> str:
        """The organisation's own id of a customer, unique within the organisation only."""
        return f"{self.letters}-K{customer_number * 7 + self.id}"


@dataclass(frozen=True, slots=True)
class Program:
    """A loyalty program: how it is used up, and its name and description in Norwegian and English."""

    id: str
    type: str
    names: tuple[tuple[str, str, str], ...]
    """(languageCode, text, description) each."""


@dataclass(frozen=True, slots=True)
class Customer:
    """A customer, by the number that is unique at Entur."""

    number: int


@dataclass(frozen=True, slots=True)
class Consumer:
    """A customer who may use a contract."""

    customer_number: int
    customer_ref: str
    is_holder: bool


@dataclass(frozen=True, slots=True)
class Event:
    """An order line that used a contract."""

    id: str
    order_id: str
    order_line_id: str
    travel_date: datetime
    created_at: datetime


@dataclass(frozen=True, slots=True)
class Transaction:
    """A movement on a gift card, in Norwegian kroner: positive is paid in, negative is spent."""

    id: str
    amount: Decimal
    created_at: datetime


@dataclass(slots=True, kw_only=True)
class Contract:
    """A contract. Moments are aware, in UTC; None is a property that the API leaves out."""

    uuid: str
    program: Program
    organisation: Organisation
    status: str
    created_at: datetime
    created_by: str
    last_changed_at: datetime
    last_changed_by: str
    consumable_from: datetime
    expiration_date: datetime | None = None
    acceptance_date: datetime | None = None
    parent: str | None = None
    external_ref: str | None = None
    coupons_limit: int | None = None
    policies: tuple[str, ...] = ()
    consumers: tuple[Consumer, ...] = ()
    events: tuple[Event, ...] = ()
    transactions: tuple[Transaction, ...] = ()
    sub_contracts: tuple[Contract, ...] = ()

    @property
    def organisation_id(self) -> int:
        """The number of the organisation."""
        return self.organisation.id

    @property
    def holder(self) -> int | None:
        """The customer number of the holder, or None if nobody holds it yet."""
        return next((consumer.customer_number for consumer in self.consumers if consumer.is_holder), None)

    @property
    def remaining_coupons(self) -> int | None:
        """How many coupons are left, or None if it has none at all."""
        return None if self.coupons_limit is None else self.coupons_limit - len(self.events)

    @property
    def total(self) -> Decimal | None:
        """What is left on a gift card, or None if it is none."""
        return sum((each.amount for each in self.transactions), Decimal("0.00")) if self.transactions else None

    @property
    def document(self) -> dict[str, Any] | None:
        """The JSON that is told of it as it is, or None if the other attributes say all."""
        return None

    def is_consumed_by(self, customer_number: int) -> bool:
        """Whether this customer may use it."""
        return any(consumer.customer_number == customer_number for consumer in self.consumers)

    def give(self, customer_number: int, by: str, now: datetime) -> None:
        """Make a customer its only holder. For the arguments see ``PersonnelTicket.claim``."""
        self.consumers = (Consumer(customer_number, self.organisation.reference(customer_number), is_holder=True),)
        self.acceptance_date = self.last_changed_at = now
        self.last_changed_by = by


@dataclass(slots=True)
class PersonnelTicket:
    """A personnel ticket: its pickup code, what it is for, its contracts, and who claimed it (None is nobody yet)."""

    code: str
    kind: str
    contracts: tuple[Contract, ...] = field(repr=False)
    customer_number: int | None = None

    @property
    def claimed(self) -> bool:
        """Whether somebody has claimed it."""
        return self.customer_number is not None

    def claim(self, customer_number: int, by: str, now: datetime) -> None:
        """Give the ticket, and every contract that it stands for, to a customer.

        Args:
            customer_number: The new holder.
            by: The ET-Client-Name that claims.
            now: The moment.
        """
        self.customer_number = customer_number
        for contract in self.contracts:
            contract.give(customer_number, by, now)


@dataclass(slots=True)
class DataSet:
    """All that the sandbox knows.

    Args:
        organisations: The organisations; the first is the one that the ordinary client acts for.
        customers: The customers who hold something from the start.
        contracts: Every contract in the order of its uuid, dependent ones included.
        personnel_tickets: The personnel tickets, all of the first organisation.
    """

    organisations: tuple[Organisation, ...]
    customers: tuple[Customer, ...]
    contracts: tuple[Contract, ...]
    personnel_tickets: tuple[PersonnelTicket, ...]

    def contract(self, uuid: str) -> Contract | None:
        """The contract with this uuid, or None."""
        return next((contract for contract in self.contracts if contract.uuid == uuid), None)

    def insert(self, contract: Contract) -> None:
        """Add a contract, in the order of its uuid: between those that are there, or at their end.

        Args:
            contract: The contract, with a uuid that no other one has. `dataclasses.replace(contract, uuid=...)` makes
                one of another one.

        Raises:
            ValueError: There is one with this uuid.
        """
        if self.contract(contract.uuid) is not None:
            raise ValueError("there is a contract with this uuid")
        self.contracts = tuple(sorted((*self.contracts, contract), key=lambda each: each.uuid))

    def remove(self, uuid: str) -> Contract:
        """Take a contract away, and return it.

        Raises:
            LookupError: There is none with this uuid.
        """
        found = self.contract(uuid)
        if found is None:
            raise LookupError("there is no contract with this uuid")
        # A new tuple, at once: a listing that is being answered in another thread keeps the one that it began with.
        self.contracts = tuple(contract for contract in self.contracts if contract is not found)
        return found

    def personnel_ticket(self, code: str) -> PersonnelTicket | None:
        """The personnel ticket with this pickup code, or None."""
        return next((ticket for ticket in self.personnel_tickets if ticket.code == code), None)
