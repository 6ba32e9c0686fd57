"""What makes test data follows the specification: it serves this one as it is, with every construct there is."""

from __future__ import annotations

from typing import Any

import pytest
import yaml
from contracts_client.testing.data.models import made_by
from contracts_client.testing.data.random_documents import RandomDocuments
from contracts_client.testing.data.schemas import Schemas
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from judged_by_schema import faults

from golden_package import DOCUMENT, Package

PACKAGE = Package("golden_for_data")
SPECIFICATION = yaml.safe_load(DOCUMENT.read_text(encoding="utf-8"))
NAMES: dict[str, str] = PACKAGE.module("schemas").SCHEMA_NAMES
SCHEMAS = Schemas(SPECIFICATION, NAMES)
# The other one stands within an operation.
MODELS = [name for name, schema in NAMES.items() if schema in SCHEMAS.all]
BOUNDED = settings(max_examples=15, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))


def test_all_models_but_one_are_of_schemas_that_have_a_name() -> None:
    assert set(NAMES) - set(MODELS) == {"ShelvesResponse200"}
    assert NAMES["FoundThing2"] == "lost.and-found"


@pytest.mark.parametrize("full", [False, True], ids=["required", "full"])
@pytest.mark.parametrize("name", MODELS)
def test_what_is_built_is_valid_and_comes_back_from_json_as_it_was(name: str, full: bool) -> None:  # noqa: FBT001
    made: Any = made_by(SCHEMAS, getattr(PACKAGE.models, name), 3, {}, full=full)
    written = made.to_dict()
    assert faults(SPECIFICATION, NAMES[name], written) == []
    assert type(made).from_dict(written) == made
    if full:
        assert {made.json_names[each] for each in written} == set(made.json_names.values()) - {"nothing"}


@pytest.mark.parametrize("name", MODELS)
@BOUNDED
@given(data=st.data())
def test_what_is_drawn_is_valid_and_read(name: str, data: st.DataObject) -> None:
    model: Any = getattr(PACKAGE.models, name)
    document = data.draw(RandomDocuments(SCHEMAS).of(SCHEMAS.of(model)))
    assert faults(SPECIFICATION, NAMES[name], document) == []
    made = model.from_dict(document)
    assert model.from_dict(made.to_dict()) == made


def test_the_keyword_arguments_are_the_properties() -> None:
    keywords = PACKAGE.module("schemas")
    for name in NAMES:
        known = set(getattr(PACKAGE.models, name).json_names.values())
        assert set(getattr(keywords, f"{name}Properties").__annotations__) == known | {"additional_properties"}
