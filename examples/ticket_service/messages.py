"""What the customer's app sends and gets beside the client's models; none of it in a URL that a log might keep."""

from __future__ import annotations

from pydantic import AwareDatetime, BaseModel, Field

from .selling import Outcome


class Journey(BaseModel):
    """A journey that is to be made with a contract."""

    contract_uuid: str
    travel_date: AwareDatetime


class PickUp(BaseModel):
    """A personnel ticket that is to be claimed."""

    pickup_code: str = Field(repr=False)


class Sale(BaseModel):
    """What has become of it."""

    outcome: Outcome
