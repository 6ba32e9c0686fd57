"""What attrs and cattrs make of the models: keys that are names of the constructor, and values that come back."""

import copy
import datetime as dt
import pickle
from decimal import Decimal
from typing import Any

import attrs
import cattrs
import pytest
from contract_documents import CONTRACT, DOCUMENTS

import contracts_client
from contracts_client import Contract, InvalidArgumentError
from contracts_client.openapi.enums import OpenStr

MODELS = {name: getattr(contracts_client, name) for name in DOCUMENTS if hasattr(contracts_client, name)}


@attrs.define(kw_only=True)
class Noted(Contract):
    """A contract with a note of the user's own."""

    note: str = ""


def converter() -> cattrs.Converter:
    made = cattrs.Converter()
    for plain in (dt.datetime, Decimal):
        made.register_structure_hook(plain, lambda value, _: value)
    made.register_structure_hook_func(lambda kind: kind == int | str | None, lambda value, _: value)
    made.register_structure_hook_func(
        lambda kind: isinstance(kind, type) and issubclass(kind, OpenStr), lambda value, to: to(value)
    )
    return made


@pytest.mark.parametrize("name", MODELS)
def test_keys_are_names_of_the_constructor(name: str) -> None:
    """No key is private, and a model can be made of what attrs makes of it."""
    model = MODELS[name].from_dict({**DOCUMENTS[name], "next": 1})
    flat = attrs.asdict(model, recurse=False)
    assert flat["additional_properties"] == {"next": 1}
    assert not [key for key in flat if key.startswith("_")]
    assert MODELS[name](**flat) == model
    assert attrs.evolve(model, additional_properties={}).additional_properties == {}


@pytest.mark.parametrize("name", sorted({*MODELS} - {"ErrorBody"}))
def test_cattrs_reads_what_it_wrote(name: str) -> None:
    model = MODELS[name].from_dict({**DOCUMENTS[name], "next": 1})
    written = converter().unstructure(model)
    assert "additional_properties" in written
    assert "_additional_properties" not in repr(written)
    assert converter().structure(written, MODELS[name]) == model


def test_unknown_properties_can_be_left_out() -> None:
    """attrs' filters know the field."""
    without = attrs.filters.exclude(attrs.fields(Contract).additional_properties)
    assert "additional_properties" not in attrs.asdict(Contract.from_dict(CONTRACT), filter=without)


def test_a_user_s_class_has_clean_keys() -> None:
    noted = Noted.from_dict({**CONTRACT, "next": 1})
    noted.note = "call back"
    assert attrs.asdict(noted)["additional_properties"] == {"next": 1}
    assert attrs.evolve(noted, uuid="c-2").note == "call back"
    assert pickle.loads(pickle.dumps(noted)) == noted


@pytest.mark.parametrize(
    "copied",
    [copy.copy, copy.deepcopy, attrs.evolve, lambda model: pickle.loads(pickle.dumps(model))],
    ids=["copy", "deepcopy", "evolve", "pickle"],
)
def test_copies_share_no_unknown_properties(copied: Any) -> None:
    """Where there were none: what is added to the copy is not in the model, and the other way round."""
    model = Contract.from_dict(CONTRACT)
    made = copied(model)
    made.additional_properties["next"] = 1
    model.additional_properties["other"] = 2
    assert (model.additional_properties, made.additional_properties) == ({"other": 2}, {"next": 1})


def test_what_is_no_dict_is_still_refused() -> None:
    with pytest.raises(InvalidArgumentError, match="additional_properties"):
        contracts_client.Consumption(contract_uuid="c-1", customer_number=1, additional_properties=[])  # type: ignore[arg-type]
