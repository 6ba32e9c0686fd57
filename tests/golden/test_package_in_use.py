"""A generated package does its work, with either parser: the templates serve any specification."""

from __future__ import annotations

import copy
import functools
import json
import math
import pickle
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import UUID

import attrs
import pytest
from contracts_client.openapi import fast
from contracts_client.schema_drift import find_drift

from golden_package import PARSERS, Package, answer

ID = "6f309f36-c351-4d59-b2ce-69879956af85"
BOOK: dict[str, Any] = {"title": "A tale", "stock": {"shelf 1": 3}}
COPY: dict[str, Any] = {
    "id": ID,
    "text": "Sigrid",
    "day": "2026-01-02",
    "at": "2026-01-02T03:04:05Z",
    "price": "12.50",
    "small": -1,
    "large": 2**63 - 1,
    "weight": 1.5,
    "lent": False,
    "genre": "non-fiction",
    "floor": -1,
    "book": BOOK,
    "tags": ["a", "", "blåbær"],
    "table": [[1, 2], [], [3]],
}
EDITION: dict[str, Any] = {"language": "nb", "speaker": "Sigrid", "year": 2026, "floor": 0, "price": "9.90"}
# A full document of each model, as to_dict() writes it.
DOCUMENTS: dict[str, dict[str, Any]] = {
    "copy": {
        **COPY,
        "maybeId": ID,
        "maybeText": "",
        "maybeDay": "2024-02-29",
        "maybeAt": "2026-01-02T03:04:05.000006-03:30",
        "maybePrice": "-0.10",
        "maybeCount": 0,
        "maybeWeight": 0.1,
        "maybeLent": True,
        "maybeGenre": "",
        "maybeFloor": 0,
        "maybeBook": {},
        "genres": ["FICTION", "new", '"""', "back\\slash"],
        "floors": [0, 1, 17],
        "genreTable": [["FICTION"], []],
        "maybeAny": {"a": [1, None, 1e300]},
    },
    "lists": {
        "ids": [ID],
        "days": ["2026-01-02"],
        "moments": ["2026-01-02T03:04:05Z", "2026-01-02T03:04:05+01:00"],
        "prices": ["1.10", "100000000000000000000.01"],
        "counts": [0, -(2**63)],
        "weights": [1.5, -0.25],
        "flags": [True, False],
        "copies": [{}, BOOK],
        "anything": [None, 1, "a", {"a": []}],
        "codes": [1, "1"],
        "calendar": [["2026-01-02"], []],
        "rooms": [[], [{}, BOOK]],
    },
    "unions": {
        "code": 7,
        "size": "large",
        "moment": "2026-01-02",
        "several": ["a"],
        "bookOrName": BOOK,
        "text": "there",
        "day": "2026-01-02",
        "genre": "POETRY",
        "floor": 0,
        "author": {"name": "Sigrid"},
        "cover": "PAPER",
        "state": 2,
        "query": {"test": {"neither": {"test": {"every": [{"test": "a"}, {"test": {"every": []}}]}}}},
    },
    "found_thing_2": {"place": "stairs"},
    "query": {"test": {"every": [{"test": "a"}]}},
    "every": {"every": [{"test": "a"}]},
    "neither": {"neither": {"test": "a"}},
    "stock": {"red": 1, "": 2, "class": 3},
    "remarks": {"language": "nb", "margin": "worn"},
    "spoken": {"language": "nb", "speaker": "Sigrid"},
    "tariff": {"red": "1.50", "": "0.10"},
    "loan": {
        "fee": "12.50",
        "fines": ["1.00", "2.00"],
        "tariff": {"red": "1.50"},
        "reader": "Sigrid",
        "readers": ["Sigrid", "Undset"],
        "readerOrNumber": "Sigrid",
        "weeks": 4,
    },
    "reprint": {**EDITION, "run": 100},
    "empty": {"only": "a", "more": [1]},
    "book": {
        "title": "One",
        "sequel": {"title": "Two", "sequel": {"title": "Three"}},
        "parts": [{"parts": [{}]}],
        "author": {"name": "Sigrid", "books": [{"author": {"name": "Undset"}}], "favourite": {}},
        "stock": {},
    },
    "author": {"name": "Sigrid", "books": [BOOK], "favourite": {"parts": [BOOK]}},
    "edition": EDITION,
    "book_request": {
        "title": "A tale",
        "editions": [EDITION],
        "first": "2026-01-02T03:04:05Z",
        "day": "2026-01-02",
        "price": "1.50",
        "genre": "FICTION",
        "floor": 1,
        "pages": 300,
        "weight": 0.5,
        "lent": True,
        "id": ID,
        "days": ["2026-01-02"],
        "table": [[1], []],
        "reader": "Sigrid",
        "anything": [1],
    },
    "complaint": {"message": "no", "status": 404, "at": "2026-01-02T03:04:05Z", "genre": "FICTION", "causes": [{}]},
    "names": {
        "class": "a", "from": "b", "None": "c", "list": ["d"], "dict": "e", "str": "f", "int": 1,
        "type": "g", "id": "h", "print": "i", "datetime": "2026-01-02T03:04:05Z", "self": "j", "cls": "k",
        "data": "l", "wire": "m", "value": "n", "name": "o", "source": "p", "get": "q", "absent": 2,
        "unknown": "r", "define": "s", "@kind": "t", "1st-shelf": 3, "dotted.name": "u", "two words": "v",
        "{braces}": "w", "it's": "x", "blåbær": "y", "図書館": "z", "SHOUTED": "!",
        "HTTPStatus": 200, "property": "?",
    },
    "shelves_response_200": {"a": 1},
    "shelf": {"books": [BOOK], "bookCount": 1, "shelfCount": 1},
    "wing": {"number": 1, "wings": {"east": {"number": 2, "wings": {}}, "": {}}},
    "wings": {"west": {"number": 3}},
    "prices": {"here": "1.10", "4711": "-0.00"},
    "drawer": {"spots": [{"row": 1}, {"row": 2}], "total": 2, "pages": 1},
    "parcel": {"inside": {"inside": {"only": "a", "more": 1}, "label": "b"}, "label": "c"},
    "spot": {"row": 1},
    "spots": {"there": {"row": 2}},
    "count": {
        "place": {"row": 1}, "note": [None, {"a": 1.5}], "weight": 0.5, "code": "a", "prices": {"here": "1.10"},
        "spots": {"there": {"row": 2}},
    },
}  # fmt: skip
MODELS = sorted(DOCUMENTS)
TYPED_MAPS = {"prices", "shelves_response_200", "spots", "stock", "tariff", "wings"}
# The mark stands at the property, behind a reference, at the items of an array, in a union, and in a part of an allOf.
PERSONAL = ("copy", "author", "book_request", "book", "loan", "edition", "reprint")


