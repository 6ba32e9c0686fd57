"""What the documents show is run, and the numbers that they name are the client's."""

import ast
import asyncio
import inspect
import re
from pathlib import Path
from types import CodeType
from typing import Any

import pytest

import contracts_client
from contracts_client import BearerToken, ContractsClient, defaults
from contracts_client.sandbox import Sandbox

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"
# The tests may run against an installed wheel, beside which the checkout has no package.
PACKAGE = Path(contracts_client.__file__).parent
PAGES = ("calls.md", "observing.md", "ways-out.md")
BLOCK = re.compile(r"^```python\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def text_of(page: str) -> str:
    return (DOCS / page).read_text(encoding="utf-8")


@pytest.mark.parametrize("page", PAGES)
async def test_the_code_of_a_page_runs(page: str, capsys: pytest.CaptureFixture[str]) -> None:
    """The code of a page runs from top to bottom."""
    with Sandbox(60, seed=1) as sandbox:
        code = next(ticket.code for ticket in sandbox.data.personnel_tickets if not ticket.claimed)
        async with ContractsClient(
            "acme-ticketshop", auth=BearerToken(sandbox.issue_token()), base_url=sandbox.url
        ) as client:
            names: dict[str, Any] = {"client": client, "__name__": page}
            for block in BLOCK.findall(text_of(page)):
                compiled: CodeType = compile(block, page, "exec", flags=ast.PyCF_ALLOW_TOP_LEVEL_AWAIT)
                outcome = eval(compiled, names)
                if inspect.isawaitable(outcome):
                    await outcome
            if page == "calls.md":
                assert names["contracts"]
                assert await names["sell"](code, 1001)
                assert not await names["sell"](code, 1001)
                assert "not claimed" in capsys.readouterr().out
                assert (await names["auth"].fetch()).expires_in == 3600
    await asyncio.sleep(0)


@pytest.mark.parametrize(
    ("sentence", "numbers"),
    [
        ("5 s, 20 s, 10 s without", (defaults.CONNECT_TIMEOUT, defaults.READ_TIMEOUT, defaults.WRITE_TIMEOUT)),
        ("for no end | 60 s |", (defaults.DEADLINE,)),
        ("4 attempts in\nall", (defaults.MAX_ATTEMPTS,)),
        ("up to 0.5 s, then", (defaults.BACKOFF_BASE,)),
        ("at most 8 s (full jitter)", (defaults.BACKOFF_MAX,)),
        ("is obeyed up to 60 s", (defaults.MAX_RETRY_AFTER,)),
        ("may cost 15 % of the calls", (defaults.RETRY_SHARE * 100,)),
        ("and 2 a second on top", (defaults.RETRY_FLOOR,)),
        ("random part of 1 s, 3 s", (defaults.PAUSE_BASE, defaults.PAUSE_GROWTH * defaults.PAUSE_BASE)),
        ("9 s up to 30 s. Then", (defaults.PAUSE_GROWTH**2 * defaults.PAUSE_BASE, defaults.PAUSE_MAX)),
        ("for more than 5 minutes", (defaults.MAX_PAUSE / 60,)),
        ("a second operation, within 60 s", (defaults.SHARED_LIMIT_WINDOW,)),
        ("up to 30 s before", (defaults.TOKEN_FAILURE_MEMORY_MAX,)),
        ("closed after 4 s", (defaults.KEEPALIVE_EXPIRY,)),
        ("(300 s, up to a fifth", (defaults.CONNECTION_LIFETIME,)),
        ("or for 60 s where it has none", (defaults.DEADLINE,)),
        ("others wait 3 s at most", (defaults.PROBE_LIMIT,)),
        ("At most 20 requests", (defaults.MAX_CONCURRENCY,)),
        ("waits up to 5 s for", (defaults.DRAIN_TIMEOUT,)),
        ("renewed 5 min before", (defaults.TOKEN_RENEWAL_MARGIN / 60,)),
    ],
)
def test_documented_numbers_are_the_client_s(sentence: str, numbers: tuple[float, ...]) -> None:
    """A number in the page on calls is the client's."""
    assert sentence in text_of("calls.md")
    assert tuple(map(float, re.findall(r"[0-9]+(?:\.[0-9]+)?", sentence))) == numbers


def test_the_spacing_is_as_documented() -> None:
    """The growth and the shrinking of the spacing are as told."""
    assert "three times as much\nwith each refusal, a hundredth less" in text_of("calls.md")
    assert (defaults.SPACING_GROWTH, defaults.SPACING_DECAY) == (3, 0.99)


def test_the_refusal_limit_is_as_documented() -> None:
    """The refusals after which a call goes to the end are as told."""
    assert "goes to the end after three refusals" in text_of("calls.md")
    assert defaults.REFUSALS_IN_FRONT == 3


@pytest.mark.parametrize("page", sorted(path.name for path in DOCS.glob("*.md")))
def test_a_link_leads_to_an_existing_file(page: str) -> None:
    """A link leads to something that is there."""
    text = re.sub(r"`[^`\n]+`\]?", "]", text_of(page))  # what stands in code leads nowhere
    targets = [target for target in re.findall(r"\]\(([^)#\s]+)[^)]*\)", text) if "://" not in target]
    assert [target for target in targets if not target_of(target).exists()] == []


def target_of(link: str) -> Path:
    _, in_package, module = link.partition("../contracts_client/")
    return PACKAGE / module if in_package else DOCS / link


def test_every_module_is_in_the_map() -> None:
    """Every module has its place in the map. A module, or the folder that it lies in."""
    text = text_of("architecture.md")
    modules = {path.name for path in PACKAGE.glob("*.py")} - {"_version.py"}
    folders = {f"{path.name}/" for path in PACKAGE.iterdir() if path.is_dir() and path.name != "__pycache__"}
    assert {name for name in modules | folders if name not in text} == set()
