"""Open enumerations: a value that the specification does not know survives as itself."""

import copy
import json
import pickle
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts_client import ContractStatus, LoyaltyProgramType
from contracts_client.openapi.enums import OpenInt, OpenStr
from contracts_client.openapi.errors import DecodeError


class Colour(OpenStr, known={"RED": "red", "DARK_BLUE": "dark blue"}):
    __slots__ = ()


class Level(OpenInt, known={"LOW": 1, "HIGH": 10}):
    __slots__ = ()


@pytest.mark.parametrize("name", ["VALID", "EXPIRED", "REFUNDED", "CANCELLED", "MISUSED"])
def test_the_documented_states_are_known(name: str) -> None:
    assert getattr(ContractStatus, name) == name
    assert getattr(ContractStatus, name).is_known


def test_known_values_come_in_order() -> None:
    assert [*ContractStatus.known()] == ["VALID", "EXPIRED", "REFUNDED", "CANCELLED", "MISUSED"]
    assert [*LoyaltyProgramType.known()] == ["TIMED", "COUPONS", "POINTS"]
    assert [*Level.known()] == [1, 10]


# kind, a known value, an unknown one, and what each is without its class
KINDS: dict[str, tuple[Any, Any, Any]] = {"OpenStr": (Colour, "dark blue", "mauve"), "OpenInt": (Level, 10, 7)}
every_kind = pytest.mark.parametrize(("kind", "known", "unknown"), KINDS.values(), ids=KINDS)


@every_kind
def test_a_known_value_is_one_object(kind: Any, known: Any, unknown: Any) -> None:
    assert kind(known) is kind(known) is kind.read(known)
    assert kind(known) in {id(each): each for each in kind.known()}.values()
    assert kind(known).is_known


@every_kind
def test_an_unknown_value_survives_as_itself(kind: Any, known: Any, unknown: Any) -> None:
    value = kind.read(unknown)
    assert type(value) is kind
    assert value == kind(unknown) == unknown
    assert not value.is_known
    assert unknown not in list(kind.known())


@every_kind
def test_a_value_equals_the_plain_one(kind: Any, known: Any, unknown: Any) -> None:
    for plain in (known, unknown):
        assert kind(plain) == plain
        assert plain == kind(plain)
        assert hash(kind(plain)) == hash(plain)
        assert {plain: "found"}[kind(plain)] == "found"
        assert {kind(plain): "found"}[plain] == "found"
    assert kind(known) != kind(unknown)


@every_kind
def test_the_plain_value_is_at_hand(kind: Any, known: Any, unknown: Any) -> None:
    for plain in (known, unknown):
        assert kind(plain).value == plain
        assert type(kind(plain).value) is type(plain)
        assert isinstance(kind(plain), type(plain))


TRAVELS: dict[str, Callable[[Any], Any]] = {
    "copy": copy.copy,
    "deepcopy": copy.deepcopy,
    **{
        f"pickle {protocol}": lambda value, protocol=protocol: pickle.loads(pickle.dumps(value, protocol))
        for protocol in range(pickle.HIGHEST_PROTOCOL + 1)
    },
}


@every_kind
@pytest.mark.parametrize("travel", TRAVELS.values(), ids=TRAVELS)
def test_a_value_travels(kind: Any, known: Any, unknown: Any, travel: Callable[[Any], Any]) -> None:
    assert travel(kind(known)) is kind(known)
    arrived = travel(kind(unknown))
    assert type(arrived) is kind
    assert arrived == unknown
    assert not arrived.is_known


@every_kind
def test_a_value_is_plain_in_json(kind: Any, known: Any, unknown: Any) -> None:
    for plain in (known, unknown):
        assert json.dumps(kind(plain)) == json.dumps(plain)
        assert json.dumps({"a": [kind(plain)]}) == json.dumps({"a": [plain]})
    assert json.dumps({kind(known): 1}) == json.dumps({known: 1})


@every_kind
def test_the_repr_says_class_and_known(kind: Any, known: Any, unknown: Any) -> None:
    assert repr(kind(known)) == f"{kind.__name__}({known!r})"
    assert repr(kind(unknown)) == f"{kind.__name__}({unknown!r}, unknown)"


@every_kind
def test_a_value_is_plain_in_a_text(kind: Any, known: Any, unknown: Any) -> None:
    for plain in (known, unknown):
        assert str(kind(plain)) == f"{kind(plain)}" == str(plain)


def test_a_text_shows_as_itself() -> None:
    for status in (ContractStatus.VALID, ContractStatus("FROZEN")):
        assert f"{status}" == str(status) == "%s" % status == status.value  # noqa: UP031 # that way too
        assert f"{status:>10}" == status.value.rjust(10)


@pytest.mark.parametrize(
    ("status", "found"), [("VALID", "valid"), ("EXPIRED", "over"), ("MISUSED", "over"), ("FROZEN", "new: FROZEN")]
)
def test_match_finds_known_values(status: str, found: str) -> None:
    match ContractStatus(status):
        case ContractStatus.VALID:
            result = "valid"
        case ContractStatus.EXPIRED | ContractStatus.MISUSED:
            result = "over"
        case other:
            result = f"new: {other}"
    assert result == found


@pytest.mark.parametrize("value", [None, 7, True, ["VALID"], {}, b"VALID"], ids=repr)
def test_only_a_string_is_read_as_one(value: object) -> None:
    with pytest.raises(DecodeError, match="expected a string"):
        ContractStatus.read(value)


@pytest.mark.parametrize(
    ("kind", "value"),
    [(Colour, None), (Colour, 7), (Colour, b"red"), (Level, None), (Level, "1"), (Level, 1.5), (Level, True)],
)
def test_a_value_is_made_of_its_type_alone(kind: Any, value: object) -> None:
    """str() and int() would make one of nearly anything."""
    with pytest.raises(TypeError, match=f"^{kind.__name__} takes a"):
        kind(value)


@pytest.mark.parametrize("value", [None, "1", True, 1.0, [1], {}], ids=repr)
def test_only_an_integer_is_read_as_one(value: object) -> None:
    with pytest.raises(DecodeError, match="expected an integer"):
        Level.read(value)


@pytest.mark.parametrize("text", ["valid", "VALID ", "Valid", "", "\u0000", "V\u00c5LID"], ids=ascii)
def test_a_nearly_known_text_is_unknown(text: str) -> None:
    assert not ContractStatus(text).is_known
    assert ContractStatus(text) == text


@given(st.text())
def test_any_text_survives(text: str) -> None:
    assert Colour.read(text).value == Colour(text).value == text
    assert Colour(text).is_known is (text in {"red", "dark blue"})


@given(st.integers(-(2**63), 2**63 - 1))
def test_any_integer_survives(number: int) -> None:
    assert Level.read(number).value == Level(number).value == number
    assert Level(number).is_known is (number in {1, 10})


def test_two_classes_share_no_values() -> None:
    assert not Colour("VALID").is_known
    assert not ContractStatus("red").is_known
    assert Colour("red").is_known
    assert not OpenStr("red").is_known
    assert not OpenInt(1).is_known


@every_kind
def test_a_value_has_no_own_attributes(kind: Any, known: Any, unknown: Any) -> None:
    with pytest.raises(AttributeError):
        kind(known).note = "mine"
    with pytest.raises(AttributeError):
        kind(known).is_known = False
