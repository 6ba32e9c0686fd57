"""Make the data set: realistic, and the same every time for one seed and one day."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from itertools import cycle
from random import Random
from typing import TYPE_CHECKING, Any

from . import catalogue
from .store import EXPIRED, VALID, Consumer, Contract, Customer, DataSet, Event, PersonnelTicket, Transaction

if TYPE_CHECKING:
    from collections.abc import Callable

    from .store import Organisation, Program

MOST_CONTRACTS = 20_000
"""The largest data set: more would only make the sandbox slow."""

COUPONS = 10
FIRST_CUSTOMER = 1001
_DAY = timedelta(days=1)
_YEAR = timedelta(days=365)
_CODE_LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
_SELLERS = ("acme-ticketshop", "nor_way-travelapp", "fjord-kiosk")


def make_data(contracts: int, seed: int, now: datetime) -> DataSet:
    """A data set with exactly so many contracts, dependent ones included.

    From some forty contracts on it has every status, every type of program, and every situation that an operation
    answers differently to; fewer hold what fits, the plainest first.

    Args:
        contracts: How many, 0 to 20 000.
        seed: Which of the possible data sets.
        now: The moment that the data are made for. Only its day counts.

    Raises:
        ValueError: `contracts` is out of range.
    """
    if not 0 <= contracts <= MOST_CONTRACTS:
        raise ValueError(f"contracts must be from 0 to {MOST_CONTRACTS}")
    return _Seeding(contracts, seed, now).run()


class _Seeding:
    """One run: the random numbers, and what was made so far."""

    def __init__(self, contracts: int, seed: int, now: datetime) -> None:
        self.random = Random(seed)  # noqa: S311 - a data set, no secret
        self.wanted = contracts
        self.width = max(4, len(str(contracts)))
        # Whole days make "valid now" hold the day through.
        self.day = now.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
        self.customers = tuple(Customer(FIRST_CUSTOMER + index) for index in range(max(5, contracts // 8)))
        self.contracts: list[Contract] = []
        self.tickets: list[PersonnelTicket] = []

    def run(self) -> DataSet:
        recipes: tuple[Callable[[], None], ...] = (
            lambda: self.timed(catalogue.CUSTOMER_CARD, customer=FIRST_CUSTOMER, organisation=0),
            lambda: self.coupons(used=3),
            self.gift_card,
            lambda: self.personnel("PRIV", contracts=1),
            lambda: self.timed(catalogue.STUDENT_CARD, status=EXPIRED, starts=-400),
            lambda: self.personnel("WORK", contracts=2),
            lambda: self.timed(catalogue.FAMILY_CARD, consumers=self.random.randint(2, 5)),
            lambda: self.personnel("PRIV", contracts=1, claimed=True),
            lambda: self.timed(catalogue.STUDENT_CARD, status="REFUNDED", starts=-60),
            lambda: self.timed(catalogue.CUSTOMER_CARD, status="CANCELLED", starts=-90),
            lambda: self.timed(catalogue.FAMILY_CARD, status="MISUSED", starts=-120, consumers=3),
            lambda: self.timed(catalogue.STUDENT_CARD, starts=30),
            lambda: self.timed(catalogue.CUSTOMER_CARD, days=None),
            lambda: self.timed(catalogue.CUSTOMER_CARD, starts=-380),  # past its end, and still called VALID
            lambda: self.coupons(used=0),
            lambda: self.gift_card(status=EXPIRED, starts=-500),
            lambda: self.personnel("WORK", contracts=2, claimed=True),
            lambda: self.coupons(used=COUPONS),
            lambda: self.timed(catalogue.CUSTOMER_CARD, starts=-self.random.randint(1, 300)),
            lambda: self.gift_card(starts=-self.random.randint(10, 300)),
        )
        turns = cycle(recipes)
        while self.room:
            next(turns)()
        return DataSet(catalogue.ORGANISATIONS, self.customers, tuple(self.contracts), tuple(self.tickets))

    @property
    def room(self) -> int:
        return self.wanted - len(self.contracts)

    def timed(
        self,
        program: Program,
        *,
        status: str = VALID,
        starts: int = -20,
        days: int | None = 365,
        consumers: int = 1,
        customer: int | None = None,
        organisation: int | None = None,
    ) -> None:
        start = self.day + starts * _DAY
        owner = self.organisation() if organisation is None else catalogue.ORGANISATIONS[organisation]
        self.add(
            program,
            owner,
            start,
            status=status,
            expiration_date=None if days is None else start + days * _DAY,
            consumers=self.people(owner, consumers, customer),
            external_ref=f"{owner.letters}-M{self.random.randint(100_000, 999_999)}" if starts % 2 else None,
        )

    def coupons(self, used: int) -> None:
        owner = self.organisation()
        start = self.day - self.random.randint(190, 300) * _DAY
        people = self.people(owner, 1, None)
        used = min(used, self.room - 1)
        # The last one is in use today. All lie within one year of the first, which is how coupons are counted.
        days = [*sorted(self.random.sample(range(1, 180), used - 1), reverse=True), 0] if used else []
        card = self.add(catalogue.TEN_DAYS, owner, start, consumers=people, expiration_date=start + _YEAR)
        card.coupons_limit = COUPONS
        travels = [self.day - days_ago * _DAY for days_ago in days]
        card.events = tuple(self.event(card, index, travel) for index, travel in enumerate(travels, 1))
        card.sub_contracts = tuple(
            self.add(
                catalogue.COUPON_DAY,
                owner,
                travel,
                status=VALID if travel == self.day else EXPIRED,
                consumers=people,
                expiration_date=travel + _DAY,
                parent=card.uuid,
            )
            for travel in travels
        )

    def event(self, contract: Contract, index: int, travel: datetime) -> Event:
        order = f"{contract.organisation.letters}{self.random.randint(1_000_000, 9_999_999)}"
        return Event(f"{contract.uuid}-e{index:02}", order, f"{order}-1", travel, travel - timedelta(hours=2))

    def gift_card(self, *, status: str = VALID, starts: int = -40) -> None:
        owner = self.organisation()
        start = self.day + starts * _DAY
        card = self.add(
            catalogue.GIFT_CARD,
            owner,
            start,
            status=status,
            consumers=self.people(owner, 1, None),
            expiration_date=start + _YEAR,
        )
        left = self.random.choice((200, 500, 1000)) * 100
        ore = [left]
        for _ in range(self.random.randint(0, 5)):
            spent = self.random.randint(1, max(1, left // 2))
            left -= spent
            ore.append(-spent)
        card.transactions = tuple(
            Transaction(f"{card.uuid}-t{index:02}", Decimal(amount).scaleb(-2), start + index * _DAY)
            for index, amount in enumerate(ore)
        )

    def personnel(self, kind: str, contracts: int, *, claimed: bool = False) -> None:
        owner = catalogue.ORGANISATIONS[0]
        year = self.day.year
        code = f"{owner.letters}-{kind}-{self.code()}"
        rights = tuple(
            self.add(
                catalogue.PERSONNEL_WORK if kind == "WORK" else catalogue.PERSONNEL_PRIVATE,
                owner,
                datetime(year, 1, 1, tzinfo=UTC),
                # A right never spans two calendar years.
                expiration_date=datetime(year, 12, 31, 23, 59, 59, tzinfo=UTC),
                external_ref=code,
                policies=("employee",),
                acceptance_date=None,
                created_by="hr-personnel",
            )
            for _ in range(min(contracts, self.room))
        )
        ticket = PersonnelTicket(code, "work" if kind == "WORK" else "private", rights)
        if claimed:
            claimed_at = min(self.day, datetime(year, 1, 1, tzinfo=UTC) + timedelta(hours=self.random.randint(1, 90)))
            ticket.claim(self.random.choice(self.customers).number, self.random.choice(_SELLERS), claimed_at)
        self.tickets.append(ticket)

    def code(self) -> str:
        # Half is drawn, and half is a number, which makes it unlike every other.
        drawn = "".join(self.random.choices(_CODE_LETTERS, k=3))
        rest, ones = divmod(len(self.tickets), len(_CODE_LETTERS))
        hundreds, tens = divmod(rest, len(_CODE_LETTERS))
        return drawn + "".join(_CODE_LETTERS[digit] for digit in (hundreds, tens, ones))

    def organisation(self) -> Organisation:
        return self.random.choice(catalogue.ORGANISATIONS)

    def people(self, owner: Organisation, count: int, holder: int | None) -> tuple[Consumer, ...]:
        if holder is None:
            # One customer in five is the first, so that there is somebody with more than a page to list.
            favourite = self.random.random() < 1 / 5
            holder = FIRST_CUSTOMER if favourite else self.random.choice(self.customers).number
        others = self.random.sample(self.customers, count)
        numbers = [holder, *(each.number for each in others if each.number != holder)][:count]
        return tuple(Consumer(number, owner.reference(number), number == holder) for number in numbers)

    def add(self, program: Program, owner: Organisation, start: datetime, **rest: Any) -> Contract:
        seller = self.random.choice(_SELLERS)
        made = min(start, self.day) - timedelta(minutes=self.random.randint(5, 5000))
        properties: dict[str, Any] = {
            "status": VALID,
            "created_by": seller,
            "acceptance_date": made,
            **rest,
        }
        contract = Contract(
            uuid=f"c-{len(self.contracts) + 1:0{self.width}}",
            program=program,
            organisation=owner,
            created_at=made,
            last_changed_at=made,
            last_changed_by=properties["created_by"],
            consumable_from=start,
            **properties,
        )
        self.contracts.append(contract)
        return contract
