"""Draws the plots of docs/benchmarks.md from the tables there, so that both tell the same.

The colours can be read on a light and on a dark page, whose background shows through.
"""

from __future__ import annotations

import re

import docs_page
import matplotlib as mpl
from matplotlib.figure import Figure

FOLDER = docs_page.PAGE.parent / "plots"
GREY, OURS, PEER = "#78818c", "#d9730d", "#4a86d8"
STYLE = {
    "svg.hashsalt": "contracts_client",
    "svg.fonttype": "none",  # texts stay texts: small, and in a font of the reader
    "font.size": 9,
    "axes.edgecolor": GREY,
    "axes.facecolor": "none",
    "axes.labelcolor": GREY,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "text.color": GREY,
    "xtick.color": GREY,
    "ytick.color": GREY,
}
# Plot: the marks of its tables in the page, and the columns of the first of them.
PLOTS = {
    "calls": ("overhead", ("µs, 1 in flight", "µs, 20 in flight", "µs, 100 in flight"), "processor time of a call, µs"),
    "decoding": ("decode", ("decode ms",), "processor time to decode a page of 100 contracts, ms"),
    "paging": ("paging", ("100 x 20 ms",), "a listing of 100 pages at 20 ms, s"),
    "paging-processor": (
        "paging-processor",
        ("µs of processor a page",),
        "processor time of a page without latency, µs",
    ),
}


def columns(name: str, heads: tuple[str, ...]) -> dict[str, list[float]]:
    """Return figures of each contender from the first table between the marks of a name."""
    text = docs_page.PAGE.read_text(encoding="utf-8")
    block = text.partition(f"<!-- {name}: begin -->")[2].partition(f"<!-- {name}: end -->")[0]
    table = next(part for part in block.split("\n\n") if part.startswith("|"))
    head, _, *rows = [re.split(r" *\| *", line.strip("| ")) for line in table.strip().splitlines()]
    places = [head.index(each) for each in heads]
    return {row[0]: [float(row[place]) for place in places] for row in rows}


def plot(name: str, heads: tuple[str, ...], label: str) -> Figure:
    """Draw one row for each contender: a bar, or a dot on a logarithmic scale for each of several figures."""
    found = columns(name, heads)
    figure = Figure(figsize=(8, 0.6 + 0.3 * len(found)), layout="constrained")
    axes = figure.add_subplot()
    rows = range(len(found))
    colours = [OURS if re.search("ours|contracts_client", contender) else PEER for contender in found]
    by_head = zip(heads, "osD", zip(*found.values(), strict=True), strict=False)
    if len(heads) == 1:
        axes.barh(rows, next(by_head)[2], height=0.6, color=colours)
    else:
        for head, marker, figures in by_head:
            axes.scatter(figures, rows, marker=marker, color=colours, label=head.partition(", ")[2])
        axes.set_xscale("log")
        axes.legend(loc="lower left", bbox_to_anchor=(0, 1), ncols=len(heads), frameon=False)
        axes.xaxis.set_major_locator(mpl.ticker.LogLocator(subs=(1, 2, 5)))
        axes.xaxis.set_major_formatter("{x:g}")
        axes.minorticks_off()
    axes.set_yticks(rows, [re.sub("[*`]", "", contender) for contender in found])
    axes.set_xlabel(label)
    axes.grid(axis="x", color=GREY, alpha=0.3, linewidth=0.5)
    axes.set_axisbelow(True)
    axes.invert_yaxis()
    return figure


def main() -> None:
    """Draw all plots."""
    FOLDER.mkdir(exist_ok=True)
    with mpl.rc_context(STYLE):
        for stem, described in PLOTS.items():
            plot(*described).savefig(FOLDER / f"{stem}.svg", transparent=True, metadata={"Date": None, "Creator": None})


if __name__ == "__main__":
    main()
