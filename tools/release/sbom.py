"""A software bill of materials (CycloneDX, JSON) of what is installed with the package: what it needs, and its extras.

cyclonedx-py describes two environments: one with what the client needs, one with all extras. They become one document:
what the client needs is `required`, what only an extra brings is `optional`. It is the same wherever and whenever it is
made, for one Python: nothing in it is random, a time, or an address, which a registry's would be among.
"""

import json
import platform
from pathlib import Path
from typing import Any, cast

from tools.release.environments import REQUIREMENTS, ROOT, locked_environment, run

SPECIFICATION = "1.6"
ROOT_REFERENCE = "root-component"
VALIDATE = """
import sys
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator
with open(sys.argv[1], encoding="utf-8") as document:
    error = JsonStrictValidator(SchemaVersion.V1_6).validate_str(document.read())
sys.exit(str(error) if error else 0)
"""

Node = dict[str, Any]


def merge(required: Node, every: Node) -> Node:
    """Make one document of that of the client alone and that with all extras.

    Raises:
        ValueError: A component occurs in two versions.
    """
    needed = {cast("str", each["bom-ref"]) for each in required["components"]}
    components = [
        {**each, "scope": "required" if each["bom-ref"] in needed else "optional"} for each in every["components"]
    ]
    if strays := needed - {each["bom-ref"] for each in components}:
        raise ValueError(f"With the extras, other versions are installed of: {', '.join(sorted(strays))}")
    edges = {each["ref"]: each for each in every["dependencies"]}
    edges |= {each["ref"]: each for each in required["dependencies"] if each["ref"] != ROOT_REFERENCE}
    return {**required, "components": components, "dependencies": [edges[ref] for ref in sorted(edges)]}


def without_addresses(node: Any) -> Any:
    """Leave out where things are to be found."""
    if isinstance(node, dict):
        items = cast("Node", node).items()
        return {key: without_addresses(value) for key, value in items if key != "externalReferences"}
    if isinstance(node, list):
        return [without_addresses(each) for each in cast("list[object]", node)]
    return node


def describe(document: Node, version: str, digests: dict[str, str]) -> Node:
    """Say in a document what it is the bill of."""
    component: Node = document["metadata"]["component"]
    properties = [{"name": f"contracts-client:sha256:{name}", "value": digest} for name, digest in digests.items()]
    component = {
        **component,
        "version": version,
        "purl": f"pkg:pypi/{component['name']}@{version}",
        "properties": sorted(properties, key=lambda each: each["name"]),
    }
    return {**document, "metadata": {**document["metadata"], "component": component}}


def inventory(tools: Path, lock: str) -> Node:
    """Let cyclonedx-py describe what a lock file names."""
    python = locked_environment(f"{lock}-{platform.python_version()}", REQUIREMENTS / f"{lock}.txt")
    command = [str(tools), "-m", "cyclonedx_py", "environment", "--output-reproducible", "--mc-type", "library"]
    command += ["--spec-version", SPECIFICATION, "--pyproject", str(ROOT / "pyproject.toml"), str(python)]
    document: Node = json.loads(run(command, capture=True))
    # The budgets measure the package in the same environment.
    document["components"] = [each for each in document["components"] if each["name"] != "contracts-client"]
    return document


def write_sbom(path: Path, tools: Path, version: str, digests: dict[str, str]) -> None:
    """Write the bill of materials, validated."""
    document = merge(inventory(tools, "runtime"), inventory(tools, "extras"))
    document = describe(without_addresses(document), version, digests)
    path.write_text(json.dumps(document, indent=2, sort_keys=True) + "\n", encoding="utf-8")
    run([str(tools), "-c", VALIDATE, str(path)])
