"""Hypothesis strategies for every model: all that the specification allows, or all that the client reads.

    @given(contracts())
    def test_every_contract_is_shown(contract: Contract) -> None: ...

    @given(contracts(status=st.sampled_from(["VALID", "EXPIRED"]), expiration_date=st.none()))
    @given(from_model(Contract, tolerant=True))     # with values and properties that the specification does not know

Each takes these arguments, and raises the errors of ``from_model``:

    tolerant: Whether to make what the client reads as well and the specification does not allow: unknown properties,
        unknown values of enumerations, moments without an offset, amounts in other spellings.
    properties: Strategies by the names of the attributes, in the place of what the specification says.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, cast

from hypothesis import strategies as st

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
from .data.models import insist_on_names, with_properties
from .data.random_documents import RandomDocuments
from .data.schemas import Model, packaged_schemas

__all__ = [
    "claims",
    "consumption_validations",
    "consumptions",
    "contract_consumers",
    "contract_pages",
    "contracts",
    "documents",
    "error_bodies",
    "from_model",
    "localized_texts",
    "loyalty_programs",
    "order_line_events",
    "policies",
    "total_amounts",
    "transactions",
]

M = TypeVar("M", bound=Model)
Strategy = st.SearchStrategy


def documents(model: type[Model], /, *, tolerant: bool = False) -> Strategy[dict[str, Any]]:
    """Make JSON objects of a model, such as the body of a response that you mock.

    Args:
        model: The model's class, such as ``Contract``.
        tolerant: Whether to make what the client reads as well and the specification does not allow.

    Raises:
        InvalidArgumentError: It is no model of the specification.
    """
    schemas = packaged_schemas()
    return RandomDocuments(schemas, tolerant=tolerant).of(schemas.of(model))


def from_model(model: type[M], /, *, tolerant: bool = False, **properties: Strategy[Any]) -> Strategy[M]:
    """Make models.

    Args:
        model: The model's class, such as ``Contract``.
        tolerant: Whether to make what the client reads as well and the specification does not allow.
        properties: Strategies by the names of the attributes, in the place of what the specification says.

    Raises:
        InvalidArgumentError: It is no model of the specification, or a property is no strategy. When a value is drawn:
            it is of a wrong type.
        TypeError: There is no such property; the message names those that are spelled alike.
    """
    made = documents(model, tolerant=tolerant).map(model.from_dict)
    insist_on_names(model, properties)
    for name, each in properties.items():
        # As builders take values, one is soon written here; Hypothesis would say so late, below pages of strategies.
        if not isinstance(cast("object", each), Strategy):
            raise InvalidArgumentError(name, "must be a strategy, such as st.just(...)")
    if not properties:
        return made

    def changed(base: M, values: Mapping[str, Any]) -> M:
        return with_properties(base, values)

    return st.builds(changed, made, st.fixed_dictionaries(properties))


def claims(*, tolerant: bool = False, **properties: Strategy[Any]) -> Strategy[Claim]:
    """Outcomes of claims."""
    return from_model(Claim, tolerant=tolerant, **properties)


def consumptions(*, tolerant: bool = False, **properties: Strategy[Any]) -> Strategy[Consumption]:
    """Intended uses of contracts."""
    return from_model(Consumption, tolerant=tolerant, **properties)


def consumption_validations(*, tolerant: bool = False, **properties: Strategy[Any]) -> Strategy[ConsumptionValidation]:
    """Verdicts on consumptions."""
    return from_model(ConsumptionValidation, tolerant=tolerant, **properties)


def contracts(*, tolerant: bool = False, **properties: Strategy[Any]) -> Strategy[Contract]:
    """Contracts."""
    return from_model(Contract, tolerant=tolerant, **properties)


def contract_consumers(*, tolerant: bool = False, **properties: Strategy[Any]) -> Strategy[ContractConsumer]:
    """Customers who may use a contract."""
    return from_model(ContractConsumer, tolerant=tolerant, **properties)


def contract_pages(*, tolerant: bool = False, **properties: Strategy[Any]) -> Strategy[ContractPage]:
    """Pages of contracts; the number of each is 1, since JSON does not hold it."""
    return from_model(ContractPage, tolerant=tolerant, **properties)


def error_bodies(*, tolerant: bool = False, **properties: Strategy[Any]) -> Strategy[ErrorBody]:
    """What the API says of errors."""
    return from_model(ErrorBody, tolerant=tolerant, **properties)


def localized_texts(*, tolerant: bool = False, **properties: Strategy[Any]) -> Strategy[LocalizedText]:
    """Texts in one language."""
    return from_model(LocalizedText, tolerant=tolerant, **properties)


def loyalty_programs(*, tolerant: bool = False, **properties: Strategy[Any]) -> Strategy[LoyaltyProgram]:
    """Loyalty programs."""
    return from_model(LoyaltyProgram, tolerant=tolerant, **properties)


def order_line_events(*, tolerant: bool = False, **properties: Strategy[Any]) -> Strategy[OrderLineEvent]:
    """Events of order lines that used a contract."""
    return from_model(OrderLineEvent, tolerant=tolerant, **properties)


def policies(*, tolerant: bool = False, **properties: Strategy[Any]) -> Strategy[Policy]:
    """Keys that were checked against a claiming customer."""
    return from_model(Policy, tolerant=tolerant, **properties)


def total_amounts(*, tolerant: bool = False, **properties: Strategy[Any]) -> Strategy[TotalAmount]:
    """Amounts of money or points."""
    return from_model(TotalAmount, tolerant=tolerant, **properties)


def transactions(*, tolerant: bool = False, **properties: Strategy[Any]) -> Strategy[Transaction]:
    """Transactions of earn-and-burn contracts and gift cards."""
    return from_model(Transaction, tolerant=tolerant, **properties)
