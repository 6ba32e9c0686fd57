"""What a change of the specification means: the packages generated of both, and the facts that those do not show."""

import json
import re
from collections.abc import Mapping
from pathlib import Path

import pytest
import yaml
from attrs import evolve

from tools.changes import diff
from tools.changes.diff import Specification, differences
from tools.changes.differences import OF_THE_SPECIFICATION, OF_THE_SURFACE, RULES, told
from tools.changes.facts import classes_of, fact_differences, facts_of, renamed_operations, sent_only

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "changing-the-specification.md"
CONFIG = {"class_overrides": {"ThingResponse": {"class_name": "Thing", "module_name": "thing"}}}
PUBLIC = frozenset({"Thing", "NewThing", "Kind", "Place", "Maker", "ThingPage", "ThingSize"})
METHODS = {"get_things": "ContractsClient.list_things", "claim_thing": "ContractsClient.claim_thing"}
OLD = """
openapi: 3.1.0
info: {title: Things, version: "1"}
servers: [{url: "https://api.example.org"}]
paths:
  /things:
    get:
      operationId: getThings
      tags: [things]
      parameters:
      - {name: ET-Client-Name, in: header, required: true, schema: {type: string}}
      - {name: ownerNumber, in: query, required: true, schema: {type: integer}}
      - {name: nameStart, in: query, schema: {type: string, maxLength: 20}}
      - {name: weight, in: query, schema: {type: integer}}
      - {name: colour, in: query, schema: {type: string}}
      - {name: madeOn, in: query, schema: {type: string, format: date}}
      responses:
        "200":
          description: A page.
          x-pagination: {items: items}
          content: {application/json: {schema: {$ref: "#/components/schemas/ThingPage"}}}
        "404": {description: None of the sort.}
    post:
      operationId: addThing
      tags: [things]
      requestBody: {required: true, content: {application/json: {schema: {$ref: "#/components/schemas/NewThing"}}}}
      responses:
        "200":
          description: Added
          content: {application/json: {schema: {$ref: "#/components/schemas/ThingResponse"}}}
  /things/claim:
    post:
      operationId: claimThing
      tags: [things]
      requestBody: {required: true, content: {application/json: {schema: {$ref: "#/components/schemas/ClaimRequest"}}}}
      responses: {"204": {description: Claimed}}
components:
  schemas:
    ThingPage:
      type: object
      required: [items]
      properties:
        items: {type: array, items: {$ref: "#/components/schemas/ThingResponse"}}
        total: {type: integer}
    ThingResponse:
      type: object
      required: [id, madeAt, kind]
      properties:
        id: {type: string}
        madeAt: {type: string, format: date-time}
        kind: {$ref: "#/components/schemas/Kind"}
        price: {type: string, format: decimal}
        owner: {type: string, x-personal: true}
        code: {type: [integer, string]}
        places: {type: array, items: {$ref: "#/components/schemas/Place"}}
        size: {type: object, properties: {width: {type: integer}}}
    Place: {type: object, properties: {name: {type: string}}}
    Kind: {type: string, enum: [SMALL, LARGE]}
    NewThing:
      type: object
      required: [name, mass]
      properties: {name: {type: string}, mass: {type: integer}, note: {type: string}}
    ClaimRequest:
      type: object
      required: [reference]
      properties: {reference: {type: string}}
"""
AFTER = "  /things/claim:\n"
COUNT = '  /count:\n    get: {operationId: countThings, tags: [x], responses: {"204": {description: Counted}}}\n'
FILTER = "      - {name: colour, in: query"
LATER = "      - {name: madeAfter, in: query, schema: {type: string, format: date}}\n"
KIND = "      - {name: kind, in: query, required: true, schema: {type: string}}\n"
EITHER = "{anyOf: [{type: string, format: date}, {type: string, format: date-time}]}"
MAKER = "    Maker: {type: object, properties: {name: {type: string}}}\n"
MAKER_SCHEMA = '"#/components/schemas/Maker"'
ID = "      - {name: X-Correlation-Id, in: header, schema: {type: string}}\n"
LISTING = "ContractsClient.list_things"

