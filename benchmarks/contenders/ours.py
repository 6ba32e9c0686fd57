"""contracts_client with the parser that is installed."""

from typing import Any

from contracts_client._generated.models.contract_page import ContractPage, contract_page_reader


def decode(body: bytes) -> ContractPage:
    return contract_page_reader.read(body)


def encode(page: ContractPage) -> bytes:
    return page.to_json()


def as_data(page: ContractPage) -> dict[str, Any]:
    return page.to_dict()


def facts(page: ContractPage) -> dict[str, Any]:
    items = page.items
    names = items[0].loyalty_program.display_name or []
    return {
        "contracts": len(items),
        "children": sum(len(item.sub_contracts or []) for item in items),
        "coupons": sum(item.remaining_coupons or 0 for item in items),
        "last": items[-1].uuid,
        "year": items[0].created_at.year,
        "text": names[0].text,
    }
