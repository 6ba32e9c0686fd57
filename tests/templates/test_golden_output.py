"""The templates' output for a specification of ours, pinned; the package it makes, used; and what they refuse."""

import copy
import importlib
import json
import pickle
import sys
from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from types import ModuleType
from typing import Any
from uuid import UUID

import attrs
import generate
import pytest

HERE = Path(__file__).resolve().parent
INPUTS = ["--document", str(HERE / "library.yaml"), "--config", str(HERE / "library-config.yaml")]
REFRESH = "python scripts/generate.py " + " ".join(part.replace(f"{HERE}/", "tests/templates/") for part in INPUTS)

COPY: dict[str, Any] = {
    "id": "6f309f36-c351-4d59-b2ce-69879956af85",
    "text": "A tale",
    "day": "2026-01-02",
    "at": "2026-01-02T03:04:05.678Z",
    "price": "0012.50",
    "count": 3,
    "weight": 1.5,
    "lent": False,
    "any": {"kept": [1, None]},
    "genre": "non-fiction",
    "floor": -1,
    "book": {"parts": [{}], "author": {"name": "Sigrid", "books": [{"parts": []}]}},
    "tags": ["a", ""],
    "grid": [["2026-01-01"], []],
    "nothing": None,
}
MAYBE: dict[str, Any] = {
    "maybe-id": "6f309f36-c351-4d59-b2ce-69879956af85",
    "maybeOn": "2026-01-02",
    "maybeAt": "2026-01-02T03:04:05+01:00",
    "maybePrice": "-0.10",
    "maybeCount": -3,
    "maybeWeight": 2,
    "maybeLent": True,
    "maybeGenre": "POETRY",
    "maybeFloor": 9,
    "nullable": "there",
    "code": "3101",
    "moment": "2026-01-02",
    "prices": ["1.10", "2.00"],
    "genres": ["FICTION", "new"],
    "class": "first",
    "list": [1, 2],
    "type": "paperback",
    "labels": {"red": 1},
    "unknown": {"kept": True},
}


def test_the_output_is_the_one_that_is_pinned(capsys: pytest.CaptureFixture[str]) -> None:
    code = generate.main(["--check", "--output", str(HERE / "expected"), *INPUTS])
    assert code == 0, (
        f"{capsys.readouterr().out}\nIf this is what you want: {REFRESH} --output tests/templates/expected"
    )


