"""The walk of docs/checking-against-the-provider.md, in a copy of the repository: to correct openapi.yaml is enough.

The provider's file contradicts three inferences: a path, the name of an array, and the types of two identifiers.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from provider_file import as_published, move, our_document, rename

ROOT = Path(__file__).resolve().parents[2]
COPIED = ("contracts_client", "custom_templates", "tools", "generator-config.yaml", "openapi.yaml", "pyproject.toml")

# What a person edits, having read the report.
CORRECTIONS = {
    "  /customers/v2/benefits/contracts/{externalRef}/by-external-ref:\n": (
        "  /customers/v2/benefits/contracts/by-external-ref/{externalRef}:\n"
    ),
    "      required: [items]\n      properties:\n        items:\n": (
        "      required: [contracts]\n      properties:\n        contracts:\n"
    ),
    "        items: items\n": "        items: contracts\n",  # of x-pagination
    "        organisationId:\n          type: integer\n          format: int64\n": (
        "        organisationId:\n          type: string\n"
    ),
    "        orderId:\n          type: string\n": (
        "        orderId:\n          type: integer\n          format: int64\n"
    ),
}

# Fifteen differences at once: in paths, names, types, nullability, a media type, a value and an operation.
_ERROR = "          $ref: '#/components/headers/CorrelationId'\n      content:\n        application/json:\n"
_REFUSED = "      description: The request is malformed, or a rule of the API forbids it.\n"
_REST = "      x-provenance: inferred\n      x-provenance-note: published for the claim operation\n      headers:\n"
_NEW_OPERATION = """\
  /customers/v2/benefits/contracts/{uuid}/history:
    parameters:
      - $ref: '#/components/parameters/ClientName'
      - $ref: '#/components/parameters/CorrelationId'
    get:
      operationId: getContractHistory
      x-provenance: published
      tags: [Contracts client]
      summary: List the events of a contract
      description: Answers the order line events of a contract.
      security:
        - bearerAuth: []
      parameters:
        - name: uuid
          in: path
          required: true
          description: The contract.
          x-provenance: published
          schema:
            type: string
      responses:
        '200':
          description: The events.
          x-provenance: published
          headers:
            X-Correlation-Id:
              $ref: '#/components/headers/CorrelationId'
          content:
            application/json:
              schema:
                type: array
                items:
                  $ref: '#/components/schemas/OrderLineEvent'
        '400':
          $ref: '#/components/responses/BadRequest'
        '401':
          $ref: '#/components/responses/Unauthorized'
        '500':
          $ref: '#/components/responses/InternalServerError'

"""
_CONSUMERS = "/benefits/contract-consumers/{customerNumber}/contracts:\n"
FIFTEEN = CORRECTIONS | {
    "  /customers/v2/benefits/contracts/claim-personnel-ticket:\n": "  /customers/v2/benefits/tickets/claim:\n",
    f"  /customers/v2{_CONSUMERS}": f"{_NEW_OPERATION}  /customers/v3{_CONSUMERS}",
    "        perPage: perPage\n": "        perPage: size\n",  # of x-pagination
    "      name: perPage\n": "      name: size\n",
    "        languageCode:\n": "        lang:\n",
    "        orderLineId:\n          type: string\n": "        orderLineId:\n          type: integer\n",
    "        externalRef:\n          type: string\n": "        externalRef:\n          type: [string, 'null']\n",
    "        parent:\n          type: string\n": "        parent:\n          type: [string, 'null']\n",
    "        - lastChangedBy\n": "",
    "CANCELLED, MISUSED]": "CANCELLED, MISUSED, SUSPENDED]",
    f"{_REFUSED}{_REST}        X-Correlation-Id:\n{_ERROR}": (
        f"{_REFUSED}{_REST}        X-Correlation-Id:\n{_ERROR.replace('/json', '/problem+json')}"
    ),
}

_EXAMPLE = "          x-provenance-note: the type is inferred from an example\n          schema:\n"
_NEXT = "        - name: sortBy\n"

LEFT_TO_HANDS = ["last_changed_by", "LocalizedTextProperties"]

# Works with the corrected types alone.
USER = """
from contracts_client import ContractsClient