HARMLESS = [
    (AFTER, COUNT + AFTER, "`count_things` is new."),
    ("getThings", "findThings", "`find_things` is the operation `findThings` now, which was `getThings`."),
    (FILTER, LATER + FILTER, "`find_things(made_after)` is new: `date | None`, and may be left out."),
    (
        "ownerNumber, in: query, required: true",
        "ownerNumber, in: query",
        "`find_things(owner_number)` may be left out now.",
        "`find_things(owner_number)` can be `int | None` now, not only `int`.",
    ),
    (
        "{name: madeOn, in: query, schema: {type: string, format: date}}",
        f"{{name: madeOn, in: query, schema: {EITHER}}}",
        "`find_things(made_on)` can be `date | datetime | None` now, not only `date | None`.",
    ),
    ("    Place:", MAKER + "    Place:", "`Maker` is new."),
    ("        places:", f"        maker: {{$ref: {MAKER_SCHEMA}}}\n        places:", "`Thing.maker` is new."),
    ("enum: [SMALL, LARGE]", "enum: [SMALL, LARGE, LUGGAGE-RACK]", "`Kind.LUGGAGE_RACK` is new."),
    (
        "required: [name, mass]",
        "required: [name]",
        "`NewThing.mass` can be `int | None` now, not only `int`.",
        "`NewThing(mass)` may be left out now.",
    ),
    ("note: {type: string}", "note: {type: [integer, string]}", "`NewThing.note` can be `int | str | None` now, not only `str | None`."),  # noqa: E501
    ("[reference]\n      properties: {reference", "[pickup]\n      properties: {pickup", "`ClaimRequest.reference` is gone.", "`ClaimRequest(pickup)` is new: `str`, and has to be given."),  # noqa: E501
    ("      - {name: ownerNumber", f"{ID}      - {{name: ownerNumber"),
    ("A page.", "One page."),
]  # fmt: skip
BREAKING = [
    (AFTER, "  /things/claims:\n", "`ContractsClient.claim_thing` is sent to `POST /things/claims` now, not to `POST /things/claim`."),  # noqa: E501
    (FILTER, KIND + FILTER, f"`{LISTING}(kind)` is new: `str`, and has to be given."),
    ("      - {name: madeOn, in: query, schema: {type: string, format: date}}\n", "", f"`{LISTING}(made_on)` is gone."),
    ("name: weight", "name: width", f"`{LISTING}(weight)` is gone.", f"`{LISTING}(width)` is new: `int | None`, and may be left out."),  # noqa: E501
    ("nameStart, in: query", "nameStart, in: query, required: true", f"`{LISTING}(name_start)` has to be given now.", f"`{LISTING}(name_start)` is `str` now, not `str | None`."),  # noqa: E501
    ("colour, in: query, schema: {type: string}", "colour, in: query, schema: {type: integer}", f"`{LISTING}(colour)` is `int | None` now, not `str | None`."),  # noqa: E501
    ('"#/components/schemas/ThingResponse"}}}\n  /things/claim', '"#/components/schemas/Kind"}}}\n  /things/claim', "`add_thing` returns `Kind` now, not `Thing`."),  # noqa: E501
    ("required: [id, madeAt, kind]", "required: [id, kind, price]", "`Thing.made_at` is `datetime | None` now, not `datetime`.", "`Thing(made_at)` may be left out now.", "`Thing.price` is `Decimal` now, not `Decimal | None`.", "`Thing(price)` has to be given now."),  # noqa: E501
    ("        owner: {type: string, x-personal: true}\n", "", "`Thing.owner` is gone."),
    ("code: {type: [integer, string]}", "code: {type: integer}", "`Thing.code` is `int | None` now, not `int | str | None`."),  # noqa: E501
    ("width: {type: integer}", "width: {type: string}", "`ThingSize.width` is `str | None` now, not `int | None`."),
    ('        places: {type: array, items: {$ref: "#/components/schemas/Place"}}\n', "", "`Thing.places` is gone."),
    ("    Place: {type: object, properties: {name: {type: string}}}\n", "", "`Place` is gone."),
    ("enum: [SMALL, LARGE]", "enum: [SMALL]", "`Kind.LARGE` is gone."),
    ("mass: {type: integer}", "mass: {type: boolean}", "`NewThing.mass` is `bool` now, not `int`."),
]  # fmt: skip
FACTS = [
    ("    get:\n      operationId: getThings", "    get:\n      operationId: findThings", "operation-renamed", None),
    ("  /things/claim:", "  /claims:", "operation-moved", "is sent to `POST /claims` now, not to `POST /things/claim`."),  # noqa: E501
    ('"404": {', '"429": {', "statuses-changed", f"`{LISTING}` can be answered by 200, 429 now, not by 200, 404."),
    ("x-pagination: {items: items}", "x-pagination: {items: total}", "pagination-changed", "is paged by total now"),
    ("maxLength: 20", "maxLength: 30", "rules-changed", f"`{LISTING}(name_start)` keeps to other rules: maxLength 30"),
    ("maxLength: 20", "maxLength: 10", "rules-narrowed", "keeps to narrower rules: maxLength 10, not maxLength 20"),
    ("colour, in: query, schema: {type: string}", "colour, in: query, schema: {type: string, default: red}", "default-changed", "`red` for the server"),  # noqa: E501
    ("name: colour", "name: Colour", "wire-name-changed", f"`{LISTING}(colour)` is `Colour in query` on the wire now"),
    ("operationId: claimThing", "security: [{oauth: [claim]}]\n      operationId: claimThing", "security-changed", '[{"oauth": ["claim"]}], not []'),  # noqa: E501
    ("operationId: claimThing", "deprecated: true\n      operationId: claimThing", "deprecation-changed", "deprecated: true"),  # noqa: E501
    ("    NewThing:\n", "    NewThing:\n      additionalProperties: false\n", "described-otherwise", "additionalProperties false"),  # noqa: E501
    ("price: {type: string, format: decimal}", "price: {type: string, format: decimal, readOnly: true}", "described-otherwise", "readOnly true"),  # noqa: E501
    ("[SMALL, LARGE]", "[SMALL, LARGE], x-enum-varnames: [Small, Large]", "described-otherwise", "x-enum-varnames"),
    ("id: {type: string}", "id: {type: string, pattern: ^T}", "rules-changed", "other rules: pattern ^T, not none."),
    ("id: {type: string}", "id: {type: string, x-personal: true}", "personal-changed", "`Thing.id` is masked in reprs"),
    ("https://api.", "https://things.", "servers-changed", "The `servers` are https://things.example.org now"),
]  # fmt: skip


