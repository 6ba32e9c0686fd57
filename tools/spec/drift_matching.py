"""Which operation of the provider's file is which of ours: by operationId, by method and path, or by likeness."""

import re
from collections.abc import Callable, Sequence
from functools import cached_property
from urllib.parse import SplitResult, urlsplit

from attrs import frozen

from tools.generate.openapi_keywords import listed, mapped
from tools.openapi_parts import METHODS, Node, resolved
from tools.spec.drift_likeness import pairs, text_likeness

# Of 1, from which on two operations are taken for the same.
_LIKELY = 0.7
# By how much the best one has to be better than the next.
_CLEARLY = 0.1


@frozen
class Operation:
    """An operation of a document.

    Attributes:
        id: Its operationId, or an empty text.
        method: In lower case.
        path: As it stands in the document.
        bases: The paths that servers put before it, such as ``/customers/v2``; an empty text for none.
        item: The path item.
        node: The operation.
    """

    id: str
    method: str
    path: str
    bases: tuple[str, ...]
    item: Node
    node: Node

    @cached_property
    def place(self) -> str:
        """Method and path, with the path of the first server that has one."""
        return f"{self.method.upper()} {next(filter(None, self.bases), '')}{self.path}"

    @cached_property
    def places(self) -> frozenset[str]:
        """Method and path, for each server, without the names of parameters."""
        return frozenset(f"{self.method} {_unnamed(base + self.path)}" for base in ("", *self.bases))

    @cached_property
    def plain_id(self) -> str:
        """The operationId as it would be before a tool has made it unique or put it into another case."""
        return re.sub(r"[^a-z0-9]", "", re.sub(r"_\d+$", "", self.id).lower())

    @cached_property
    def segments(self) -> frozenset[str]:
        """The segments of the path, without the names of parameters."""
        return frozenset(_unnamed(self.place.partition(" ")[2]).lower().strip("/").split("/"))

    def likeness(self, other: "Operation") -> float:
        """How alike it is to another one, of 1."""
        if self.plain_id and self.plain_id == other.plain_id:
            return 1.0
        segments = len(self.segments & other.segments) / len(self.segments | other.segments)
        if not segments:
            return 0.0
        names = text_likeness(self.plain_id, other.plain_id, _LIKELY / 2)
        return max(segments, names) * 0.6 + min(segments, names) * 0.3 + 0.1 * (self.method == other.method)


@frozen
class Match:
    """One of ours, what it is there, and how that was found: ``operationId``, ``method and path`` or ``likeness``."""

    ours: Operation
    theirs: Operation | None
    by: str = ""


def operations_of(document: Node) -> list[Operation]:
    """List the operations of a document."""
    found: list[Operation] = []
    for path, reference in mapped(document, "paths").items():
        item = resolved(reference, document)
        for method in sorted(METHODS & item.keys()):
            node = mapped(item, method)
            servers = listed(node, "servers") or listed(item, "servers") or listed(document, "servers")
            bases = tuple(dict.fromkeys(url_of(each).path.rstrip("/") for each in servers))
            found.append(Operation(str(node.get("operationId") or ""), method, str(path), bases, item, node))
    return found


def match(ours: Sequence[Operation], theirs: Sequence[Operation]) -> list[Match]:
    """Find each of our operations."""
    found: dict[int, Match] = {}
    rest = dict(enumerate(theirs))
    rules: dict[str, Callable[[Operation, Operation], bool]] = {
        "operationId": lambda mine, other: bool(mine.id) and mine.id == other.id,
        "method and path": lambda mine, other: not mine.places.isdisjoint(other.places),
    }
    for by, fits in rules.items():
        for index, mine in enumerate(ours):
            candidates = [key for key, other in rest.items() if index not in found and fits(mine, other)]
            if candidates:
                # An id that stands there twice is of the one at our place.
                best = min(candidates, key=lambda key: mine.places.isdisjoint(rest[key].places))
                found[index] = Match(mine, rest.pop(best), by)
    missing = {index: mine for index, mine in enumerate(ours) if index not in found}
    likely = pairs(missing, rest, Operation.likeness, least=_LIKELY, margin=_CLEARLY)
    found |= {index: Match(ours[index], rest[key], "likeness") for index, key in likely.items()}
    return [found.get(index, Match(mine, None)) for index, mine in enumerate(ours)]


def _unnamed(path: str) -> str:
    return re.sub(r"\{[^}]*\}", "{}", path)


def url_of(server: object) -> SplitResult:
    """The URL of a server, with the defaults of its variables."""
    node = mapped({"": server}, "")
    variables = mapped(node, "variables")

    def default(name: re.Match[str]) -> str:
        return str(mapped(variables, name[1]).get("default", ""))

    try:
        return urlsplit(re.sub(r"\{([^}]*)\}", default, str(node.get("url") or "")))
    except ValueError:
        return urlsplit("")
