"""What makes test data follows the specification: it serves this one as it is, with every construct there is."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from contracts_client.testing.data.models import made_by
from contracts_client.testing.data.random_documents import RandomDocuments
from contracts_client.testing.data.schemas import Schemas
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from judged_by_schema import faults
from tools.generate.prepare import prepared

from golden_package import CONFIG, DOCUMENT, Package

SPECIFICATION = yaml.safe_load(DOCUMENT.read_text(encoding="utf-8"))
OVERRIDES = yaml.safe_load(CONFIG.read_text(encoding="utf-8"))["class_overrides"]
NAMES = prepared(SPECIFICATION, OVERRIDES).schema_names
SCHEMAS = Schemas(SPECIFICATION, NAMES)
MODELS = [
    name
    for name, schema in NAMES.items()
    if not {"properties", "additionalProperties", "allOf"}.isdisjoint(SPECIFICATION["components"]["schemas"][schema])
]
BOUNDED = settings(max_examples=15, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))


@pytest.fixture(scope="module")
def package(everything: Path) -> Package:
    return Package(everything, "generated_for_data")


def test_models_know_their_schemas(package: Package) -> None:
    names: dict[str, str] = package.module("schemas").SCHEMA_NAMES
    assert set(names) - set(MODELS) == {"ShelvesResponse200"}  # it stands within an operation
    assert names["FoundThing2"] == NAMES["FoundThing2"] == "lost.and-found"


@pytest.mark.parametrize("full", [False, True], ids=["required", "full"])
@pytest.mark.parametrize("name", MODELS)
def test_built_models_are_valid(package: Package, *, name: str, full: bool) -> None:
    made: Any = made_by(SCHEMAS, getattr(package.models, name), 3, {}, full=full)
    written = made.to_dict()
    assert faults(SPECIFICATION, NAMES[name], written) == []
    assert type(made).from_dict(written) == made
    if full:
        assert {made.json_names[each] for each in written} == set(made.json_names.values()) - {"nothing"}


@pytest.mark.parametrize("name", MODELS)
@BOUNDED
@given(data=st.data())
def test_what_is_drawn_is_valid_and_read(package: Package, name: str, data: st.DataObject) -> None:
    model: Any = getattr(package.models, name)
    document = data.draw(RandomDocuments(SCHEMAS).of(SCHEMAS.of(model)))
    assert faults(SPECIFICATION, NAMES[name], document) == []
    made = model.from_dict(document)
    assert model.from_dict(made.to_dict()) == made


def test_keyword_arguments_are_properties(package: Package) -> None:
    keywords = package.module("schemas")
    for name in MODELS:
        known = set(getattr(package.models, name).json_names.values())
        assert set(getattr(keywords, f"{name}Properties").__annotations__) == known | {"additional_properties"}
