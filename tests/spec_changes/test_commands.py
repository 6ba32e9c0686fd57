"""The commands for people: what they print, and how they end."""

import json
import re
from pathlib import Path

import pytest

from tools.release import api_diff
from tools.release.python_rules import PYTHON_RULES
from tools.spec import diff as spec_diff
from tools.spec.differences import as_table, as_text
from tools.spec.rules import RULES

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "changing-the-specification.md"


@pytest.fixture
def base(tmp_path: Path) -> Path:
    """openapi.yaml as it may have been: with a property less, and another name of one."""
    text = (ROOT / "openapi.yaml").read_text(encoding="utf-8")
    old = text.replace("        remainingCoupons:\n", "        couponsThatRemain:\n", 1)
    assert old != text
    path = tmp_path / "old.yaml"
    path.write_text(old, encoding="utf-8")
    return path


def test_a_difference_is_told_in_words_fit_for_the_changelog(base: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert spec_diff.main([str(base)]) == 0
    assert capsys.readouterr().out == (
        "1 difference, of which 1 breaking\n\n### Changed\n\n"
        "- Breaking: `Contract.coupons_that_remain` is called `remaining_coupons` now.\n"
    )


def test_a_difference_is_told_to_programs(base: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert spec_diff.main([str(base), "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["breaking"] is True
    (difference,) = told["differences"]
    assert (difference["rule"], difference["subject"]) == ("field-renamed", "Contract.coupons_that_remain")


def test_the_parts_of_a_page_keep_their_names_whatever_the_api_calls_them(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = (ROOT / "openapi.yaml").read_text(encoding="utf-8")
    for old, new in (
        ("        items: items\n", "        items: contracts\n"),
        ("        perPage: perPage\n", "        perPage: size\n"),
        ("      name: perPage\n", "      name: size\n"),
    ):
        assert old in text
        text = text.replace(old, new)
    changed = text.replace("        items:\n          type: array", "        contracts:\n          type: array")
    changed = changed.replace("      required: [items]\n", "      required: [contracts]\n")
    (tmp_path / "new.yaml").write_text(changed, encoding="utf-8")
    assert spec_diff.main([str(ROOT / "openapi.yaml"), str(tmp_path / "new.yaml")]) == 0
    assert "reaking" not in capsys.readouterr().out.replace("of which 0 breaking", "")


def test_two_files_are_compared_without_the_work_tree(base: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert spec_diff.main([str(base), str(base)]) == 0
    assert capsys.readouterr().out == "Nothing that users of the package see differs.\n"


def test_a_base_that_is_not_there_is_an_error(capsys: pytest.CaptureFixture[str]) -> None:
    assert spec_diff.main(["no-such-reference"]) == 2
    assert "no-such-reference" in capsys.readouterr().err


def test_a_file_that_is_no_openapi_document_is_an_error(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "notes.yaml"
    path.write_text("- milk\n", encoding="utf-8")
    assert spec_diff.main([str(path)]) == 2
    assert str(path) in capsys.readouterr().err


def test_a_reference_without_a_package_is_an_error(capsys: pytest.CaptureFixture[str]) -> None:
    assert api_diff.main(["no-such-reference"]) == 2
    assert capsys.readouterr().err == "no-such-reference is no git reference with contracts_client\n"


def test_no_differences_are_said_to_be_none() -> None:
    assert as_text([]) == "Nothing that users of the package see differs."


@pytest.mark.parametrize(("heading", "rules"), [("specification", RULES), ("surface", PYTHON_RULES)])
def test_the_page_has_the_rules_that_are_judged_by(heading: str, rules: dict[str, object]) -> None:
    found = re.search(rf"<!-- {heading}: begin -->\n(.*?)\n<!-- {heading}: end -->", PAGE.read_text("utf-8"), re.DOTALL)
    assert found is not None
    assert found[1] == as_table(rules)  # type: ignore[arg-type]
