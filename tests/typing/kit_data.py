"""The kit's data as a user's type checker sees it. This file is checked by mypy and pyright, and never run."""

from datetime import datetime
from decimal import Decimal
from typing import assert_type

from hypothesis import strategies as st

from contracts_client import Claim, Consumption, Contract, ContractPage, ErrorBody, TotalAmount
from contracts_client.testing.builders import (
    a_claim,
    a_consumption,
    a_contract,
    a_contract_consumer,
    a_contract_page,
    a_total_amount,
    an_error_body,
    build,
)
from contracts_client.testing.strategies import contract_pages, contracts, documents, from_model


def builders(moment: datetime) -> None:
    assert_type(a_contract(), Contract)
    assert_type(a_contract(2, full=True, status="EXPIRED", coupons_limit=10, expiration_date=moment), Contract)
    assert_type(a_contract(contract_consumers=[a_contract_consumer(customer_number=1001)], parent=None), Contract)
    assert_type(a_contract_page(items=[a_contract()], number=2, total_pages=3), ContractPage)
    assert_type(a_claim(success=False), Claim)
    assert_type(a_consumption(contract_uuid="c-1"), Consumption)
    assert_type(a_total_amount(amount=Decimal("1.50")), TotalAmount)
    assert_type(an_error_body(status=409), ErrorBody)
    assert_type(build(Contract, 3), Contract)


def faults_that_the_checker_finds() -> None:
    a_contract(cupons_limit=10)  # type: ignore[call-arg]
    a_contract(coupons_limit="10")  # type: ignore[arg-type]
    a_contract(uuid=None)  # type: ignore[arg-type]
    a_contract(seed=2)  # type: ignore[call-arg]


def strategies() -> None:
    assert_type(contracts(status=st.just("EXPIRED")), st.SearchStrategy[Contract])
    assert_type(contract_pages(tolerant=True), st.SearchStrategy[ContractPage])
    assert_type(from_model(Claim), st.SearchStrategy[Claim])
    documents(Contract)
