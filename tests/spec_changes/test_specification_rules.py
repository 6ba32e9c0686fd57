"""Each rule for two specifications, held to a pair of them."""

from collections import defaultdict

import pytest
from attrs import evolve
from specification_pairs import FIELDS, GET, NAMES, OLD, PAIRS, Change, after, parameter, put, rename, several

from tools.spec.compare import compare
from tools.spec.names import Names
from tools.spec.rules import RULES
from tools.spec.surface import surface_of

OF_NAMES = {"class-renamed"}
"""Rules that no change of the specification alone calls for; each has a test of its own."""


def found(change: Change, names: Names = NAMES) -> dict[str, list[str]]:
    """The sentences of the differences that a change makes, by rule."""
    sentences: dict[str, list[str]] = defaultdict(list)
    for difference in compare(surface_of(OLD, NAMES), surface_of(after(change), names)):
        sentences[difference.rule].append(difference.text)
    return dict(sentences)


@pytest.mark.parametrize("name", PAIRS)
def test_a_change_is_told_by_its_rule_and_by_nothing_else(name: str) -> None:
    change, expected = PAIRS[name]
    assert found(change) == {rule: [text] for rule, text in expected.items()}


def test_every_rule_has_a_pair() -> None:
    assert {rule for pair in PAIRS.values() for rule in pair.found} | OF_NAMES == RULES.keys()


def test_the_same_specification_has_no_differences() -> None:
    assert found(lambda _: None) == {}


def test_what_users_do_not_see_is_no_difference() -> None:
    """Descriptions, provenance, order, and where a parameter of the same name goes."""
    assert (
        found(
            several(
                put("A thing.", "components", "schemas", "ThingResponse", "description"),
                put("published", *FIELDS, "id", "x-provenance"),
                lambda document: document["components"]["schemas"]["ThingResponse"]["required"].reverse(),
                parameter("colour", **{"in": "header"}),
                put("How many.", *GET, "summary"),
            )
        )
        == {}
    )


def test_headers_that_the_client_writes_are_no_arguments() -> None:
    assert found(parameter("ET-Client-Name", name="X-Correlation-Id")) == {}


def test_a_class_that_is_called_otherwise_is_renamed_wherever_it_is_used() -> None:
    names = evolve(NAMES, classes={**NAMES.classes, "Place": "Spot"})
    assert found(lambda _: None, names) == {"class-renamed": ["`Place` is called `Spot` now."]}


def test_two_fields_that_could_each_be_the_old_one_are_not_taken_for_it() -> None:
    change = several(rename("price", "cost", *FIELDS), put({"type": "string", "format": "decimal"}, *FIELDS, "fee"))
    assert found(change) == {
        "field-removed": ["`Thing.price` is gone."],
        "field-added": ["`Thing.cost` is new: `Decimal`, or None.", "`Thing.fee` is new: `Decimal`, or None."],
    }


def test_a_class_that_is_sent_and_received_is_judged_as_received() -> None:
    """A field that is only sent may be widened; one that is read as well may not."""
    answered = put({"$ref": "#/components/schemas/NewThing"}, *FIELDS, "draft")
    old = surface_of(after(answered), NAMES)
    widened = put(["integer", "string"], "components", "schemas", "NewThing", "properties", "weight", "type")
    (difference,) = compare(old, surface_of(after(several(answered, widened)), NAMES))
    assert (difference.rule, difference.breaking) == ("field-type-changed", True)
