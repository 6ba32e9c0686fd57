"""An error of decoding names the place, such as items[3].createdAt, and never the value."""

import copy
import json
import pickle
import traceback
from typing import Any

import pytest
from contract_documents import CONTRACT, DOCUMENTS, PROGRAM, REQUIRED, SMALL_CONTRACT

from contracts_client._generated import models
from contracts_client.openapi.errors import ArgumentError, DecodeError, StatusError

CANARY = "c4narY"


def broken(**changes: Any) -> dict[str, Any]:
    return {**SMALL_CONTRACT, **changes}


def third(contract: dict[str, Any]) -> dict[str, Any]:
    return {"items": [SMALL_CONTRACT, CONTRACT, SMALL_CONTRACT, contract]}


CASES: list[tuple[str, str, dict[str, Any]]] = [
    ("items", "ContractPage", {"items": CANARY}),
    ("items[0]", "ContractPage", {"items": [CANARY]}),
    ("items[3].createdAt", "ContractPage", third(broken(createdAt=CANARY))),
    ("items[3].status", "ContractPage", third(broken(status=[CANARY]))),
    ("items[3].loyaltyProgram", "ContractPage", third(broken(loyaltyProgram=CANARY))),
    (
        "items[3].loyaltyProgram.displayName[0].text",
        "ContractPage",
        third(broken(loyaltyProgram={**PROGRAM, "displayName": [{"text": [CANARY]}]})),
    ),
    (
        "items[3].subContracts[1].subContracts[0].uuid",
        "ContractPage",
        third(broken(subContracts=[SMALL_CONTRACT, broken(subContracts=[broken(uuid={CANARY: 1})])])),
    ),
    ("currentTotal.amount", "Contract", broken(currentTotal={"amount": CANARY})),
    (
        "transactions[0].amount.calculatedAt",
        "Contract",
        broken(transactions=[{"amount": {"amount": "1.00", "calculatedAt": CANARY}}]),
    ),
    ("policies[1].key", "Contract", broken(policies=[{}, {"key": [CANARY]}])),
    ("orderLineEvents[0].travelDate", "Contract", broken(orderLineEvents=[{"travelDate": CANARY}])),
    ("contractConsumers[0].isContractHolder", "Contract", broken(contractConsumers=[{"isContractHolder": CANARY}])),
    ("contractConsumers[2]", "Contract", broken(contractConsumers=[{}, {}, CANARY])),
    ("code", "ConsumptionValidation", {"isValid": True, "code": [CANARY]}),
    (
        "consumptions[0].customerNumber",
        "ValidateConsumptionRequest",
        {"consumptions": [{"contractUuid": "c", "customerNumber": CANARY}]},
    ),
    ("uuid", "Contract", {}),
]


@pytest.mark.parametrize(("path", "model", "document"), CASES, ids=[f"{model}.{path}" for path, model, _ in CASES])
def test_the_place_is_named_not_the_value(path: str, model: str, document: dict[str, Any]) -> None:
    before = json.dumps(document)
    with pytest.raises(DecodeError) as caught:
        getattr(models, model).from_dict(document)
    error = caught.value
    assert error.path == path
    assert str(error).startswith(f"{path}: expected ")
    shown = [str(error), repr(error), str(error.args), *traceback.format_exception_only(error)]
    assert not [text for text in shown if CANARY in text]
    for protocol in range(pickle.HIGHEST_PROTOCOL + 1):
        assert CANARY.encode() not in pickle.dumps(error, protocol)
    assert error.__cause__ is None
    assert error.__suppress_context__ or error.__context__ is None
    assert json.dumps(document) == before


REQUIRED_PLACES = [(model, name) for model, names in REQUIRED.items() for name in sorted(names)]


@pytest.mark.parametrize("how", ["absent", "null"])
@pytest.mark.parametrize(("model", "name"), REQUIRED_PLACES, ids=[f"{model}.{name}" for model, name in REQUIRED_PLACES])
def test_a_missing_property_is_named(model: str, name: str, how: str) -> None:
    document = dict(DOCUMENTS[model])
    if how == "null":
        document[name] = None
    else:
        del document[name]
    with pytest.raises(DecodeError) as caught:
        getattr(models, model).from_dict(document)
    assert (caught.value.path, caught.value.found) == (name, "nothing")


