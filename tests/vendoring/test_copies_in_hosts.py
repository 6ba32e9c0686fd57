"""A copy among what a host does: it formats, patches, downgrades, zips and lists what it is made of."""

import difflib
import json
import os
import subprocess
import sys
import zipapp
from collections.abc import Callable
from pathlib import Path

import pytest

from contracts_client.vendor import command
from contracts_client.vendor.command import BEHIND, EDITED, REFUSED
from contracts_client.vendor.manifest import MANIFEST, is_older, read_manifest

USER = "from {name} import BearerToken, ContractsClient; ContractsClient('acme-shop', auth=BearerToken('t'))"


def run(*line: str, folder: Path) -> None:
    done = subprocess.run([sys.executable, *line], cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def write_patch(copy: Path, old: str, new: str) -> Path:
    """Edit the client of a copy, and write that down as a patch."""
    path = copy / "client.py"
    before = path.read_text(encoding="utf-8")
    after = before.replace(old, new, 1)
    assert after != before
    path.write_text(after, encoding="utf-8")
    lines = difflib.unified_diff(before.splitlines(True), after.splitlines(True), "a/client.py", "b/client.py")
    patch = copy.with_name("contracts.patches") / "0001-ours.patch"
    patch.parent.mkdir(exist_ok=True)
    patch.write_text("".join(lines), encoding="utf-8")
    return patch


@pytest.fixture
def patch(copy: Path, package: Path) -> Path:
    """The patch that a copy has."""
    found = write_patch(copy, '"""', '"""Ours. ')
    assert command.main([str(copy), "--update"], package=package) == 0
    return found


def test_ruff_leaves_a_copy_as_it_is(copy: Path, package: Path) -> None:
    host = copy.parents[2]
    settings = '[tool.ruff]\nline-length = 60\nlint.select = ["ALL"]\n'
    (host / "pyproject.toml").write_text(settings, encoding="utf-8")
    run("-m", "ruff", "check", "--no-cache", "--fix", "--unsafe-fixes", folder=host)
    run("-m", "ruff", "format", "--no-cache", folder=host)
    fixed = [sys.executable, "-m", "ruff", "check", "--no-cache", "--isolated", "--select", "ALL", "--fix", "-q"]
    subprocess.run(fixed, cwd=host, capture_output=True, check=False)  # settings of a command line reach everything
    assert command.main([str(copy), "--check"], package=package) == 0


def test_a_host_learns_what_to_configure(tmp_path: Path, package: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / ".git").mkdir()
    assert command.main([str(tmp_path / "src" / "acme" / "contracts")], package=package) == 0
    assert "exclude: ^src/acme/contracts/\n" in capsys.readouterr().out


@pytest.mark.parametrize("name", [".DS_Store", "calls/.DS_Store", ".mypy_cache/3.11/x.json", "Thumbs.db", "client.py~"])
def test_what_programs_leave_is_no_edit(copy: Path, package: Path, name: str) -> None:
    (copy / name).parent.mkdir(parents=True, exist_ok=True)
    (copy / name).touch()
    assert command.main([str(copy), "--check"], package=package) == 0
    assert command.main([str(copy), "--update"], package=package) == 0


def test_an_editor_configuration_counts(copy: Path, package: Path) -> None:
    (copy / ".editorconfig").write_text("[*]\n", encoding="utf-8")
    assert command.main([str(copy), "--check"], package=package) == EDITED


def test_a_downgrade_has_to_be_meant(copy: Path, package: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (package / "_version.py").write_text('__version__ = "0.0.9"\n', encoding="utf-8")
    assert command.main([str(copy), "--check"], package=package) == BEHIND
    assert command.main([str(copy), "--update"], package=package) == REFUSED
    assert "--allow-downgrade" in capsys.readouterr().err
    assert command.main([str(copy), "--update", "--allow-downgrade"], package=package) == 0
    assert read_manifest(copy).version == "0.0.9"


@pytest.mark.parametrize(
    ("older", "newer"),
    [("0.9.1", "0.10.0"), ("1.0.0rc1", "1.0.0"), ("1.0.dev2", "1.0.dev10"), ("1.0", "1.0.post1"), ("1.0a2", "1.0.1")],
)
def test_versions_are_in_order(older: str, newer: str) -> None:
    assert is_older(older, newer)
    assert not is_older(newer, older)
    assert not is_older(older, older)


def test_a_patch_is_kept_by_updates(copy: Path, package: Path, patch: Path, newer: Callable[[], None]) -> None:
    assert patch.name in read_manifest(copy).patches[0]
    assert command.main([str(copy), "--check"], package=package) == 0
    newer()
    assert command.main([str(copy), "--update"], package=package) == 0
    assert '"""Ours. ' in (copy / "client.py").read_text(encoding="utf-8")
    patch.unlink()
    assert command.main([str(copy), "--check"], package=package) == BEHIND
    assert command.main([str(copy), "--update"], package=package) == 0
    assert '"""Ours. ' not in (copy / "client.py").read_text(encoding="utf-8")


@pytest.mark.parametrize("mode", ["--check", "--update"])
def test_an_unfitting_patch_is_refused(
    copy: Path, package: Path, patch: Path, mode: str, capsys: pytest.CaptureFixture[str]
) -> None:
    before = (copy / MANIFEST).read_bytes()
    (package / "client.py").write_text("# another\n", encoding="utf-8")
    assert command.main([str(copy), mode], package=package) == REFUSED
    assert f"{patch.name} can't be applied, and nothing was changed: error: " in capsys.readouterr().err
    assert (copy / MANIFEST).read_bytes() == before


def test_a_patch_needs_git(
    copy: Path, package: Path, patch: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PATH", str(patch.parent))
    assert command.main([str(copy), "--check"], package=package) == REFUSED
    assert "git is needed" in capsys.readouterr().err


def test_more_than_the_patch_is_an_edit(copy: Path, package: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write_patch(copy, '"""', '"""Ours. ')
    (copy / "headers.py").write_text("", encoding="utf-8")
    assert command.main([str(copy), "--update"], package=package) == REFUSED
    assert "Make a patch of it in contracts.patches" in capsys.readouterr().err


def test_a_manifest_without_patches_is_read(copy: Path, package: Path) -> None:
    text = (copy / MANIFEST).read_text(encoding="utf-8")
    (copy / MANIFEST).write_text(text.replace("patches = []\n", ""), encoding="utf-8")
    assert command.main([str(copy), "--check"], package=package) == 0


def test_a_copy_says_what_it_is_made_of(copy: Path, patch: Path) -> None:
    (component,) = json.loads((copy / "sbom.cdx.json").read_text(encoding="utf-8"))["components"]
    assert component["purl"] == f"pkg:pypi/contracts-client@{read_manifest(copy).version}"
    assert component["licenses"] == [{"license": {"id": "MIT"}}]
    assert component["pedigree"]["patches"] == [
        {"type": "unofficial", "diff": {"url": f"contracts.patches/{patch.name}"}}
    ]


def test_a_closed_pipe_is_quiet(copy: Path) -> None:
    line = [sys.executable, "-m", "contracts_client.vendor", str(copy), "--check"]
    with subprocess.Popen(line, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        told = process.stderr.read()
    assert (process.returncode, told) == (0, b"")


def test_output_that_nobody_reads_is_dropped(copy: Path, package: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    reader, writer = os.pipe()
    os.close(reader)
    with os.fdopen(writer, "w") as closed:
        monkeypatch.setattr(sys, "stdout", closed)
        assert command.main([str(copy), "--check"], package=package) == 0


def test_a_copy_works_in_a_namespace_package(copy: Path) -> None:
    host = copy.parents[2]
    elsewhere = host / "elsewhere" / "acme" / "shop"
    elsewhere.mkdir(parents=True)
    (elsewhere / "__init__.py").write_text(USER.format(name="acme._vendor.contracts"), encoding="utf-8")
    run("-c", "import sys; sys.path.insert(0, 'elsewhere'); import acme.shop", folder=host)


def test_a_copy_works_in_a_zip(copy: Path, tmp_path: Path) -> None:
    host = copy.parents[2]
    (host / "shop.py").write_text(f"def main():\n    {USER.format(name='acme._vendor.contracts')}\n", encoding="utf-8")
    zipapp.create_archive(host, tmp_path / "shop.pyz", main="shop:main")
    run(str(tmp_path / "shop.pyz"), folder=tmp_path)
