"""Contracts that come and go while they are listed, to show what a listing by page numbers can't promise."""

from __future__ import annotations

from dataclasses import replace
from random import Random
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .store import DataSet


class Churn:
    """Changes a data set after each page that was answered.

    What comes is a copy of a contract, whose uuid puts it right behind that contract; what goes is such a copy or any
    other contract that nothing depends on. Both happen as often, anywhere in the order.

    Args:
        data: The data set.
        changes: How many contracts come or go after a page, from 0.
        seed: The same seed makes the same changes.
    """

    def __init__(self, data: DataSet, changes: int, seed: int) -> None:
        self._data = data
        self._changes = changes
        self._random = Random(seed)  # noqa: S311 - data, not a secret
        self._made = 0

    def page_answered(self) -> None:
        """Let contracts come and go."""
        for _ in range(self._changes):
            if self._random.random() < 1 / 2:
                self._come()
            else:
                self._go()

    def _come(self) -> None:
        contracts = self._data.contracts
        if not contracts:
            return
        original = self._random.choice(contracts)
        self._made += 1
        # "c-0007" < "c-0007-1": right after the original. Nothing else of it is copied that has a uuid of its own.
        self._data.insert(replace(original, uuid=f"{original.uuid}-{self._made}", sub_contracts=()))

    def _go(self) -> None:
        ours = {contract.uuid for ticket in self._data.personnel_tickets for contract in ticket.contracts}
        parents = {contract.parent for contract in self._data.contracts}
        free = [
            contract
            for contract in self._data.contracts
            if contract.uuid not in ours and contract.uuid not in parents and contract.parent is None
        ]
        if free:
            self._data.remove(self._random.choice(free).uuid)
