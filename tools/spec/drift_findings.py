"""What the provider's file says of what openapi.yaml says, as a text for people and as JSON for programs."""

import json
from collections import defaultdict
from collections.abc import Callable, Iterator
from enum import StrEnum
from typing import Any

from attrs import frozen

from tools.openapi_parts import Keys
from tools.spec.drift_matching import Match, Operation
from tools.spec.parts import Part


class Kind(StrEnum):
    """How the two relate, the worst last, where it is seen."""

    CONFIRMED = "confirmed"
    SILENT = "silent"
    NAMED = "named"
    VAGUER = "vaguer"
    LACKING = "lacking"
    CONTRADICTED = "contradicted"


_HEADINGS = {
    Kind.CONFIRMED: "Confirmed",
    Kind.SILENT: "Is not said by the provider's file",
    Kind.NAMED: "Goes by another name, though not on the wire",
    Kind.VAGUER: "Says more than we do",
    Kind.LACKING: "We lack",
    Kind.CONTRADICTED: "Contradicts us",
}
# Where ours is vaguer in these, the provider's file does not say what ours says.
_TELLING = {"type", "format"}


@frozen
class Place:
    """A part of our document: where it stands, and what to call it, such as ``ContractPageResponse.items``."""

    keys: Keys
    subject: str


@frozen
class Finding:
    """One comparison: how it came out, of what, which aspect of it, such as ``type``, and what each document says."""

    kind: Kind
    place: Place
    aspect: str
    ours: str = ""
    theirs: str = ""

    @property
    def hinders(self) -> bool:
        """Whether the part can't be called published because of it."""
        if self.kind is Kind.NAMED:
            return self.aspect == "operationId"
        if self.kind is Kind.VAGUER:
            return self.aspect in _TELLING
        return self.kind in {Kind.CONTRADICTED, Kind.SILENT}

    @property
    def sentence(self) -> str:
        """The finding for people, without its place."""
        if self.kind is Kind.CONFIRMED:
            return f"{self.aspect} {self.ours}".rstrip()
        if self.ours and self.theirs:
            return f"{self.aspect}: {self.theirs}, not {self.ours}"
        return f"{self.aspect}: {self.theirs or self.ours}"


@frozen
class Comparison:
    """What came out: of the provider's file, of each of our operations, and of what is said of them.

    Attributes:
        version: The version of OpenAPI of the provider's file.
        total: How many operations it has.
        matches: What became of each of ours.
        findings: All findings, each once, in the order of our document's operations.
        publishable: The parts tagged ``inferred`` of which the provider's file confirms everything.
        settled: The parts with another tag and a note of doubt, of which it confirms everything.
    """

    version: str
    total: int
    matches: tuple[Match, ...]
    findings: tuple[Finding, ...]
    publishable: tuple[Part, ...]
    settled: tuple[Part, ...]

    def of(self, kind: Kind) -> list[Finding]:
        """The findings of one kind."""
        return [finding for finding in self.findings if finding.kind is kind]

    @property
    def contradicts(self) -> bool:
        """Whether the provider's file contradicts ours anywhere."""
        return bool(self.of(Kind.CONTRADICTED))


Line = Callable[[Keys], int]
"""The line of our document on which a part stands."""


def as_text(comparison: Comparison, line: Line, *, source: str, document: str, written: bool) -> Iterator[str]:
    """Write a comparison for people, line by line."""
    yield f"{document} against {source}: OpenAPI {comparison.version}, {comparison.total} operations"
    yield ""
    for match in comparison.matches:
        found = "is not there" if match.theirs is None else f"{match.theirs.place}, by {match.by}"
        yield f"  {match.ours.id or match.ours.place}: {found}"
    words = "Have a note of doubt, and are confirmed: see whether the note still holds"
    yield from _parts(words, comparison.settled, line, document)
    words = "Are published now" if written else "Can become published (WRITE=1 writes it)"
    yield from _parts(words, comparison.publishable, line, document)
    for kind, heading in _HEADINGS.items():
        if findings := comparison.of(kind):
            yield from ("", f"{heading} ({len(findings)})")
            yield from _lines(findings, line, document)
    count = len(comparison.of(Kind.CONTRADICTED))
    yield from ("", f"{count or 'No'} contradiction{'' if count == 1 else 's'}.")


def _lines(findings: list[Finding], line: Line, document: str) -> Iterator[str]:
    """One line a part and what is said of it: a part that many operations use is told once."""
    said: dict[Place, list[str]] = defaultdict(list)
    for finding in findings:
        said[finding.place].append(finding.sentence)
    subjects: dict[tuple[Keys, str], list[str]] = defaultdict(list)
    for place, sentences in said.items():
        subjects[place.keys, "; ".join(sentences)].append(place.subject)
    for (keys, sentence), found in sorted(subjects.items(), key=lambda each: line(each[0][0])):
        more = f" and {len(found) - 1} more" if len(found) > 1 else ""
        yield f"  {document}:{line(keys)}: {found[0]}{more}: {sentence}"


def _parts(heading: str, found: tuple[Part, ...], line: Line, document: str) -> Iterator[str]:
    if found:
        yield from ("", f"{heading} ({len(found)})")
    for part in found:
        note = part.node.get("x-provenance-note")
        # What to call a part: the last of its keys that are names.
        named = [str(key) for key in part.keys if key not in {"components", "properties", "paths"}]
        name = f"{part.kind} {part.name or '/'.join(named)}" if part.kind != "property" else ".".join(named[1:])
        yield f"  {document}:{line(part.keys)}: {name}{f' ({note})' if note else ''}"


def as_json(comparison: Comparison, line: Line, *, source: str, written: bool) -> str:
    """Write a comparison for programs."""

    def at(keys: Keys) -> dict[str, Any]:
        pointer = "".join(f"/{str(key).replace('~', '~0').replace('/', '~1')}" for key in keys)
        return {"pointer": pointer, "line": line(keys)}

    def part(each: Part) -> dict[str, Any]:
        return {"kind": each.kind, **at(each.keys), "note": each.node.get("x-provenance-note")}

    def operation(each: Operation) -> dict[str, Any]:
        return {"operationId": each.id, "place": each.place}

    def finding(each: Finding) -> dict[str, Any]:
        said = {"aspect": each.aspect, "ours": each.ours or None, "theirs": each.theirs or None}
        return {"kind": each.kind, "subject": each.place.subject, **said, **at(each.place.keys)}

    report = {
        "source": source,
        "openapi": comparison.version,
        "operations": comparison.total,
        "contradicts": comparison.contradicts,
        "written": written,
        "matches": [
            {**operation(each.ours), "theirs": each.theirs and operation(each.theirs), "by": each.by or None}
            for each in comparison.matches
        ],
        "findings": [*map(finding, comparison.findings)],
        "publishable": [*map(part, comparison.publishable)],
        "settled": [*map(part, comparison.settled)],
    }
    return json.dumps(report, indent=2, ensure_ascii=False)
