"""Every valid document is read and written back in each of its spellings; every broken one is named by its place."""

from __future__ import annotations

import copy
import importlib
import json
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from strategies import Place, Schemas, replaced, without, wrong_values

from contracts_client._generated import models
from contracts_client.openapi.errors import DecodeError

ROOT = importlib.import_module("tools.generate.write").ROOT
SCHEMAS = Schemas(ROOT / "openapi.yaml")
OVERRIDES = importlib.import_module("yaml").safe_load((ROOT / "generator-config.yaml").read_text())["class_overrides"]
BOUNDED = settings(max_examples=25, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
FULL = {schema: SCHEMAS.full(SCHEMAS.all[schema]) for schema in SCHEMAS.objects}


def model(schema: str) -> Any:
    return getattr(models, OVERRIDES.get(schema, {}).get("class_name", schema))


def places(schema: str) -> list[Place]:
    return list(SCHEMAS.places(SCHEMAS.all[schema], FULL[schema]))


@pytest.mark.parametrize("schema", SCHEMAS.objects)
@BOUNDED
@given(data=st.data())
def test_a_valid_document_keeps_its_meaning(schema: str, data: st.DataObject) -> None:
    document = data.draw(SCHEMAS.documents(schema))
    before = copy.deepcopy(document)
    made = model(schema).from_dict(document)
    assert document == before, "from_dict() changed what it was given"
    written = json.loads(json.dumps(made.to_dict()))
    assert SCHEMAS.canonical(SCHEMAS.all[schema], written) == SCHEMAS.canonical(SCHEMAS.all[schema], document)
    again = model(schema).from_dict(written)
    assert again == made
    assert again.to_dict() == written


@pytest.mark.parametrize("schema", SCHEMAS.objects)
def test_everything_leaves_nothing_unknown(schema: str) -> None:
    made = model(schema).from_dict(FULL[schema])
    assert made.additional_properties == {}
    assert made.to_dict() == FULL[schema]
    assert set(made.json_names) == set(SCHEMAS.all[schema]["properties"])


@pytest.mark.parametrize("schema", SCHEMAS.strict)
def test_a_wrong_type_names_its_place(schema: str) -> None:
    for place in places(schema):
        for value in wrong_values(place.schema):
            with pytest.raises(DecodeError) as caught:
                model(schema).from_dict(replaced(FULL[schema], place.steps, value))
            assert caught.value.path == place.path, (place.path, value)
            assert caught.value.found != "nothing"
            if isinstance(value, str) and len(value) > 3:
                assert value not in f"{caught.value.expected} {caught.value.found}"


@pytest.mark.parametrize("schema", SCHEMAS.strict)
def test_a_missing_property_names_its_place(schema: str) -> None:
    for place in places(schema):
        if place.required:
            for document in (without(FULL[schema], place.steps), replaced(FULL[schema], place.steps, None)):
                with pytest.raises(DecodeError) as caught:
                    model(schema).from_dict(document)
                assert (caught.value.path, caught.value.found) == (place.path, "nothing")


@pytest.mark.parametrize("schema", SCHEMAS.objects)
def test_an_optional_property_may_be_missing(schema: str) -> None:
    for place in places(schema):
        if place.steps and isinstance(place.steps[-1], str) and not place.required:
            absent = model(schema).from_dict(without(FULL[schema], place.steps))
            assert model(schema).from_dict(replaced(FULL[schema], place.steps, None)) == absent, place.path


@pytest.mark.parametrize("schema", SCHEMAS.strict)
def test_null_in_an_array_is_named(schema: str) -> None:
    for place in places(schema):
        if place.steps and isinstance(place.steps[-1], int) and place.schema.get("type"):
            with pytest.raises(DecodeError) as caught:
                model(schema).from_dict(replaced(FULL[schema], place.steps, None))
            assert (caught.value.path, caught.value.found) == (place.path, "nothing")


@pytest.mark.parametrize("schema", [name for name in SCHEMAS.objects if name not in SCHEMAS.strict])
@BOUNDED
@given(data=st.data())
def test_a_lenient_model_takes_any_object(schema: str, data: st.DataObject) -> None:
    names = st.sampled_from(sorted(SCHEMAS.all[schema]["properties"]))
    values = st.sampled_from([None, 7, 1.5, True, "x", [], {}, [7], {"a": None}, 2**70, ""])
    document = data.draw(st.dictionaries(names, values))
    written = model(schema).from_dict(document).to_dict()
    assert written == {name: value for name, value in document.items() if value is not None}
