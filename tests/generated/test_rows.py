"""Models as flat rows: which columns there are, what is in them, and what a mask hides."""

import csv
import datetime as dt
import io
import json
import sys
from collections.abc import AsyncIterator
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

import pytest
from contract_documents import CONTRACT, DOCUMENTS, MOMENT, SMALL_CONTRACT

import contracts_client
from contracts_client import Contract, ContractPage, ContractStatus, ErrorBody, TotalAmount, rows
from contracts_client.openapi.model import Model
from contracts_client.testing import FakeContractsApi
from contracts_client.testing.builders import a_contract

CANARY = "c4narY"
UTC = dt.UTC
AT = dt.datetime(2026, 3, 1, 8, 30, tzinfo=UTC)
MODELS = {name: getattr(contracts_client, name) for name in DOCUMENTS if hasattr(contracts_client, name)}
SUB = {**SMALL_CONTRACT, "uuid": "c-2"}
PERSONAL = {
    **CONTRACT,
    "externalRef": CANARY,
    "contractConsumers": [{"customerNumber": 47110815, "customerRef": CANARY, "isContractHolder": True}],
    "subContracts": [{**SUB, "subContracts": [{**SUB, "externalRef": CANARY, "next": CANARY}]}],
    "loyaltyProgram": {"id": "p-1", "next": CANARY},
}


def test_a_row_is_flat_and_has_python_values() -> None:
    row = Contract.from_dict(CONTRACT).to_row()
    assert {name: value for name, value in row.items() if not isinstance(value, list)} == {
        "uuid": "c-1",
        "status": "VALID",
        "created_at": AT,
        "created_by": "somebody",
        "last_changed_at": AT,
        "last_changed_by": "somebody-else",
        "consumable_from": AT,
        "loyalty_program_id": "p-1",
        "loyalty_program_type": "TIMED",
        "organisation_id": 12,
        "parent": "c-0",
        "external_ref": "x-1",
        "coupons_limit": 10,
        "current_total_amount": Decimal("-12.50"),
        "current_total_currency": "NOK",
        "current_total_calculated_at": AT,
        "acceptance_date": AT,
        "expiration_date": AT,
        "remaining_coupons": 9,
        "additional_properties": None,
    }
    assert type(row["status"]) is str
    assert row["transactions"] == [
        {
            "id": "t-1",
            "amount_amount": Decimal("-12.50"),
            "amount_currency": "NOK",
            "amount_calculated_at": AT,
            "created_at": AT,
            "additional_properties": None,
        }
    ]
    assert [each["uuid"] for each in row["sub_contracts"]] == ["c-1"]


@pytest.mark.parametrize("name", MODELS)
def test_all_rows_have_the_same_columns(name: str) -> None:
    """Absent properties are None, and the order is the same."""
    full = MODELS[name].from_dict(DOCUMENTS[name])
    required = {each: value for each, value in DOCUMENTS[name].items() if each in SMALL_CONTRACT or name != "Contract"}
    assert list(full.to_row()) == rows.columns(MODELS[name]) == list(MODELS[name].from_dict(required).to_row())


def test_columns_follow_the_specification() -> None:
    """A column stands where its property stands, and its name can't be two columns."""
    assert rows.columns()[:3] == ["uuid", "status", "created_at"]
    assert rows.columns()[-1] == "additional_properties"
    assert len({*rows.columns()}) == len(rows.columns())


def test_unknown_properties_keep_their_place() -> None:
    contract = Contract.from_dict(
        {**CONTRACT, "next": [1], "loyaltyProgram": {"colour": "red"}, "contractConsumers": [{"age": 7}]}
    )
    row = contract.to_row()
    assert json.loads(row["additional_properties"]) == {"next": [1], "loyaltyProgram": {"colour": "red"}}
    assert row["contract_consumers"][0]["additional_properties"] == '{"age":7}'


def test_a_model_deep_in_itself_is_json() -> None:
    """A sub-contract is a row; what lies within that is JSON text of the API's form."""
    row = Contract.from_dict(PERSONAL).to_row()
    (inner,) = json.loads(row["sub_contracts"][0]["sub_contracts"])
    assert inner == PERSONAL["subContracts"][0]["subContracts"][0]


