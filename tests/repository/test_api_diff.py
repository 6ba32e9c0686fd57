"""Each rule for two states of the package, held to a pair of them."""

from pathlib import Path

import pytest

from tools.changes import diff
from tools.changes.compare import compare
from tools.changes.differences import OF_THE_SURFACE, Difference
from tools.changes.surface import package_in, public_names
from tools.openapi_parts import DocumentError

OLD = """
from collections.abc import Callable
from typing import NotRequired, Optional, Protocol, TypeAlias, TypedDict, Unpack, overload
from attrs import define, frozen

__all__ = ["COST", "Base", "Card", "Kept", "Kind", "Made", "Source", "find", "pay", "read"]

COST: int = 4

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

@frozen
class Kept:
    pass

class _Options(TypedDict, total=False):
    speed: int
    note: str

def pay(**options: Unpack[_Options]) -> None: ...

@overload
def read(key: int) -> int: ...
@overload
def read(key: str) -> str: ...
def read(key: int | str) -> int | str: ...
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
    ("COST: int = 4", "COST: int = 5", "`COST` is `5` now, not `4`."),
    ("@define\n", "@frozen\n", "`Made` is frozen now."),
    ("@define\n", "@define(kw_only=True)\n", "`Made` is keyword-only now."),
    ("class Card(Base)", "@final\nclass Card(Base)", "`Card` is final now."),
    ("@frozen\n", "@define\n", "`Kept` is no longer frozen."),
    ("COST: int", "COST: Final[int]", "`COST` is final now."),
    ("    size: int\n", "    size: int = 1\n", "`Made(size)` may be left out now."),
    ("    speed: int\n", "", "`pay(speed)` is gone."),
    ("    speed: int\n", "    speed: str\n", "`pay(speed)` is `str` now, not `int`."),
    ("    speed: int\n", "    speed: Required[int]\n", "`pay(speed)` has to be given now."),
    ("    note: str\n", "    note: str\n    size: float\n", "`pay(size)` is new: `float`, and may be left out."),
    ("@overload\ndef read(key: str) -> str: ...\n", "", "`read` can no longer be called as `(key: str) -> str`."),
    (
        "@overload\ndef read(key: int) -> int: ...\n",
        "@overload\ndef read(key: int) -> int: ...\n@overload\ndef read(key: bytes) -> bytes: ...\n",
        "`read` can be called as `(key: bytes) -> bytes` too.",
    ),
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


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("class Base(", "# a comment\nclass Base("),
        ("class Base(", "class _Hidden:\n    pass\n\nclass Base("),
        ("-> int | None", "-> Optional[int]"),
        ("def read(key: int | str)", "def read(key: Union[str, int])"),
        ("    speed: int\n", "    speed: NotRequired[int]\n"),
        ("pay(**options: Unpack[_Options])", "pay(*, speed: int = ..., note: str = ...)"),
    ],
)
def test_what_nobody_sees_is_no_difference(before: str, after: str, tmp_path: Path) -> None:
    assert found(before, after, tmp_path) == []


def test_a_package_that_lacks_a_name_fails(tmp_path: Path) -> None:
    package = tmp_path / "contracts_client"
    package.mkdir()
    (package / "__init__.py").write_text("from ._inner import Card\n\n__all__ = ['Card']\n", encoding="utf-8")
    (package / "_inner.py").write_text("", encoding="utf-8")
    with pytest.raises(DocumentError, match=r"Card can't be imported: contracts_client\._inner\.Card is not there"):
        public_names(package_in(tmp_path))


def test_a_folder_without_package_fails(tmp_path: Path) -> None:
    with pytest.raises(DocumentError, match="can't be read"):
        package_in(tmp_path)


def test_a_reference_without_package_fails(capsys: pytest.CaptureFixture[str]) -> None:
    assert diff.main(["api", "no-such-reference"]) == 2
    assert capsys.readouterr().err == "no-such-reference is no git reference with contracts_client\n"