@pytest.fixture(scope="module", params=PARSERS)
def library(request: pytest.FixtureRequest, everything: Path) -> Iterator[Package]:
    with pytest.MonkeyPatch.context() as patch:
        if request.param == "msgspec":
            pytest.importorskip("msgspec")
        else:
            patch.setattr(fast, "fast_json", lambda: None)  # before any reader has looked for it
        yield Package(everything, f"golden_{request.param.replace(' ', '_')}")


def class_of(library: Package, model: str) -> Any:
    return type(library.read(model, DOCUMENTS[model]))


@pytest.mark.parametrize("model", MODELS)
def test_a_document_is_written_as_read(library: Package, model: str) -> None:
    made = library.read(model, DOCUMENTS[model])
    assert json.loads(json.dumps(made.to_dict())) == DOCUMENTS[model]
    assert type(made).from_dict(DOCUMENTS[model]) == made


@pytest.mark.parametrize("model", MODELS)
def test_unknown_properties_are_written_back(library: Package, model: str) -> None:
    document = {**DOCUMENTS[model], **({} if model in TYPED_MAPS else {"news": "kept"})}
    made = library.read(model, document)
    assert made.to_dict() == type(made).from_dict(document).to_dict() == document


@pytest.mark.parametrize("model", MODELS)
def test_a_model_can_be_copied_and_compared(library: Package, model: str) -> None:
    made = library.read(model, DOCUMENTS[model])
    for other in (pickle.loads(pickle.dumps(made)), copy.copy(made), copy.deepcopy(made), attrs.evolve(made)):
        assert other == made
        assert other is not made
    assert attrs.evolve(made, additional_properties={} if model in ("prices", "spots") else {"other": 1}) != made
    assert not hasattr(made, "__dict__")


@pytest.mark.parametrize("model", MODELS)
def test_every_property_has_its_attribute(library: Package, model: str) -> None:
    made = library.read(model, DOCUMENTS[model])
    for name in set(DOCUMENTS[model]) & set(made.json_names):
        assert getattr(made, made.json_names[name]) is not None, name
    assert len(set(made.json_names.values())) == len(made.json_names)


