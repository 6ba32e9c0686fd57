"""contracts_client/_generated is what `make generate` writes, and what the generator passes over is noticed."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

import contracts_client
from tools.generate import write as generate

ROOT = Path(__file__).resolve().parents[2]
COMMITTED = Path(contracts_client.__file__).parent / "_generated"
HEADER = (
    "# Generated from openapi.yaml and custom_templates by `make generate`. "
    "Do not edit: change those, then generate again.\n"
)


@pytest.fixture(scope="module")
def fresh(tmp_path_factory: pytest.TempPathFactory) -> Path:
    output = tmp_path_factory.mktemp("fresh") / "_generated"
    assert generate.main(["--output", str(output)]) == 0
    return output


@pytest.fixture
def copy(fresh: Path, tmp_path: Path) -> Path:
    return shutil.copytree(fresh, tmp_path / "_generated")


def test_the_package_holds_what_is_generated(fresh: Path) -> None:
    assert list(generate.differences(COMMITTED, fresh)) == []


def test_seed_and_folder_change_nothing(fresh: Path, tmp_path: Path) -> None:
    output = tmp_path / "elsewhere" / "_generated"
    command = [sys.executable, "-m", "tools.generate.write", "--output", output]
    environment = os.environ | {"PYTHONHASHSEED": "4711", "PYTHONPATH": str(ROOT)}
    subprocess.run(command, cwd=tmp_path, env=environment, check=True)
    assert list(generate.differences(fresh, output)) == []


@pytest.mark.parametrize("file", sorted(generate.files_below(COMMITTED)), ids=str)
def test_a_generated_file_says_so(file: Path) -> None:
    with (COMMITTED / file).open(encoding="utf-8") as lines:
        assert next(lines) == HEADER


def test_an_edit_by_hand_is_found(copy: Path, fresh: Path) -> None:
    with (copy / "schemas.py").open("a", encoding="utf-8") as file:
        file.write("by_hand = 1\n")
    assert "-by_hand = 1" in list(generate.differences(copy, fresh))


def test_a_changed_line_end_is_found(copy: Path, fresh: Path) -> None:
    (copy / "schemas.py").write_bytes((copy / "schemas.py").read_bytes().replace(b"\n", b"\r\n"))
    assert list(generate.differences(copy, fresh))


def test_missing_and_stale_files_are_found(copy: Path, fresh: Path) -> None:
    (copy / "schemas.py").unlink()
    (copy / "models" / "stale.py").touch()
    (copy / "__pycache__").mkdir()
    (copy / "__pycache__" / "schemas.pyc").touch()
    assert sorted(generate.differences(copy, fresh)) == [
        "missing: contracts_client/_generated/schemas.py",
        "not generated: contracts_client/_generated/models/stale.py",
    ]


def test_the_check_fails_on_a_difference(copy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert generate.main(["--check", "--output", str(copy)]) == 0
    (copy / "schemas.py").unlink()
    assert generate.main(["--check", "--output", str(copy)]) == 1
    assert "Run make generate" in capsys.readouterr().err


def test_replacing_removes_stale_files(copy: Path, fresh: Path) -> None:
    (copy / "models" / "stale.py").touch()
    generate.replace(copy, fresh)
    assert list(generate.differences(copy, fresh)) == []
    assert [path.name for path in copy.parent.iterdir()] == ["_generated"]


def test_a_refusal_leaves_the_old_code(copy: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = (ROOT / "openapi.yaml").read_text(encoding="utf-8")
    broken = tmp_path / "broken.yaml"
    broken.write_text(
        text.replace("        minLength: 1\n    Page:", "        minLenght: 1\n    Page:"), encoding="utf-8"
    )
    (copy / "marker.py").touch()
    assert generate.main(["--document", str(broken), "--output", str(copy)]) == 1
    message = capsys.readouterr().err
    assert re.match(r"broken\.yaml:\d+: not generated: minLenght, at components/parameters/\w+/schema; ", message)
    assert (copy / "marker.py").exists()


def test_a_raw_value_in_a_template_fails(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    templates = shutil.copytree(ROOT / "custom_templates", tmp_path / "templates")
    with (templates / "package_init.py.jinja").open("a", encoding="utf-8") as template:
        template.write('\nTITLE = "{{ openapi.title }}"\n')
    assert generate.main(["--check", "--templates", str(templates)]) == 1
    assert "raw value of the document into __init__.py" in capsys.readouterr().err


def test_an_unused_template_is_found(tmp_path: Path) -> None:
    (tmp_path / "modle.py.jinja").touch()
    (tmp_path / "model.py.jinja").write_text('{% from "macros.jinja" import x %}', encoding="utf-8")
    (tmp_path / "macros.jinja").touch()
    assert [fault.split()[0] for fault in generate.template_faults(tmp_path)] == ["custom_templates/modle.py.jinja"]


def test_a_wrong_configuration_is_found() -> None:
    document = {"components": {"schemas": {"Thing": {}}}}
    config = {"feild_prefix": "f", "class_overrides": {"Thing": {"classname": "T"}, "Gone": {"class_name": "G"}}}
    assert list(generate.configuration_faults(config, document)) == [
        "unknown key feild_prefix",
        "unknown key classname in class_overrides.Thing",
        "class_overrides names Gone, which is no schema of the document",
    ]


def test_a_configuration_with_a_fault_fails(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    config = tmp_path / "config.yaml"
    config.write_text(yaml.safe_dump({"post_hook": []}), encoding="utf-8")
    assert generate.main(["--check", "--config", str(config)]) == 1
    assert capsys.readouterr().err == "config.yaml: unknown key post_hook\n"
