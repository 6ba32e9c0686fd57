# Generated from openapi.yaml and custom_templates by `make generate`. Do not edit: change those, then generate again.
from __future__ import annotations

from typing import ClassVar

from contracts_client.openapi.enums import OpenInt


class Floor(
    OpenInt,
    known={
        "VALUE_0": 0,
        "VALUE_1": 1,
        "VALUE_NEGATIVE_1": -1,
    },
):
    """One of some known values."""

    __slots__ = ()

    VALUE_0: ClassVar[Floor]
    VALUE_1: ClassVar[Floor]
    VALUE_NEGATIVE_1: ClassVar[Floor]
