"""The models: read from JSON and written back, made by hand, compared, copied, pickled and shown."""

import contextlib
import copy
import datetime as dt
import json
import pickle
from decimal import Decimal, InvalidOperation
from typing import Any

import pytest
from contract_documents import AMOUNT, CONTRACT, DOCUMENTS, ERROR, PERSONAL, REQUIRED, SMALL_CONTRACT, STRATEGIES
from hypothesis import given, settings
from hypothesis import strategies as st

from contracts_client._generated import models
from contracts_client._generated.models import (
    Claim,
    ClaimPersonnelTicketRequest,
    Consumption,
    ConsumptionValidation,
    Contract,
    ContractConsumer,
    ContractPage,
    ContractStatus,
    ErrorBody,
    LoyaltyProgram,
    LoyaltyProgramType,
    TotalAmount,
    ValidateConsumptionRequest,
)
from contracts_client.openapi.dates import read_date_time
from contracts_client.openapi.decode import MAX_DEPTH
from contracts_client.openapi.errors import ArgumentError, DecodeError

CANARY = "c4narY"
CANARY_NUMBER = 4711_0815
UTC = dt.UTC
MOMENT = dt.datetime(2026, 3, 1, 8, 30, tzinfo=UTC)
# How each property that is no plain value is told equal: money as Decimal, time as an instant.
MONEY = {"amount"}
TIMES = {
    "createdAt",
    "lastChangedAt",
    "consumableFrom",
    "acceptanceDate",
    "expirationDate",
    "calculatedAt",
    "travelDate",
    "timestamp",
}
every_model = pytest.mark.parametrize("name", DOCUMENTS)


def model(name: str) -> Any:
    return getattr(models, name)


def meaning(value: Any, name: str = "") -> Any:
    """A document in which equal money and equal instants are equal."""
    if isinstance(value, dict):
        return {key: meaning(each, key) for key, each in value.items()}
    if isinstance(value, list):
        return [meaning(each) for each in value]
    if isinstance(value, str) and name in MONEY:
        with contextlib.suppress(InvalidOperation):  # an unknown property may be called amount too, and be anything
            return Decimal(value)
    if isinstance(value, str) and name in TIMES:
        return read_date_time(value).astimezone(UTC)
    return value


def test_every_model_has_its_document() -> None:
    classes = {name for name in models.__all__ if hasattr(getattr(models, name), "from_dict")}
    assert set(DOCUMENTS) == set(STRATEGIES) == classes


@every_model
def test_a_full_document_is_written_back(name: str) -> None:
    document = DOCUMENTS[name]
    made = model(name).from_dict(document)
    assert made.to_dict() == document
    assert list(made.to_dict()) == list(made.json_names)
    assert set(document) == set(made.json_names)
    assert made.additional_properties == {}


@every_model
@settings(max_examples=40)
@given(data=st.data())
def test_a_written_document_means_the_same(name: str, data: st.DataObject) -> None:
    document = data.draw(STRATEGIES[name])
    before = copy.deepcopy(document)
    made = model(name).from_dict(document)
    written = made.to_dict()
    assert meaning(written) == meaning(document)
    assert document == before
    assert json.loads(json.dumps(written)) == written
    assert model(name).from_dict(written) == made


@every_model
def test_required_properties_are_enough(name: str) -> None:
    required = REQUIRED.get(name, set())
    document = {key: value for key, value in DOCUMENTS[name].items() if key in required}
    made = model(name).from_dict(document)
    for json_name, attribute in made.json_names.items():
        assert (getattr(made, attribute) is None) is (json_name not in required)
    assert made.to_dict() == document


@every_model
def test_null_is_as_good_as_absent(name: str) -> None:
    required = REQUIRED.get(name, set())
    absent = {key: value for key, value in DOCUMENTS[name].items() if key in required}
    null = {**absent, **dict.fromkeys(DOCUMENTS[name].keys() - required)}
    assert model(name).from_dict(null) == model(name).from_dict(absent)
    assert model(name).from_dict(null).to_dict() == absent