def test_values_have_their_declared_types(library: Package) -> None:
    made = library.read("copy", DOCUMENTS["copy"])
    assert (made.id, made.day, made.price) == (UUID(ID), date(2026, 1, 2), Decimal("12.50"))
    assert made.at == datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
    assert made.maybe_at.utcoffset() == -timedelta(hours=3, minutes=30)
    assert (made.genre, made.floor) == (library.models.Genre.NON_FICTION, library.models.Floor.VALUE_NEGATIVE_1)
    assert [genre.is_known for genre in made.genres] == [True, False, True, True]
    assert [floor.is_known for floor in made.floors] == [True, True, False]
    assert type(made.genre_table[0][0]) is library.models.Genre
    assert type(library.read("copy", {**COPY, "weight": 2}).weight) is float
    lists = library.read("lists", DOCUMENTS["lists"])
    assert lists.ids == [UUID(ID)]
    assert [type(price) for price in lists.prices] == [Decimal, Decimal]
    assert [moment.tzinfo is not None for moment in lists.moments] == [True, True]
    assert lists.calendar == [[date(2026, 1, 2)], []]
    assert type(lists.rooms[1][1]) is library.models.Book
    unions = library.read("unions", DOCUMENTS["unions"])
    assert type(unions.moment) is date
    assert type(unions.book_or_name) is library.models.Book
    assert type(unions.genre) is library.models.Genre
    assert type(unions.floor) is library.models.Floor
    prices = library.read("prices", DOCUMENTS["prices"])
    assert [str(price) for price in prices.additional_properties.values()] == ["1.10", "-0.00"]


def test_an_amount_is_one_everywhere(library: Package) -> None:
    loan = library.read("loan", DOCUMENTS["loan"])
    assert (loan.fee, loan.fines) == (Decimal("12.50"), [Decimal("1.00"), Decimal("2.00")])
    assert loan.tariff.additional_properties == {"red": Decimal("1.50")}
    assert library.read("edition", EDITION).price == Decimal("9.90")
    assert library.read("reprint", DOCUMENTS["reprint"]).price == Decimal("9.90")
    with pytest.raises(library.errors.DecodeError) as caught:
        library.read("tariff", {"red": "1e3"})
    assert caught.value.path == "red"


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("moment", "2026-01-02T03:04:05Z", datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)),
        ("code", "7", "7"),
        ("size", 1, 1.0),
        ("several", "a", "a"),
        ("bookOrName", "A tale", "A tale"),
        ("genre", None, None),
        ("author", None, None),
        ("nothing", None, None),
        ("cover", "SOFT", "SOFT"),
        ("state", 7, 7),
    ],
)
def test_each_member_of_a_union_is_read(library: Package, name: str, value: Any, expected: Any) -> None:
    made = library.read("unions", {name: value})
    assert getattr(made, made.json_names[name]) == expected


def test_a_recursive_union_is_read_once(library: Package) -> None:
    document: dict[str, Any] = {"test": 1}
    for _ in range(15):
        document = {"test": {"neither": {"test": {"every": [document]}}}}
    with pytest.raises(library.errors.DecodeError) as caught:
        library.read("query", document)
    assert (caught.value.path, caught.value.expected) == ("test", "what one of 2 schemas describes or a string")


def test_a_recursive_union_is_not_read_again(library: Package, monkeypatch: pytest.MonkeyPatch) -> None:
    parcel = library.module("models.parcel")
    reads: list[Any] = []
    read_union = parcel.read_union
    monkeypatch.setattr(parcel, "read_union", lambda value, *types: reads.append(value) or read_union(value, *types))
    document: dict[str, Any] = {"only": "a"}
    for _ in range(10):
        document = {"inside": document}
    with pytest.raises(library.errors.DecodeError, match=r"^label: expected a string, found nothing$"):
        parcel.Parcel.from_dict(document)
    assert len(reads) == 10


@pytest.mark.parametrize(
    ("model", "document", "drift"),
    [
        ("stock", {"red": 1}, []),
        ("empty", {"only": "a", "more": 1}, []),
        ("copy", {**COPY, "more": 1}, ["more"]),
        ("loan", {"tariff": {"red": "1.50"}, "more": 1}, ["more"]),
        ("spots", {"there": {"row": 2, "more": 1}, "4711": {"row": 3, "1": 1}}, ["there.more", "?.?"]),
        ("wing", {"wings": {"east": {"wings": {"west": {"more": 1}}}}}, ["wings.east.wings.west.more"]),
    ],
)
def test_open_names_are_no_drift(library: Package, model: str, document: Any, drift: list[str]) -> None:
    assert [found.path for found in find_drift("an_operation", library.read(model, document))] == drift


OPTIONAL = [
    (model, name)
    for model, needed in (("copy", COPY), ("lists", {}), ("unions", {}), ("names", {}), ("book", {}))
    for name in DOCUMENTS[model]
    if name not in needed
]


