"""A breaking difference since the last release needs a version that may break, and an entry in the changelog."""

import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tools.changes import gate
from tools.changes.releases import ReleaseError, State, entries, names, state_of

ROOT = Path(__file__).resolve().parents[2]
HEADER = "# Changelog\n\n"
RELEASED = "## [{version}] - 2026-01-02\n\n### Added\n\n- The first.\n"


def git(folder: Path, *arguments: str) -> None:
    program = shutil.which("git") or "git"
    identity = ("-c", "user.name=Somebody", "-c", "user.email=somebody@example.org", "-c", "commit.gpgsign=false")
    subprocess.run([program, "-C", str(folder), *identity, *arguments], check=True, capture_output=True)


def edit(folder: Path, name: str, old: str, new: str) -> None:
    path = folder / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def changelog(folder: Path, text: str) -> None:
    (folder / "CHANGELOG.md").write_text(HEADER + text, encoding="utf-8")


def version(folder: Path, number: str) -> None:
    (folder / "contracts_client" / "_version.py").write_text(f'"""Version."""\n\n__version__ = "{number}"\n')


@pytest.fixture
def repository(tmp_path: Path) -> Iterator[Path]:
    """This package in a repository of its own, released as 1.2.0."""
    folder = tmp_path / "repository"
    package = ROOT / "contracts_client"
    shutil.copytree(package, folder / "contracts_client", ignore=shutil.ignore_patterns("__pycache__", "sandbox"))
    for name in ("openapi.yaml", "generator-config.yaml"):
        shutil.copy(ROOT / name, folder)
    version(folder, "1.2.0")
    changelog(folder, "## [Unreleased]\n\n" + RELEASED.format(version="1.2.0"))
    git(folder, "init", "-q")
    git(folder, "add", "-A")
    git(folder, "commit", "-qm", "Release")
    git(folder, "tag", "v1.2.0")
    return folder


def break_it(folder: Path) -> None:
    edit(folder, "contracts_client/client.py", "    async def get_contract(", "    async def read_contract(")


def test_an_unchanged_release_breaks_nobody(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert gate.main(root=repository) == 0
    assert capsys.readouterr().out == "0 breaking differences since v1.2.0\n"


def test_an_untold_break_has_both_faults(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    break_it(repository)
    assert gate.main(root=repository) == 1
    said = capsys.readouterr().err
    assert "contracts_client/_version.py says 1.2.0: what breaks users of 1.2.0 is 2.0.0 at least" in said
    assert "- Breaking: `ContractsClient.get_contract` is gone." in said


def test_a_break_that_is_told_passes(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    break_it(repository)
    version(repository, "2.0.0")
    entry = "## [Unreleased]\n\n### Removed\n\n- Breaking: `ContractsClient.get_contract` is gone.\n\n"
    changelog(repository, entry + RELEASED.format(version="1.2.0"))
    assert gate.main(root=repository) == 0
    assert capsys.readouterr().out == "1 breaking differences since v1.2.0, all of them told\n"


def test_an_entry_alone_is_not_enough(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    break_it(repository)
    entry = "## [Unreleased]\n\n- Breaking: `ContractsClient.get_contract` is gone.\n\n"
    changelog(repository, entry + RELEASED.format(version="1.2.0"))
    assert gate.main(root=repository) == 1
    assert "does not say" not in capsys.readouterr().err


def test_a_specification_breaks_too(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = (repository / "openapi.yaml").read_text(encoding="utf-8")
    changed = re.sub(r"\bREFUNDED\b", "Refunded", text)
    assert changed != text
    (repository / "openapi.yaml").write_text(changed, encoding="utf-8")
    assert gate.main(root=repository) == 1
    assert "`ContractStatus.REFUNDED` is `'Refunded'` now" in capsys.readouterr().err


def test_a_missing_tag_says_what_to_do(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    git(repository, "tag", "-d", "v1.2.0")
    version(repository, "1.3.0")
    assert gate.main(root=repository) == 2
    assert "git fetch --tags" in capsys.readouterr().err


def test_nothing_breaks_before_a_release(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "contracts_client").mkdir()
    version(tmp_path, "0.1.0")
    changelog(tmp_path, "## [Unreleased]\n\n- Something.\n")
    assert gate.main(root=tmp_path) == 0
    assert capsys.readouterr().out == "Nothing has been released yet: nothing can break\n"


def test_a_coming_release_meets_the_last(repository: Path) -> None:
    version(repository, "2.0.0")
    coming = "## [Unreleased]\n\n## [2.0.0] - 2026-02-03\n\n- Breaking: `Contract.uuid` is gone.\n\n"
    changelog(repository, coming + RELEASED.format(version="1.2.0"))
    state = state_of(repository)
    assert (str(state.last), state.tag, state.may_break) == ("1.2.0", "v1.2.0", True)
    assert state.entries == ("Breaking: `Contract.uuid` is gone.",)


@pytest.mark.parametrize(
    ("now", "last", "may_break", "needed"),
    [
        ("1.3.0", "1.2.0", False, "2.0.0"),
        ("2.0.0", "1.9.9", True, "2.0.0"),
        ("0.2.1", "0.2.0", False, "0.3.0"),
        ("0.3.0", "0.2.9", True, "0.3.0"),
        ("1.0.0", "0.9.0", True, "0.10.0"),
    ],
)
def test_before_1_0_a_minor_may_break(now: str, last: str, needed: str, *, may_break: bool) -> None:
    version_of = state_of.__globals__["Version"]
    state = State(version_of(now), version_of(last), ())
    assert (state.may_break, state.breaking_version) == (may_break, needed)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("## [soon] - 2026-01-01\n", r"\[soon\] is no version"),
        ("## [1.0.0] - 2026-01-01\n\n## [1.1.0] - 2025-01-01\n", "not the newest"),
        ("## [9.0.0] - 2026-01-01\n", "has released 9.0.0 already"),
    ],
)
def test_a_wrong_changelog_is_an_error(repository: Path, text: str, message: str) -> None:
    changelog(repository, "## [Unreleased]\n\n- One.\n\n" + text)
    with pytest.raises(ReleaseError, match=message):
        state_of(repository)


def test_an_entry_may_go_over_several_lines() -> None:
    assert entries("## [Unreleased]\n\n- Breaking: one\n  and two.\n* Three.\n") == ("Breaking: one and two.", "Three.")


@pytest.mark.parametrize(
    ("entry", "is_named"),
    [
        ("Breaking: `Contract.parent` is gone.", True),
        ("Breaking: parent of Contract is gone.", True),
        ("`Contract.parent` is gone.", False),
        ("Breaking: `Contract.parents` is gone.", False),
    ],
)
def test_an_entry_names_what_breaks(entry: str, *, is_named: bool) -> None:
    assert names(entry, "Contract.parent") is is_named
