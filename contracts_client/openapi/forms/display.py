"""A model for a terminal with rich, and for a notebook: what its repr shows, in lines."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from html import escape
from typing import Any, Final

from ..model import Model, Text, shown

Attributes = Iterable[tuple[str | None, Any]]

MAX_ITEMS: Final = 20
"""Items of a list that a notebook shows."""
_LEFT: Final = "text-align: left; vertical-align: top"


def for_rich(attributes: Attributes) -> Iterator[tuple[str | None, Any]]:
    """Yield name and value as rich takes them. It shows values by their own protocol, or by their repr."""
    for name, value in attributes:
        yield name, _for_rich(value)


def as_html(name: str, attributes: Attributes) -> str:
    """Return an HTML table.

    Args:
        name: What it is.
        attributes: Names and values of its rows.
    """
    rows = (
        f'<tr><th style="{_LEFT}">{escape(label or "")}</th><td style="{_LEFT}">{_cell(value)}</td></tr>'
        for label, value in attributes
    )
    return f'<table><caption style="{_LEFT}">{escape(name)}</caption>{"".join(rows)}</table>'


def _for_rich(value: Any) -> Any:
    if isinstance(value, list):
        return [_for_rich(each) for each in value]  # pyright: ignore[reportUnknownVariableType] # of a model
    if isinstance(value, Model):
        return value
    text = shown(value)
    return Text(text) if isinstance(value, dict | dt.date) or text != repr(value) else value


def _cell(value: Any) -> str:
    """Return the HTML of a value. Lists are closed until somebody opens them."""
    if isinstance(value, Model):
        return value._repr_html_()  # pyright: ignore[reportPrivateUsage] # its name in the protocol
    if value.__class__ is list:
        items: list[Any] = value
        more = f"<li>... {len(items) - MAX_ITEMS} more</li>" if len(items) > MAX_ITEMS else ""
        listed = "".join(f"<li>{_cell(each)}</li>" for each in items[:MAX_ITEMS])
        return f"<details><summary>{len(items)} items</summary><ol>{listed}{more}</ol></details>"
    return escape(shown(value))