@pytest.mark.parametrize(("model", "name"), OPTIONAL)
def test_null_is_the_same_as_absent(library: Package, model: str, name: str) -> None:
    rest = {key: value for key, value in DOCUMENTS[model].items() if key != name}
    made = library.read(model, {**rest, name: None})
    assert made == library.read(model, rest)
    if name != "maybeAny":
        assert getattr(made, made.json_names[name]) is None
    assert name not in made.to_dict()


@pytest.mark.parametrize("name", COPY)
@pytest.mark.parametrize("how", ["absent", "null"])
def test_a_missing_property_is_named(library: Package, name: str, how: str) -> None:
    document = {key: value for key, value in COPY.items() if key != name} | ({name: None} if how == "null" else {})
    with pytest.raises(library.errors.DecodeError) as caught:
        library.read("copy", document)
    assert (caught.value.path, caught.value.found) == (name, "nothing")


@pytest.mark.parametrize(
    ("model", "document", "path"),
    [
        ("book", {"parts": [{}, {"author": {"name": 7}}]}, "parts[1].author.name"),
        ("book", {"sequel": {"sequel": []}}, "sequel.sequel"),
        ("book", {"stock": {"red": 1, "blue": True}}, "stock.blue"),
        ("author", {"name": "a", "favourite": {"parts": {}}}, "favourite.parts"),
        ("lists", {"calendar": [[], ["2026-01-02", "2026-02-30"]]}, "calendar[1][1]"),
        ("lists", {"rooms": [[{"title": 1}]]}, "rooms[0][0].title"),
        ("lists", {"ids": ["x"]}, "ids[0]"),
        ("lists", {"prices": ["1.0", 1.5]}, "prices[1]"),
        ("lists", {"flags": [1]}, "flags[0]"),
        ("lists", {"counts": [1, True]}, "counts[1]"),
        ("lists", {"counts": [2**63]}, "counts[0]"),
        ("lists", {"codes": [1, None]}, "codes[1]"),
        ("lists", {"moments": ["2026-01-02"]}, "moments[0]"),
        ("unions", {"code": True}, "code"),
        ("unions", {"day": 7}, "day"),
        ("unions", {"nothing": 0}, "nothing"),
        ("unions", {"genre": 7}, "genre"),
        ("unions", {"author": {"name": 7}}, "author.name"),
        ("unions", {"author": {"books": [{"author": {}}], "name": "a"}}, "author.books[0].author.name"),
        ("unions", {"bookOrName": {"parts": [{"title": 7}]}}, "bookOrName.parts[0].title"),
        ("unions", {"several": ["a", 7]}, "several[1]"),
        ("wing", {"wings": {"east": {"wings": {"4711 0815": {"number": "1"}}}}}, "wings.east.wings.?.number"),
        ("prices", {"sigrid@example.org": 1}, "?"),
        ("prices", {"here": 1.1}, "here"),
        ("empty", {"more": functools.reduce(lambda inner, _: [inner], range(65), [])}, "more"),
        ("empty", {"4711": functools.reduce(lambda inner, _: {"a": inner}, range(65), {})}, "?"),
        ("copy", {**COPY, "maybeAny": functools.reduce(lambda inner, _: [inner], range(65), [])}, "maybeAny"),
        ("lists", {"anything": [1, functools.reduce(lambda inner, _: [inner], range(65), [])]}, "anything[1]"),
        ("edition", {"language": "nb"}, "year"),
        ("edition", {"year": 2026}, "language"),
        ("remarks", {"language": "nb", "margin": 1}, "margin"),
        ("names", {"1st-shelf": "x"}, "1st-shelf"),
        ("names", {"datetime": "soon"}, "datetime"),
        ("names", {"図書館": 1}, "図書館"),
        ("names", [], ""),
    ],
)
def test_what_is_wrong_is_named_by_its_place(library: Package, model: str, document: Any, path: str) -> None:
    with pytest.raises(library.errors.DecodeError) as caught:
        library.read(model, document)
    assert caught.value.path == path
    with pytest.raises(library.errors.DecodeError) as again:
        class_of(library, model).from_dict(document)
    assert again.value.args == caught.value.args
    assert pickle.loads(pickle.dumps(again.value)).args == again.value.args


@pytest.mark.parametrize("name", DOCUMENTS["complaint"])
@pytest.mark.parametrize("value", [[], {}, 7, "x", True, [7]])
def test_a_lenient_model_takes_anything(library: Package, name: str, value: Any) -> None:
    document = {"status": 404, "message": "no", name: value}
    made = library.read("complaint", document)
    assert made.to_dict() == document
    assert made == library.read("complaint", made.to_dict())


def test_a_lenient_page_keeps_what_it_can(library: Package) -> None:
    document = {"spots": [{"row": 1}, {"row": "two"}, {"row": 3}], "total": 3}
    made = library.read("drawer", document)
    assert (made.items, made.total_items, made.to_dict()) == (None, 3, document)


