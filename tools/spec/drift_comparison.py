"""The whole comparison: our document, the provider's file, and what follows for the words about provenance."""

import re
from collections.abc import Iterator

from attrs import frozen

from tools.openapi_parts import Keys, Part, parts
from tools.spec.documents import DocumentError, Node
from tools.spec.drift_findings import Finding, Kind
from tools.spec.drift_matching import Match, match, operations_of
from tools.spec.drift_operations import OperationComparison
from tools.spec.drift_shapes import Shapes

_SHOWN_OPERATIONS = 5
# How a note says that the part is known less well than its tag.
_DOUBT = re.compile(
    r"\b(infer|unknown|not known|hides? the name|for a sibling|gives the name alone|says? .*not whether)"
)


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


def compare(ours: Node, theirs: Node, *, name: str) -> Comparison:
    """Compare our document with the provider's file, as far as our operations go.

    Raises:
        DocumentError: It has none of our operations, or a reference in it leads nowhere.
    """
    there = operations_of(theirs)
    matches = match(operations_of(ours), there)
    if all(each.theirs is None for each in matches):
        shown = ", ".join(each.id or each.place for each in there[:_SHOWN_OPERATIONS]) or "none at all"
        raise DocumentError(f"{name} has none of our operations. It has {len(there)}: {shown}, …")
    found: dict[Finding, None] = {}
    ours_parts = list(parts(ours))
    comparison = OperationComparison(
        Shapes(ours), Shapes(theirs), {id(part.node): part for part in ours_parts}, found.setdefault
    )
    comparison.servers()
    for each in matches:
        comparison.compare(each)
    findings = tuple(found)
    confirmed = list(_confirmed(ours_parts, findings))
    return Comparison(
        version=str(theirs.get("openapi")),
        total=len(there),
        matches=tuple(matches),
        findings=findings,
        publishable=tuple(part for part in confirmed if part.node.get("x-provenance") == "inferred"),
        settled=tuple(
            part
            for part in confirmed
            if part.node.get("x-provenance") != "inferred"
            and _DOUBT.search(str(part.node.get("x-provenance-note") or ""))
        ),
    )


def _confirmed(ours: list[Part], findings: tuple[Finding, ...]) -> Iterator[Part]:
    """The parts of which everything is confirmed, wherever they are used."""
    confirmed: set[Keys] = {each.place.keys for each in findings if each.kind is Kind.CONFIRMED}
    hindered: set[Keys] = {each.place.keys for each in findings if each.hinders}
    return (part for part in ours if part.keys in confirmed - hindered)
