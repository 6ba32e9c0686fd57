"""What the templates make of shapes.yaml is pinned in `expected`, and a difference shows as a diff."""

import re
import shutil
from pathlib import Path

import pytest
from tools.generate import write as generate

from golden_package import CONFIG, HERE, RUN_TIME

EXPECTED = HERE / "expected"
INPUTS = ["--document", str(HERE / "shapes.yaml"), "--config", str(CONFIG), "--run-time", RUN_TIME]


@pytest.mark.parametrize(("document", "pinned"), [("shapes", "expected"), ("kinds", "expected_kinds")])
def test_the_templates_write_what_is_pinned(document: str, pinned: str, capsys: pytest.CaptureFixture[str]) -> None:
    inputs = [*INPUTS, "--document", str(HERE / f"{document}.yaml")]
    code = generate.main(["--check", "--output", str(HERE / pinned), *inputs])
    assert code == 0, f"{capsys.readouterr().out}\nIf this is what you want: make update-golden"


def test_a_changed_template_shows_as_a_diff(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    templates = tmp_path / "templates"
    shutil.copytree(generate.ROOT / "custom_templates", templates)
    template = templates / "str_enum.py.jinja"
    template.write_text(template.read_text().replace("One of some known values.", "X") + "\n# a line more\n")
    code = generate.main(["--check", "--output", str(EXPECTED), "--templates", str(templates), *INPUTS])
    diff = capsys.readouterr().out.splitlines()
    assert code == 1
    changed = [line.rpartition("/")[2] for line in diff if line.startswith("--- ")]
    assert changed == ["floor.py", "genre.py", "source.toml"]
    assert "+# a line more" in diff
    assert {line for line in diff if re.match("[-+] ", line)} == {
        '-    """One of some known values."""',
        '+    """X"""',
    }


def test_nothing_raw_is_in_the_output(everything: Path) -> None:
    texts = [path.read_text(encoding="utf-8") for path in everything.rglob("*.py")]
    assert len(texts) > 40
    assert not any(generate.RAW_VALUE in text or "Unset" in text for text in texts)


def test_the_package_is_complete(everything: Path) -> None:
    found = {name: {path.stem for path in (everything / name).glob("*.py")} for name in ("models", "operations")}
    assert found["models"] >= {
        "author", "book", "book_request", "complaint", "copy", "count", "drawer", "edition", "empty", "every",
        "floor", "found_thing_2", "genre", "lists", "loan", "names", "neither", "parcel", "prices", "query", "remarks",
        "reprint", "shelf", "shelves_response_200", "spoken", "spot", "spots", "stock", "tariff", "unions",
        "unions_cover", "unions_state", "wing", "wings",
    }  # fmt: skip
    assert found["operations"] == {
        "__init__", "add_book", "count_stock", "find_copy", "find_lost", "list_books", "list_drawers", "list_titles",
        "remove_copy", "shelves",
    }  # fmt: skip