def test_a_lenient_property_is_none_and_kept(library: Package) -> None:
    for total in ("many", 2**63, [[]]):
        document = {"books": [BOOK], "bookCount": 1, "shelfCount": total, "news": 1}
        page = library.read("shelf", document)
        assert (page.total_items, page.total_pages, page.to_dict()) == (1, None, document)
    with pytest.raises(library.errors.DecodeError, match="bookCount"):
        library.read("shelf", {"books": [], "bookCount": "1"})


def test_a_repr_masks_what_is_personal(library: Package) -> None:
    shown = [repr(library.read(model, DOCUMENTS[model])) for model in PERSONAL]
    shown.append(repr(library.read("complaint", {"reader": "Sigrid"})))
    assert not any("Sigrid" in each or "Undset" in each for each in shown)
    assert all("***" in each for each in shown)


def test_enums_keep_awkward_values(library: Package) -> None:
    genre = library.models.Genre
    values = ["FICTION", "non-fiction", "", 'it\'s "quoted"', "back\\slash", "{braces}", "100", "-", "blåbær", '"""']
    assert [str(known) for known in genre.known()] == values
    assert all(genre(value).is_known and genre(value) is genre(value) for value in values)
    assert [int(floor) for floor in library.models.Floor.known()] == [0, 1, -1]
    assert pickle.loads(pickle.dumps(genre("new"))) == "new"
    match genre("non-fiction"):
        case genre.NON_FICTION:
            pass
        case _:
            pytest.fail("match does not find the known value")


def test_awkward_texts_are_in_docstrings(library: Package) -> None:
    doc = library.operation("find_copy").__doc__
    assert "a \\backslash, a \\N{DASH}, {braces} and %s" in doc
    assert '"""three quotes"""' in doc
    assert "図書館" in doc
    assert library.operation("add_book").__doc__.startswith('Add a "book".')
    assert "Ends in a backslash \\" in library.operation("add_book").__doc__
    assert library.models.Copy.__doc__.rstrip().endswith("It may be lent. (documented)")
    assert '"roughly" or \\exactly' in library.models.Genre.__doc__


def test_notes_are_in_the_docstring(everything: Path) -> None:
    source = (everything / "models/loan.py").read_text(encoding="utf-8")
    for said in ("What is owed for it.", "What others take.", "How long. Deprecated. Default: 4."):
        assert f'"""{said}"""' in source


ARGUMENTS: dict[str, Any] = {"isbn": "82/æ ?", "copy_number": 2, "from_": "a&b"}


def test_every_kind_of_parameter_is_sent(library: Package) -> None:
    asked = library.operation("find_copy")(
        **ARGUMENTS,
        list_="l",
        field_1st_shelf="1",
        år=2026,
        count=0,
        max_weight=1.5,
        damaged=False,
        bought_on=date(2026, 1, 2),
        seen_after=datetime(2026, 1, 2, 3, tzinfo=timezone(timedelta(hours=1))),
        due=date(2026, 1, 3),
        genre=library.models.Genre("new"),
        floor=library.models.Floor(0),
        shelves=[1, 2],
        words=["a", "b,c"],
        genres=[library.models.Genre.FICTION],
        days=[date(2026, 1, 4), date(2026, 1, 5)],
        weights=[0.5, 2],
        flags=[True, False],
        x_reader_name="Sigrid U",
        x_level=3,
    )
    assert asked.parse(answer(200, COPY)) == library.models.Copy.from_dict(COPY)
    request = asked.request
    assert (request.method, request.path) == ("GET", "/books/82%2F%C3%A6%20%3F/copies/2")
    assert request.query == (
        ("from", "a&b"),
        ("list", "l"),
        ("1st.shelf", "1"),
        ("år", "2026"),
        ("count", "0"),
        ("maxWeight", "1.5"),
        ("damaged", "false"),
        ("boughtOn", "2026-01-02"),
        ("seenAfter", "2026-01-02T03:00:00+01:00"),
        ("due", "2026-01-03"),
        ("genre", "new"),
        ("floor", "0"),
        ("shelves", "1"),
        ("shelves", "2"),
        ("words", "a"),
        ("words", "b,c"),
        ("genres", "FICTION"),
        ("days", "2026-01-04"),
        ("days", "2026-01-05"),
        ("weights", "0.5"),
        ("weights", "2"),
        ("flags", "true"),
        ("flags", "false"),
    )
    assert request.headers == (("X-Reader-Name", "Sigrid U"), ("X-Level", "3"))
    assert (request.body, request.content_type) == (None, None)
    assert "Sigrid" not in repr(request)


