"""Differences as they are told: judged by a rule, as text fit for the changelog, and as JSON.

docs/changing-the-specification.md says why each rule is judged so, and the tests hold a pair of packages for each.
"""

import json
from collections.abc import Iterable, Sequence

from attrs import asdict, frozen

BREAKING = "Breaking: "
"""How an entry of the changelog begins that breaks users."""

OF_THE_SURFACE = {
    "name-added": (False, "`{subject}` is new."),
    "name-removed": (True, "`{subject}` is gone."),
    "abstract-added": (True, "`{subject}` is new, and has to be written by those who implement the class."),
    "kind-changed": (True, "`{subject}` is {after} now, not {before}."),
    "base-removed": (True, "`{subject}` is derived from `{after}` now, not from `{before}`."),
    "parameter-added": (False, "`{subject}` is new: `{after}`, and may be left out."),
    "parameter-required-added": (True, "`{subject}` is new: `{after}`, and has to be given."),
    "parameter-removed": (True, "`{subject}` is gone."),
    "parameter-required": (True, "`{subject}` has to be given now."),
    "parameter-optional": (False, "`{subject}` may be left out now."),
    "parameter-moved": (True, "`{subject}` stands at another place now."),
    "parameter-kind-changed": (True, "`{subject}` is {after} now, not {before}."),
    "parameter-default-changed": (True, "`{subject}` is `{after}` by default now, not `{before}`."),
    "parameter-type-widened": (False, "`{subject}` can be `{after}` now, not only `{before}`."),
    "parameter-type-changed": (True, "`{subject}` is `{after}` now, not `{before}`."),
    "return-type-narrowed": (False, "`{subject}` returns `{after}` now, no longer `{before}`."),
    "return-type-changed": (True, "`{subject}` returns `{after}` now, not `{before}`."),
    "attribute-type-widened": (False, "`{subject}` can be `{after}` now, not only `{before}`."),
    "attribute-type-changed": (True, "`{subject}` is `{after}` now, not `{before}`."),
    "alias-changed": (True, "`{subject}` stands for `{after}` now, not for `{before}`."),
    "value-changed": (True, "`{subject}` is `{after}` now, not `{before}`."),
    "overload-added": (False, "`{subject}` can be called as `{after}` too."),
    "overload-removed": (True, "`{subject}` can no longer be called as `{before}`."),
    "trait-added": (True, "`{subject}` is {after} now."),
    "trait-removed": (False, "`{subject}` is no longer {before}."),
}
OF_THE_SPECIFICATION = {
    "operation-renamed": (False, "`{subject}` is the operation `{after}` now, which was `{before}`."),
    "operation-moved": (False, "`{subject}` is sent to `{after}` now, not to `{before}`."),
    "statuses-changed": (False, "`{subject}` can be answered by {after} now, not by {before}."),
    "pagination-changed": (False, "`{subject}` is paged by {after} now, not by {before}."),
    "rules-changed": (False, "`{subject}` keeps to other rules: {after}, not {before}."),
    "rules-narrowed": (True, "`{subject}` keeps to narrower rules: {after}, not {before}."),
    "default-changed": (True, "`{subject}` is `{after}` for the server where it is left out now, not `{before}`."),
    "wire-name-changed": (False, "`{subject}` is `{after}` on the wire now, not `{before}`."),
    "security-changed": (True, "`{subject}` asks for other credentials: {after}, not {before}."),
    "deprecation-changed": (False, "`{subject}` is deprecated: {after} now, not {before}."),
    "personal-changed": (False, "`{subject}` is {after} in reprs now, not {before}."),
    "servers-changed": (False, "The `{subject}` are {after} now, not {before}."),
    "described-otherwise": (True, "`{subject}` is described otherwise: {after}, not {before}."),
    "code-changed": (
        True,
        "`{subject}` is generated otherwise, and nothing else tells why: compare the code.",
    ),
}
"""What the generated code does not show."""
RULES = OF_THE_SURFACE | OF_THE_SPECIFICATION


@frozen
class Difference:
    """One difference: the rule, whether it breaks users, what differs as users write it, and what to tell of it."""

    rule: str
    breaking: bool
    subject: str
    text: str
    before: str = ""
    after: str = ""

    @property
    def section(self) -> str:
        """Where in the changelog it belongs."""
        return "Added" if " is new" in self.text else "Removed" if self.text.endswith(" is gone.") else "Changed"


def difference(rule: str, subject: str, before: str = "", after: str = "") -> Difference:
    """Judge a difference by the rule of that name."""
    breaking, sentence = RULES[rule]
    text = sentence.format(subject=subject, before=before or "none", after=after or "none")
    return Difference(rule, breaking, subject, text, before, after)


def changelog(differences: Iterable[Difference]) -> str:
    """Write differences as the changelog wants them: a section a kind, what breaks first, a line each."""
    found = sorted(differences, key=lambda each: not each.breaking)
    blocks: list[str] = []
    for section in ("Added", "Changed", "Removed"):
        lines = [f"- {BREAKING * each.breaking}{each.text}" for each in found if each.section == section]
        if lines:
            blocks.append("\n".join([f"### {section}", "", *lines]))
    return "\n\n".join(blocks)


def told(differences: Sequence[Difference], *, as_json: bool) -> str:
    """Write differences for programs, or for people: how many, and then what is fit for the changelog."""
    breaking = sum(each.breaking for each in differences)
    if as_json:
        return json.dumps({"breaking": breaking > 0, "differences": [*map(asdict, differences)]}, indent=2)
    if not differences:
        return "Nothing that users of the package see differs."
    noun = "difference" if len(differences) == 1 else "differences"
    return f"{len(differences)} {noun}, of which {breaking} breaking\n\n{changelog(differences)}"