@every_model
@pytest.mark.parametrize("how", ["all known", "some absent", "some null"])
def test_unknown_properties_are_kept(name: str, how: str) -> None:
    unknown = {"x-new": [1, {"a": None}], "": "blank", "additional_properties": 1, "from_dict": None}
    required = REQUIRED.get(name, set())
    known = DOCUMENTS[name] if how == "all known" else {k: v for k, v in DOCUMENTS[name].items() if k in required}
    if how == "some null":
        known = {**known, **dict.fromkeys(DOCUMENTS[name].keys() - required)}
    made = model(name).from_dict({**known, **unknown})
    assert made.additional_properties == unknown
    assert {key: made.to_dict()[key] for key in unknown} == unknown


@every_model
def test_unknown_never_replaces_known(name: str) -> None:
    made = model(name).from_dict(DOCUMENTS[name])
    first = next(iter(DOCUMENTS[name]))
    made.additional_properties = {"x-new": 1, first: CANARY}
    assert made.to_dict() == {**DOCUMENTS[name], "x-new": 1}
    assert list(made.to_dict()) == [*DOCUMENTS[name], "x-new"]


def in_arrays(depth: int) -> Any:
    value: Any = "x"
    for level in range(depth):
        value = [value] if level % 2 else {"a": value}
    return value


def test_a_deep_unknown_property_travels() -> None:
    deepest = in_arrays(MAX_DEPTH)
    made = Contract.from_dict({**SMALL_CONTRACT, "x-new": deepest})
    assert copy.deepcopy(made) == pickle.loads(pickle.dumps(made)) == made
    assert made.to_dict()["x-new"] == deepest


@pytest.mark.parametrize(("name", "path"), [("xNew", "xNew"), ("4711 0815", "?")])
def test_a_too_deep_property_is_named(name: str, path: str) -> None:
    document = {**SMALL_CONTRACT, name: in_arrays(MAX_DEPTH + 1)}
    with pytest.raises(DecodeError, match="expected at most 64 arrays and objects") as caught:
        ContractPage.from_dict({"items": [document]})
    assert caught.value.path == f"items[0].{path}"


def test_names_are_json_s_in_snake_case() -> None:
    assert Contract.json_names["lastChangedAt"] == "last_changed_at"
    assert [*Contract.json_names] == list(CONTRACT)


@pytest.mark.parametrize("name", REQUIRED)
def test_a_required_attribute_is_demanded(name: str) -> None:
    with pytest.raises(TypeError, match="missing"):
        model(name)()


@pytest.mark.parametrize("name", [name for name in DOCUMENTS if name not in REQUIRED])
def test_a_model_may_be_empty(name: str) -> None:
    assert model(name)().to_dict() == {}
    assert model(name)() == model(name).from_dict({})


@every_model
def test_a_model_equals_its_like_alone(name: str) -> None:
    one, other = (model(name).from_dict(copy.deepcopy(DOCUMENTS[name])) for _ in range(2))
    assert one == other
    assert one != one.to_dict()
    assert one != model(name).from_dict({**DOCUMENTS[name], "x-new": 1})
    # It can be changed, so it is no key.
    with pytest.raises(TypeError, match="unhashable"):
        hash(one)


def test_a_deep_copy_shares_nothing() -> None:
    made = Contract.from_dict(CONTRACT)
    changed = copy.deepcopy(made)
    assert changed.sub_contracts is not None
    changed.sub_contracts[0].uuid = "other"
    changed.loyalty_program.id = "other"
    assert made.to_dict() == CONTRACT


def test_a_known_state_stays_the_same_object() -> None:
    made = Contract.from_dict(SMALL_CONTRACT)
    assert made.status is ContractStatus.VALID
    assert copy.deepcopy(made).status is ContractStatus.VALID
    assert pickle.loads(pickle.dumps(made)).status is ContractStatus.VALID