def edited(*changes: tuple[str, ...]) -> Specification:
    """The specification after some changes: a text, and what takes its place."""
    text = OLD
    for old, new, *_ in changes:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    return Specification(yaml.safe_load(text), CONFIG, PUBLIC, METHODS)


@pytest.mark.parametrize("cases", [HARMLESS, BREAKING], ids=["harmless", "breaking"])
def test_a_change_is_told_as_generated(cases: list[tuple[str, ...]]) -> None:
    found = differences(edited(), edited(*cases))
    assert sorted(each.text for each in found) == sorted(text for _, _, *texts in cases for text in texts)
    assert any(each.breaking for each in found) is (cases is BREAKING)


@pytest.mark.parametrize(("old", "new", "rule", "text"), FACTS)
def test_a_fact_that_code_hides_is_told(old: str, new: str, rule: str, text: str | None) -> None:
    before, after = edited().document, edited((old, new)).document
    if text is None:
        assert renamed_operations(before, after) == {"getThings": "findThings"}
        return
    old_facts, new_facts = (facts_of(each, classes_of(each, CONFIG), METHODS) for each in (before, after))
    found = fact_differences(old_facts, new_facts)
    assert any(text in each.text for each in found if each.rule == rule)


def test_every_fact_has_a_case() -> None:
    assert {rule for _, _, rule, _ in FACTS} == OF_THE_SPECIFICATION.keys() - {"code-changed"}


