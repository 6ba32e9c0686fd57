"""What a call of the client costs beside its HTTP library: over a transport that answers from memory, part by part.

``make bench-own-share`` runs it: processor time in one process, the variants in turn, the least of all rounds, since
what else runs on the machine can only add. The share of a part is what a call costs less without it.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import logging
import math
import os
import platform
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import UTC, datetime
from time import process_time
from typing import Any

import docs_page
import pages
from attrs import evolve

from contracts_client import BearerToken, ContractsClient
from contracts_client._generated.operations.get_contracts import get_contracts
from contracts_client.clock import LoopClock
from contracts_client.hooks import CallObserver
from contracts_client.models import ContractPage
from contracts_client.openapi.operation import Response
from contracts_client.resilience.gate import Permit
from contracts_client.transport.interface import TransportRequest

AT_A_TIME = 30
OPERATION = get_contracts(page=1)
FIXED_ID = "5f0c7a52-6d0f-4f7e-9b1c-0d8a3e1b2c3d"

Action = Callable[[], Awaitable[object]]


class Memory:
    """A transport that has the answer."""

    def __init__(self, size: int) -> None:
        """Args: size: Contracts on the page."""
        page = json.loads(pages.body())
        body = json.dumps({"items": page["items"][:size], "totalItems": size, "totalPages": 1}).encode()
        headers = {"content-type": "application/json", "content-length": str(len(body))}
        self.answer = Response(status=200, headers=headers, body=body)

    async def send(self, request: TransportRequest) -> Response:  # noqa: ARG002 # the interface
        """Answer."""
        return self.answer

    async def aclose(self, drain: float | None = None) -> None:
        """Close nothing."""


class NoTimers(LoopClock):
    """A clock whose scopes need no timer, since they never end."""

    def timeout_at(self, when: float) -> Any:  # noqa: ARG002 # the interface
        """Return a scope without an end."""
        return asyncio.timeout(None)


class NoLimiter:
    """Gives each request the same permit."""

    permit = Permit("list_contracts", 0, started=0.0)

    async def acquire(self, *_: object) -> Permit:
        """Return it."""
        return self.permit

    def answered(self, permit: Permit) -> None:
        """Learn nothing."""

    def release(self, permit: Permit) -> None:
        """Do nothing."""


@asynccontextmanager
async def client(memory: Memory, *, limited: bool = True, **options: Any) -> AsyncIterator[ContractsClient]:
    """Make a client over memory, with hooks and logs off."""
    made = ContractsClient("acme-ticketshop", **({"auth": BearerToken("t0ken")} | options))
    async with made:
        session: Any = made._session  # noqa: SLF001 # there is no public way to such a transport
        parts: dict[str, Any] = {"transport": memory} | ({} if limited else {"rate_limiter": NoLimiter()})
        session._context = evolve(session._context, **parts)  # noqa: SLF001 # likewise
        yield made


async def least(actions: dict[str, Action], at_a_time: int, rounds: int) -> dict[str, float]:
    """Return the microseconds that each action takes at least."""
    found = dict.fromkeys(actions, math.inf)
    for _ in range(rounds):
        for name, action in actions.items():
            started = process_time()
            for _ in range(at_a_time):
                await action()
            found[name] = min(found[name], (process_time() - started) / at_a_time * 1e6)
    return found


def _decode(memory: Memory) -> ContractPage:
    return ContractPage.numbered(OPERATION.parse(memory.answer), 1)


async def _returned(value: object) -> object:
    return value


async def measure_parts(rounds: int) -> dict[str, float]:
    """Return the microseconds of a call for a page of one, of its parts alone, and calls with a part less or more."""
    memory = Memory(1)
    async with AsyncExitStack() as stack:
        whole = await stack.enter_async_context(client(memory))
        timeless = await stack.enter_async_context(client(memory, clock=NoTimers()))
        unlimited = await stack.enter_async_context(client(memory, limited=False))
        tokenless = await stack.enter_async_context(client(memory, auth=None))
        watched = await stack.enter_async_context(client(memory, hooks=[lambda _: CallObserver()]))
        found = await least(
            {
                "call": whole.list_contracts,
                "decoding": lambda: _returned(_decode(memory)),
                "listing": lambda: _returned(whole.list_contracts()),
                "operation": lambda: _returned(get_contracts(page=1)),
                "nothing": lambda: _returned(None),
                "the timer of the deadline": timeless.list_contracts,
                "the rate limiter": unlimited.list_contracts,
                "a random correlation id": lambda: whole.list_contracts(correlation_id=FIXED_ID),
                "the token": tokenless.list_contracts,
                "a hook": watched.list_contracts,
            },
            AT_A_TIME,
            rounds,
        )
        logger = logging.getLogger("contracts_client")
        logger.addHandler(logging.NullHandler())
        logger.setLevel(logging.DEBUG)
        found |= await least({"a log of each attempt": whole.list_contracts}, AT_A_TIME, rounds)
        logger.setLevel(logging.NOTSET)
        return found


async def measure_page(rounds: int) -> dict[str, float]:
    """Return the microseconds of a call for a page of 100, of decoding it, and of that and a call for a page of one."""
    large = Memory(100)
    async with client(large) as of_large, client(Memory(1)) as of_small:

        async def both() -> None:
            _decode(large)
            await of_small.list_contracts()

        actions: dict[str, Action] = {
            "call": of_large.list_contracts,
            "decoding": lambda: _returned(_decode(large)),
            "decoding and a call": both,
        }
        return await least(actions, AT_A_TIME // 10, rounds)


def report(rounds: int) -> str:
    """Measure everything, and return what belongs into the docs."""
    one, page = asyncio.run(measure_parts(rounds)), asyncio.run(measure_page(rounds))
    rows = [
        ("`await client.list_contracts()`, a page of 1", f"{one['call']:.1f}"),
        ("decoding alone", f"{one['decoding'] - one['nothing']:.1f}"),
        ("**the client's own share: all but decoding**", f"**{one['call'] - one['decoding']:.1f}**"),
        ("of it: arguments, operation and listing", f"{one['listing'] - one['nothing']:.1f}"),
        ("of that: the generated operation", f"{one['operation'] - one['nothing']:.1f}"),
    ]
    without = ("the timer of the deadline", "the rate limiter", "a random correlation id", "the token")
    rows += [(f"of it: {part}", f"{one['call'] - one[part]:.1f}") for part in without]
    rows += [(f"more with {part}", f"+{one[part] - one['call']:.1f}") for part in ("a hook", "a log of each attempt")]
    rows += [
        ("`await client.list_contracts()`, a page of 100", f"{page['call']:.0f}"),
        ("all but decoding", f"{page['call'] - page['decoding']:.0f}"),
        ("for comparison: a call for a page of 1, right after a page of 100 was decoded", f"{_cold(page):.0f}"),
    ]
    head = (
        f"The least of {rounds} rounds, {datetime.now(UTC):%Y-%m-%d}, Python {platform.python_version()}, "
        f"{platform.machine()}, {os.cpu_count()} cores."
    )
    table = [f"| {title} | {figure} |" for title, figure in rows]
    return "\n".join([head, "", "| what | processor µs |", "| --- | ---: |", *table, ""])


def _cold(page: dict[str, float]) -> float:
    return page["decoding and a call"] - page["decoding"]


def main() -> None:
    """Run the benchmark."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--rounds", type=int, default=300, help="rounds, of which the least counts (300)")
    parser.add_argument("--write", action="store_true", help="put the table into docs/benchmarks.md")
    options = parser.parse_args()
    text = report(options.rounds)
    print(text)
    if options.write:
        docs_page.put("own share", text)


if __name__ == "__main__":
    main()
