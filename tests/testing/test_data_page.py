"""The code of the page on test data runs, and says what is so."""

import inspect
import re
from pathlib import Path
from typing import Any

from contracts_client.testing import builders
from contracts_client.testing.data.documents import FIRST_MOMENT, FIRST_NUMBER

TEXT = (Path(__file__).resolve().parents[2] / "docs" / "testing-data.md").read_text(encoding="utf-8")


def test_the_page_s_code_runs() -> None:
    """The code runs from top to bottom and its tests pass."""
    names: dict[str, Any] = {"__name__": "page"}
    for block in re.findall(r"^```python\n(.*?)^```$", TEXT, re.MULTILINE | re.DOTALL):
        exec(compile(block, "testing-data.md", "exec", flags=0, dont_inherit=True), names)
    tests = [each for name, each in names.items() if name.startswith("test_")]
    assert len(tests) == 2
    for test in tests:
        test()
    assert (names["page"].number, names["page"].is_last, names["page"].items[0]) == (2, True, names["card"])


def test_every_builder_is_named() -> None:
    for name in builders.__all__:
        assert name == "build" or f"`{name}`" in TEXT
        assert inspect.getdoc(getattr(builders, name))


def test_the_numbers_are_those_of_the_code() -> None:
    assert f"a number is {FIRST_NUMBER} and the seed" in TEXT
    assert f"from {FIRST_MOMENT.year} on" in TEXT
