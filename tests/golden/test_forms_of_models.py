"""What models of any specification become beside JSON: types of pydantic, flat rows, texts for people."""

import sys
from pathlib import Path
from typing import Any

import pytest
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
        assert described["Book"]["properties"]["wings"] == {"$ref": "#/$defs/Wings"}