def test_what_is_not_given_is_not_sent(library: Package) -> None:
    assert (asked := library.operation("find_copy")(**ARGUMENTS)).parse(answer(204)) is None
    assert (asked.request.query, asked.request.headers) == ((("from", "a&b"),), ())


def test_date_or_moment_takes_both(library: Package) -> None:
    for due, sent in ((datetime(2026, 1, 2, tzinfo=UTC), "2026-01-02T00:00:00Z"), (date(2026, 1, 2), "2026-01-02")):
        (asked := library.operation("find_copy")(**ARGUMENTS, due=due)).parse(answer(204))
        assert asked.request.query[1] == ("due", sent)


@pytest.mark.parametrize(
    ("argument", "value"),
    [
        ("isbn", ""),
        ("isbn", ".."),
        ("isbn", "%2E%2e"),
        ("isbn", 7),
        ("copy_number", "2"),
        ("copy_number", True),
        ("from_", 7),
        ("count", 2**63),
        ("max_weight", float("nan")),
        ("damaged", 0),
        ("bought_on", datetime(2026, 1, 2, tzinfo=UTC)),
        ("seen_after", datetime(2026, 1, 2)),  # noqa: DTZ001 # the point
        ("due", "2026-01-02"),
        ("genre", 7),
        ("floor", "0"),
        ("shelves", [1, "2"]),
        ("words", "ab"),
        ("days", [date(2026, 1, 2), None]),
        ("x_reader_name", "a\r\nb: c"),
        ("x_reader_name", "blåbær"),
        ("x_level", 1.5),
    ],
)
def test_an_unsendable_argument_is_refused(library: Package, argument: str, value: Any) -> None:
    with pytest.raises(library.errors.ArgumentError) as caught:
        library.operation("find_copy")(**{**ARGUMENTS, argument: value}).parse(answer(204))
    assert caught.value.argument.partition("[")[0] == argument


def test_every_success_has_its_type(library: Package) -> None:
    operation = library.operation("find_copy")
    assert type(operation(**ARGUMENTS).parse(answer(200, COPY))) is library.models.Copy
    several = operation(**ARGUMENTS).parse(answer(202, [COPY, COPY]))
    assert several == [library.models.Copy.from_dict(COPY)] * 2
    assert operation(**ARGUMENTS).parse(answer(204)) is None
    assert operation(**ARGUMENTS).parse(answer(204, b"<html>", "text/html")) is None
    with pytest.raises(library.errors.DecodeError) as caught:
        operation(**ARGUMENTS).parse(answer(202, [COPY, {**COPY, "floor": "0"}]))
    assert caught.value.path == "[1].floor"


@pytest.mark.parametrize(
    ("status", "body", "documented", "read"),
    [
        (400, {"message": "no"}, True, "no"),
        (404, {"message": 7}, True, None),
        (404, b"<html>", True, None),
        (410, {"message": "no"}, True, None),
        (201, COPY, False, None),
        (206, COPY, False, None),
        (302, None, False, None),
        (500, {"message": "no"}, False, None),
        (599, None, False, None),
    ],
)
def test_every_other_status_is_an_error(
    library: Package, *, status: int, body: Any, documented: bool, read: str | None
) -> None:
    with pytest.raises(library.errors.StatusError) as caught:
        library.operation("find_copy")(**ARGUMENTS).parse(answer(status, body))
    assert (caught.value.status, caught.value.documented) == (status, documented)
    assert getattr(caught.value.body, "message", None) == read


def test_an_error_body_may_be_an_array(library: Package) -> None:
    for body, read in ((["moved"], ["moved"]), ([7], None)):
        with pytest.raises(library.errors.StatusError) as caught:
            library.operation("find_copy")(**ARGUMENTS).parse(answer(503, body))
        assert caught.value.body == read


def test_the_content_type_comes_first(library: Package) -> None:
    body = json.dumps(COPY).encode()
    for content_type, refused in (("text/html", True), ("", True), ("application/hal+json; charset=utf-8", False)):
        response = answer(200, body, content_type)
        if refused:
            with pytest.raises(library.errors.DecodeError, match="a JSON body"):
                library.operation("find_copy")(**ARGUMENTS).parse(response)
        else:
            assert library.operation("find_copy")(**ARGUMENTS).parse(response) == library.models.Copy.from_dict(COPY)


def test_an_operation_may_have_no_body(library: Package) -> None:
    assert (asked := library.operation("remove_copy")(isbn="a", copy_number=-1)).parse(answer(204)) is None
    assert (asked.request.method, asked.request.path) == ("DELETE", "/books/a/copies/-1")
    with pytest.raises(library.errors.StatusError):
        library.operation("remove_copy")(isbn="a", copy_number=-1).parse(answer(200))