@pytest.mark.parametrize(
    ("given", "moment"),
    [
        ("2026-03-01T10:30:00+02:00", AT),
        ("2026-03-01T08:30:00", AT),
        ("0001-01-01T00:00:00+01:00", dt.datetime.min.replace(tzinfo=UTC)),
        ("9999-12-31T23:59:59-01:00", dt.datetime.max.replace(tzinfo=UTC)),
    ],
)
def test_moments_are_in_utc(given: str, moment: dt.datetime) -> None:
    """A column has one offset. A moment that lies outside the years 1 to 9999 in UTC is the first or the last one."""
    contract = Contract.from_dict({**SMALL_CONTRACT, "expirationDate": given})
    assert contract.to_row()["expiration_date"] == moment
    assert contract.to_row()["expiration_date"].tzinfo is UTC


def test_values_of_the_user_are_taken() -> None:
    """A naive moment is in UTC, as one without an offset is in JSON, and a status may be a plain string."""
    contract = a_contract(status="NEW")
    contract.created_at = dt.datetime(2026, 3, 1, 8, 30)  # noqa: DTZ001 # the point
    assert contract.to_row()["created_at"] == AT
    assert contract.to_row()["status"] == "NEW"
    contract.status = ContractStatus.VALID
    assert type(contract.to_row()["status"]) is str


def test_what_has_no_one_type_is_text() -> None:
    error = ErrorBody.from_dict({**DOCUMENTS["ErrorBody"], "errors": [{"a": 1}, "text", None]})
    assert error.to_row()["errors"] == '[{"a":1},"text",null]'
    assert contracts_client.ConsumptionValidation(is_valid=True, code=3101).to_row()["code"] == "3101"


def test_rows_takes_a_list_a_page_or_models() -> None:
    contract = Contract.from_dict(CONTRACT)
    row = contract.to_row()
    assert rows.rows([contract, contract]) == [row, row]
    assert rows.rows(iter([contract])) == rows.rows(ContractPage(items=[contract])) == [row]
    assert rows.rows(contract) == rows.rows([ContractPage(items=[contract])]) == [row]
    assert rows.rows([TotalAmount(amount=Decimal(1))])[0]["amount"] == Decimal(1)


async def test_rows_takes_a_listing() -> None:
    """The rows of a listing come as its contracts come, masked too."""
    api = FakeContractsApi()
    contract = api.add(Contract.from_dict({**SMALL_CONTRACT, "externalRef": CANARY}))
    async with api.connect() as client:
        listed = rows.rows(client.list_contracts(per_page=1))
        assert isinstance(listed, AsyncIterator)
        assert [row async for row in listed] == [contract.to_row()]
        assert [row async for row in rows.rows(client.list_contracts().pages())] == [contract.to_row()]
        masked = [row async for row in rows.rows(client.list_contracts(), mask=lambda _: None)]
    assert [row["external_ref"] for row in masked] == [None]


@pytest.mark.parametrize(
    ("wrong", "options", "error"),
    [
        ([{"uuid": "c-1"}], {}, "not dict$"),
        ([Contract], {}, "not type$"),
        (None, {}, "not NoneType$"),
        ([], {"arrays": "jsn"}, "arrays must be one of rows, json"),
    ],
)
def test_what_is_no_model_is_refused(wrong: Any, options: dict[str, Any], error: str) -> None:
    with pytest.raises((TypeError, ValueError), match=error):
        rows.rows(wrong, **options)


def test_arrays_can_be_json_for_a_csv_file() -> None:
    written = io.StringIO()
    writer = csv.DictWriter(written, rows.columns())
    writer.writeheader()
    writer.writerows(rows.rows([Contract.from_dict(CONTRACT)], arrays="json"))
    (read,) = csv.DictReader(io.StringIO(written.getvalue()))
    assert json.loads(read["contract_consumers"]) == CONTRACT["contractConsumers"]
    assert json.loads(read["loyalty_program_display_name"]) == CONTRACT["loyaltyProgram"]["displayName"]
    assert read["created_at"] == str(AT)
    assert read["coupons_limit"] == "10"


