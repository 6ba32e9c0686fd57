"""What models become, as a user's type checker sees it. This file is checked by mypy and pyright, and never run."""

from collections.abc import AsyncIterator
from typing import Any, assert_type

from pydantic import BaseModel

from contracts_client import Claim, Contract, ContractPage, ContractsClient, ContractStatus
from contracts_client.models import json_default
from contracts_client.rows import PERSONAL_COLUMNS, arrow_schema, columns, personal_columns, rows


class Answer(BaseModel):
    contract: Contract
    status: ContractStatus | None = None


def ways_out(contract: Contract, page: ContractPage) -> None:
    assert_type(contract.to_json(), bytes)
    assert_type(contract.to_row(), dict[str, Any])
    assert_type(json_default(contract), Any)
    assert_type(Answer(contract=contract).contract, Contract)
    assert_type(rows([contract]), list[dict[str, Any]])
    assert_type(rows(page, arrays="json", mask=str), list[dict[str, Any]])
    assert_type(columns(), list[str])
    assert_type(personal_columns(Claim), frozenset[str])
    assert_type(PERSONAL_COLUMNS, frozenset[str])
    assert_type(arrow_schema(Claim, masked=True), Any)


async def listings(client: ContractsClient) -> None:
    assert_type(rows(client.list_contracts()), AsyncIterator[dict[str, Any]])
    async for row in rows(client.list_contracts(), mask=lambda _: None):
        assert_type(row, dict[str, Any])


def faults_that_the_checker_finds(contract: Contract) -> None:
    rows([contract], arrays="csv")  # type: ignore[call-overload]
    rows([1])  # type: ignore[list-item]
    columns(int)  # type: ignore[arg-type]
