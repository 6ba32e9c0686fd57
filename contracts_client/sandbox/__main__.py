"""Run the sandbox from the command line: `python -m contracts_client.sandbox`."""

from __future__ import annotations

import argparse
import signal
import sys
import threading
from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from .server import Sandbox

# The package may have been copied elsewhere under another name: help and snippet name it as it is here.
_MODULE = __package__ or "sandbox"
_PACKAGE = _MODULE.rpartition(".")[0]
_SIGNAL_CHECK = 0.5  # seconds; some systems hold a signal back while a thread waits without end

_TEXT = """\
The Contracts API's sandbox listens on {url}

It holds {contracts} contracts of {customers} customers{statuses}{types}.
Personnel tickets to claim: {codes}.
Everything is made up, and lost when the sandbox ends (Ctrl-C).

Paste this into Python:

import asyncio
from {package} import ClientCredentials, ContractsClient, Environment

async def main():
    async with ContractsClient(
        "acme-ticketshop",
        auth=ClientCredentials("{client_id}", "{client_secret}"),
        environment=Environment(api_url="{url}", auth_url="{url}"),
    ) as client:
        async for contract in client.list_contracts(customer_number={customer}, limit=5):
            print(contract.uuid, contract.status, contract.expiration_date)

asyncio.run(main())

For ContractsClient.from_env():

{exports}
"""


def welcome(sandbox: Sandbox) -> str:
    """What a running sandbox is, and how to use it.

    Args:
        sandbox: A sandbox that has been started.
    """
    data = sandbox.data
    codes = [ticket.code for ticket in data.personnel_tickets if not ticket.claimed]
    return _TEXT.format(
        url=sandbox.url,
        package=_PACKAGE,
        exports="\n".join(f'export {name}="{value}"' for name, value in sandbox.environ.items()),
        client_id=sandbox.client_id,
        client_secret=sandbox.client_secret,
        contracts=len(data.contracts),
        customers=len(data.customers),
        customer=data.customers[0].number,
        statuses=_counted("\nby status: ", [contract.status for contract in data.contracts]),
        types=_counted("\nby type of program: ", [contract.program.type for contract in data.contracts]),
        codes=", ".join(codes[:3]) or "none",
    )


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the sandbox until SIGINT or SIGTERM.

    Args:
        arguments: The command line without the program's name; None takes that of the process.

    Returns:
        The exit code: 0 after a signal, 1 if the sandbox cannot start.
    """
    options = _parser().parse_args(arguments)
    try:
        # Not at the top: the extra may be missing, and --help works without it.
        from . import Sandbox, SandboxStartError  # noqa: PLC0415 - see above
    except ImportError as error:
        print(error, file=sys.stderr)  # noqa: T201 - a command speaks by printing
        return 1
    # Before the server starts, so that no signal finds the old handlers.
    ended = threading.Event()

    def end(*_: object) -> None:
        ended.set()

    for each in (signal.SIGINT, signal.SIGTERM):
        signal.signal(each, end)
    try:
        with Sandbox(options.contracts, options.seed, port=options.port, churn=options.churn) as sandbox:
            sandbox.extra_query.update(options.extra_query)
            print(welcome(sandbox), flush=True)  # noqa: T201 - likewise
            while not ended.wait(_SIGNAL_CHECK):
                pass
    except SandboxStartError as error:
        print(error, file=sys.stderr)  # noqa: T201 - likewise
        return 1
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog=f"python -m {_MODULE}", description="Run the Contracts API as a local server on 127.0.0.1."
    )
    parser.add_argument("--port", type=_number(0, 65_535), default=0, help="where to listen (0: a free port)")
    parser.add_argument(
        "--contracts", type=_number(0, 20_000), default=300, metavar="N", help="how many contracts (%(default)s)"
    )
    parser.add_argument("--seed", type=int, default=1, help="which data set (%(default)s)")
    parser.add_argument(
        "--churn",
        type=_number(0, 100),
        default=0,
        metavar="N",
        help="how many contracts come or go after each page that is listed (%(default)s)",
    )
    parser.add_argument(
        "--extra-query",
        action="append",
        default=[],
        metavar="NAME",
        help="a query parameter that the specification does not know, to be ignored instead of refused; repeatable",
    )
    return parser


def _number(lowest: int, highest: int) -> Callable[[str], int]:
    def number(text: str) -> int:
        value = int(text) if text.isascii() and text.isdigit() else -1
        if not lowest <= value <= highest:
            raise argparse.ArgumentTypeError(f"must be a number from {lowest} to {highest}")
        return value

    return number


def _counted(title: str, values: list[str]) -> str:
    """How often each value occurs, the most frequent first; nothing for none."""
    return title * bool(values) + ", ".join(f"{count} {value}" for value, count in Counter(values).most_common())


if __name__ == "__main__":
    sys.exit(main())
