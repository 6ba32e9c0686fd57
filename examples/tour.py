"""A tour of the client: every operation, over real HTTP, against the sandbox on this machine.

Run it with `make demo`, or `python examples/tour.py --contracts 1000 --seed 42` where the package and its extra `demo`
are installed.
"""

from __future__ import annotations

import argparse
import asyncio
from collections import Counter
from datetime import UTC, datetime
from time import perf_counter

from rich.console import Console
from rich.markup import escape
from rich.panel import Panel
from rich.syntax import Syntax
from rich.table import Table

from contracts_client import (
    BadRequestError,
    ClientCredentials,
    Consumption,
    Contract,
    ContractsClient,
    Environment,
    InvalidArgumentError,
)
from contracts_client.sandbox import Sandbox

PAGE_SIZE = 50
SHOWN = 4

console = Console(width=110, highlight=False)


def chapter(title: str, code: str) -> None:
    """Print what comes next, and the code that does it."""
    console.print()
    console.rule(f"[bold]{title}", align="left", style="cyan")
    console.print(Syntax(code, "python", background_color="default", word_wrap=True))


def named(contract: Contract) -> str:
    """Return the name of a contract's loyalty program in English, or its id."""
    texts = contract.loyalty_program.display_name or []
    english = [text.text for text in texts if text.language_code == "eng" and text.text]
    return english[0] if english else contract.loyalty_program.id or "?"


def show(contracts: list[Contract], total: int) -> None:
    """Print some contracts as a table, and how many more there are."""
    table = Table(box=None, padding=(0, 2), header_style="dim")
    for heading in ("uuid", "program", "type", "status", "expires", "left"):
        table.add_column(heading, justify="right" if heading == "left" else "left")
    for contract in contracts[:SHOWN]:
        expires = contract.expiration_date
        left = ""
        if contract.remaining_coupons is not None:
            left = f"{contract.remaining_coupons} of {contract.coupons_limit}"
        elif contract.current_total is not None:
            left = f"{contract.current_total.amount} {contract.current_total.currency}"
        table.add_row(
            contract.uuid,
            named(contract),
            contract.loyalty_program.type or "",
            f"[green]{contract.status}" if contract.status == "VALID" else f"[yellow]{contract.status}",
            f"{expires:%Y-%m-%d}" if expires else "never",
            left,
        )
    console.print(table)
    if total > SHOWN:
        console.print(f"  [dim]… and {total - SHOWN} more")


async def listing(client: ContractsClient) -> Contract:
    """List everything, page by page; return a coupon contract to look at more closely."""
    chapter(
        "List contracts, page by page",
        f"async for page in client.list_contracts(per_page={PAGE_SIZE}).pages(): ...",
    )
    contracts: list[Contract] = []
    async for page in client.list_contracts(per_page=PAGE_SIZE).pages():
        contracts += page.items
        console.print(f"  page {page.number} of {page.total_pages}: {len(page.items)} of {page.total_items} contracts")
    statuses = Counter(contract.status for contract in contracts)
    console.print("  " + ", ".join(f"{count} {status}" for status, count in statuses.most_common()))
    kinds = {contract.loyalty_program.type: contract for contract in contracts if contract.status == "VALID"}
    show(list(kinds.values()), len(contracts))

    chapter(
        "Filter, sort and stop exactly where you want",
        'await client.list_contracts(loyalty_program_id=…, sort_by="expirationDate", limit=4).collect()',
    )
    card = next(each for each in contracts if each.coupons_limit and each.status == "VALID" and each.contract_consumers)
    found = await client.list_contracts(
        loyalty_program_id=card.loyalty_program.id, sort_by="expirationDate", sort_direction="DESC", limit=4
    ).collect()
    show(found, len(found))
    return card


async def looking_up(client: ContractsClient, uuid: str) -> None:
    """Get one contract with all that it carries."""
    chapter(
        "Look one contract up, with its events and consumers",
        f'await client.get_contract("{uuid}", include_order_line_events=True, include_consumers="all")',
    )
    contract = await client.get_contract(uuid, include_order_line_events=True, include_consumers="all")
    show([contract], 1)
    console.print(
        f"  {len(contract.order_line_events or [])} order line events, {len(contract.sub_contracts or [])} dependent "
        f"contracts, {len(contract.contract_consumers or [])} consumers"
    )
    console.print(f"  [dim]a repr is fit for a log: {contract.contract_consumers}")


