"""docs/benchmarks.md has the tables and plots that the benchmarks write. Nothing here measures time."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "benchmarks.md").read_text(encoding="utf-8")
PLOTS = {path.name: path.read_text(encoding="utf-8") for path in (ROOT / "docs" / "plots").iterdir()}
TABLES = dict(re.findall(r"<!-- ([a-z -]+): begin -->\n(.*?)<!-- \1: end -->", PAGE, re.DOTALL))
LARGEST = 40_000


def test_every_mark_holds_a_table() -> None:
    assert TABLES.keys() == {"decode", "overhead", "start", "own share", "queues", "paging", "paging-processor"}
    assert [name for name, text in TABLES.items() if " ---: |\n" not in text] == []


def test_each_plot_is_shown_with_a_text() -> None:
    assert sorted(re.findall(r"!\[.+\]\(plots/(.+)\)", PAGE)) == sorted(PLOTS)


@pytest.mark.parametrize(
    ("plot", "table"),
    [("calls", "overhead"), ("decoding", "decode"), ("paging", "paging"), ("paging-processor", "paging-processor")],
)
def test_a_plot_shows_its_tables_rows(plot: str, table: str) -> None:
    rows = re.findall(r"^\| (.+?) \|", TABLES[table].partition(" ---: |\n")[2].partition("\n\n")[0], re.MULTILINE)
    shown = PLOTS[f"{plot}.svg"].replace("&#x27;", "'")
    assert rows
    assert [row for row in rows if f">{re.sub('[*`]', '', row)}</text>" not in shown] == []


@pytest.mark.parametrize("name", sorted(PLOTS))
def test_a_plot_is_small_and_plain(name: str) -> None:
    """Then it fits light and dark pages, and the same table makes the same file."""
    assert len(PLOTS[name]) < LARGEST
    assert "#ffffff" not in PLOTS[name]
    assert "<dc:date>" not in PLOTS[name]
