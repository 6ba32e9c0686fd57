"""Contracts of a test as the sandbox keeps its own, so that its operations answer with them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from attrs import evolve

from ...models import Contract, ContractConsumer
from ...sandbox.data import catalogue
from ...sandbox.data import store as data


@dataclass(slots=True, kw_only=True)
class StoredContract(data.Contract):
    """A contract that was given as a model: what the API tells of it is that, whole.

        contracts_sandbox.data.insert(StoredContract.of(a_contract()))

    FakeContractsApi.add makes one by itself.
    """

    model: Contract

    @classmethod
    def of(cls, model: Contract) -> StoredContract:
        """Keep a model.

        Args:
            model: The model, such as a builder makes. A sandbox that checks its responses answers with 500 if the
                specification does not allow it.
        """
        organisation = _organisation(model.organisation_id)
        program = model.loyalty_program
        return cls(
            model=model,
            uuid=model.uuid,
            program=data.Program(program.id or "", program.type or "", ()),
            organisation=organisation,
            status=model.status,
            created_at=model.created_at,
            created_by=model.created_by,
            last_changed_at=model.last_changed_at,
            last_changed_by=model.last_changed_by,
            consumable_from=model.consumable_from,
            expiration_date=model.expiration_date,
            acceptance_date=model.acceptance_date,
            parent=model.parent,
            external_ref=model.external_ref,
            coupons_limit=model.coupons_limit,
            consumers=tuple(
                data.Consumer(each.customer_number or 0, each.customer_ref or "", bool(each.is_contract_holder))
                for each in model.contract_consumers or ()
            ),
        )

    @property
    def remaining_coupons(self) -> int | None:
        """How many coupons are left, as the model says."""
        return self.model.remaining_coupons

    @property
    def document(self) -> dict[str, Any]:
        """What the API tells of it."""
        return self.model.to_dict()

    def give(self, customer_number: int, by: str, now: datetime) -> None:
        """Make a customer its only holder, and have the model say so."""
        data.Contract.give(self, customer_number, by, now)
        holder = ContractConsumer(
            customer_number=customer_number,
            customer_ref=self.consumers[0].customer_ref,
            is_contract_holder=True,
        )
        self.model = evolve(
            self.model, contract_consumers=[holder], acceptance_date=now, last_changed_at=now, last_changed_by=by
        )


def _organisation(number: object) -> data.Organisation:
    """Return the organisation with a number, which the specification may come to give as text."""
    known = {each.id: each for each in catalogue.ORGANISATIONS}
    own = int(str(number))
    return known.get(own) or data.Organisation(own, "ORG", f"Organisation {own}")
