"""Each rule for two states of the package, held to a pair of them."""

from pathlib import Path

import pytest

from tools.changes import diff
from tools.changes.compare import compare
from tools.changes.differences import OF_THE_SURFACE, Difference
from tools.changes.surface import package_in, public_names
from tools.spec.documents import DocumentError

OLD = """
from collections.abc import Callable
from typing import Protocol, TypeAlias
from attrs import define

__all__ = ["Base", "Card", "Kind", "Made", "Source", "find"]

Kind: TypeAlias = str | int

class Base(Exception):
    pass

class Source(Protocol):
    def fetch(self) -> str: ...

class Card(Base):
    number: int
    def spend(self, amount: int, note: str = "", *, limit: int = 3) -> int | None: ...

async def find(code: str, /, place: str | None = None) -> Card: ...

@define
class Made:
    size: int
"""
FETCH = "    def fetch(self) -> str: ...\n"
CLOSE = "    def close(self) -> None: ...\n"
ABSTRACT = "`Source.close` is new, and has to be written by those who implement the class."
MOVED = "`Card.spend(note)` stands at another place now."
CASES = [
    ("def spend", "def earn(self) -> int: ...\n    def spend", "`Card.earn` is new."),
    ("    number: int\n", "", "`Card.number` is gone."),
    (FETCH, FETCH + CLOSE, ABSTRACT),
    ("async def find", "def find", "`find` is function now, not async function."),
    ("class Card(Base)", "class Card(Exception)", "`Card` is derived from `Exception` now, not from `Base`."),
    ("limit: int = 3", "limit: int = 3, fee: int = 0", "`Card.spend(fee)` is new: `int`, and may be left out."),
    ("limit: int = 3", "limit: int = 3, fee: int", "`Card.spend(fee)` is new: `int`, and has to be given."),
    (", *, limit: int = 3", "", "`Card.spend(limit)` is gone."),
    ("limit: int = 3", "limit: int", "`Card.spend(limit)` has to be given now."),
    ("amount: int,", "amount: int = 1,", "`Card.spend(amount)` may be left out now."),
    ("limit: int = 3", "limit: int = 4", "`Card.spend(limit)` is `4` by default now, not `3`."),
    ("amount: int,", "amount: int | str,", "`Card.spend(amount)` can be `int | str` now, not only `int`."),
    ("amount: int,", "amount: str,", "`Card.spend(amount)` is `str` now, not `int`."),
    ("amount: int,", "amount: float,", "`Card.spend(amount)` can be `float` now, not only `int`."),
    ("-> int | None", "-> int", "`Card.spend` returns `int` now, no longer `int | None`."),
    ("-> Card", "-> str", "`find` returns `str` now, not `Card`."),
    ("    number: int\n", "    number: str\n", "`Card.number` is `str` now, not `int`."),
    ("    size: int\n", "    size: int | str\n", "`Made.size` can be `int | str` now, not only `int`."),
    ("    size: int\n", "    size: str\n", "`Made.size` is `str` now, not `int`."),
    ("Kind: TypeAlias = str | int", "Kind: TypeAlias = str", "`Kind` stands for `str` now, not for `int | str`."),
    (
        'amount: int, note: str = ""',
        'note: str = "", amount: int = 1',
        MOVED,
    ),
    (
        'note: str = "", *, limit',
        '*, note: str = "", limit',
        "`Card.spend(note)` is keyword-only now, not positional or keyword.",
    ),
]
SEVERAL = {'amount: int, note: str = ""'}
"""What can't be changed without a second difference."""


def found(before: str, after: str, folder: Path) -> list[Difference]:
    assert OLD.count(before) == 1
    states: list[dict[str, object]] = []
    for name, source in (("old", OLD), ("new", OLD.replace(before, after))):
        package = folder / name / "contracts_client"
        package.mkdir(parents=True)
        (package / "__init__.py").write_text(source, encoding="utf-8")
        states.append(public_names(package_in(folder / name)))  # type: ignore[arg-type]
    return compare(*states, sent_only=frozenset({"Made"}))  # type: ignore[arg-type]


@pytest.mark.parametrize(("before", "after", "text"), CASES)
def test_a_change_is_told_by_its_rule_alone(before: str, after: str, text: str, tmp_path: Path) -> None:
    texts = [each.text for each in found(before, after, tmp_path)]
    assert text in texts
    assert len(texts) == 1 or before in SEVERAL


def test_every_rule_has_a_pair_of_packages(tmp_path: Path) -> None:
    rules = {
        each.rule
        for number, (before, after, _) in enumerate(CASES)
        for each in found(before, after, tmp_path / str(number))
    }
    assert rules == OF_THE_SURFACE.keys()


@pytest.mark.parametrize("written", ["# a comment\nclass Base(", "class _Hidden:\n    pass\n\nclass Base("])
def test_what_is_private_is_no_difference(written: str, tmp_path: Path) -> None:
    assert found("class Base(", written, tmp_path) == []


def test_a_folder_without_package_fails(tmp_path: Path) -> None:
    with pytest.raises(DocumentError, match="can't be read"):
        package_in(tmp_path)


def test_a_reference_without_package_fails(capsys: pytest.CaptureFixture[str]) -> None:
    assert diff.main(["api", "no-such-reference"]) == 2
    assert capsys.readouterr().err == "no-such-reference is no git reference with contracts_client\n"
