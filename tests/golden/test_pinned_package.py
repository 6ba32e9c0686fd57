"""What the templates make of everything.yaml is pinned in `expected`, and a difference shows as a diff."""

import re
import shutil
from pathlib import Path

import pytest
from tools.generate import write as generate

from golden_package import CONFIG, DOCUMENT, EXPECTED, RUN_TIME

INPUTS = ["--document", str(DOCUMENT), "--config", str(CONFIG), "--run-time", RUN_TIME]


def test_the_templates_write_what_is_pinned(capsys: pytest.CaptureFixture[str]) -> None:
    code = generate.main(["--check", "--output", str(EXPECTED), *INPUTS])
    assert code == 0, f"{capsys.readouterr().out}\nIf this is what you want: make update-golden"


def test_a_changed_template_shows_as_a_diff_of_the_files_it_makes(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    templates = tmp_path / "templates"
    shutil.copytree(generate.ROOT / "custom_templates", templates)
    template = templates / "str_enum.py.jinja"
    template.write_text(template.read_text().replace("One of some known values.", "X") + "\n# a line more\n")
    code = generate.main(["--check", "--output", str(EXPECTED), "--templates", str(templates), *INPUTS])
    diff = capsys.readouterr().out.splitlines()
    assert code == 1
    changed = [line.rpartition("/")[2] for line in diff if line.startswith("--- ")]
    assert changed == ["floor.py", "genre.py", "unions_cover_type_1.py", "unions_state_type_1.py", "source.toml"]
    assert "+# a line more" in diff
    assert {line for line in diff if re.match("[-+] ", line)} == {
        '-    """One of some known values."""',
        '+    """X"""',
    }


def test_nothing_raw_of_the_document_is_left_in_the_output() -> None:
    texts = [path.read_text(encoding="utf-8") for path in EXPECTED.rglob("*.py")]
    assert len(texts) > 20
    assert not any(generate.RAW_VALUE in text or "Unset" in text for text in texts)


def test_every_schema_and_operation_of_the_document_is_in_the_package() -> None:
    models = {path.stem for path in (EXPECTED / "models").glob("*.py")} - {"__init__"}
    assert models == {
        "author", "book", "book_request", "complaint", "copy", "count", "drawer", "edition", "empty", "every",
        "floor", "found_thing_2", "genre", "lists", "loan", "names", "neither", "parcel", "prices", "query", "remarks",
        "reprint", "shelf", "shelves_response_200", "spoken", "spot", "spots", "stock", "tariff", "unions",
        "unions_cover_type_1", "unions_state_type_1", "wing", "wings",
    }  # fmt: skip
    assert {path.name for path in (EXPECTED / "operations").glob("*.py")} - {"__init__.py"} == {
        "add_book.py",
        "count_stock.py",
        "find_lost.py",
        "list_books.py",
        "list_drawers.py",
        "list_titles.py",
        "shelves.py",
        "find_copy.py",
        "remove_copy.py",
    }