@pytest.fixture(params=["standard library", "msgspec"])
def library(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[ModuleType]:
    """The second package, fresh, with each of the parsers."""
    if request.param == "msgspec":
        pytest.importorskip("msgspec")
    else:
        monkeypatch.setitem(sys.modules, "msgspec", None)
    monkeypatch.syspath_prepend(HERE)
    yield importlib.import_module("expected.models")
    for name in [name for name in sys.modules if name.partition(".")[0] == "expected"]:
        del sys.modules[name]


def read(module: str, reader: str, document: Any) -> Any:
    return getattr(importlib.import_module(f"expected.{module}"), reader).read(json.dumps(document).encode())


def test_every_construct_is_read_and_written_back(library: ModuleType) -> None:
    document = {**COPY, **MAYBE}
    made = read("models.copy", "copy_reader", document)
    assert made.id == UUID(COPY["id"])
    assert made.day == date(2026, 1, 2)
    assert made.at == datetime(2026, 1, 2, 3, 4, 5, 678000, UTC)
    assert (made.price, made.maybe_price, made.prices) == (
        Decimal("12.50"),
        Decimal("-0.10"),
        [Decimal("1.10"), Decimal(2)],
    )
    assert (made.genre, made.floor) == (library.Genre.NON_FICTION, library.Floor.VALUE_NEGATIVE_1)
    assert not made.maybe_genre.is_known
    assert not made.maybe_floor.is_known
    assert made.book.author.books[0].parts == []
    assert made.grid == [[date(2026, 1, 1)], []]
    assert (made.class_, made.list_, made.type) == ("first", [1, 2], "paperback")
    assert (made.moment, made.code, made.nullable) == (date(2026, 1, 2), "3101", "there")
    assert made.labels.additional_properties == {"red": 1}
    assert made.additional_properties == {"unknown": {"kept": True}}
    written = json.loads(json.dumps(made.to_dict()))
    assert written == {**document, "price": "12.50", "at": "2026-01-02T03:04:05.678000Z"}
    assert library.Copy.from_dict(written) == made
    assert pickle.loads(pickle.dumps(made)) == copy.deepcopy(made) == attrs.evolve(made) == made
    assert "Sigrid" not in repr(made)
    assert "A tale" not in repr(made)


def test_what_is_optional_may_be_absent_or_null(library: ModuleType) -> None:
    absent = read("models.copy", "copy_reader", COPY)
    assert read("models.copy", "copy_reader", {**COPY, **dict.fromkeys(set(MAYBE) - {"unknown"})}) == absent
    assert {name for name in absent.json_names.values() if getattr(absent, name) is None} == {
        absent.json_names[name] for name in [*MAYBE, "nothing"] if name != "unknown"
    }


WRONG: dict[str, list[Any]] = {
    "id": ["6f309f36", 7, None],
    "text": [7, None, []],
    "day": ["2026-01-02T00:00:00Z", "2026-02-30", 7],
    "at": ["2026-01-02", "2026-02-30T00:00:00Z", 7],
    "price": ["1e5", " 1", 1.5, "NaN", "\u0661"],
    "count": [True, 1.0, "1", 2**63, -(2**63) - 1],
    "weight": [True, "1", None],
    "lent": [1, "true"],
    "genre": [7, None],
    "floor": ["0", True],
    "book": [[], "b"],
    "tags": ["a", [7], {"a": 1}],
    "grid": [["2026-01-01"], [["x"]]],
    "nothing": [0],
    "code": [1.5, True],
    "moment": ["soon", 7],
    "labels": [{"red": "x"}],
    "nullable": [7],
}


@pytest.mark.parametrize(("name", "value"), [(name, value) for name, values in WRONG.items() for value in values])
def test_a_wrong_value_is_named_by_its_place(library: ModuleType, name: str, value: Any) -> None:
    errors = importlib.import_module("expected.errors")
    with pytest.raises(errors.DecodeError) as caught:
        read("models.copy", "copy_reader", {**COPY, name: value})
    assert caught.value.path.partition("[")[0].partition(".")[0] == name
    assert isinstance(library, ModuleType)


def test_merged_and_lenient_models_are_models_too(library: ModuleType) -> None:
    assert library.Edition.from_dict({"name": "x", "year": 1, "books": [{}]}).to_dict() == {
        "name": "x",
        "year": 1,
        "books": [{}],
    }
    complaint = library.Complaint.from_dict({"message": 7, "status": 404, "at": "soon", "genre": "FICTION", "more": 1})
    assert (complaint.message, complaint.status, complaint.at) == (None, 404, None)
    assert complaint.to_dict() == {"message": 7, "status": 404, "at": "soon", "genre": "FICTION", "more": 1}


async def ask(status: int, body: Any, **arguments: Any) -> tuple[Any, Any]:
    client = importlib.import_module("expected.client")
    seen: list[Any] = []

    async def send(request: Any) -> Any:
        seen.append(request)
        content = b"" if body is None else json.dumps(body).encode()
        return client.Response(status=status, headers={"content-type": "application/json"}, body=content)

    operation = importlib.import_module("expected.api.lending_desk.find_copy").find_copy
    result = await operation(send, isbn="a/b", number=2, from_="x", **arguments)
    return seen[0], result


async def test_an_operation_sends_every_kind_of_parameter(library: ModuleType) -> None:
    request, _ = await ask(
        200,
        COPY,
        type_="t",
        max_weight=1.5,
        damaged=True,
        bought=date(2026, 1, 2),
        seen_after=datetime(2026, 1, 2, tzinfo=UTC),
        due=date(2026, 1, 3),
        shelves=[1, 2],
        genre=library.Genre.FICTION,
        x_reader="r",
    )
    assert (request.method, request.path) == ("GET", "/books/a%2Fb/copies/2")
    assert request.query == (
        ("from", "x"),
        ("type", "t"),
        ("max-weight", "1.5"),
        ("damaged", "true"),
        ("bought", "2026-01-02"),
        ("seenAfter", "2026-01-02T00:00:00Z"),
        ("due", "2026-01-03"),
        ("shelves", "1"),
        ("shelves", "2"),
        ("genre", "FICTION"),
    )
    assert request.headers == (("X-Reader", "r"),)


async def test_every_status_has_its_own_outcome(library: ModuleType) -> None:
    errors = importlib.import_module("expected.errors")
    assert isinstance((await ask(200, COPY))[1], library.Copy)
    assert [type(each) for each in (await ask(202, [COPY]))[1]] == [library.Copy]
    assert (await ask(204, None))[1] is None
    for status, documented, message in ((404, True, "no"), (410, True, None), (500, False, None), (201, False, None)):
        with pytest.raises(errors.StatusError) as caught:
            await ask(status, {"message": "no"})
        assert (caught.value.status, caught.value.documented) == (status, documented)
        assert getattr(caught.value.body, "message", None) == message


REQUEST: dict[str, Any] = {"editions": [], "first": datetime(2026, 1, 2, tzinfo=UTC)}


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("editions", ["x"]),
        ("editions", None),
        ("first", datetime(2026, 1, 2)),  # noqa: DTZ001 # the point
        ("day", datetime(2026, 1, 2, tzinfo=UTC)),
        ("price", 1.5),
        ("genre", 7),
        ("weight", "1"),
        ("lent", 1),
        ("id", "6f309f36-c351-4d59-b2ce-69879956af85"),
    ],
)
def test_a_request_of_wrong_values_can_not_be_made(library: ModuleType, name: str, value: Any) -> None:
    errors = importlib.import_module("expected.errors")
    with pytest.raises(errors.ArgumentError) as caught:
        library.BookRequest(**{**REQUEST, name: value})
    assert caught.value.argument.partition("[")[0] == name


