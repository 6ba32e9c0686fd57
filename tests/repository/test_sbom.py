"""The bill of materials says what is needed and what an extra brings, and is the same each time."""

from typing import Any

import pytest

from tools.release import sbom

Node = dict[str, Any]


def document(components: list[str], dependencies: dict[str, list[str]]) -> Node:
    return {
        "components": [{"bom-ref": ref, "name": ref.partition("==")[0]} for ref in components],
        "dependencies": [{"ref": ref, "dependsOn": needed} for ref, needed in dependencies.items()],
        "metadata": {"component": {"name": "contracts-client", "bom-ref": sbom.ROOT_REFERENCE}},
    }


REQUIRED = document(["httpx==1", "h11==1"], {"root-component": ["httpx==1"], "httpx==1": ["h11==1"]})
EVERY = document(
    ["httpx==1", "h11==1", "rich==1"],
    # rich is an extra of httpx too, which nobody asked for.
    {"root-component": ["httpx==1", "rich==1"], "httpx==1": ["h11==1", "rich==1"], "rich==1": []},
)


def test_what_only_an_extra_brings_is_optional() -> None:
    scopes = {each["name"]: each["scope"] for each in sbom.merge(REQUIRED, EVERY)["components"]}
    assert scopes == {"httpx": "required", "h11": "required", "rich": "optional"}


def test_what_is_required_depends_on_what_is_required_alone() -> None:
    edges = {each["ref"]: each["dependsOn"] for each in sbom.merge(REQUIRED, EVERY)["dependencies"]}
    assert edges == {"root-component": ["httpx==1", "rich==1"], "httpx==1": ["h11==1"], "rich==1": []}


def test_two_versions_of_one_component_are_refused() -> None:
    with pytest.raises(ValueError, match="other versions are installed of: h11==2"):
        sbom.merge(document(["h11==2"], {}), EVERY)


def test_no_address_is_left() -> None:
    found = sbom.without_addresses({"a": [{"externalReferences": [{"url": "https://example.org"}], "name": "b"}]})
    assert found == {"a": [{"name": "b"}]}


def test_the_bill_says_what_it_is_of() -> None:
    component = sbom.describe(REQUIRED, "1.0", {"b.whl": "22", "a.tar.gz": "11"})["metadata"]["component"]
    assert component["purl"] == "pkg:pypi/contracts-client@1.0"
    assert [each["value"] for each in component["properties"]] == ["11", "22"]
