"""pydantic 2 with its own JSON parser, which is its fastest path."""

from typing import Any

from contenders.ours import facts
from contenders.shapes import FIELDS, camel, source
from pydantic import BaseModel, ConfigDict

__all__ = ["as_data", "decode", "encode", "facts"]


class Base(BaseModel):
    model_config = ConfigDict(alias_generator=camel, populate_by_name=True, extra="allow")


_made: dict[str, Any] = {"Base": Base, "__name__": __name__}
exec(source("(Base)", "", "None"), _made)  # our own text
for _name in FIELDS:
    _made[_name].model_rebuild(_types_namespace=_made)
_Page: Any = _made["ContractPage"]


def decode(body: bytes) -> Any:
    return _Page.model_validate_json(body)


def encode(page: Any) -> bytes:
    text: str = page.model_dump_json(by_alias=True, exclude_none=True)
    return text.encode()


def as_data(page: Any) -> Any:
    return page.model_dump(mode="json", by_alias=True, exclude_none=True)
