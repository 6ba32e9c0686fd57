"""Models in a terminal and a notebook: in lines, with what the repr shows and no more."""

import pickle
import sys
from html.parser import HTMLParser
from typing import Any, get_type_hints

import attrs
import pytest
from contract_documents import CONTRACT, DOCUMENTS, SMALL_CONTRACT
from rich.pretty import pretty_repr

import contracts_client
from contracts_client import Contract, ContractPage
from contracts_client.openapi.forms.display import MAX_ITEMS

CANARY = "c4narY"
CANARY_NUMBER = 47110815
MODELS = {name: getattr(contracts_client, name) for name in DOCUMENTS if hasattr(contracts_client, name)}
PERSONAL = {
    **CONTRACT,
    "externalRef": CANARY,
    "contractConsumers": [{"customerNumber": CANARY_NUMBER, "customerRef": CANARY, "isContractHolder": True}],
    "subContracts": [{**SMALL_CONTRACT, "externalRef": CANARY, "next": CANARY}],
    "next": {CANARY: CANARY_NUMBER},
}


class Cells(HTMLParser):
    """The texts of a document, whose elements are closed in order."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.texts: list[str] = []
        self._open: list[str] = []
        self.feed(html)
        self.close()
        assert self._open == []

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.texts.append(data)


@pytest.mark.parametrize("name", MODELS)
def test_a_notebook_shows_the_repr_s_values(name: str) -> None:
    model = MODELS[name].from_dict({**DOCUMENTS[name], "next": 1})
    texts = Cells(model._repr_html_()).texts
    assert texts[0] == name
    assert texts[-1] == "<1 unknown>"
    assert all(each.name in texts for each in attrs.fields(type(model)) if f"{each.name}=" in repr(model))


def test_rich_breaks_lines() -> None:
    lines = pretty_repr(Contract.from_dict(PERSONAL), max_width=80).splitlines()
    assert lines[0] == "Contract("
    assert "    uuid='c-1'," in lines
    assert "    created_at=2026-03-01T08:30:00+00:00," in lines
    assert "    external_ref=***," in lines
    assert lines[-2:] == ["    <1 unknown>", ")"]


@pytest.mark.parametrize("shown", [repr, pretty_repr, lambda model: model._repr_html_()], ids=["repr", "rich", "html"])
def test_nothing_personal_is_shown(shown: Any) -> None:
    """Neither of a model, nor of one in a list or a page, nor of an unknown property."""
    contract = Contract.from_dict(PERSONAL)
    for model in (contract, ContractPage(items=[contract] * 3)):
        assert CANARY not in shown(model)
        assert str(CANARY_NUMBER) not in shown(model)
        assert "***" in shown(model)


def test_a_value_is_escaped_and_cut() -> None:
    contract = Contract.from_dict({**SMALL_CONTRACT, "parent": "<script>" + "x" * 200})
    html = contract._repr_html_()
    assert "<script>" not in html
    assert "&lt;script&gt;" in html
    assert "x" * 100 not in html
    assert "x" * 100 not in pretty_repr(contract)
    error = contracts_client.ErrorBody.from_dict({"status": 400})
    error.error = {"a": CANARY}  # type: ignore[assignment] # as an unknown shape would be
    assert "<1 properties>" in pretty_repr(error)


def test_a_long_list_is_cut_in_a_notebook() -> None:
    page = ContractPage(items=[Contract.from_dict(SMALL_CONTRACT)] * (MAX_ITEMS + 2))
    texts = Cells(page._repr_html_()).texts
    assert f"{MAX_ITEMS + 2} items" in texts
    assert "... 2 more" in texts
    assert texts.count("Contract") == MAX_ITEMS


@pytest.mark.parametrize("name", [*MODELS, "ContractStatus", "LoyaltyProgramType"])
def test_a_model_is_where_users_import_it(name: str) -> None:
    """In texts and pickles it is contracts_client.Contract, and its annotations are still resolved."""
    kind = getattr(contracts_client, name)
    assert repr(kind) == f"<class 'contracts_client.{name}'>"
    assert pickle.loads(pickle.dumps(kind)) is kind
    assert b"contracts_client" in pickle.dumps(kind)
    assert b"_generated" not in pickle.dumps(kind)
    assert get_type_hints(kind)
    assert getattr(sys.modules[kind.__module__], name) is kind


def test_a_pickle_of_former_days_is_read() -> None:
    """The modules in which the classes are made have them as before."""
    kind = pickle.loads(b"ccontracts_client._generated.models.contract\nContract\n.")
    assert kind is Contract
