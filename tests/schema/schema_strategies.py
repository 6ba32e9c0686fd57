"""Hypothesis strategies derived from the schemas of openapi.yaml, so that they follow it."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import yaml
from hypothesis import strategies as st

Node = dict[str, Any]

ROOT = Path(__file__).resolve().parents[2]
DOCUMENT: Node = yaml.safe_load((ROOT / "openapi.yaml").read_text(encoding="utf-8"))
SCHEMAS: dict[str, Node] = DOCUMENT["components"]["schemas"]
DEPTH = 2  # of models in models that contain themselves

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)


def date_times() -> st.SearchStrategy[str]:
    """RFC 3339 in canonical form: what `to_dict` writes."""
    minutes = st.integers(-14 * 60, 14 * 60)

    def written(day: str, clock: str, fraction: str, offset: int) -> str:
        sign, rest = "-" if offset < 0 else "+", abs(offset)
        zone = "Z" if offset == 0 else f"{sign}{rest // 60:02}:{rest % 60:02}"
        return f"{day}T{clock}{fraction}{zone}"

    return st.builds(
        written,
        st.dates(min_value=date(2, 1, 1), max_value=date(9998, 1, 1)).map(str),
        st.times().map(lambda time: f"{time:%H:%M:%S}"),
        st.integers(1, 999_999).map(lambda micros: f".{micros:06}") | st.just(""),
        minutes,
    )


def amounts() -> st.SearchStrategy[str]:
    """Amounts in canonical form: what a Decimal is written as."""
    return st.builds(
        lambda sign, whole, cents: f"{sign}{whole}.{cents:02}",
        st.sampled_from(["", "-"]),
        st.integers(0, 10**9),
        st.integers(0, 99),
    )


def documents(schema: Node, depth: int = DEPTH) -> st.SearchStrategy[Any]:  # noqa: PLR0911 # one a kind
    """Valid documents of a schema, in canonical form."""
    if "$ref" in schema:
        return documents(SCHEMAS[schema["$ref"].rpartition("/")[2]], depth)
    if "enum" in schema:
        return st.sampled_from(schema["enum"]) | TEXT.filter(bool)  # open: another value is no error
    kinds: Any = schema.get("type")
    if isinstance(kinds, list):
        return st.one_of([documents({**schema, "type": kind}, depth) for kind in kinds])
    if kinds == "object":
        return objects(schema, depth)
    if kinds == "array":
        return st.lists(documents(schema["items"], depth - 1), max_size=2) if depth > 0 else st.just([])
    if kinds == "integer":
        return st.integers(-(2**63), 2**63 - 1)
    if kinds == "boolean":
        return st.booleans()
    if kinds == "string":
        return {"date-time": date_times(), "decimal": amounts()}.get(schema.get("format", ""), TEXT)
    assert kinds is None, f"no strategy for {schema}"
    return st.none() | st.booleans() | st.integers() | TEXT | st.lists(TEXT, max_size=2)


def objects(schema: Node, depth: int) -> st.SearchStrategy[Any]:
    """Objects with the required properties, some optional ones, and now and then an unknown one."""
    properties: dict[str, Node] = schema["properties"]
    required = set(schema.get("required", ()))
    known = st.fixed_dictionaries(
        {name: documents(properties[name], depth) for name in properties if name in required},
        optional={name: documents(properties[name], depth) for name in properties if name not in required},
    )
    unknown = st.dictionaries(st.sampled_from(["x-news", "colour"]), TEXT | st.none(), max_size=1)
    return st.builds(lambda first, second: {**first, **second}, known, unknown)
