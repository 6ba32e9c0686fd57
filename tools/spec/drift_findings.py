"""What the provider's file says of what openapi.yaml says, as a text for people and as JSON for programs."""

import json
from collections import defaultdict
from collections.abc import Callable, Iterator
from enum import StrEnum
from typing import Any

from attrs import frozen

from tools.openapi_parts import Keys
from tools.spec.drift_matching import Match
from tools.spec.parts import Part


class Kind(StrEnum):
    """How the two relate."""

    CONTRADICTED = "contradicted"
    """Both can't be true, or following ours fails."""
    LACKING = "lacking"
    """The provider's file has it, and ours does not."""
    VAGUER = "vaguer"
    """Ours holds, and the provider's file says more."""
    NAMED = "named"
    """The provider calls it by another name, which is not on the wire."""
    SILENT = "silent"
    """The provider's file says nothing of it."""
    CONFIRMED = "confirmed"
    """Both say the same."""


# Where ours is vaguer in these, the provider's file does not say what ours says.
_TELLING = {"type", "format"}


@frozen
class Place:
    """A part of our document, and what to call it.

    Attributes:
        keys: Where the part with the provenance stands.
        subject: What to call it, such as ``ContractPageResponse.items``.
    """

    keys: Keys
    subject: str


@frozen
class Finding:
    """One comparison.

    Attributes:
        kind: How it came out.
        place: What it is of.
        aspect: What was compared, such as ``type``.
        ours: What our document says.
        theirs: What the provider's file says.
    """

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
    """What came out.

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

# The worst last, where it is seen.
_HEADINGS = {
    Kind.CONFIRMED: "Confirmed",
    Kind.SILENT: "Is not said by the provider's file",
    Kind.NAMED: "Goes by another name, though not on the wire",
    Kind.VAGUER: "Says more than we do",
    Kind.LACKING: "We lack",
    Kind.CONTRADICTED: "Contradicts us",
}


def as_text(comparison: Comparison, line: Line, *, source: str, document: str, written: bool) -> str:
    """Write a comparison for people."""
    return "\n".join(_text(comparison, line, source, document, written=written))


def _text(comparison: Comparison, line: Line, source: str, document: str, *, written: bool) -> Iterator[str]:
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
        findings = comparison.of(kind)
        if findings:
            yield from ("", f"{heading} ({len(findings)})")
            yield from _lines(findings, line, document)
    count = len(comparison.of(Kind.CONTRADICTED))
    yield from ("", f"{count or 'No'} contradiction{'' if count == 1 else 's'}.")


def _lines(findings: list[Finding], line: Line, document: str) -> Iterator[str]:
    """One line a part and what is said of it: a part that many operations use is told once."""
    said: dict[tuple[Keys, str], list[str]] = defaultdict(list)
    for finding in findings:
        sentences = said[finding.place.keys, finding.place.subject]
        sentences.append(finding.sentence)
    subjects: dict[tuple[Keys, str], list[str]] = defaultdict(list)
    for (keys, subject), sentences in said.items():
        subjects[keys, "; ".join(sentences)].append(subject)
    for (keys, sentence), found in sorted(subjects.items(), key=lambda each: line(each[0][0])):
        more = f" and {len(found) - 1} more" if len(found) > 1 else ""
        yield f"  {document}:{line(keys)}: {found[0]}{more}: {sentence}"


def _parts(heading: str, found: tuple[Part, ...], line: Line, document: str) -> Iterator[str]:
    if found:
        yield from ("", f"{heading} ({len(found)})")
    for part in found:
        note = part.node.get("x-provenance-note")
        yield f"  {document}:{line(part.keys)}: {_name(part)}{f' ({note})' if note else ''}"


def _name(part: Part) -> str:
    """What to call a part: the last of its keys that are names."""
    named = [str(key) for key in part.keys if key not in {"components", "properties", "paths"}]
    return f"{part.kind} {part.name or '/'.join(named)}" if part.kind != "property" else ".".join(named[1:])


def as_json(comparison: Comparison, line: Line, *, source: str, written: bool) -> str:
    """Write a comparison for programs."""
    return json.dumps(
        {
            "source": source,
            "openapi": comparison.version,
            "operations": comparison.total,
            "contradicts": comparison.contradicts,
            "written": written,
            "matches": [
                {
                    "operationId": match.ours.id,
                    "place": match.ours.place,
                    "theirs": match.theirs and {"operationId": match.theirs.id, "place": match.theirs.place},
                    "by": match.by or None,
                }
                for match in comparison.matches
            ],
            "findings": [_finding(each, line) for each in comparison.findings],
            "publishable": [_part(each, line) for each in comparison.publishable],
            "settled": [_part(each, line) for each in comparison.settled],
        },
        indent=2,
        ensure_ascii=False,
    )


def _finding(finding: Finding, line: Line) -> dict[str, Any]:
    return {
        "kind": str(finding.kind),
        "subject": finding.place.subject,
        "aspect": finding.aspect,
        "ours": finding.ours or None,
        "theirs": finding.theirs or None,
        "pointer": pointer(finding.place.keys),
        "line": line(finding.place.keys),
    }


def _part(part: Part, line: Line) -> dict[str, Any]:
    note = part.node.get("x-provenance-note")
    return {"kind": part.kind, "pointer": pointer(part.keys), "line": line(part.keys), "note": note}


def pointer(keys: Keys) -> str:
    """The JSON pointer of a place."""
    return "".join(f"/{str(key).replace('~', '~0').replace('/', '~1')}" for key in keys)
