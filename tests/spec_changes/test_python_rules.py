"""Each rule for two states of the package, held to a pair of them."""

from pathlib import Path
from typing import NamedTuple

import pytest

from tools.release.packages import package_at, package_in
from tools.release.python_compare import compare_packages
from tools.release.python_rules import PYTHON_RULES as RULES
from tools.spec.documents import DocumentError

HEAD = """
from collections.abc import Callable
from typing import Protocol, TypeAlias
from attrs import define

__all__ = ["Base", "Card", "Kind", "Made", "Source", "find"]

Kind: TypeAlias = str | int

class Base(Exception):
    pass

class Source(Protocol):
    def fetch(self) -> str: ...
"""
CARD = """
class Card(Base):
    number: int
    def spend(self, amount: int, note: str = "", *, limit: int = 3) -> int | None: ...
"""
FIND = """
async def find(code: str, /, place: str | None = None) -> Card: ...
"""
MADE = """
@define
class Made:
    size: int
"""
OLD = HEAD + CARD + FIND + MADE


class Pair(NamedTuple):
    """What is replaced by what in the package, and the sentences that come of it, by rule."""

    before: str
    after: str
    found: dict[str, str]


PAIRS = {
    "a new name": Pair("def spend", "def earn(self) -> int: ...\n    def spend", {"name-added": "`Card.earn` is new."}),
    "a name that is gone": Pair("    number: int\n", "", {"name-removed": "`Card.number` is gone."}),
    "a protocol that asks for more": Pair(
        "    def fetch(self) -> str: ...",
        "    def fetch(self) -> str: ...\n    def close(self) -> None: ...",
        {"abstract-added": "`Source.close` is new, and has to be written by whoever implements the class."},
    ),
    "a function that is no longer awaited": Pair(
        "async def find", "def find", {"kind-changed": "`find` is function now, not async function."}
    ),
    "another base": Pair(
        "class Card(Base)",
        "class Card(Exception)",
        {"base-removed": "`Card` is derived from `Exception` now, not from `Base`."},
    ),
    "a parameter that may be left out": Pair(
        "limit: int = 3",
        "limit: int = 3, fee: int = 0",
        {"parameter-added": "`Card.spend(fee)` is new: `int`, and may be left out."},
    ),
    "a parameter that has to be given": Pair(
        "limit: int = 3",
        "limit: int = 3, fee: int",
        {"parameter-required-added": "`Card.spend(fee)` is new: `int`, and has to be given."},
    ),
    "a parameter that is gone": Pair(", *, limit: int = 3", "", {"parameter-removed": "`Card.spend(limit)` is gone."}),
    "a parameter that can no longer be left out": Pair(
        "limit: int = 3", "limit: int", {"parameter-required": "`Card.spend(limit)` has to be given now."}
    ),
    "a parameter that can be left out now": Pair(
        "amount: int,", "amount: int = 1,", {"parameter-optional": "`Card.spend(amount)` may be left out now."}
    ),
    "another default": Pair(
        "limit: int = 3",
        "limit: int = 4",
        {"parameter-default-changed": "`Card.spend(limit)` is `4` by default now, not `3`."},
    ),
    "a parameter of more types": Pair(
        "amount: int,",
        "amount: int | str,",
        {"parameter-type-widened": "`Card.spend(amount)` can be `int | str` now, not only `int`."},
    ),
    "a parameter of another type": Pair(
        "amount: int,",
        "amount: str,",
        {"parameter-type-changed": "`Card.spend(amount)` is `str` now, not `int`."},
    ),
    "a narrower result": Pair(
        "-> int | None",
        "-> int",
        {"return-type-narrowed": "`Card.spend` returns `int` now, no longer `int | None`."},
    ),
    "another result": Pair("-> Card", "-> str", {"return-type-changed": "`find` returns `str` now, not `Card`."}),
    "an attribute of another type": Pair(
        "    number: int\n",
        "    number: str\n",
        {"attribute-type-changed": "`Card.number` is `str` now, not `int`."},
    ),
    "a field of more types, of a class that is only sent": Pair(
        "    size: int\n",
        "    size: int | str\n",
        {"attribute-type-widened": "`Made.size` can be `int | str` now, not only `int`."},
    ),
    "another meaning of an alias": Pair(
        "Kind: TypeAlias = str | int",
        "Kind: TypeAlias = str",
        {"alias-changed": "`Kind` stands for `str` now, not for `int | str`."},
    ),
}
WITH_OTHERS = {
    "parameter-moved": ('amount: int, note: str = ""', 'note: str = "", amount: int = 1'),
    "parameter-kind-changed": ('note: str = "", *, limit', '*, note: str = "", limit'),
}
"""Rules whose changes are seldom alone."""


def written(source: str, folder: Path) -> Path:
    package = folder / "contracts_client"
    package.mkdir(parents=True)
    (package / "__init__.py").write_text(source, encoding="utf-8")
    return folder


def found(before: str, after: str, folder: Path) -> dict[str, str]:
    assert OLD.count(before) == 1
    old = package_in(written(OLD, folder / "old"))
    new = package_in(written(OLD.replace(before, after), folder / "new"))
    return {each.rule: each.text for each in compare_packages(old, new, sent_only=frozenset({"Made"}))}


@pytest.mark.parametrize("name", PAIRS)
def test_a_change_of_the_package_is_told_by_its_rule_and_by_nothing_else(name: str, tmp_path: Path) -> None:
    before, after, expected = PAIRS[name]
    assert found(before, after, tmp_path) == expected


@pytest.mark.parametrize("rule", WITH_OTHERS)
def test_a_change_that_is_more_than_one_is_told_by_its_rule_too(rule: str, tmp_path: Path) -> None:
    differences = found(*WITH_OTHERS[rule], tmp_path)
    assert rule in differences
    assert RULES[rule].breaking


def test_every_rule_has_a_pair_of_packages() -> None:
    assert {rule for pair in PAIRS.values() for rule in pair.found} | WITH_OTHERS.keys() == RULES.keys()


def test_a_package_has_no_differences_from_itself(tmp_path: Path) -> None:
    assert found("class Card(Base):", "class Card(Base):  # a comment", tmp_path) == {}


def test_what_is_private_is_nobody_s_to_use(tmp_path: Path) -> None:
    assert found("class Base(", "class _Hidden:\n    pass\n\nclass Base(", tmp_path) == {}


def test_a_folder_without_the_package_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(DocumentError, match="can't be read"):
        package_in(tmp_path)


def test_a_reference_that_git_does_not_know_is_an_error() -> None:
    with pytest.raises(DocumentError, match=r"^no-such-reference is no git reference with contracts_client$"):
        package_at("no-such-reference", root=Path(__file__).resolve().parents[2])
