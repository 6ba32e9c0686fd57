"""What models of any specification become beside JSON: types of pydantic, flat rows, texts for people."""

import json
import sys
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any, ClassVar

import pytest
from attrs import define
from contracts_client.openapi.forms.rows import table_of
from pydantic import TypeAdapter

from golden_package import Package

BOOK = {"title": "A", "sequel": {"title": "B", "parts": [{"title": "C"}]}, "wings": {"left": {"title": "D"}}}
COPY: dict[str, Any] = {
    "id": "6f309f36-c351-4d59-b2ce-69879956af85",
    "at": "2026-01-02T03:04:05+02:00",
    "price": "12.50",
    "count": 3,
    "genre": "FICTION",
    "rooms": [["a", "b"], []],
    "place": BOOK,
    "note": {"a": [1]},
    "reader": "c4narY",
    "floors": [0, 7],
}
ORDER: dict[str, Any] = {"title": "A", "first": "2026-01-02T03:04:05Z", "days": ["2026-01-02"], "place": 7, "weight": 1}


@pytest.fixture(scope="module")
def library() -> Any:
    name = "library_of_forms"
    yield Package(Path(__file__).resolve().parent / "expected", name).models
    for each in [each for each in sys.modules if each.partition(".")[0] == name]:
        del sys.modules[each]


@pytest.mark.parametrize(
    ("name", "document"), [("Book", BOOK), ("Copy", COPY), ("Order", ORDER), ("Prices", {"a": "1.50"})]
)
def test_pydantic_takes_every_shape(library: Any, name: str, document: dict[str, Any]) -> None:
    adapter = TypeAdapter[Any](getattr(library, name))
    assert adapter.dump_python(adapter.validate_python(document)) == document
    assert adapter.json_schema()["$defs" if name == "Book" else "type"]


def test_mutual_models_are_described(library: Any) -> None:
    """A book holds wings, which hold books: each is described once, whichever pydantic meets first."""
    for name in ("Book", "Shelf", "Copy"):
        described = TypeAdapter[Any](getattr(library, name)).json_schema()["$defs"]
        assert described["Book"]["properties"]["wings"]["$ref"] == "#/$defs/Wings"


def test_every_shape_becomes_a_row(library: Any) -> None:
    """Values of one type have a column of it; what has several is JSON text, and so is a map."""
    copy = library.Copy.from_dict({**COPY, "class": "soft", "next": 1})
    assert copy.to_row() == {
        "id": COPY["id"],
        "at": datetime(2026, 1, 2, 1, 4, 5, tzinfo=UTC),
        "price": Decimal("12.50"),
        "count": 3,
        "genre": "FICTION",
        "rooms": '[["a","b"],[]]',
        "place": json.dumps(BOOK, separators=(",", ":")),
        "note": '{"a":[1]}',
        "reader": "c4narY",
        "weight": None,
        "lent": None,
        "floors": [0, 7],
        "class_": "soft",
        "nothing": None,
        "additional_properties": '{"next":1}',
    }
    order = library.Order.from_dict({**ORDER, "prices": {"a": "1.50"}}).to_row()
    assert order["days"] == [date(2026, 1, 2)]
    assert (order["prices"], order["place"], order["weight"]) == ('{"a":"1.50"}', "7", 1.0)
    assert type(copy.to_row()["floors"][1]) is int


def test_a_model_in_itself_has_columns_once(library: Any) -> None:
    """A sequel has columns, its own sequel is JSON text, and parts are rows of one level."""
    row = library.Book.from_dict({**BOOK, "parts": [BOOK]}).to_row()
    assert (row["title"], row["sequel_title"]) == ("A", "B")
    assert row["sequel_parts"] == '[{"title":"C"}]'
    assert row["sequel_sequel"] is None
    assert [part["title"] for part in row["parts"]] == ["A"]
    assert json.loads(row["parts"][0]["sequel"]) == BOOK["sequel"]
    assert json.loads(row["wings"]) == BOOK["wings"]


def test_a_mask_reaches_what_is_text(library: Any) -> None:
    """A mask hides what is personal in the text of a union, and the unknown properties in it."""
    copy = library.Copy.from_dict({**COPY, "place": {**BOOK, "next": "c4narY"}})
    row = table_of(library.Copy).row(copy, lambda _: "***")
    hidden = {"additional_properties": "***"}
    assert json.loads(row["place"]) == {**BOOK, **hidden, "wings": hidden}
    assert row["reader"] == "***"
    assert "c4narY" not in repr(row)
    assert {each.name for each in table_of(library.Copy).columns if each.is_personal} == {
        "place",
        "reader",
        "additional_properties",
    }


def test_two_columns_of_one_name_are_kept(library: Any) -> None:
    """Two properties whose columns have one name keep both: the later one has another name."""

    @define(kw_only=True, repr=False)
    class Clash(library.Book):  # type: ignore[misc,name-defined] # a model made in a test
        sequel_title: str | None = None
        json_names: ClassVar[dict[str, str]] = {**library.Book.json_names, "sequelTitle": "sequel_title"}

    book = Clash(title="A", sequel=library.Book(title="B"), sequel_title="C")
    row = table_of(Clash).row(book)
    assert (row["sequel_title"], row["sequel_title_"]) == ("B", "C")
