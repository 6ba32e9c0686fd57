"""Differences as they are told: judged by a rule, as text fit for the changelog, and as JSON."""

import json
from collections.abc import Iterable, Mapping, Sequence

from attrs import asdict, frozen

from tools.release.python_rules import PYTHON_RULES
from tools.spec.rules import RULES, Rule

SECTIONS = ("Added", "Changed", "Removed")
BREAKING = "Breaking: "
"""How an entry of the changelog begins that breaks users."""
_RULES = {**RULES, **PYTHON_RULES}


@frozen
class Difference:
    """One difference between two specifications, or two surfaces.

    Attributes:
        rule: The name of the rule that judges it.
        breaking: Whether it breaks users.
        section: Where in the changelog it belongs.
        subject: What differs, as the user writes it.
        text: What to tell of it, in one sentence.
        before: What it was; empty where that says nothing.
        after: What it is; likewise.
    """

    rule: str
    breaking: bool
    section: str
    subject: str
    text: str
    before: str = ""
    after: str = ""


def difference(rule: str, subject: str, before: str = "", after: str = "") -> Difference:
    """Judge a difference.

    Args:
        rule: The name of the rule.
        subject: What differs, as the user writes it.
        before: What it was.
        after: What it is.

    Returns:
        The difference, with its judgement and its text.
    """
    found = _RULES[rule]
    text = found.sentence.format(subject=subject, before=before or "none", after=after or "none")
    return Difference(rule, found.breaking, found.section, subject, text, before, after)


def changelog(differences: Iterable[Difference]) -> str:
    """Write differences as the changelog wants them.

    Args:
        differences: What was found.

    Returns:
        A section a kind, what breaks first, a line each; empty where nothing was found.
    """
    found = list(differences)
    blocks: list[str] = []
    for section in SECTIONS:
        here = [each for each in found if each.section == section]
        lines = [f"- {BREAKING}{each.text}" for each in here if each.breaking]
        lines += [f"- {each.text}" for each in here if not each.breaking]
        if lines:
            blocks.append("\n".join([f"### {section}", "", *lines]))
    return "\n\n".join(blocks)


def as_text(differences: Sequence[Difference]) -> str:
    """Write differences for people: how many, and then what is fit for the changelog."""
    if not differences:
        return "Nothing that users of the package see differs."
    breaking = sum(each.breaking for each in differences)
    noun = "difference" if len(differences) == 1 else "differences"
    return f"{len(differences)} {noun}, of which {breaking} breaking\n\n{changelog(differences)}"


def as_json(differences: Sequence[Difference]) -> str:
    """Write differences for programs."""
    return json.dumps(
        {"breaking": any(each.breaking for each in differences), "differences": [asdict(each) for each in differences]},
        indent=2,
    )


def as_table(rules: Mapping[str, Rule]) -> str:
    """Write rules for docs/changing-the-specification.md."""
    lines = ["| rule | breaking | why |", "| --- | --- | --- |"]
    lines += [f"| `{rule.name}` | {'yes' if rule.breaking else 'no'} | {rule.why} |" for rule in rules.values()]
    return "\n".join(lines)
