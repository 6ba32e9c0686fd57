"""What springdoc and others write is generated, and does its work: the package of kinds.yaml, used."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any
from uuid import UUID

import pytest
from contracts_client.openapi import bodies, parameters
from contracts_client.openapi.errors import ArgumentError, DecodeError, StatusError

from golden_package import HERE, Package, answer

ID = "6f309f36-c351-4d59-b2ce-69879956af85"
FAULT = {"message": "no"}


@pytest.fixture(scope="module")
def museum() -> Package:
    return Package(HERE / "expected_kinds", "generated_museum")


def asked(museum: Package, **arguments: Any) -> Any:
    return museum.operation("find_exhibits")(
        id=UUID(ID), pageable=museum.models.Pageable(page=1, sort=["a", "b"]), **arguments
    )


def test_objects_are_written_as_parameters(museum: Package) -> None:
    models = museum.models
    filters = models.FindExhibitsFilter(additional_properties={"colour": "red"})
    where = models.FindExhibitsWhere(additional_properties={"a": [1]})
    request = asked(museum, filter_=filters, where=where).request
    assert request.path == f"/exhibits/{ID}"
    assert request.query == (
        ("page", "1"), ("sort", "a"), ("sort", "b"), ("filter[colour]", "red"), ("where", '{"a":[1]}')
    )  # fmt: skip


PARAMETERS: dict[str, tuple[dict[str, Any], tuple[str, str]]] = {
    "an array in one text": ({"rooms": [1, 2]}, ("rooms", "1,2")),
    "an array with pipes": ({"colours": ["red", "blue"]}, ("colours", "red|blue")),
    "a number of a union": ({"limit": 5}, ("limit", "5")),
    "a text of a union": ({"limit": "all"}, ("limit", "all")),
    "a UUID": ({"owner": UUID(ID)}, ("owner", ID)),
    "one called like the body": ({"body_query": "a"}, ("body", "a")),
}


@pytest.mark.parametrize("name", PARAMETERS)
def test_parameters_have_their_style(museum: Package, name: str) -> None:
    arguments, pair = PARAMETERS[name]
    assert pair in asked(museum, **arguments).request.query


def test_a_moment_is_sent_in_a_header(museum: Package) -> None:
    request = asked(museum, x_since=dt.datetime(2026, 1, 2, tzinfo=dt.UTC)).request
    assert request.headers == (("X-Since", "2026-01-02T00:00:00Z"),)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"colours": ["a|b"]}, "colours: must hold no item with '|', which stands between them"),
        ({"limit": {"a": {"b": 1}}}, "limit: must be a string"),
        ({"limit": object()}, "limit: must be a string"),
        ({"owner": ID}, "owner: must be a UUID"),
        ({"where": {"a": object()}}, "where: must hold only what JSON can hold"),
    ],
)
def test_no_parameter_holds_such_a_value(museum: Package, arguments: dict[str, Any], message: str) -> None:
    with pytest.raises(ArgumentError) as caught:
        asked(museum, **arguments)
    assert str(caught.value) == message


def test_a_model_that_is_broken_is_refused(museum: Package) -> None:
    pageable, form = museum.models.Pageable(), museum.models.DescribePhotographBody()
    pageable.sort = form.rooms = 5
    with pytest.raises(ArgumentError, match="pageable: must be a string"):
        museum.operation("find_exhibits")(id=UUID(ID), pageable=pageable)
    with pytest.raises(ArgumentError, match="body: must be a model whose attributes are what their types say"):
        bodies.form_body("body", form)


def test_values_of_any_type_are_written() -> None:
    encode = parameters.any_text(",")
    assert encode("a", {"b": True, "c": [1, 2.5]}) == "b,true,c,1,c,2.5"
    assert encode("a", [1, "b"]) == "1,b"
    assert parameters.spread("a", "a", [1, "b"], deep=True) == [("a", "1"), ("a", "b")]


def test_errors_are_looked_up_by_range(museum: Package) -> None:
    parse = asked(museum).parse
    expected: list[tuple[int, Any, bool, Any]] = [
        (404, FAULT, True, None),
        (422, FAULT, True, museum.models.Complaint(message="no")),
        (500, "broken", False, "broken"),
        (500, {"not": "a text"}, False, None),
    ]
    for status, body, documented, read in expected:
        with pytest.raises(StatusError) as caught:
            parse(answer(status, body))
        assert (caught.value.documented, caught.value.body) == (documented, read)


def test_the_default_is_the_only_success(museum: Package) -> None:
    parse = museum.operation("replace_exhibit")(id="a").parse
    painting = parse(answer(200, {"kind": "oil", "number": 1}))
    assert painting == museum.models.Painting(kind="oil", number=1)
    with pytest.raises(StatusError) as caught:
        parse(answer(409, {"kind": "oil"}))
    assert caught.value.body == museum.models.Painting(kind="oil")


def test_the_discriminator_says_what_it_is(museum: Package) -> None:
    models, parse = museum.models, asked(museum).parse
    items = [
        {"kind": "oil", "year": 1907},
        {"kind": "Sculpture", "parts": [{"kind": "SKETCH"}], "stone": None, "names": ["a", None]},
        {"kind": "video", "minutes": 3},
    ]
    painting, sculpture, other = parse(answer(200, items))
    assert isinstance(painting, models.Painting)
    assert sculpture.parts == [models.Painting(kind="SKETCH")]
    assert (sculpture.stone, sculpture.names) == (None, ["a", None])
    assert (other.kind, other.additional_properties) == ("video", {"minutes": 3})
    assert [each.to_dict() for each in (painting, other)] == [items[0], items[2]]
    for item in ({}, {"kind": None}, {"kind": "Sculpture"}, 1):
        with pytest.raises(DecodeError):
            parse(answer(200, [item]))


def test_texts_and_bytes_are_successes(museum: Package) -> None:
    operation = asked(museum)
    assert operation.request.accept.startswith("text/csv, ")
    assert operation.parse(answer(203, "blåbær".encode(), "text/csv")) == "blåbær"
    assert operation.parse(answer(203, b"bl\xe5", "text/csv; charset=ISO-8859-1")) == "blå"
    for content_type in ("text/csv", "text/csv; charset=utf-7"):
        with pytest.raises(DecodeError) as caught:
            operation.parse(answer(203, b"\xe5", content_type))
        assert (
            str(caught.value) == "the document: expected a text in UTF-8, ASCII or Latin-1, found a body that is none"
        )
    photograph = museum.operation("replace_photograph")(body=b"\x00\xff")
    assert (photograph.request.body, photograph.request.content_type) == (b"\x00\xff", "image/jpeg")
    assert photograph.parse(answer(200, b"\xff\x00", "image/jpeg")) == b"\xff\x00"
    with pytest.raises(ArgumentError, match="body: must be bytes"):
        museum.operation("replace_photograph")(body="text")


def test_a_text_is_sent(museum: Package) -> None:
    request = museum.operation("add_photograph_2")(body="blåbær").request
    assert (request.body, request.content_type) == ("blåbær".encode(), "text/plain")
    for body in (b"bytes", "\ud800"):
        with pytest.raises(ArgumentError, match="body: must be a string that UTF-8 can hold"):
            museum.operation("add_photograph_2")(body=body)


def test_a_body_may_be_left_out(museum: Package) -> None:
    for name, arguments in (("replace_exhibit", {"id": "a"}), ("describe_photograph", {}), ("post_labels", {})):
        request = museum.operation(name)(**arguments).request
        assert (request.body, request.content_type) == (None, None)


def test_what_is_only_read_is_not_sent(museum: Package) -> None:
    models = museum.models
    painting = models.Painting(kind="oil", number=4, secret="s")
    sculpture = models.Sculpture(kind="Sculpture", parts=[painting], stone=models.Stone.GRANITE, names=["a", None])
    request = museum.operation("replace_exhibit")(id="a", body=[sculpture]).request
    (sent,) = json.loads(request.body)
    assert (sent["parts"], sent["names"]) == ([{"kind": "oil", "secret": "s"}], ["a", None])
    assert painting.number == 4


def test_a_form_is_sent(museum: Package) -> None:
    form = museum.models.DescribePhotographBody(title="a & b", rooms=[1, 2])
    request = museum.operation("describe_photograph")(body=form).request
    assert request.body == b"title=a+%26+b&rooms=1&rooms=2"
    for body, where in (({"a": {}}, "body.a: must be a text"), (1, "body: must be a model"), (object(), "body: must")):
        with pytest.raises(ArgumentError, match=where):
            bodies.form_body("body", body)


def test_files_are_sent(museum: Package) -> None:
    models = museum.models
    photograph = models.AddPhotographBody(
        file=b"\x00", others=[b"1", b"2"], taken=dt.date(2026, 1, 2), of=models.Painting(kind="oil", number=4)
    )
    request, again = (museum.operation("add_photograph")(body=photograph).request for _ in range(2))
    boundary = request.content_type.removeprefix("multipart/form-data; boundary=")
    parts = request.body.split(f"--{boundary}".encode())
    head, file, one, two, taken, painting, end = parts
    assert (head, end) == (b"", b"--\r\n")
    named = b'\r\nContent-Disposition: form-data; name="file"; filename="file"\r\n'
    assert file == named + b"Content-Type: application/octet-stream\r\n\r\n\x00\r\n"
    assert [each.rpartition(b"\r\n\r\n")[2] for each in (one, two, taken)] == [b"1\r\n", b"2\r\n", b"2026-01-02\r\n"]
    assert painting.endswith(b'Content-Type: application/json\r\n\r\n{"kind": "oil"}\r\n')
    assert (again.body, again.content_type) == (request.body, request.content_type)


@pytest.mark.parametrize("body", [{"a": {1}}, {"a": {"b": float("nan")}}])
def test_no_part_of_a_form_is_no_json(body: Any) -> None:
    with pytest.raises(ArgumentError, match=r"body\.a: must hold only what JSON and UTF-8 can hold"):
        bodies.multipart_body("body", body)


def test_bytes_are_checked(museum: Package) -> None:
    with pytest.raises(ArgumentError, match="file: must be of type bytes"):
        museum.models.AddPhotographBody(file="text")
    with pytest.raises(DecodeError, match="expected a form, since JSON has no bytes, found a string"):
        museum.models.AddPhotographBody.from_dict({"file": "text"})


def test_awkward_names_are_kept_in_json(museum: Package) -> None:
    painting = museum.models.Painting.from_dict({"kind": "oil", "to_dict": "a", 'a"b': "c"})
    assert (painting.to_dict_2, painting.ab) == ("a", "c")
    assert painting.to_dict() == {"kind": "oil", "to_dict": "a", 'a"b': "c"}


def test_a_component_keeps_its_name(museum: Package) -> None:
    assert museum.models.Sculpture.__name__ == "Sculpture"
    assert [each.value for each in museum.models.Stone.known()] == ["granite", "GRANITE"]
    assert museum.module("schemas").WorkProperties.__annotations__ != museum.models.WorkProperties.__annotations__
