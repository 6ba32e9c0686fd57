# Generated from openapi.yaml and custom_templates by `make generate`. Do not edit: change those, then generate again.
from __future__ import annotations

from typing import ClassVar

from ...openapi.enums import OpenStr


class LoyaltyProgramType(
    OpenStr,
    known={
        "TIMED": "TIMED",
        "COUPONS": "COUPONS",
        "POINTS": "POINTS",
    },
):
    """How contracts of the program are used up. TIMED: by time alone, such as a customer card. COUPONS: each use
    creates a dependent timed contract, such as a ten-day coupon card. POINTS: by point transactions, such as a
    gift card. The list is open.
    """

    __slots__ = ()

    TIMED: ClassVar[LoyaltyProgramType]
    COUPONS: ClassVar[LoyaltyProgramType]
    POINTS: ClassVar[LoyaltyProgramType]