@pytest.mark.parametrize("status", ["FROZEN", "valid", ""])
def test_an_unknown_state_costs_nothing(status: str) -> None:
    document = {"items": [SMALL_CONTRACT, {**SMALL_CONTRACT, "status": status}]}
    page = ContractPage.from_dict(document)
    assert [item.status for item in page.items] == ["VALID", status]
    assert [item.status.is_known for item in page.items] == [True, False]
    assert page.to_dict() == document


def test_an_unknown_program_type_survives() -> None:
    program = LoyaltyProgram.from_dict({"type": "BARTER"})
    assert type(program.type) is LoyaltyProgramType
    assert program.to_dict() == {"type": "BARTER"}


@pytest.mark.parametrize("code", [3101, "3101", 0, "", -1])
def test_a_code_may_be_a_number_or_a_text(code: int | str) -> None:
    verdict = ConsumptionValidation.from_dict({"isValid": True, "code": code})
    assert (verdict.code, type(verdict.code)) == (code, type(code))
    assert verdict.to_dict() == {"isValid": True, "code": code}


def test_money_is_decimal_and_time_is_aware() -> None:
    amount = TotalAmount.from_dict({**AMOUNT, "calculatedAt": "2026-03-01T08:30:00"})
    assert (amount.amount, type(amount.amount)) == (Decimal("-12.50"), Decimal)
    assert amount.calculated_at == MOMENT


@every_model
def test_a_repr_masks_and_hides(name: str) -> None:
    personal = PERSONAL.get(name, set())
    document = dict(DOCUMENTS[name])
    for key in personal:
        plain: Any = {int: CANARY_NUMBER, str: CANARY, list: [CANARY]}
        document[key] = plain[type(document[key])]
    shown = repr(model(name).from_dict({**document, CANARY: CANARY}))
    assert shown.startswith(f"{name}(")
    assert CANARY not in shown
    assert str(CANARY_NUMBER) not in shown
    assert shown.count("***") >= len(personal)


def test_a_repr_masks_at_any_depth() -> None:
    consumer = {"customerNumber": CANARY_NUMBER, "customerRef": CANARY}
    inner = {**SMALL_CONTRACT, "externalRef": CANARY, "contractConsumers": [consumer]}
    page = ContractPage.from_dict({"items": [{**inner, "subContracts": [inner]}]})
    request = ValidateConsumptionRequest(consumptions=[Consumption(contract_uuid="c", customer_number=CANARY_NUMBER)])
    for shown in (repr(page), str(page), f"{page}", repr([page]), repr(request)):
        assert CANARY not in shown
        assert str(CANARY_NUMBER) not in shown


def test_a_repr_tells_contracts_apart() -> None:
    shown = repr(Contract.from_dict(SMALL_CONTRACT))
    assert "uuid='c-1'" in shown
    assert "ContractStatus('VALID')" in shown


BY_HAND: list[tuple[Any, dict[str, Any], str]] = [
    (TotalAmount, {"amount": 1.5}, "amount"),
    (TotalAmount, {"amount": Decimal("NaN")}, "amount"),
    (TotalAmount, {"amount": Decimal(1), "calculated_at": dt.datetime(2026, 3, 1)}, "calculated_at"),  # noqa: DTZ001
    (TotalAmount, {"amount": Decimal(1), "calculated_at": "2026-03-01T00:00:00Z"}, "calculated_at"),
    (ErrorBody, {"timestamp": dt.date(2026, 3, 1)}, "timestamp"),
]


@pytest.mark.parametrize(("kind", "values", "argument"), BY_HAND)
def test_a_wrong_model_is_not_written(kind: Any, values: dict[str, Any], argument: str) -> None:
    with pytest.raises(ArgumentError) as caught:
        kind(**values).to_dict()
    assert caught.value.argument == argument


