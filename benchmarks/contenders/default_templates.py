"""The same generator with its own templates."""

import json
from typing import Any

from contenders.ours import facts
from peer_default.models import ContractPage

__all__ = ["as_data", "decode", "encode", "facts"]


def decode(body: bytes) -> Any:
    return ContractPage.from_dict(json.loads(body))


def encode(page: Any) -> bytes:
    return json.dumps(page.to_dict()).encode()


def as_data(page: Any) -> Any:
    return page.to_dict()
