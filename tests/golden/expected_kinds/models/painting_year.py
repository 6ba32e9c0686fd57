# Generated from openapi.yaml and custom_templates by `make generate`. Do not edit: change those, then generate again.
from __future__ import annotations

from typing import ClassVar

from contracts_client.openapi.enums import OpenInt


class PaintingYear(
    OpenInt,
    known={
        "VALUE_1907": 1907,
    },
):
    """One of some known values."""

    __slots__ = ()

    VALUE_1907: ClassVar[PaintingYear]