async def numbers(client: ContractsClient) -> list[int]:
    page = await client.list_contracts()
    organisations: list[str] = [contract.organisation_id for contract in page.items]
    assert organisations
    events = [event for contract in page.items for event in contract.order_line_events or []]
    return [event.order_id for event in events if event.order_id is not None]
"""

# Works with the corrected sandbox and the corrected facade alone.
SESSION = """
import asyncio, json, urllib.request
from contracts_client import ContractsClient
from contracts_client.sandbox import Sandbox


async def main():
    with Sandbox(contracts=60) as sandbox:
        paths = []

        class Watch:
            def call_started(self, call): paths.append(call.path_template)
            def __getattr__(self, name): return lambda *_: None

        async def token(): return sandbox.issue_token()

        async with ContractsClient("acme-ticketshop", auth=token, base_url=sandbox.url, strict=True) as client:
            seen = [each async for each in client.list_contracts(per_page=25, include_order_line_events=True)]
            page = await client.list_contracts(per_page=25)
            one = await client.get_contract(seen[0].uuid)
            code = next(each.external_ref for each in seen if each.external_ref)
            same = await client.list_contracts_by_external_ref(code).collect()
        request = urllib.request.Request(
            sandbox.url + "/customers/v2/benefits/contracts?perPage=1",
            headers={"ET-Client-Name": "acme-ticketshop", "Authorization": "Bearer " + sandbox.issue_token()},
        )
        wire = json.load(urllib.request.urlopen(request, timeout=10))
    events = [event for each in seen for event in each.order_line_events or []]
    print(json.dumps({
        "listed": len(seen),
        "page": [len(page.items), page.total_items],
        "found": one.uuid == seen[0].uuid and bool(same) and {each.external_ref for each in same} == {code},
        "organisation": sorted({type(each.organisation_id).__name__ for each in seen}),
        "order": sorted({type(each.order_id).__name__ for each in events}),
        "wire": sorted(wire),
    }))


asyncio.run(main())
"""


class Copy:
    """A copy of the repository, apart from what it is not needed for."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.document = folder / "openapi.yaml"
        for name in COPIED:
            source = ROOT / name
            if source.is_dir():
                shutil.copytree(source, folder / name, ignore=shutil.ignore_patterns("__pycache__", "node_modules"))
            else:
                shutil.copyfile(source, folder / name)

    def edit(self, *changes: tuple[str, str]) -> None:
        text = self.document.read_text(encoding="utf-8")
        for old, new in changes:
            assert text.count(old) == 1, old
            text = text.replace(old, new)
        self.document.write_text(text, encoding="utf-8")

    def run(self, *arguments: str, code: int = 0) -> str:
        """Run Python in the copy, which finds the copy's own package, and return what it prints."""
        # Untraced: what is run of the copy tells nothing about the package.
        environment = {name: value for name, value in os.environ.items() if not name.startswith("COVERAGE")}
        done = subprocess.run(
            [sys.executable, *arguments],
            cwd=self.folder,
            env={**environment, "PYTHONPATH": str(self.folder), "PYTHONDONTWRITEBYTECODE": "1", "NO_COLOR": "1"},
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
        )
        assert done.returncode == code, done.stdout + done.stderr
        return done.stdout

    def type_errors(self, *more: str) -> list[str]:
        """What mypy says of the package."""
        command = ["-m", "mypy", "--strict", "--no-error-summary", "--cache-dir", str(self.folder / ".mypy_cache")]
        code = 1 if more == ("fails",) else 0
        files = [] if code else list(more)
        return self.run(*command, "contracts_client", *files, code=code).splitlines()


@pytest.fixture
def copy(tmp_path: Path) -> Copy:
    folder = tmp_path / "copy"
    folder.mkdir()
    return Copy(folder)


@pytest.fixture
def provider(tmp_path: Path) -> Path:
    document = our_document()
    move(document, "getContractsByExternalRef", "/customers/v2/benefits/contracts/by-external-ref/{externalRef}")
    rename(document, "ContractPageResponse", "items", "contracts")
    schemas = document["components"]["schemas"]
    schemas["ContractResponse"]["properties"]["organisationId"] = {"type": "string"}
    schemas["OrderLineEvent"]["properties"]["orderId"] = {"type": "integer", "format": "int64"}
    file = tmp_path / "provider.json"
    file.write_text(json.dumps(as_published(document)), encoding="utf-8")
    return file