def test_an_operation_may_have_no_parameter(library: Package) -> None:
    assert library.operation("list_titles")().parse(answer(200, ["A tale", ""])) == ["A tale", ""]
    with pytest.raises(library.errors.DecodeError) as caught:
        library.operation("list_titles")().parse(answer(200, ["A tale", None]))
    assert caught.value.path == "[1]"


@pytest.mark.parametrize(
    ("status", "body"), [(200, "gone"), (200, None), (200, {"title": "A tale"}), (202, None), (203, [1, None])]
)
def test_a_status_decides_what_is_read(library: Package, status: int, body: Any) -> None:
    found = library.operation("find_lost")().parse(answer(status, json.dumps(body).encode()))
    assert (found.to_dict() if isinstance(body, dict) else found) == body


def test_a_required_parameter_must_be_given(library: Package) -> None:
    with pytest.raises(library.errors.ArgumentError) as caught:
        library.operation("find_copy")(isbn="a", copy_number=1, from_=None).parse(answer(204))
    assert (caught.value.argument, caught.value.rule) == ("from_", "must be given")


def test_two_parameters_may_share_a_segment(library: Package) -> None:
    until = library.models.Genre('it\'s "quoted"')
    asked = library.operation("shelves")(from_=date(2026, 1, 2), until=until)
    made = asked.parse(answer(200, {"a": 1}))
    assert made.additional_properties == {"a": 1}
    assert asked.request.path == "/shelves/2026-01-02.it%27s%20%22quoted%22"


def request_of(library: Package, **changes: Any) -> Any:
    first = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
    edition = library.models.Edition.from_dict(EDITION)
    return library.models.BookRequest(**{"title": "A tale", "editions": [edition], "first": first, **changes})


def test_a_request_body_is_sent_as_json(library: Package) -> None:
    body = library.models.BookRequest.from_dict(DOCUMENTS["book_request"])
    made = (asked := library.operation("add_book")(body=body, dry_run=True)).parse(answer(201, BOOK))
    assert made == library.models.Book.from_dict(BOOK)
    assert json.loads(asked.request.body) == DOCUMENTS["book_request"]
    assert (asked.request.method, asked.request.content_type) == ("POST", "application/json")
    assert asked.request.query == (("dryRun", "true"),)
    assert "A tale" not in repr(asked.request)


def test_a_request_leaves_out_none(library: Package) -> None:
    asked = library.operation("add_book")(body=request_of(library, price=Decimal("1E+2")))
    assert json.loads(asked.request.body) == {
        "title": "A tale",
        "editions": [EDITION],
        "first": "2026-01-02T03:04:05Z",
        "price": "100",
    }


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("title", 7),
        ("title", None),
        ("editions", ()),
        ("editions", [EDITION]),
        ("first", "2026-01-02T03:04:05Z"),
        ("first", datetime(2026, 1, 2)),  # noqa: DTZ001 # the point
        ("day", datetime(2026, 1, 2, tzinfo=UTC)),
        ("price", 1.5),
        ("price", Decimal("NaN")),
        ("genre", 7),
        ("floor", "1"),
        ("floor", True),
        ("pages", True),
        ("pages", 1.0),
        ("weight", "1"),
        ("weight", True),
        ("weight", math.nan),
        ("weight", -math.inf),
        ("weight", 10**400),
        ("anything", object()),
        ("anything", [math.nan]),
        ("lent", 1),
        ("id", ID),
        ("days", [datetime(2026, 1, 2, tzinfo=UTC)]),
        ("table", [[1], ["2"]]),
        ("reader", b"Sigrid"),
    ],
)
def test_wrong_request_values_are_refused(library: Package, name: str, value: Any) -> None:
    with pytest.raises(library.errors.ArgumentError) as caught:
        request_of(library, **{name: value})
    assert caught.value.argument.partition("[")[0] == name
    assert "Sigrid" not in str(caught.value)


def count_of(library: Package, **changes: Any) -> Any:
    return library.models.Count(**{"place": 7, "note": None, **changes})


def test_an_array_of_models_is_sent(library: Package) -> None:
    made = [library.models.Count.from_dict(DOCUMENTS["count"]), count_of(library, weight=1)]
    assert (asked := library.operation("count_stock")(body=made)).parse(answer(204)) is None
    assert json.loads(asked.request.body) == [DOCUMENTS["count"], {"place": 7, "note": None, "weight": 1}]


