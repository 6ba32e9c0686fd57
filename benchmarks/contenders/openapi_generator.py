"""openapi-generator's Python client (asyncio), whose models are pydantic's."""

from typing import Any

from contenders.ours import facts
from peer_oag.models.contract_page_response import ContractPageResponse

__all__ = ["as_data", "decode", "encode", "facts"]


def decode(body: bytes) -> Any:
    return ContractPageResponse.from_json(body.decode())


def encode(page: Any) -> bytes:
    text: str = page.to_json()
    return text.encode()


def as_data(page: Any) -> Any:
    return page.to_dict()