def test_code_that_nothing_explains_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(diff, "fact_differences", lambda *_, **__: [])
    found = differences(edited(), edited(("/things/claim:", "/claims:")))
    assert [(each.rule, each.subject) for each in found] == [("code-changed", "ContractsClient.claim_thing")]


def test_a_received_class_is_not_only_sent() -> None:
    assert sent_only(edited().document, CONFIG) == {"NewThing", "ClaimRequest"}
    received = edited(("        places:", '        draft: {$ref: "#/components/schemas/NewThing"}\n        places:'))
    assert sent_only(received.document, CONFIG) == {"ClaimRequest"}


@pytest.fixture
def base(tmp_path: Path) -> Path:
    """openapi.yaml as it may have been: with another name of a property."""
    text = (ROOT / "openapi.yaml").read_text(encoding="utf-8")
    old = text.replace("        remainingCoupons:\n", "        couponsThatRemain:\n", 1)
    assert old != text
    path = tmp_path / "old.yaml"
    path.write_text(old, encoding="utf-8")
    return path


def test_a_difference_suits_the_changelog(base: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert diff.main(["spec", str(base)]) == 0
    assert capsys.readouterr().out == (
        "2 differences, of which 1 breaking\n\n"
        "### Added\n\n- `Contract.remaining_coupons` is new.\n\n"
        "### Removed\n\n- Breaking: `Contract.coupons_that_remain` is gone.\n"
    )


def test_parts_of_a_page_keep_their_names(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = (ROOT / "openapi.yaml").read_text(encoding="utf-8")
    for old, new in (
        ("        items: items\n", "        items: contracts\n"),
        ("        perPage: perPage\n", "        perPage: size\n"),
        ("      name: perPage\n", "      name: size\n"),
        ("        items:\n          type: array", "        contracts:\n          type: array"),
        ("      required: [items]\n", "      required: [contracts]\n"),
    ):
        assert old in text
        text = text.replace(old, new)
    (tmp_path / "new.yaml").write_text(text, encoding="utf-8")
    assert diff.main(["spec", str(ROOT / "openapi.yaml"), str(tmp_path / "new.yaml"), "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["breaking"] is False
    assert {each["rule"] for each in found["differences"]} == {"pagination-changed"}


@pytest.mark.parametrize("text", [None, "- milk\n", OLD.replace("/Kind", "/Nowhere")])
def test_an_unreadable_base_is_an_error(text: str | None, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "notes.yaml"
    if text is not None:
        path.write_text(text, encoding="utf-8")
    assert diff.main(["spec", str(path)]) == 2
    assert capsys.readouterr().err


def test_an_old_configuration_is_no_obstacle() -> None:
    old, new = edited(), edited()
    assert differences(evolve(old, config=CONFIG | {"post_hooks": ["ruff format ."]}), new) == []


def test_what_is_refused_is_compared_too(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    files = tmp_path / "old.yaml", tmp_path / "new.yaml"
    files[0].write_text(OLD, encoding="utf-8")
    refused = OLD.replace("mass: {type: integer}", "mass: {type: file}").replace("maxLength: 20", "maxLength: 9")
    files[1].write_text(refused, encoding="utf-8")
    assert diff.main(["spec", *map(str, files)]) == 2
    told, error = capsys.readouterr()
    assert "`get_things(name_start)` keeps to narrower rules: maxLength 9, not maxLength 20." in told
    assert "`NewThing.mass` is described otherwise: type file, not type integer." in told
    assert "the type file" in error


def test_no_differences_are_said_to_be_none() -> None:
    assert told([], as_json=False) == "Nothing that users of the package see differs."


@pytest.mark.parametrize(("heading", "rules"), [("specification", OF_THE_SPECIFICATION), ("surface", OF_THE_SURFACE)])
def test_the_page_has_the_rules(heading: str, rules: Mapping[str, object]) -> None:
    text = PAGE.read_text(encoding="utf-8").partition(f"<!-- {heading}: begin -->")[2].partition("<!-- ")[0]
    rows = re.findall(r"^\| `([a-z-]+)` \| (yes|no) \| .+ \|$", text, re.MULTILINE)
    assert rows == [(name, "yes" if RULES[name][0] else "no") for name in rules]