@pytest.mark.parametrize(
    ("name", "value", "rule"),
    [
        ("place", "x", "must be of type int | Spot"),
        ("place", None, "must be of type int | Spot"),
        ("place", {"row": 1}, "must be of type int | Spot"),
        ("code", 7, "must be of type str"),
        ("note", {1, 2}, "must be a value that JSON can hold"),
        ("prices", {"a": Decimal(1)}, "must be of type Prices"),
    ],
)
def test_models_in_arrays_are_checked(library: Package, name: str, value: Any, rule: str) -> None:
    with pytest.raises(library.errors.ArgumentError) as caught:
        count_of(library, **{name: value})
    assert (caught.value.argument, caught.value.rule) == (name, rule)


@pytest.mark.parametrize(("model", "value"), [("Prices", 1.1), ("Spots", {"row": 1}), ("Prices", Decimal("NaN"))])
def test_a_map_to_send_can_not_be_wrong(library: Package, model: str, value: Any) -> None:
    with pytest.raises(library.errors.ArgumentError) as caught:
        getattr(library.models, model)(additional_properties={"Sigrid": value})
    assert caught.value.argument == "additional_properties"


@pytest.mark.parametrize("value", ["Sigrid", ["Sigrid"], {"Sigrid": float("nan")}, {"Sigrid": {1, 2}}])
def test_unknown_values_to_send_are_checked(library: Package, value: Any) -> None:
    for model in ("Spot", "Prices"):
        with pytest.raises(library.errors.ArgumentError) as caught:
            getattr(library.models, model)(additional_properties=value, **({"row": 1} if model == "Spot" else {}))
        assert caught.value.argument == "additional_properties"
        assert "Sigrid" not in caught.value.rule
    assert library.models.Spot(row=1, additional_properties={"a": [1]}).to_dict() == {"row": 1, "a": [1]}


def test_models_in_unions_are_checked(library: Package) -> None:
    with pytest.raises(library.errors.ArgumentError, match="row: must be of type int"):
        library.models.Spot(row="1")


def test_a_map_made_wrong_later_is_refused(library: Package) -> None:
    made = count_of(library, spots=library.models.Spots())
    made.spots.additional_properties["Sigrid"] = 7
    with pytest.raises(library.errors.ArgumentError, match="body: must be a model whose attributes are") as caught:
        library.operation("count_stock")(body=[made]).parse(answer(204))
    assert caught.value.__context__ is None
    made = count_of(library, prices=library.models.Prices())
    made.prices.additional_properties["Sigrid"] = 7
    with pytest.raises(library.errors.ArgumentError, match="additional_properties: must be a finite Decimal"):
        library.operation("count_stock")(body=[made]).parse(answer(204))


def test_models_are_made_by_keyword_alone(library: Package) -> None:
    with pytest.raises(TypeError):
        library.models.Author("Sigrid")
    with pytest.raises(TypeError, match="unknown_name"):
        library.models.Author(name="Sigrid", unknown_name=1)
    with pytest.raises(TypeError, match="name"):
        library.models.Author()


def test_absurd_nesting_is_an_error_of_ours(library: Package) -> None:
    for start, end in (('{"sequel":', "}"), ('{"parts":[', "]}"), ('{"author":{"name":"a","favourite":', "}}")):
        body = (start * 20_000 + "{}" + end * 20_000).encode()
        with pytest.raises(library.errors.DecodeError, match="nested too deeply"):
            library.read("book", body)


@pytest.mark.parametrize(
    ("start", "end"), [('{"wings":{"a":', "}}"), ('{"sequel":', "}"), ('{"parts":[{"parts":[', "]}]}")]
)
def test_what_lies_too_deep_is_not_read(library: Package, start: str, end: str) -> None:
    model = "wing" if "wings" in start else "book"
    deepest = None
    for depth in range(1, 60):
        try:
            deepest = library.read(model, (start * depth + "{}" + end * depth).encode())
        except library.errors.DecodeError as error:
            assert error.expected == "at most 32 models within each other"  # noqa: PT017 # the last one was read
            break
    assert depth in (17, 33)
    assert copy.deepcopy(deepest) == pickle.loads(pickle.dumps(deepest)) == deepest
    assert len(repr(deepest)) < 4000


def test_models_import_from_either_end(everything: Path) -> None:
    for first, second in (("author", "book"), ("book", "author")):
        package = Package(everything, f"golden_{first}_first")
        assert package.module(f"models.{first}").__name__.endswith(first)
        assert package.read(second, DOCUMENTS[second]).to_dict() == DOCUMENTS[second]


def test_pages_are_called_by_their_meaning(library: Package) -> None:
    asked = library.operation("list_books")(page=2, per_page=3)
    page = asked.parse(answer(200, {"books": [BOOK], "bookCount": 7, "shelfCount": 4}))
    assert asked.request.query == (("shelfNumber", "2"), ("shelfWidth", "3"))
    assert ([book.title for book in page.items], page.total_items, page.total_pages) == (["A tale"], 7, 4)
