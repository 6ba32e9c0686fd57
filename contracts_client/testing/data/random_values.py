"""Hypothesis strategies of JSON values that are neither objects nor arrays, by what a schema says of them."""

from __future__ import annotations

import re
from datetime import date, time
from typing import Any

from hypothesis import strategies as st

from .schemas import Node

Json = st.SearchStrategy[Any]

MAX_LENGTH = 8
"""How long a text gets where nothing is said about it."""

SMALL = 3
"""Up to which absolute value integers are tried more often."""

INT32 = (-(2**31), 2**31 - 1)
INT64 = (-(2**63), 2**63 - 1)

CHARACTERS = st.characters(exclude_categories=["Cs"])
TEXT = st.text(CHARACTERS, max_size=MAX_LENGTH)
INTEGER = st.integers(*INT64) | st.integers(-SMALL, SMALL)
ANYTHING: Json = st.recursive(
    st.none() | st.booleans() | INTEGER | st.floats(allow_nan=False, allow_infinity=False) | TEXT,
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(TEXT, inner, max_size=2),
    max_leaves=4,
)
_DIGITS = st.text("0123456789", min_size=1, max_size=20)


def moments(*, tolerant: bool = False) -> st.SearchStrategy[str]:
    """RFC 3339 in every spelling it allows; if tolerant also without an offset, which the client reads as UTC."""
    offsets = st.builds("{}{:02}:{:02}".format, st.sampled_from("+-"), st.integers(0, 14), st.sampled_from([0, 30, 45]))
    zones = st.just("Z") | offsets
    fractions = st.text("0123456789", min_size=1, max_size=9).map(".{}".format) | st.just("")

    def written(day: date, clock: time, fraction: str, zone: str, *, lower: bool) -> str:
        text = f"{day}T{clock:%H:%M:%S}{fraction}{zone}"
        return text.lower() if lower else text

    return st.builds(
        written,
        st.dates(min_value=date(2, 1, 1), max_value=date(9998, 1, 1)),  # any offset leaves a moment within bounds
        st.times(),
        fractions,
        zones | st.just("") if tolerant else zones,
        lower=st.sampled_from([False, False, True]),
    )


def amounts() -> st.SearchStrategy[str]:
    """Decimal numbers in every spelling that is read."""
    numbers = (
        st.builds("{}.{}".format, _DIGITS, _DIGITS) | _DIGITS | _DIGITS.map("{}.".format) | _DIGITS.map(".{}".format)
    )
    return st.builds("{}{}".format, st.sampled_from(["", "", "-", "+"]), numbers)


def texts(schema: Node, *, tolerant: bool) -> st.SearchStrategy[str]:
    """Strings of a schema: by its format, else by its pattern, else by its length."""
    by_format = {
        "date-time": moments(tolerant=tolerant),
        "date": st.dates().map(str),
        "uuid": st.uuids().map(str),
    }
    if tolerant or "pattern" not in schema:  # the amounts of a pattern are written in one spelling
        by_format["decimal"] = amounts()
    if schema.get("format") in by_format:
        return by_format[schema["format"]]
    shortest: int = schema.get("minLength", 0)
    longest: int = schema.get("maxLength", shortest + MAX_LENGTH)
    if "pattern" not in schema:
        return st.text(CHARACTERS, min_size=shortest, max_size=longest)
    # To Python, $ lets a line break follow; to JSON Schema it does not.
    pattern: str = schema["pattern"]
    matching = st.from_regex(re.compile(pattern, re.ASCII), fullmatch=pattern.endswith("$"))
    bounded = "minLength" in schema or "maxLength" in schema
    return matching.filter(lambda text: shortest <= len(text) <= longest) if bounded else matching


def integers(schema: Node, *, tolerant: bool) -> st.SearchStrategy[int]:
    """Integers of a schema: of 64 bits, or of 32 where its format says so."""
    lowest, highest = INT32 if schema.get("format") == "int32" and not tolerant else INT64
    lowest = max(lowest, schema.get("minimum", lowest), schema.get("exclusiveMinimum", lowest - 1) + 1)
    highest = min(highest, schema.get("maximum", highest), schema.get("exclusiveMaximum", highest + 1) - 1)
    found = st.integers(lowest, highest)
    return found | st.integers(-SMALL, SMALL) if lowest <= -SMALL and highest >= SMALL else found


def numbers(schema: Node) -> st.SearchStrategy[float]:
    """Finite numbers of a schema, written with a point or without."""
    lowest: float | None = schema.get("minimum", schema.get("exclusiveMinimum"))
    highest: float | None = schema.get("maximum", schema.get("exclusiveMaximum"))
    found = st.floats(
        lowest,
        highest,
        allow_nan=False,
        allow_infinity=False,
        exclude_min="exclusiveMinimum" in schema,
        exclude_max="exclusiveMaximum" in schema,
    )
    return found | st.integers(-(2**53), 2**53) if lowest is highest is None else found
