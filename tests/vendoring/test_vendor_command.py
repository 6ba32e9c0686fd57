"""What the command copies, says and refuses."""

import os
import subprocess
import sys
import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest

from contracts_client.vendor import command, source
from contracts_client.vendor import place as place_of_copy
from contracts_client.vendor.command import BEHIND, EDITED, REFUSED
from contracts_client.vendor.manifest import MANIFEST, read_manifest
from contracts_client.vendor.source import PARTS, REQUIREMENTS, changes_since
from contracts_client.vendor.surface import difference

ROOT = Path(__file__).resolve().parents[2]


OLD_CLASS = b"""class B:
    x: int
class A(B):
    def f(self, y: int = 1): ...
"""


def state_of(folder: Path) -> dict[str, bytes]:
    return {path: (folder / path).read_bytes() for path in source.files_below(folder)}


def test_a_copy_holds_the_client_alone(copy: Path) -> None:
    names = set(state_of(copy))
    assert {"__init__.py", "client.py", "py.typed", "LICENSE", MANIFEST} <= names
    assert not {name.split("/")[0] for name in names} & {"vendor", "sandbox", "testing", "opentelemetry.py"}
    assert not any(name.endswith("__main__.py") for name in names)


def test_the_manifest_states_the_origin(copy: Path) -> None:
    stated = tomllib.loads((copy / MANIFEST).read_text(encoding="utf-8"))
    assert stated["licence"] == "MIT"
    assert stated["specification"].startswith("sha256:")
    assert set(stated["files"]) == set(state_of(copy)) - {MANIFEST}


def test_requirements_are_the_project_s() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert list(REQUIREMENTS) == project["dependencies"]
    assert project["requires-python"] == source.REQUIRES_PYTHON
    assert project["license"] == source.LICENCE


def test_parts_need_what_extras_state() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    for extra in PARTS.keys() & project["optional-dependencies"].keys():
        stated = {line for line in project["optional-dependencies"][extra] if not line.startswith("contracts-client[")}
        assert set(PARTS[extra].requirements) == stated


def test_a_fresh_copy_is_up_to_date(copy: Path, package: Path) -> None:
    (copy / "__pycache__").mkdir()
    (copy / "__pycache__" / "client.pyc").touch()
    assert command.main([str(copy), "--check"], package=package) == 0


def test_other_line_ends_are_no_edit(copy: Path, package: Path) -> None:
    path = copy / "client.py"
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert command.main([str(copy), "--check"], package=package) == 0


def test_an_edit_is_never_overwritten(
    copy: Path, package: Path, newer: Callable[[], None], capsys: pytest.CaptureFixture[str]
) -> None:
    (copy / "client.py").write_text("edited", encoding="utf-8")
    (copy / "mine.py").touch()
    (copy / "headers.py").unlink()
    newer()
    before = state_of(copy)
    assert command.main([str(copy), "--check"], package=package) == EDITED
    told = capsys.readouterr().out
    assert all(line in told for line in ("added    mine.py", "removed  headers.py", "changed  client.py"))
    assert command.main([str(copy), "--update"], package=package) == REFUSED
    assert state_of(copy) == before


def test_a_link_in_a_files_place_is_an_edit(copy: Path, package: Path) -> None:
    target = copy.parent / "client.py"
    (copy / "client.py").rename(target)
    (copy / "client.py").symlink_to(target)
    assert command.main([str(copy), "--check"], package=package) == EDITED


def test_an_update_tells_what_changed(
    copy: Path, package: Path, newer: Callable[[], None], capsys: pytest.CaptureFixture[str]
) -> None:
    newer()
    assert command.main([str(copy), "--check"], package=package) == BEHIND
    assert command.main([str(copy), "--update"], package=package) == 0
    told = capsys.readouterr().out
    assert "0.1.0 -> 9.0.0" in told
    assert "added    newcomer.py" in told
    assert "  - RateLimits\n" in told
    assert "From the changelog:" in told
    assert not (copy / "structured_logging.py").exists()
    assert command.main([str(copy), "--check"], package=package) == 0
    assert command.main([str(copy), "--update"], package=package) == 0


@pytest.mark.parametrize("text", [None, "not = = toml", "version = 1\n"])
@pytest.mark.parametrize("mode", ["--check", "--update"])
def test_a_broken_manifest_is_left_alone(copy: Path, package: Path, text: str | None, mode: str) -> None:
    (copy / MANIFEST).unlink()
    if text is not None:
        (copy / MANIFEST).write_text(text, encoding="utf-8")
    before = state_of(copy)
    assert command.main([str(copy), mode], package=package) == REFUSED
    assert state_of(copy) == before