@pytest.mark.parametrize("arrays", ["rows", "json"])
def test_a_mask_hides_what_is_personal(arrays: Any) -> None:
    """A mask is called for every personal value, however deep it lies and in JSON text too."""
    contract = Contract.from_dict(PERSONAL)
    assert CANARY in repr(rows.rows([contract], arrays=arrays))
    seen: list[Any] = []

    def mask(value: Any) -> str:
        seen.append(value)
        return "***"

    (row,) = rows.rows([contract], arrays=arrays, mask=mask)
    assert CANARY not in repr(row)
    assert "47110815" not in repr(row)
    assert CANARY in seen
    assert 47110815 in seen
    assert row["uuid"] == "c-1"
    assert row["external_ref"] == row["additional_properties"] == "***"
    assert "***" in str(row["contract_consumers"])


@pytest.mark.parametrize("arrays", ["rows", "json"])
def test_personal_columns_are_complete(arrays: Any) -> None:
    """Without the personal columns, nothing personal is left."""
    personal = rows.personal_columns(arrays=arrays)

    def without(row: dict[str, Any], prefix: str = "") -> dict[str, Any]:
        kept = {name: value for name, value in row.items() if prefix + name not in personal}
        return {
            name: [without(each, f"{prefix}{name}.") for each in value] if isinstance(value, list) else value
            for name, value in kept.items()
        }

    left = without(rows.rows([Contract.from_dict(PERSONAL)], arrays=arrays)[0])
    assert CANARY not in repr(left)
    assert "47110815" not in repr(left)
    assert {"uuid", "status", "loyalty_program_id", "current_total_amount"} <= set(left)


def test_personal_columns_have_a_constant() -> None:
    assert rows.personal_columns() == rows.PERSONAL_COLUMNS
    wanted = {"external_ref", "contract_consumers.customer_number", "sub_contracts.contract_consumers.customer_ref"}
    assert wanted <= rows.PERSONAL_COLUMNS
    assert rows.personal_columns(contracts_client.Claim) == {"customer_number", "additional_properties"}


def test_an_arrow_schema_has_column_types(monkeypatch: pytest.MonkeyPatch) -> None:
    """pyarrow is imported when it is asked for; tests/external does this with the real one."""
    scalars = {name: lambda name=name: name for name in ("string", "int64", "float64", "bool_", "date32")}
    fake = SimpleNamespace(
        **scalars,
        decimal128=lambda *digits: digits,
        timestamp=lambda unit, tz: (unit, tz),
        struct=dict,
        list_=lambda items: [items],
        field=lambda name, kind: (name, kind),
        schema=dict,
    )
    monkeypatch.setitem(sys.modules, "pyarrow", fake)
    schema = rows.arrow_schema()
    assert list(schema) == rows.columns()
    assert (schema["uuid"], schema["organisation_id"], schema["created_at"]) == ("string", "int64", ("us", "UTC"))
    assert schema["current_total_amount"] == (38, 9)
    (consumer,) = schema["contract_consumers"]
    assert (consumer["is_contract_holder"], consumer["customer_number"]) == ("bool_", "int64")
    (masked,) = rows.arrow_schema(masked=True)["contract_consumers"]
    assert (masked["is_contract_holder"], masked["customer_number"]) == ("bool_", "string")
    assert rows.arrow_schema(arrays="json")["contract_consumers"] == "string"
    assert rows.arrow_schema(TotalAmount)["amount"] == (38, 9)


def test_a_row_makes_no_dict_in_a_model() -> None:
    """To read the unknown properties of a model that has none would make a dict for each."""
    contract = Contract.from_dict(CONTRACT)
    contract.to_row()
    inner: list[Model] = [contract, contract.loyalty_program]
    assert [each._additional_properties for each in inner] == [None, None]
    assert MOMENT == "2026-03-01T08:30:00Z"
