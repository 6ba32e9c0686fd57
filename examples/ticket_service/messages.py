"""What the customer's app sends and gets: little, and none of it in a URL that a log might keep."""

from __future__ import annotations

from datetime import datetime
from typing import Self

from pydantic import AwareDatetime, BaseModel, Field

from contracts_client import ConsumptionValidation, Contract

from .selling import Outcome


class ContractMessage(BaseModel):
    """A contract that the customer may use."""

    uuid: str
    status: str
    program: str | None
    expires: datetime | None
    remaining_coupons: int | None

    @classmethod
    def of(cls, contract: Contract) -> Self:
        """Say of a contract what a customer wants to know."""
        program = contract.loyalty_program
        names = {name.language_code: name.text for name in program.display_name or ()}
        return cls(
            uuid=contract.uuid,
            status=contract.status,  # unknown ones too: the app shows them as they are
            program=names.get("nob") or next(iter(names.values()), program.id),
            expires=contract.expiration_date,
            remaining_coupons=contract.remaining_coupons,
        )


class Journey(BaseModel):
    """A journey that is to be made with a contract."""

    contract_uuid: str
    travel_date: AwareDatetime


class Verdict(BaseModel):
    """Whether the contract can be used for the journey, and why not."""

    valid: bool
    reason: str | None

    @classmethod
    def of(cls, verdict: ConsumptionValidation) -> Self:
        """Say what the API says."""
        return cls(valid=verdict.is_valid, reason=verdict.reason)


class PickUp(BaseModel):
    """A personnel ticket that is to be claimed."""

    pickup_code: str = Field(repr=False)


class Sale(BaseModel):
    """What has become of it."""

    outcome: Outcome
