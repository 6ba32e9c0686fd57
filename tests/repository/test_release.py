"""What a release holds is what is committed and meant for it, the same from every build; and a fault is found."""

import io
import os
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

from tools.release import contents
from tools.release import dist as release

VERSION = "1.0"
TREE: dict[str, bytes | None] = {
    ".ci/run": b"make test",
    "CHANGELOG.md": b"# Changelog",
    "LICENSE": b"MIT",
    "README.md": b"# Read",
    "contracts_client/__init__.py": b"",
    "contracts_client/_generated/source.toml": b"",
    "contracts_client/py.typed": b"",
    "openapi.yaml": b"openapi: 3.1.0",
    "pyproject.toml": b"[project]",
    "tests/test_client.py": b"assert True",
}
INFORMATION = "contracts_client-1.0.dist-info"
PROJECT = """
[build-system]
requires = ["hatchling"]
build-backend = "hatchling.build"
[project]
name = "parcel"
version = "1"
[tool.hatch.build]
reproducible = REPRODUCIBLE
"""


def wheel(folder: Path, files: contents.Files) -> Path:
    """A wheel of some files; one without content is written by the build."""
    path = folder / "contracts_client-1.0-py3-none-any.whl"
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, b"written by the build" if content is None else content)
    return path


def test_the_wheel_holds_what_copies_need(tmp_path: Path) -> None:
    found = contents.expected_of(tmp_path / "a.whl", TREE, VERSION).keys()
    assert found == {name for name in TREE if name.startswith("contracts_client/")} | contents.MOVED.keys() | {
        f"{INFORMATION}/{name}" for name in ("METADATA", "RECORD", "WHEEL", "licenses/LICENSE")
    }


def test_the_sdist_holds_what_is_committed(tmp_path: Path) -> None:
    found = contents.expected_of(tmp_path / "a.tar.gz", TREE, VERSION).keys()
    assert found == TREE.keys() - {".ci/run"} | {"PKG-INFO"}


@pytest.mark.parametrize(
    ("name", "content", "fault"),
    [
        ("tests/test_client.py", b"assert True", "does not belong there"),
        ("contracts_client/__init__.py", b"import os", "is not what is committed"),
        ("contracts_client/sandbox/openapi.yaml", b"", "is not what is committed"),
        ("contracts_client/py.typed", "gone", "is missing"),
        ("contracts_client/notes.txt", b"a", "does not belong there"),
    ],
)
def test_a_wrong_file_of_a_wheel_is_found(name: str, content: bytes | str, fault: str, tmp_path: Path) -> None:
    files = dict(contents.expected_of(tmp_path / "a.whl", TREE, VERSION))
    assert list(contents.content_faults(wheel(tmp_path, files), TREE, VERSION)) == []
    if isinstance(content, str):
        del files[name]
    else:
        files[name] = content
    (found,) = contents.content_faults(wheel(tmp_path, files), TREE, VERSION)
    assert found.endswith(f": {name} {fault}")


def test_data_that_nobody_named_is_found(tmp_path: Path) -> None:
    tree = TREE | {"contracts_client/client.py.orig": b"a"}
    built = wheel(tmp_path, contents.expected_of(tmp_path / "a.whl", tree, VERSION))
    (found,) = contents.content_faults(built, tree, VERSION)
    assert "client.py.orig is no Python file" in found


def test_an_essential_file_is_missed(tmp_path: Path) -> None:
    tree = {name: content for name, content in TREE.items() if name != "contracts_client/py.typed"}
    built = wheel(tmp_path, contents.expected_of(tmp_path / "a.whl", tree, VERSION))
    (found,) = contents.content_faults(built, tree, VERSION)
    assert found.endswith("py.typed is missing")


def test_a_path_that_occurs_twice_is_refused(tmp_path: Path) -> None:
    sdist = tmp_path / "parcel.tar.gz"
    with tarfile.open(sdist, "w:gz") as archive:
        for _ in range(2):
            archive.addfile(tarfile.TarInfo("parcel-1/a.py"), io.BytesIO())
    with pytest.raises(ValueError, match="twice"):
        contents.files_of(sdist)


def test_a_link_in_an_sdist_is_refused(tmp_path: Path) -> None:
    sdist = tmp_path / "parcel.tar.gz"
    link = tarfile.TarInfo("parcel-1/a.py")
    link.type, link.linkname = tarfile.SYMTYPE, "../../etc/passwd"
    with tarfile.open(sdist, "w:gz") as archive:
        archive.addfile(link)
    with pytest.raises(ValueError, match="is no file"):
        contents.files_of(sdist)


