# Generated from openapi.yaml and custom_templates by `make generate`. Do not edit: change those, then generate again.
from __future__ import annotations

from typing import ClassVar

from contracts_client.openapi.enums import OpenInt


class UnionsStateType1(
    OpenInt,
    known={
        "VALUE_1": 1,
        "VALUE_2": 2,
    },
):
    """One of some known values."""

    __slots__ = ()

    VALUE_1: ClassVar[UnionsStateType1]
    VALUE_2: ClassVar[UnionsStateType1]