LENIENT = {"ErrorBody": {*DOCUMENTS["ErrorBody"]}, "ContractPage": {"totalItems", "totalPages"}}
ALL_PLACES = [
    (model, name) for model, document in DOCUMENTS.items() for name in document if name not in LENIENT.get(model, set())
]


@pytest.mark.parametrize(("model", "name"), ALL_PLACES, ids=[f"{model}.{name}" for model, name in ALL_PLACES])
def test_a_wrong_json_type_is_named(model: str, name: str) -> None:
    right = DOCUMENTS[model][name]
    wrong: list[Any] = [1.5, {CANARY: CANARY} if not isinstance(right, dict) else [CANARY]]
    wrong.append(int(right) if isinstance(right, bool) else True)
    if not isinstance(right, list):
        wrong.append([right])
    for value in wrong:
        with pytest.raises(DecodeError) as caught:
            getattr(models, model).from_dict({**DOCUMENTS[model], name: value})
        assert caught.value.path.split("[")[0] == name
        assert CANARY not in str(caught.value)


@pytest.mark.parametrize("model", DOCUMENTS)
@pytest.mark.parametrize(
    "data",
    [None, True, 7, 1.5, CANARY, [CANARY], object()],
    ids=["null", "bool", "int", "float", "str", "list", "object"],
)
def test_a_model_is_read_from_an_object(model: str, data: object) -> None:
    with pytest.raises(DecodeError, match=r"^the document: expected an object, found ") as caught:
        getattr(models, model).from_dict(data)
    assert caught.value.path == ""
    assert CANARY not in str(caught.value)


@pytest.mark.parametrize("depth", [1, 20])
def test_nested_contracts_have_a_bound(depth: int) -> None:
    document = SMALL_CONTRACT
    for _ in range(depth):
        document = broken(subContracts=[document])
    contract = models.Contract.from_dict(document)
    assert contract.to_dict() == document


def test_endless_contracts_are_an_error() -> None:
    document = SMALL_CONTRACT
    for _ in range(50_000):
        document = broken(subContracts=[document])
    with pytest.raises(DecodeError) as caught:
        models.Contract.from_dict(document)
    assert "deep" in str(caught.value)
    # Taken apart by hand: Python 3.11 would free it recursively.
    while "subContracts" in document:
        document = document.pop("subContracts")[0]


def test_a_place_is_built_from_inside_out() -> None:
    error = DecodeError("a string", "an integer")
    assert (error.path, str(error)) == ("", "the document: expected a string, found an integer")
    assert error.inside("text").inside(0).inside("displayName") is error
    assert error.path == "displayName[0].text"
    assert error.inside(2).inside(1).path == "[1][2].displayName[0].text"


@pytest.mark.parametrize(
    "error",
    [
        DecodeError("a string", "an integer", ("items", 3, "createdAt")),
        DecodeError("a string", "an integer").inside("createdAt").inside(3).inside("items"),
        ArgumentError("travel_date", "must be an aware datetime"),
        StatusError(404, documented=True, body={"a": 1}),
        StatusError(418, documented=False),
    ],
    ids=["decode", "decode from inside", "argument", "status", "status that is not listed"],
)
def test_the_errors_travel_whole(error: Exception) -> None:
    for arrived in (
        copy.copy(error),
        copy.deepcopy(error),
        *(pickle.loads(pickle.dumps(error, protocol)) for protocol in range(pickle.HIGHEST_PROTOCOL + 1)),
    ):
        assert type(arrived) is type(error)
        assert (str(arrived), vars(arrived)) == (str(error), vars(error))


def test_an_error_names_argument_and_rule() -> None:
    error = ArgumentError("travel_date", "must be a date")
    assert (error.argument, error.rule, str(error)) == ("travel_date", "must be a date", "travel_date: must be a date")
    assert isinstance(error, ValueError)


@pytest.mark.parametrize(
    ("documented", "text"),
    [(True, "status 404"), (False, "status 404, which the specification does not list")],
    ids=str,
)
def test_a_status_error_quotes_no_body(
    documented: bool,  # noqa: FBT001 # a case
    text: str,
) -> None:
    error = StatusError(404, documented=documented, body=CANARY)
    assert (error.status, error.documented, error.body) == (404, documented, CANARY)
    assert str(error) == text
    assert CANARY not in repr(error)
