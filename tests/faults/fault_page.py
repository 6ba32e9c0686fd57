"""The tables of docs/faults.md, written from the cases: ``python tests/faults/fault_page.py`` writes them anew."""

import sys
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parents[2]
if __name__ == "__main__":
    sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "support")]

from fault_case import ATTEMPTS, Case, Fails, Outcome  # noqa: E402 # where the path is set
from fault_table import SECTIONS  # noqa: E402

PAGE: Final = ROOT / "docs" / "faults.md"
START, END = "<!-- the table: written by tests/faults/fault_page.py -->", "<!-- the end of the table -->"


def words(outcome: Outcome) -> str:
    """Say what comes of a call."""
    if not isinstance(outcome, Fails):
        return "succeeds" if outcome.attempts == 1 else "is sent again with another token, and succeeds"
    error = f"`{outcome.error.__name__}`"
    if outcome.token_retried:
        return f"the token request is retried, then {error}, and nothing is sent"
    if outcome.attempts == 0:
        return f"{error}, and nothing is sent"
    if outcome.attempts == 1:
        return error
    return f"is retried, then {error}" if outcome.attempts == ATTEMPTS else f"is retried once, then {error}"


def cells(case: Case) -> list[str]:
    """Say what comes of a read and of the claim."""
    here = [words(case.read), words(case.claim)]
    if case.aiohttp is None:
        return here
    return [f"{each}; on aiohttp {words(other)}" for each, other in zip(here, case.aiohttp, strict=True)]


def tables() -> str:
    """Write a table for each section."""
    lines: list[str] = []
    for section, cases in SECTIONS.items():
        lines += ["", f"### {section}", "", "| what goes wrong | a read | the claim |", "| --- | --- | --- |"]
        lines += [f"| {case.what} | {' | '.join(cells(case))} |" for case in cases]
    return "\n".join([*lines, ""])


def written(page: str) -> str:
    """The page with the tables of today."""
    before, _, rest = page.partition(START)
    _, _, after = rest.partition(END)
    return f"{before}{START}\n{tables()}\n{END}{after}"


if __name__ == "__main__":
    PAGE.write_text(written(PAGE.read_text()))