WRONG_REQUESTS: list[tuple[Any, dict[str, Any], str]] = [
    (Consumption, {"contract_uuid": 7, "customer_number": 1}, "contract_uuid"),
    (Consumption, {"contract_uuid": "c", "customer_number": CANARY}, "customer_number"),
    (Consumption, {"contract_uuid": "c", "customer_number": True}, "customer_number"),
    (Consumption, {"contract_uuid": "c", "customer_number": 1, "travel_date": dt.datetime(2026, 3, 1)}, "travel_date"),  # noqa: DTZ001
    (Consumption, {"contract_uuid": "c", "customer_number": 1, "travel_date": CANARY}, "travel_date"),
    (ClaimPersonnelTicketRequest, {"external_reference": 7, "customer_number": 1}, "external_reference"),
    (ClaimPersonnelTicketRequest, {"external_reference": "A-B-C", "customer_number": None}, "customer_number"),
    (ValidateConsumptionRequest, {"consumptions": CANARY}, "consumptions"),
    (ValidateConsumptionRequest, {"consumptions": [CANARY]}, "consumptions[0]"),
]


@pytest.mark.parametrize(("kind", "values", "argument"), WRONG_REQUESTS)
def test_a_request_can_not_be_made_wrong(kind: Any, values: dict[str, Any], argument: str) -> None:
    with pytest.raises(ArgumentError) as caught:
        kind(**values)
    assert caught.value.argument == argument
    assert CANARY not in str(caught.value)


def test_an_amount_keeps_its_digits() -> None:
    assert TotalAmount.from_dict({"amount": "0012.50"}).to_dict() == {"amount": "12.50"}
    assert TotalAmount(amount=Decimal("1E+2")).to_dict() == {"amount": "100"}


# --- ErrorBody, which is lenient: it tells of an error, and must never be one.

WRONG: dict[str, list[Any]] = {
    "path": [7, ["a"], {}],
    "error": [7, True],
    "status": ["400", 400.0, True, 2**63],
    "message": [7, {"text": CANARY}],
    "timestamp": ["yesterday", 1767225600000, "", "2026-13-01T00:00:00Z"],
    "correlationId": [7],
    "errorCode": [7, 3101],
    "errors": [{"a": 1}, "text"],
}
WRONG_ERRORS = [(name, value) for name, values in WRONG.items() for value in values]


@pytest.mark.parametrize(("name", "value"), WRONG_ERRORS)
def test_unreadable_error_properties_stay(name: str, value: object) -> None:
    document = {**ERROR, name: value}
    body = ErrorBody.from_dict(document)
    assert getattr(body, ErrorBody.json_names[name]) is None
    assert body.additional_properties == {name: value}
    assert body.to_dict() == document
    assert CANARY not in repr(body)


def test_too_deep_in_an_error_is_none() -> None:
    body = ErrorBody.from_dict({**ERROR, "x-new": in_arrays(MAX_DEPTH + 1), "path": in_arrays(900), "y-new": [1]})
    assert body.additional_properties == {"x-new": None, "path": None, "y-new": [1]}
    assert copy.deepcopy(body) == body


def test_an_error_property_set_later_counts() -> None:
    body = ErrorBody.from_dict({**ERROR, "status": "400"})
    body.status = 404
    assert body.to_dict() == {**ERROR, "status": 404}


def test_an_error_may_be_all_wrong() -> None:
    document = {name: values[0] for name, values in WRONG.items()}
    body = ErrorBody.from_dict(document)
    assert body == ErrorBody(additional_properties=document)
    assert body.to_dict() == document


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)


@given(st.dictionaries(st.sampled_from(list(ERROR)) | st.text(max_size=5), anything, max_size=8))
def test_reading_an_error_never_fails(document: dict[str, Any]) -> None:
    body = ErrorBody.from_dict(document)
    assert body.to_dict().keys() >= {key for key, value in document.items() if value is not None and key not in ERROR}
    repr(body)


@pytest.mark.parametrize("value", [None, [], "text", 7], ids=repr)
def test_only_an_object_is_an_error_body(value: object) -> None:
    with pytest.raises(DecodeError):
        ErrorBody.from_dict(value)


def test_a_claim_without_a_customer_has_none() -> None:
    assert Claim.from_dict({"success": False}) == Claim(success=False, customer_number=None)


def test_the_holder_may_be_unsaid() -> None:
    assert ContractConsumer.from_dict({}).is_contract_holder is None
    assert ContractConsumer.from_dict({"isContractHolder": False}).is_contract_holder is False