def test_a_relative_link_is_dead_on_an_index() -> None:
    html = '<a href="https://example.org/docs">a</a> <a href="#b">b</a> <a href="docs/a.md">c</a> <img src="x.png">'
    assert release.dead_links(html) == ["docs/a.md", "x.png"]


def test_an_untagged_commit_is_no_release() -> None:
    assert list(release.release_faults([], "0.2.0", "## [Unreleased]")) == []


def test_a_tag_has_version_and_section() -> None:
    ready = "## [Unreleased]\n\n## [0.2.0] - 2026-11-25\n"
    assert list(release.release_faults(["v0.2.0"], "0.2.0", ready)) == []
    assert len(list(release.release_faults(["v0.2.0"], "0.2.0", "## [Unreleased]\n\n## [0.2.0]\n"))) == 1
    (fault,) = release.release_faults(["v0.3.0"], "0.2.0", ready)
    assert fault == "the commit is tagged v0.3.0, and contracts_client/_version.py says 0.2.0"


def test_only_what_is_committed_is_exported(tmp_path: Path) -> None:
    repository, exported = tmp_path / "repository", tmp_path / "exported"
    repository.mkdir()
    git = ["git", "-C", str(repository), "-c", "user.name=a", "-c", "user.email=a@example.org"]
    subprocess.run([*git, "init", "-q"], check=True)
    (repository / "committed.py").write_text("a", encoding="utf-8")
    subprocess.run([*git, "add", "."], check=True)
    subprocess.run([*git, "commit", "-q", "-m", "a"], check=True)
    (repository / "committed.py").write_text("changed since", encoding="utf-8")
    (repository / "untracked.py").touch()
    release.export(exported, root=repository)
    assert contents.files_below(exported) == {"committed.py": b"a"}


def build(source: Path, into: Path, *, umask: int, seed: str) -> None:
    command = [sys.executable, "-m", "hatchling", "build", "-d", str(into)]
    environment = {name: value for name, value in os.environ.items() if name != "SOURCE_DATE_EPOCH"}
    environment |= {"PYTHONHASHSEED": seed}
    subprocess.run(command, cwd=source, env=environment, umask=umask, capture_output=True, check=True)


@pytest.mark.parametrize(
    ("reproducible", "differing"), [("true", []), ("false", ["parcel-1-py2.py3-none-any.whl", "parcel-1.tar.gz"])]
)
def test_a_build_that_varies_is_found(reproducible: str, differing: list[str], tmp_path: Path) -> None:
    for name in ("here", "there"):
        package = tmp_path / name / "parcel"
        package.mkdir(parents=True)
        (package / "__init__.py").write_text("a = 1\n", encoding="utf-8")
        text = PROJECT.replace("REPRODUCIBLE", reproducible)
        (package.parent / "pyproject.toml").write_text(text, encoding="utf-8")
    release.disturb(tmp_path / "there")
    build(tmp_path / "here", tmp_path / "built", umask=0o022, seed="1")
    build(tmp_path / "there", tmp_path / "again", umask=0o077, seed="2")
    found = release.differences(tmp_path / "built", tmp_path / "again")
    assert found == [f"{name} differs, in modes, times or order of its members" for name in differing]


def test_the_second_build_sees_other_modes(tmp_path: Path) -> None:
    (tmp_path / "a.py").touch(0o644)
    release.disturb(tmp_path)
    status = (tmp_path / "a.py").stat()
    assert (status.st_mode & 0o777, status.st_mtime) == (0o600, release.LONG_AGO)


def test_a_difference_names_the_file(tmp_path: Path) -> None:
    for name, content in (("first", "a"), ("second", "b")):
        (tmp_path / name).mkdir()
        with zipfile.ZipFile(tmp_path / name / "parcel.whl", "w") as archive:
            archive.writestr("parcel/a.py", content)
    assert release.differences(tmp_path / "first", tmp_path / "second") == ["parcel.whl differs, in parcel/a.py"]


def test_uncommitted_changes_are_refused(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(release, "run", lambda command, *, capture: " M contracts_client/client.py\n")
    assert release.main() == 1
    assert "contracts_client/client.py" in capsys.readouterr().err
