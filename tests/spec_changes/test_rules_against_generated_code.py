"""The judgement of a specification's change is that of the Python which the generator makes of it.

All changes of a kind are made at once, the package is generated anew, and griffe is asked what users of it see.
"""

import re
from pathlib import Path

import pytest
import yaml
from specification_pairs import NAMES, OLD, PAIRS, Change, Document, after, several

from tools.generate import write as generate
from tools.release.annotations import types_of
from tools.release.packages import package_in
from tools.release.python_compare import compare_packages
from tools.release.python_surface import public_names
from tools.spec.compare import compare
from tools.spec.differences import Difference
from tools.spec.rules import RULES
from tools.spec.surface import surface_of

ROOT = Path(__file__).resolve().parents[2]
UNSEEN = {"operation-renamed", "argument-renamed-in-body", "value-changed", "pagination-changed"}
"""Rules of which generated signatures say nothing, or too much: the facade keeps the names of methods and of keywords
for bodies, what a constant holds is no part of a signature, and x-pagination alone, without the renamed field, is
refused by the generator."""


def generated(document: Document, folder: Path) -> Path:
    """A package with what the generator makes of a specification, all of it public."""
    package = folder / "contracts_client"
    package.mkdir(parents=True)
    for schema in document["components"]["schemas"].values():
        if "required" in schema:  # one change may rename what another requires, and the generator refuses that
            schema["required"] = [name for name in schema["required"] if name in schema["properties"]]
    (folder / "openapi.yaml").write_text(yaml.safe_dump(document, sort_keys=False), encoding="utf-8")
    overrides = {schema: {"class_name": name, "module_name": name.lower()} for schema, name in NAMES.classes.items()}
    config = {"package_name_override": "_generated", "class_overrides": overrides}
    (folder / "config.yaml").write_text(yaml.safe_dump(config), encoding="utf-8")
    command = ["--document", folder / "openapi.yaml", "--config", folder / "config.yaml"]
    assert generate.main([*map(str, command), "--output", str(package / "_generated")]) == 0
    imports: dict[str, str] = {}
    for module in sorted(package.glob("_generated/models/*.py")) + sorted(package.glob("_generated/operations/*.py")):
        names = re.findall(r"^(?:class|async def) ([A-Za-z]\w*)", module.read_text(encoding="utf-8"), re.MULTILINE)
        place = ".".join(module.relative_to(package).with_suffix("").parts)
        imports |= {name: f"from .{place} import {name}" for name in names}
    lines = [*imports.values(), f"__all__ = {sorted(imports)}"]
    (package / "__init__.py").write_text("\n".join(lines), encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def old(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return generated(OLD, tmp_path_factory.mktemp("old"))


def harmless() -> list[Change]:
    """The changes of all pairs in which nothing breaks."""
    return [
        pair.change
        for pair in PAIRS.values()
        if not any(RULES[rule].breaking for rule in pair.found) and not UNSEEN & pair.found.keys()
    ]


def breaking() -> list[Change]:
    """A change for each rule that breaks; two of one rule might be in each other's way."""
    seen = set(UNSEEN)
    changes: list[Change] = []
    for pair in PAIRS.values():
        rules = {rule for rule in pair.found if RULES[rule].breaking}
        if rules - seen:
            changes.append(pair.change)
            seen |= rules
    assert seen >= {name for name, rule in RULES.items() if rule.breaking} - {"class-renamed"}
    return changes


def judged(changes: list[Change], old: Path, folder: Path) -> tuple[list[Difference], list[Difference]]:
    """The differences of the specification, and those of the Python made of it."""
    document = after(several(*changes))
    before, now = surface_of(OLD, NAMES), surface_of(document, NAMES)
    sent_only = now.sent - now.received
    made = compare_packages(package_in(old), package_in(generated(document, folder)), sent_only=sent_only)
    return compare(before, now), made


def subjects(differences: list[Difference]) -> set[str]:
    """What breaks, in words: generated functions have the operation's name, and a constructor is called."""
    found = (each.subject.replace("ContractsClient.", "").replace("list_", "get_") for each in differences)
    return {" ".join(re.findall(r"\w+", subject)) for subject in found}


def test_what_is_said_to_harm_nobody_harms_nobody(old: Path, tmp_path: Path) -> None:
    differences, made = judged(harmless(), old, tmp_path)
    assert [each.text for each in differences + made if each.breaking] == []
    assert len({each.rule for each in differences}) > 10


def test_what_is_said_to_break_breaks_and_nothing_else_does(old: Path, tmp_path: Path) -> None:
    differences, made = judged(breaking(), old, tmp_path)
    told = [each for each in differences if each.breaking and each.rule not in UNSEEN]
    assert subjects([each for each in made if each.breaking]) == subjects(told)


def test_classes_fields_and_types_of_the_surface_are_those_that_are_generated(old: Path) -> None:
    public = public_names(package_in(old))
    for model in surface_of(OLD, NAMES).models.values():
        found = public[model.name]
        for value in model.fields.values():
            types = value.types if value.required else value.types | {"None"}
            assert types_of(found.members[value.attribute].annotation) == types, f"{model.name}.{value.attribute}"
        for constant in model.constants:
            assert constant in found.members