async def validating(client: ContractsClient, uuid: str, customer_number: int) -> None:
    """Ask before a sale whether a contract can be consumed: by its holder, and by somebody else."""
    chapter(
        "Validate before you sell",
        "await client.validate_consumption([Consumption(contract_uuid=…, customer_number=…, travel_date=now)])",
    )
    for who, number in (("the holder", customer_number), ("a stranger", 999_999)):
        consumption = Consumption(contract_uuid=uuid, customer_number=number, travel_date=datetime.now(UTC))
        verdict = await client.validate_consumption([consumption])
        mark = "[green]yes" if verdict.is_valid else "[yellow]no"
        console.print(f"  {who}: {mark}[/], code {verdict.code}: {verdict.reason}")


async def claiming(client: ContractsClient, code: str, customer_number: int) -> None:
    """Claim a personnel ticket, find its contracts, and fail to claim it again."""
    chapter(
        "Claim a personnel ticket, once",
        f'await client.claim_personnel_ticket("{code}", customer_number=…)\n'
        f'await client.list_contracts_by_external_ref("{code}").collect()\n'
        "await client.list_valid_contracts(…, travel_date=now)",
    )
    claim = await client.claim_personnel_ticket(code, customer_number=customer_number)
    console.print(f"  claimed: {'[green]yes' if claim.success else '[red]no'}")
    found = await client.list_contracts_by_external_ref(code, entur_customer_number=customer_number).collect()
    show(found, len(found))
    valid = await client.list_valid_contracts(customer_number, travel_date=datetime.now(UTC))
    console.print(f"  the customer now holds {len(valid)} valid contracts")

    chapter(
        "And when it fails?",
        f'try:\n    await client.claim_personnel_ticket("{code}", customer_number=…)\n'
        "except BadRequestError as error: ...",
    )
    try:
        await client.claim_personnel_ticket(code, customer_number=customer_number)
    except BadRequestError as error:
        console.print(f"  [yellow]{type(error).__name__}[/] {escape(str(error))}")
        console.print(f"  error.error.error_code    {error.error.error_code if error.error else None}")
        console.print(f"  error.safe_to_retry       {error.safe_to_retry}")
        console.print("  [dim]fit for a log: no token, no body, no customer number")
    try:
        await client.claim_personnel_ticket("not a code", customer_number=customer_number)
    except InvalidArgumentError as error:
        console.print(f"  [yellow]{type(error).__name__}[/] {escape(str(error))} [dim](nothing was sent)")


async def tour(sandbox: Sandbox) -> None:
    """Walk through all operations."""
    chapter(
        "Connect",
        'ContractsClient("acme-ticketshop", auth=ClientCredentials(…, …),\n'
        f'                environment=Environment(api_url="{sandbox.url}", auth_url="{sandbox.url}"))',
    )
    ticket = next(each for each in sandbox.data.personnel_tickets if not each.claimed)
    async with ContractsClient(
        "acme-ticketshop",
        auth=ClientCredentials(sandbox.client_id, sandbox.client_secret),
        environment=Environment(api_url=sandbox.url, auth_url=sandbox.url),
    ) as client:
        console.print(f"  {client!r}")
        card = await listing(client)
        holder = next(each.customer_number for each in card.contract_consumers or [] if each.customer_number)
        await looking_up(client, card.uuid)
        await validating(client, card.uuid, holder)
        await claiming(client, ticket.code, holder)


def main() -> None:
    """Start the sandbox, take the tour, and leave nothing running."""
    parser = argparse.ArgumentParser(description="A tour of contracts_client against the sandbox.")
    parser.add_argument("--contracts", type=int, default=300, help="contracts in the sandbox (300)")
    parser.add_argument("--seed", type=int, default=1, help="seed of its data (1)")
    options = parser.parse_args()
    started = perf_counter()
    with Sandbox(contracts=options.contracts, seed=options.seed) as sandbox:
        console.print(Panel(f"contracts_client, against a sandbox of the API at {sandbox.url}", style="bold"))
        asyncio.run(tour(sandbox))
    console.print()
    console.rule(f"[bold green]done in {perf_counter() - started:.1f} s, nothing left running", style="green")


if __name__ == "__main__":
    main()
