"""What is copied only when it is asked for, and what it needs."""

import shutil
from pathlib import Path

import pytest

from contracts_client.vendor import command
from contracts_client.vendor.command import BEHIND, REFUSED
from contracts_client.vendor.manifest import MANIFEST, read_manifest
from contracts_client.vendor.source import PARTS, REQUIREMENTS


def test_the_sandbox_brings_its_document(tmp_path: Path, package: Path) -> None:
    place = tmp_path / "contracts"
    assert command.main([str(place), "--with", "sandbox"], package=package) == 0
    assert (place / "sandbox" / "openapi.yaml").read_bytes() == (package.parent / "openapi.yaml").read_bytes()
    assert read_manifest(place).requirements == (*REQUIREMENTS, *PARTS["sandbox"].requirements)
    assert command.main([str(place), "--check"], package=package) == 0


def test_the_test_kit_brings_the_sandbox(tmp_path: Path, package: Path) -> None:
    (package / "testing").mkdir(exist_ok=True)
    (package / "testing" / "__init__.py").touch()
    place = tmp_path / "contracts"
    assert command.main([str(place), "--with", "testing"], package=package) == 0
    assert (place / "testing" / "__init__.py").exists()
    assert (place / "sandbox" / "app.py").exists()
    manifest = read_manifest(place)
    assert manifest.parts == ("sandbox", "testing")
    assert {*PARTS["testing"].requirements, *PARTS["sandbox"].requirements} <= set(manifest.requirements)


def test_a_part_that_is_not_there_is_refused(tmp_path: Path, package: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shutil.rmtree(package / "testing", ignore_errors=True)
    assert command.main([str(tmp_path / "contracts"), "--with", "testing"], package=package) == REFUSED
    assert "The part 'testing' is not there" in capsys.readouterr().err
    assert not (tmp_path / "contracts").exists()


def test_an_unknown_part_is_refused(copy: Path, package: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = copy / MANIFEST
    path.write_text(path.read_text(encoding="utf-8").replace("parts = []", 'parts = ["none"]'), encoding="utf-8")
    assert command.main([str(copy), "--update"], package=package) == REFUSED
    assert "There is no part 'none'" in capsys.readouterr().err


def test_an_update_adds_a_part(copy: Path, package: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert command.main([str(copy), "--update", "--with", "otel"], package=package) == 0
    assert f"It needs {', '.join(REQUIREMENTS)}, opentelemetry-api" in capsys.readouterr().out
    assert command.main([str(copy), "--check", "--with", "sandbox"], package=package) == BEHIND
    assert command.main([str(copy), "--update", "--with", "sandbox"], package=package) == 0
    assert read_manifest(copy).parts == ("otel", "sandbox")
