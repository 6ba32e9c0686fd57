"""tools/spec/drift.py tells what the provider's file confirms and contradicts, whichever way it is written."""

from __future__ import annotations

import copy
import http.server
import json
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from provider_file import as_published, move, operation, our_document, path_of, rename

from tools.spec import drift as spec_drift
from tools.spec.documents import DocumentError
from tools.spec.drift import WriteError, retagged
from tools.spec.drift_findings import Comparison, Kind
from tools.spec.drift_operations import compare

ROOT = Path(__file__).resolve().parents[2]
REF = "getContractsByExternalRef"
Change = Callable[[dict[str, Any]], object]


def compared(*changes: Change) -> Comparison:
    theirs = as_published(our_document())
    for change in changes:
        change(theirs)
    return compare(our_document(), theirs, name="theirs")


def told(comparison: Comparison, kind: Kind) -> set[str]:
    return {f"{each.place.subject}: {each.sentence}" for each in comparison.of(kind)}


def prop(schema: str, name: str, value: Any) -> Change:
    return lambda document: document["components"]["schemas"][schema]["properties"].update({name: value})


def parameter(name: str, where: str, **changes: Any) -> Change:
    def change(document: dict[str, Any]) -> None:
        next(each for each in operation(document, where)["parameters"] if each.get("name") == name).update(changes)

    return change


def drop(schema: str, name: str) -> Change:
    return lambda document: document["components"]["schemas"][schema]["properties"].pop(name)


def test_our_own_document_is_confirmed() -> None:
    for theirs in (our_document(), as_published(our_document())):
        comparison = compare(our_document(), theirs, name="theirs")
        assert {each.kind for each in comparison.findings} == {Kind.CONFIRMED}
        inferred = [part for part in comparison.publishable if part.node["x-provenance"] == "inferred"]
        text = (ROOT / "openapi.yaml").read_text(encoding="utf-8")
        assert len(inferred) == text.count(" x-provenance: inferred\n")


def component(kind: str, name: str, **changes: Any) -> Change:
    return lambda document: document["components"][kind][name].update(changes)


def behind_a_reference(document: dict[str, Any]) -> None:
    document["x-items"] = {"one": document["paths"].pop(path_of(document, REF))}
    document["paths"][path_of(our_document(), REF)] = {"$ref": "#/x-items/one"}


def with_a_base_path(document: dict[str, Any]) -> None:
    document["servers"] = [{"url": f"{each['url']}/customers/v2"} for each in document["servers"]]
    document["paths"] = {path.removeprefix("/customers/v2"): item for path, item in document["paths"].items()}


VALID = "getAllValidContractsByCustomerNumber"
CLAIM = "claimPersonnelTicket"
NULLABLE = {"type": "string", "nullable": True}
ONLY_VALID = ["VALID", "EXPIRED", "REFUNDED", "CANCELLED"]
CONTRADICTIONS: list[tuple[Change, str]] = [
    (lambda document: move(document, REF, "/v3/{externalRef}"), f"{REF}: method and path: GET /v3/{{externalRef}}"),
    (
        lambda document: rename(document, "ContractPageResponse", "items", "all"),
        "ContractPageResponse.items: name: all",
    ),
    (prop("ContractResponse", "organisationId", {"type": "string"}), "ContractResponse.organisationId: type: string"),
    (prop("ContractResponse", "uuid", NULLABLE), "ContractResponse.uuid: required: may be absent or null"),
    (drop("ContractConsumerResponse", "isContractHolder"), "ContractConsumerResponse.isContractHolder: property: "),
    (component("schemas", "ContractStatus", enum=ONLY_VALID), 'ContractStatus: values: no "MISUSED"'),
    (parameter("travelDate", VALID, required=True), f"{VALID}(travelDate): required: has to be sent"),
    (parameter("travelDate", VALID, **{"in": "header"}), f"{VALID}(travelDate): name: traveldate in header"),
    (lambda document: document["paths"].pop(path_of(document, CLAIM)), f"{CLAIM}: operation: is not in the provider's"),
]


@pytest.mark.parametrize(("change", "expected"), CONTRADICTIONS)
def test_a_contradiction_has_its_place(change: Change, expected: str) -> None:
    comparison = compared(change)
    (found,) = told(comparison, Kind.CONTRADICTED)
    assert found.startswith(expected)
    assert comparison.contradicts


AMOUNT = {"allOf": [{"$ref": "#/components/schemas/TotalAmount"}], "nullable": True}
EITHER = {"anyOf": [{"type": "string"}, {"type": "null"}]}
FROM_1 = {"type": "integer", "format": "int32", "exclusiveMinimum": 0}
FROM_1_IN_3_0 = {"type": "integer", "format": "int32", "minimum": 0, "exclusiveMinimum": True}
WORDS = {"type": "string", "enum": ["all", "none", "contract-holder"]}
PICKUP_CODE = {"type": "string", "pattern": r"\w+-(\w+)+-\w+"}
SAME: list[Change] = [
    prop("OrderLineEvent", "orderId", NULLABLE),
    prop("OrderLineEvent", "orderId", {"type": ["string", "null"]}),
    prop("OrderLineEvent", "orderId", EITHER),
    prop("Transaction", "amount", AMOUNT),
    component("parameters", "Page", schema=FROM_1_IN_3_0),
    component("parameters", "Page", schema=FROM_1),
    component("parameters", "IncludeConsumers", schema=WORDS),
    prop("ClaimPersonnelTicketRequest", "externalReference", PICKUP_CODE),
    behind_a_reference,
    with_a_base_path,
]


