"""Where a copy came from, and a package that can't be copied."""

import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from contracts_client.vendor import __main__, command, source
from contracts_client.vendor import place as place_of_copy
from contracts_client.vendor.command import REFUSED
from contracts_client.vendor.manifest import MANIFEST
from contracts_client.vendor.surface import difference

ROOT = Path(__file__).resolve().parents[2]


def test_a_checkout_may_differ(package: Path) -> None:
    git = ["git", "-C", str(package.parent), "-c", "user.name=n", "-c", "user.email=n@example.org"]
    git += ["-c", "commit.gpgsign=false"]
    for arguments in (["init", "-q"], ["add", "."], ["commit", "-q", "-m", "all"]):
        subprocess.run([*git, *arguments], check=True)
    commit = source.revision(package)
    assert len(commit) == 40
    (package.parent / "beside").touch()
    assert source.revision(package) == commit
    (package / "new.py").touch()
    assert source.revision(package) == f"{commit}-dirty"


def test_a_wheel_says_its_commit(tmp_path: Path, package: Path) -> None:
    checkout = package.parent
    for name in ("pyproject.toml", "README.md", "tools/release/revision_hook.py"):
        (checkout / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(ROOT / name, checkout / name)
    git = [
        "git",
        "-C",
        str(checkout),
        "-c",
        "user.name=n",
        "-c",
        "user.email=n@example.org",
        "-c",
        "commit.gpgsign=false",
    ]
    for arguments in (["init", "-q"], ["add", "."], ["commit", "-q", "-m", "all"]):
        subprocess.run([*git, *arguments], check=True)
    commit = source.revision(package)
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path / "dist")]
    subprocess.run(build, cwd=checkout, check=True, capture_output=True)
    (wheel,) = (tmp_path / "dist").glob("*.whl")
    zipfile.ZipFile(wheel).extractall(tmp_path / "site-packages")
    assert source.revision(tmp_path / "site-packages" / "contracts_client") == commit


def test_the_commit_is_unknown_without_git(package: Path) -> None:
    assert source.revision(package) == "unknown"
    (package.parent / ".git").write_text("gitdir: nowhere", encoding="utf-8")
    assert source.revision(package) == "unknown"


def test_a_missing_changelog_is_empty(package: Path) -> None:
    (package.parent / "CHANGELOG.md").unlink()
    assert source.changelog(package) == ""


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("_version.py", None),
        ("_version.py", ""),
        ("_version.py", "= ="),
        ("_generated/source.toml", None),
        ("_generated/source.toml", "= ="),
        ("_generated/source.toml", "specification = 'x'"),
    ],
)
def test_half_a_package_is_not_copied(
    tmp_path: Path, package: Path, name: str, text: str | None, capsys: pytest.CaptureFixture[str]
) -> None:
    (package / name).unlink()
    if text is not None:
        (package / name).write_text(text, encoding="utf-8")
    assert command.main([str(tmp_path / "contracts")], package=package) == REFUSED
    assert "is not whole" in capsys.readouterr().err
    assert not (tmp_path / "contracts").exists()


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path, package: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (package / "lost.py").symlink_to("nowhere")
    assert command.main([str(tmp_path / "contracts")], package=package) == REFUSED
    assert "lost.py can't be read: No such file" in capsys.readouterr().err


def test_an_update_needs_no_changelog(copy: Path, package: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (package.parent / "CHANGELOG.md").unlink()
    (package / "newcomer.py").touch()
    assert command.main([str(copy), "--update"], package=package) == 0
    told = capsys.readouterr().out
    assert "added    newcomer.py" in told
    assert "changelog" not in told


def test_a_folder_as_manifest_is_refused(copy: Path, package: Path) -> None:
    (copy / MANIFEST).unlink()
    (copy / MANIFEST).mkdir()
    assert command.main([str(copy), "--check"], package=package) == REFUSED


def test_a_refused_folder_leaves_nothing(
    tmp_path: Path, package: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def refuse(self: Path, **_: object) -> None:
        raise PermissionError(13, "Permission denied", str(self))

    monkeypatch.setattr(Path, "mkdir", refuse)
    assert command.main([str(tmp_path / "contracts")], package=package) == REFUSED
    assert "can't be written, and is as it was: Permission denied" in capsys.readouterr().err
    assert not (tmp_path / "contracts").exists()


def test_stubborn_leftovers_are_named(
    copy: Path, package: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def refuse(path: Path) -> None:
        raise PermissionError(13, "Permission denied", str(path))

    copy.with_name(".contracts.vendor-new").mkdir()
    monkeypatch.setattr(place_of_copy.shutil, "rmtree", refuse)
    assert command.main([str(copy), "--update"], package=package) == REFUSED
    told = capsys.readouterr().err
    assert "can't be mended: Permission denied" in told
    assert ".contracts.vendor-new" in told


def test_values_and_fields_are_surface() -> None:
    before = {"__init__.py": b'class A:\n x = 1\nLIMIT = 5\n__all__ = ["A", "LIMIT"]\n'}
    after = {"__init__.py": b'class A:\n x = 2\nLIMIT = 6\n__all__ = ["A", "LIMIT"]\n'}
    assert difference(before, after) == ["  ~ A.x: 1 -> 2", "  ~ LIMIT: 5 -> 6"]


def test_a_plain_function_is_surface() -> None:
    before = {"__init__.py": b'def f(x: int = 1) -> str: ...\n__all__ = ["f"]\n'}
    after = {"__init__.py": b'async def f(x: int) -> str: ...\n__all__ = ["f"]\n'}
    assert difference(before, after) == ["  ~ f: -> str -> async -> str", "  ~ f(x): int = 1 -> int"]


@pytest.mark.parametrize("broken", [b"def", b"__all__ = [f()]"])
def test_no_python_is_not_compared(broken: bytes) -> None:
    (line,) = difference({"__init__.py": b""}, {"__init__.py": broken})
    assert line.startswith("  can't be compared: ")


def test_the_command_is_not_run_by_an_import() -> None:
    assert __main__.main is command.main