@pytest.mark.parametrize("failing", [1, 2])
def test_a_failed_rename_leaves_the_old(
    copy: Path, package: Path, newer: Callable[[], None], failing: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As in a read-only folder, whose bits would not hold back the superuser, as whom tests may run."""
    newer()
    before, renames, rename = state_of(copy), [0], Path.rename

    def refuse(self: Path, target: Path) -> Path:
        renames[0] += 1
        if renames[0] == failing:
            raise PermissionError(13, "Permission denied", str(self))
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", refuse)
    assert command.main([str(copy), "--update"], package=package) == REFUSED
    assert state_of(copy) == before
    assert not place_of_copy.interrupted(copy)


def test_a_killed_run_is_mended(copy: Path, package: Path) -> None:
    before = state_of(copy)
    copy.rename(copy.with_name(".contracts.vendor-old"))
    copy.with_name(".contracts.vendor-new").mkdir()
    assert command.main([str(copy), "--check"], package=package) == REFUSED
    assert command.main([str(copy), "--update"], package=package) == 0
    assert state_of(copy) == before
    assert not place_of_copy.interrupted(copy)


@pytest.mark.parametrize("name", ["acme-shop", "class", "1st"])
def test_a_name_of_no_package_is_refused(tmp_path: Path, name: str) -> None:
    assert command.main([str(tmp_path / name)]) == REFUSED
    assert not (tmp_path / name).exists()


def test_what_is_in_the_way_is_left_alone(tmp_path: Path, copy: Path, package: Path) -> None:
    (tmp_path / "file").write_text("mine", encoding="utf-8")
    (tmp_path / "link").symlink_to(copy, target_is_directory=True)
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "mine").touch()
    places = [tmp_path / "file", tmp_path / "file" / "below", tmp_path / "link", tmp_path / "full", copy]
    places += [package, package / "inside", package.parent]
    for place in places:
        assert command.main([str(place)], package=package) == REFUSED
    assert (tmp_path / "file").read_text(encoding="utf-8") == "mine"
    assert (tmp_path / "full" / "mine").exists()


def test_a_part_is_kept_by_updates(tmp_path: Path, package: Path) -> None:
    place = tmp_path / "contracts"
    place.mkdir()
    assert command.main([str(place), "--with", "otel"], package=package) == 0
    (package / "extra.py").touch()
    assert command.main([str(place), "--update"], package=package) == 0
    assert read_manifest(place).parts == ("otel",)
    assert (place / "opentelemetry.py").exists()


def test_the_command_runs_as_a_module(tmp_path: Path) -> None:
    line = [sys.executable, "-m", "contracts_client.vendor", str(tmp_path / "contracts")]
    assert subprocess.run(line, check=False, capture_output=True).returncode == 0
    assert os.listdir(tmp_path) == ["contracts"]  # noqa: PTH208


def test_parameters_and_bases_are_surface() -> None:
    before = {"__init__.py": b'from .a import A\n__all__ = ["A"]\n', "a.py": OLD_CLASS}
    after = before | {"a.py": b"class B: ...\nclass A(B):\n async def f(self, y: str, *, z: int = 2): ...\n"}
    assert difference(before, after) == [
        "  - A.x",
        "  ~ A.f: -> anything -> async -> anything",
        "  ~ A.f(y): int = 1 -> str",
        "  + A.f(z): int = 2",
    ]


def test_news_ends_at_the_old_version() -> None:
    assert changes_since("# Log\n## [2]\nnew\n## [1]\nold\n", "1") == ["## [2]", "new"]


def test_a_new_version_prints_the_changelog(copy: Path, package: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """An update within a version prints no changelog, since nobody can tell which lines the copy has already."""
    (package / "newcomer.py").write_text('"""New."""\n', encoding="utf-8")
    assert command.main([str(copy), "--update"], package=package) == 0
    told = capsys.readouterr().out
    assert "added    newcomer.py" in told
    assert "From the changelog:" not in told


def test_a_quiet_command_prints_problems(
    copy: Path, package: Path, newer: Callable[[], None], capsys: pytest.CaptureFixture[str]
) -> None:
    """--quiet prints nothing, but why a copy is behind, edited or refused."""
    capsys.readouterr()
    newer()
    assert command.main([str(copy), "--check", "--quiet"], package=package) == BEHIND
    assert "is not what contracts_client 9.0.0 would be" in capsys.readouterr().out
    for mode in ("--update", "--update", "--check"):
        assert command.main([str(copy), mode, "--quiet"], package=package) == 0
    assert capsys.readouterr() == ("", "")
    assert command.main([str(copy), "--quiet"], package=package) == REFUSED
    assert "is a copy already" in capsys.readouterr().err