@pytest.mark.timeout(240)
def test_a_correction_moves_what_follows(copy: Copy, provider: Path) -> None:
    drift = ("-m", "tools.spec.drift", str(provider))
    contradictions = copy.run(*drift, code=1).partition("Contradicts us (4)\n")[2]
    for subject in (
        "getContractsByExternalRef: method and path: GET /customers/v2/benefits/contracts/by-external-ref/",
        "ContractPageResponse.items: name: contracts (by its likeness), not items",
        "ContractResponse.organisationId: type: string, not integer (int64)",
        "OrderLineEvent.orderId: type: integer (int64), not string",
    ):
        assert subject in contradictions

    copy.edit(*CORRECTIONS.items())
    corrected = copy.document.read_text(encoding="utf-8")
    assert "No contradictions." in copy.run(*drift, "--write")
    written = copy.document.read_text(encoding="utf-8")
    changed = [pair for pair in zip(corrected.splitlines(), written.splitlines(), strict=True) if pair[0] != pair[1]]
    assert {(old.strip(), new.strip()) for old, new in changed} == {
        ("x-provenance: inferred", "x-provenance: published")
    }
    assert len(changed) == 23

    assert copy.run("-m", "tools.spec.lint", "openapi.yaml") == ""
    copy.run("-m", "tools.generate.write")
    copy.run("-m", "tools.generate.write", "--check")
    (copy.folder / "user.py").write_text(USER, encoding="utf-8")
    assert copy.type_errors("user.py") == []
    (copy.folder / "session.py").write_text(SESSION, encoding="utf-8")
    assert json.loads(copy.run("session.py")) == {
        "listed": 60,
        "page": [25, 60],
        "found": True,
        "organisation": ["str"],
        "order": ["int"],
        "wire": ["contracts", "totalItems", "totalPages"],
    }


@pytest.mark.timeout(240)
def test_fifteen_corrections_in_one_file(copy: Copy, tmp_path: Path) -> None:
    before = copy.document.read_text(encoding="utf-8")
    copy.edit(*FIFTEEN.items())
    provider = tmp_path / "provider.json"
    provider.write_text(json.dumps(as_published(yaml.safe_load(copy.document.read_text(encoding="utf-8")))), "utf-8")
    corrected = copy.document.read_text(encoding="utf-8")
    copy.document.write_text(before, encoding="utf-8")
    drift = ("-m", "tools.spec.drift", str(provider))
    assert "Contradicts us (11)" in copy.run(*drift, code=1)

    copy.document.write_text(corrected, encoding="utf-8")
    assert "No contradictions." in copy.run(*drift, "--write")
    assert copy.run("-m", "tools.spec.lint", "openapi.yaml") == ""
    copy.run("-m", "tools.generate.write")
    # What is left to be edited by hand: a value that may be missing now, and a keyword that has another name.
    assert [error.split(": error: ")[1].split('"')[1] for error in copy.type_errors("fails")] == LEFT_TO_HANDS
    (copy.folder / "session.py").write_text(SESSION.replace("?perPage=1", "?size=1"), encoding="utf-8")
    done = json.loads(copy.run("session.py"))
    assert (done["listed"], done["found"], done["wire"]) == (60, True, ["contracts", "totalItems", "totalPages"])


@pytest.mark.timeout(120)
def test_type_checkers_point_at_the_facade(copy: Copy) -> None:
    copy.edit(
        ("        - name: contractHolder\n", "        - name: holder\n"),
        (
            _EXAMPLE + "            type: integer\n            format: int64\n" + _NEXT,
            _EXAMPLE + "            type: string\n" + _NEXT,
        ),
    )
    copy.run("-m", "tools.generate.write")
    errors = copy.type_errors("fails")
    lines = (copy.folder / "contracts_client" / "client.py").read_text(encoding="utf-8").splitlines()
    pointed = [error.split(":") for error in errors if ": error:" in error]
    assert {name for name, *_ in pointed} == {"contracts_client/client.py"}
    sources = {lines[int(line) - 1].strip() for _, line, *_ in pointed}
    assert sources & {"contract_holder=holder,", "return get_contracts("}
    assert "organisation_id=organisation_id," in sources
