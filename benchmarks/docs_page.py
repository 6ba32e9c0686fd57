"""docs/benchmarks.md: puts what was measured between its marks, and draws the plots of it."""

from __future__ import annotations

import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "benchmarks.md"


def put(name: str, text: str) -> None:
    """Put what was measured between the marks of its name."""
    begin, end = f"<!-- {name}: begin -->\n", f"<!-- {name}: end -->\n"
    before, _, rest = PAGE.read_text(encoding="utf-8").partition(begin)
    PAGE.write_text(f"{before}{begin}{text}{end}{rest.partition(end)[2]}", encoding="utf-8")


def draw(python: Path) -> None:
    """Draw the plots anew, by a Python that has matplotlib."""
    subprocess.run([str(python), str(ROOT / "benchmarks" / "plots.py")], check=True)