async def test_a_request_body_is_sent_as_json(library: ModuleType) -> None:
    client = importlib.import_module("expected.client")
    seen: list[Any] = []

    async def send(request: Any) -> Any:
        seen.append(request)
        return client.Response(status=201, headers={"content-type": "application/json"}, body=b'["isbn"]')

    operation = importlib.import_module("expected.api.lending_desk.add_book").add_book
    edition = library.Edition(name="x", year=2026)
    assert await operation(
        send, body=library.BookRequest(editions=[edition], first=REQUEST["first"], price=Decimal("1.50"))
    ) == ["isbn"]
    assert json.loads(seen[0].body) == {
        "editions": [{"name": "x", "year": 2026}],
        "first": "2026-01-02T00:00:00Z",
        "price": "1.50",
    }


HEAD = "openapi: 3.1.0\ninfo: {title: t, version: '1'}\n"
OK = "{'200': {description: d, content: {application/json: {schema: {type: string}}}}}"


@pytest.mark.parametrize(
    ("parameters", "body", "responses", "words"),
    [
        ("{name: c, in: cookie, schema: {type: string}}", "", OK, "cookie parameters"),
        ("{name: send, in: query, schema: {type: string}}", "", OK, "a parameter called send, at /broken"),
        (
            "{name: q, in: query, schema: {type: object, properties: {a: {type: string}}}}",
            "",
            OK,
            "a parameter that is model",
        ),
        (
            "",
            "requestBody: {content: {multipart/form-data: {schema: {type: object, properties: {a: {type: string}}}}}},",
            OK,
            "files",
        ),
        ("", "", "{'2XX': {description: d}}", "the status range 2XX"),
        ("", "", "{default: {description: d}}", "a default response"),
        ("", "", "{'200': {description: d, content: {text/plain: {schema: {type: string}}}}}", "not JSON"),
        ("", "", "{'200': {description: d, content: {application/json: {schema: {const: 7}}}}}", "ConstProperty"),
    ],
)
def test_what_the_templates_can_not_express_ends_the_generation(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], *, parameters: str, body: str, responses: str, words: str
) -> None:
    document = tmp_path / "broken.yaml"
    operation = f"{{parameters: [{parameters}], {body} responses: {responses}}}"
    document.write_text(HEAD + f"paths:\n  /broken:\n    post: {operation}\ncomponents: {{schemas: {{}}}}\n")
    config = tmp_path / "config.yaml"
    config.write_text("package_name_override: x\n")
    code = generate.main(["--document", str(document), "--config", str(config), "--output", str(tmp_path / "out")])
    printed = capsys.readouterr()
    assert code == 1
    assert words in printed.err + printed.out
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("schema", "words"),
    [
        ("{type: object, properties: {toDict: {type: string}}}", "a property called to_dict, at Broken.toDict"),
        ("{type: object, properties: {f: {type: string, format: binary}}}", "a FileProperty, at Broken.f"),
        ("{type: object, properties: {c: {const: x}}}", "a ConstProperty, at Broken.c"),
    ],
)
def test_a_model_that_the_templates_can_not_express_ends_the_generation(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], schema: str, words: str
) -> None:
    document = tmp_path / "broken.yaml"
    document.write_text(HEAD + f"paths: {{}}\ncomponents: {{schemas: {{Broken: {schema}}}}}\n")
    config = tmp_path / "config.yaml"
    config.write_text("package_name_override: x\n")
    assert generate.main(["--document", str(document), "--config", str(config), "--output", str(tmp_path / "out")]) == 1
    printed = capsys.readouterr()
    assert words in printed.err + printed.out
