"""The rules of tools/spec/redocly.yaml hold for the small document, and can fail. They need `make tools`."""

import json
import os
import subprocess
from pathlib import Path

import pytest

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
REDOCLY = ROOT / "tools" / "npm" / "node_modules" / ".bin" / "redocly"
SMALL = HERE / "small_document.yaml"
BROKEN = {
    "no-unused-components": ("$ref: '#/components/schemas/Kind'", "type: string"),
    "operation-operationId": ("      operationId: getThings\n", ""),
    "operation-operationId-unique": ("operationId: sendThing", "operationId: getThings"),
    "operation-summary": ("      summary: List things\n", ""),
    "operation-description": ("      description: One page of things.\n", ""),
    "operation-tag-defined": ("tags: [Things]", "tags: [Others]"),
    "tag-description": ("description: Things., ", ""),
    "parameter-description": ("          description: Which page.\n", ""),
    "operation-4xx-response": ("        '400': { $ref: '#/components/responses/Failed' }\n", ""),
    "operation-singular-tag": ("tags: [Things]", "tags: [Things, Things]"),
    "rule/operation-has-a-tag": ("tags: [Things]", "tags: []"),
    "no-empty-servers": ("  - { url: https://api.example.org, description: Nowhere, x-provenance: inferred }", "  []"),
    "rule/server-is-https": ("https://api.example.org", "http://api.example.org"),
    "rule/operation-has-security": ("      security: [{ bearerAuth: [] }]\n", ""),
    "security-defined": ("security: [{ bearerAuth: [] }]", "security: [{ other: [] }]"),
    "rule/body-has-schema": (
        "              schema: { $ref: '#/components/schemas/Page' }",
        "              example: {}",
    ),
    "response-contains-header": ("            X-Correlation-Id: {", "            Other: {"),
    "no-unresolved-refs": ("#/components/schemas/Kind'", "#/components/schemas/Nothing'"),
}

pytestmark = pytest.mark.skipif(not REDOCLY.exists(), reason="needs the npm packages: make tools")


def rules_broken_by(document: Path) -> set[str]:
    # npm's programs find their node on PATH, and it may be the one in the virtual environment.
    node = ROOT / ".venv" / "bin"
    environment = os.environ | {"PATH": f"{node}{os.pathsep}{os.environ['PATH']}", "REDOCLY_TELEMETRY": "off"}
    command = [REDOCLY, "lint", "--config", ROOT / "tools" / "spec" / "redocly.yaml", "--format", "json", document]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    return {problem["ruleId"] for problem in json.loads(done.stdout)["problems"]}


def test_the_small_document_breaks_no_rule() -> None:
    assert rules_broken_by(SMALL) == set()


@pytest.mark.parametrize(("rule", "change"), BROKEN.items(), ids=BROKEN.keys())
def test_a_broken_document_breaks_the_rule(rule: str, change: tuple[str, str], tmp_path: Path) -> None:
    text = SMALL.read_text(encoding="utf-8")
    assert change[0] in text
    broken = tmp_path / "broken.yaml"
    broken.write_text(text.replace(*change), encoding="utf-8")
    assert rule in rules_broken_by(broken)
