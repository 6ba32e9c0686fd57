"""Models for tests: valid by the specification, and each with what the test is about.

    a_contract()                                     # what the specification requires, made up
    a_contract(status="EXPIRED", coupons_limit=10)   # and what you name
    a_contract(2)                                    # another one: other uuid, other moments
    a_contract(full=True)                            # with everything that the specification knows

The same call gives the same model, in every process. What is made up follows ``openapi.yaml``: its examples come first,
then the first value of an enumeration, then what type, format and bounds ask for. An object has the properties that it
requires, or all where it requires none, as a loyalty program does. Texts say what they are, ``contract-created-by-1``.

Every function takes these arguments, and raises the errors of ``build``, which makes any other model:

    seed: Which one, from 1.
    full: Whether every property is given.
    properties: Values by the names of the attributes, which the editor knows.
"""

from __future__ import annotations

from typing import Unpack

from attrs import evolve

from .._generated.schemas import (
    ClaimProperties,
    ConsumptionProperties,
    ConsumptionValidationProperties,
    ContractConsumerProperties,
    ContractPageProperties,
    ContractProperties,
    ErrorBodyProperties,
    LocalizedTextProperties,
    LoyaltyProgramProperties,
    OrderLineEventProperties,
    PolicyProperties,
    TotalAmountProperties,
    TransactionProperties,
)
from ..errors import InvalidArgumentError
from ..models import (
    Claim,
    Consumption,
    ConsumptionValidation,
    Contract,
    ContractConsumer,
    ContractPage,
    ErrorBody,
    LocalizedText,
    LoyaltyProgram,
    OrderLineEvent,
    Policy,
    TotalAmount,
    Transaction,
)
from .data.documents import FIRST_NUMBER
from .data.models import build

__all__ = [
    "a_claim",
    "a_consumption",
    "a_consumption_validation",
    "a_contract",
    "a_contract_consumer",
    "a_contract_page",
    "a_localized_text",
    "a_loyalty_program",
    "a_policy",
    "a_total_amount",
    "a_transaction",
    "an_error_body",
    "an_order_line_event",
    "build",
]

__tracebackhide__ = True  # what a test did wrong is seen best in the test

ALL_IS_WELL = 3101
"""The code of a consumption that can be made (documented)."""


def a_claim(seed: int = 1, /, *, full: bool = False, **properties: Unpack[ClaimProperties]) -> Claim:
    """Make the outcome of a claim: it succeeded, and the customer's number is 1000 and the seed."""
    properties.setdefault("customer_number", FIRST_NUMBER + seed)
    return build(Claim, seed, full=full, **properties)


def a_consumption(seed: int = 1, /, *, full: bool = False, **properties: Unpack[ConsumptionProperties]) -> Consumption:
    """Make an intended use of a contract: of ``a_contract(seed)``."""
    properties.setdefault("contract_uuid", a_contract(seed).uuid)
    return build(Consumption, seed, full=full, **properties)


def a_consumption_validation(
    seed: int = 1, /, *, full: bool = False, **properties: Unpack[ConsumptionValidationProperties]
) -> ConsumptionValidation:
    """Make a verdict on consumptions: they can be made, with the code that says so."""
    if properties.get("is_valid", True):
        properties.setdefault("code", ALL_IS_WELL)
    return build(ConsumptionValidation, seed, full=full, **properties)


def a_contract(seed: int = 1, /, *, full: bool = False, **properties: Unpack[ContractProperties]) -> Contract:
    """Make a contract: a valid one."""
    return build(Contract, seed, full=full, **properties)


def a_contract_consumer(
    seed: int = 1, /, *, full: bool = False, **properties: Unpack[ContractConsumerProperties]
) -> ContractConsumer:
    """Make a customer who may use a contract: its holder."""
    return build(ContractConsumer, seed, full=full, **properties)


def a_contract_page(
    seed: int = 1, /, *, full: bool = False, number: int = 1, **properties: Unpack[ContractPageProperties]
) -> ContractPage:
    """Make a page of contracts: the only one of its listing, unless totals or a number say otherwise.

    Args:
        seed: Which one, from 1.
        full: Whether every property is given, of the contracts too.
        number: The number of the page, from 1.
        properties: Values by the names of the attributes: ``items``, ``total_items``, ``total_pages``.
    """
    if type(number) is not int or number < 1:
        raise InvalidArgumentError("number", "must be an integer from 1")
    made = build(ContractPage, seed, full=full, **properties)
    total_items = properties.get("total_items", len(made.items))
    return evolve(made, number=number, total_items=total_items, total_pages=properties.get("total_pages", number))


def an_error_body(seed: int = 1, /, *, full: bool = False, **properties: Unpack[ErrorBodyProperties]) -> ErrorBody:
    """Make what the API says of an error: of a 400 Bad Request."""
    properties.setdefault("status", 400)
    properties.setdefault("error", "Bad Request")
    return build(ErrorBody, seed, full=full, **properties)


def a_localized_text(
    seed: int = 1, /, *, full: bool = False, **properties: Unpack[LocalizedTextProperties]
) -> LocalizedText:
    """Make a text in one language, Norwegian."""
    properties.setdefault("language_code", "nob")
    return build(LocalizedText, seed, full=full, **properties)


def a_loyalty_program(
    seed: int = 1, /, *, full: bool = False, **properties: Unpack[LoyaltyProgramProperties]
) -> LoyaltyProgram:
    """Make a loyalty program: one whose contracts are limited by time alone."""
    return build(LoyaltyProgram, seed, full=full, **properties)


def an_order_line_event(
    seed: int = 1, /, *, full: bool = False, **properties: Unpack[OrderLineEventProperties]
) -> OrderLineEvent:
    """Make an event of an order line that used a contract."""
    return build(OrderLineEvent, seed, full=full, **properties)


def a_policy(seed: int = 1, /, *, full: bool = False, **properties: Unpack[PolicyProperties]) -> Policy:
    """Make a key that was checked against the claiming customer."""
    return build(Policy, seed, full=full, **properties)


def a_total_amount(seed: int = 1, /, *, full: bool = False, **properties: Unpack[TotalAmountProperties]) -> TotalAmount:
    """Make an amount of money, in Norwegian kroner."""
    properties.setdefault("currency", "NOK")
    return build(TotalAmount, seed, full=full, **properties)


def a_transaction(seed: int = 1, /, *, full: bool = False, **properties: Unpack[TransactionProperties]) -> Transaction:
    """Make a transaction of an earn-and-burn contract or a gift card."""
    return build(Transaction, seed, full=full, **properties)