@pytest.mark.parametrize("change", SAME)
def test_what_means_the_same_is_confirmed(change: Change) -> None:
    comparison = compared(change)
    assert [each.sentence for each in comparison.findings if each.kind is not Kind.CONFIRMED] == []
    assert len(comparison.publishable) == 23


def test_what_we_lack_is_no_contradiction() -> None:
    comparison = compared(
        prop("ContractResponse", "zone", {"type": "string"}),
        prop("ConsumptionValidationResponse", "code", {"type": "integer"}),
        lambda document: document["components"]["schemas"]["ContractStatus"]["enum"].append("LOST"),
        lambda document: operation(document, REF)["responses"].pop("429"),
    )
    assert not comparison.contradicts
    assert told(comparison, Kind.LACKING) == {
        "ContractResponse: property: zone, string",
        'ContractStatus: values: "LOST"',
    }
    assert told(comparison, Kind.VAGUER) == {"ConsumptionValidationResponse.code: type: integer, not integer or string"}
    assert told(comparison, Kind.SILENT) == {f"{REF} 429: response: is not in the provider's file"}


def test_operations_are_found_by_likeness() -> None:
    def change(document: dict[str, Any]) -> None:
        operation(document, "getContracts")["operationId"] = "listAll"
        move(document, REF, "/customers/v2/benefits/contracts/by-external-ref/{ref}")
        operation(document, REF)["operationId"] = f"{REF}_1"

    comparison = compared(change)
    by = {match.ours.id: match.by for match in comparison.matches}
    assert (by["getContracts"], by[REF], by["claimPersonnelTicket"]) == ("method and path", "likeness", "operationId")
    assert told(comparison, Kind.NAMED) >= {"getContracts: operationId: listAll, not getContracts"}


def test_only_words_of_tags_are_written() -> None:
    text = "# a comment\r\na:\r\n  x-provenance:   'inferred' # why\r\nb: {x-provenance: inferred}\r\n"
    assert retagged(text, [("a",)], "published") == text.replace("'inferred'", "published")
    with pytest.raises(WriteError, match="by an anchor"):
        retagged("a: &a {x-provenance: inferred}\nb: *a\n", [("a",)], "published")
    with pytest.raises(WriteError, match="there is no b/x-provenance"):
        retagged("b: {}\n", [("b",)], "published")


def test_the_command_ends_with_a_code(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    document = tmp_path / "openapi.yaml"
    document.write_bytes((ROOT / "openapi.yaml").read_bytes())
    theirs = tmp_path / "theirs.yaml"
    published = as_published(our_document())
    theirs.write_text(yaml.safe_dump(published), encoding="utf-8")
    assert spec_drift.main([str(theirs), "--document", str(document), "--write", "--json"]) == spec_drift.AGREES
    report = json.loads(capsys.readouterr().out)
    assert (report["contradicts"], report["written"], len(report["publishable"])) == (False, True, 23)
    assert "x-provenance: inferred\n" not in document.read_text(encoding="utf-8")
    move(published, REF, "/elsewhere/{externalRef}")
    theirs.write_text(yaml.safe_dump(published), encoding="utf-8")
    assert spec_drift.main([str(theirs), "--document", str(document)]) == spec_drift.CONTRADICTS
    assert capsys.readouterr().out.endswith("\n\n1 contradiction.\n")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("<html></html>", "page of HTML"),
        ('{"swagger": "2.0"}', "Swagger 2.0"),
        ("a: 1", "no key openapi"),
        ("{", "no JSON"),
        ("openapi: 3.1.0\npaths: {/dogs: {get: {operationId: bark}}}", "none of our operations. It has 1: bark"),
    ],
)
def test_a_file_of_no_use_is_refused(
    text: str, message: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "theirs"
    file.write_text(text, encoding="utf-8")
    assert spec_drift.main([str(file)]) == spec_drift.UNREADABLE
    assert message in capsys.readouterr().err


@pytest.mark.parametrize(
    ("schema", "message"),
    [
        ({"$ref": "#/components/schemas/Gone"}, "leads nowhere"),
        ({"$ref": "other.yaml#/Thing"}, "leads out of the document"),
        ({"allOf": [{"$ref": "#/components/schemas/OrderLineEvent/properties/orderId"}]}, "consists of itself"),
    ],
)
def test_a_dead_reference_is_refused(schema: dict[str, Any], message: str) -> None:
    with pytest.raises(DocumentError, match=message):
        compared(prop("OrderLineEvent", "orderId", schema))


def test_plain_http_is_for_loopback_alone(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    body = json.dumps(as_published(our_document())).encode()

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None: ...

    with http.server.HTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.handle_request)
        thread.start()
        assert spec_drift.main([f"http://127.0.0.1:{server.server_port}/openapi.json"]) == spec_drift.AGREES
        thread.join(10)
    assert spec_drift.main(["http://127.0.0.1.example/openapi.json"]) == spec_drift.UNREADABLE
    assert "https alone is" in capsys.readouterr().err


def test_a_file_of_thousands_is_compared() -> None:
    """Within the time limit of a test: likeness is asked of what may be alike alone."""
    theirs = as_published(our_document())
    node = operation(theirs, "getContracts")
    for number in range(5000):
        theirs["paths"][f"/others/{number}/{{id}}"] = {"get": {**copy.copy(node), "operationId": f"getOther{number}"}}
    move(theirs, REF, "/customers/v2/benefits/contracts/by-external-ref/{ref}")
    operation(theirs, REF)["operationId"] = f"{REF}_1"  # found by likeness, among all of them
    assert compare(our_document(), theirs, name="theirs").total == 5005
