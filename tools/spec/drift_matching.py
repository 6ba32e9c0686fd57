"""Which operation of the provider's file is which of ours: by operationId, by method and path, or by likeness."""

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from urllib.parse import urlsplit

from attrs import frozen

from tools.openapi_parts import METHODS
from tools.spec.documents import Node, resolved
from tools.spec.drift_shapes import mapping, sequence

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

    @property
    def place(self) -> str:
        """Method and path, with the path of the first server that has one."""
        base = next((each for each in self.bases if each), "")
        return f"{self.method.upper()} {base}{self.path}"

    @property
    def places(self) -> frozenset[str]:
        """Method and path, for each server, without the names of parameters."""
        return frozenset(f"{self.method} {_unnamed(base + self.path)}" for base in ("", *self.bases))


@frozen
class Match:
    """One of ours, what it is there, and how that was found: ``operationId``, ``method and path`` or ``likeness``."""

    ours: Operation
    theirs: Operation | None
    by: str = ""


def operations_of(document: Node) -> list[Operation]:
    """List the operations of a document."""
    found: list[Operation] = []
    for path, reference in mapping(document.get("paths")).items():
        item = resolved(reference, document)
        for method in sorted(METHODS & item.keys()):
            node = mapping(item[method])
            servers = (
                sequence(node.get("servers")) or sequence(item.get("servers")) or sequence(document.get("servers"))
            )
            bases = tuple(dict.fromkeys(_base(mapping(server)) for server in servers))
            found.append(Operation(str(node.get("operationId") or ""), method, str(path), bases, item, node))
    return found


def match(ours: Sequence[Operation], theirs: Sequence[Operation]) -> list[Match]:
    """Find each of our operations."""
    found: dict[int, Match] = {}
    taken: set[int] = set()

    def take(index: int, candidates: list[Operation], by: str) -> None:
        mine = ours[index]
        # An id that stands there twice is of the one at our place.
        for each in sorted(candidates, key=lambda each: mine.places.isdisjoint(each.places)):
            if index not in found and id(each) not in taken:
                found[index] = Match(mine, each, by)
                taken.add(id(each))

    by_id: dict[str, list[Operation]] = {}
    by_place: dict[str, list[Operation]] = {}
    for each in theirs:
        by_id.setdefault(each.id, []).append(each)
        for place in each.places:
            by_place.setdefault(place, []).append(each)
    for index, mine in enumerate(ours):
        if mine.id:
            take(index, by_id.get(mine.id, []), "operationId")
    for index, mine in enumerate(ours):
        take(index, [each for place in sorted(mine.places) for each in by_place.get(place, [])], "method and path")
    for index, likely in _likely(ours, theirs, set(found), taken):
        take(index, [likely], "likeness")
    return [found.get(index, Match(mine, None)) for index, mine in enumerate(ours)]


def _likely(
    ours: Sequence[Operation], theirs: Sequence[Operation], found: set[int], taken: set[int]
) -> Iterator[tuple[int, Operation]]:
    """Pair what is left, the most alike first; what has a rival is not paired."""
    missing = [index for index in range(len(ours)) if index not in found]
    rest = [(each, _plain_id(each), _segments(each)) for each in theirs if id(each) not in taken]
    pairs: list[tuple[float, int, Operation]] = []
    for index in missing:
        mine = (ours[index], _plain_id(ours[index]), _segments(ours[index]))
        scores = sorted(((_likeness(mine, each), number) for number, each in enumerate(rest)), reverse=True)[:2]
        if scores and scores[0][0] >= _LIKELY and (len(scores) == 1 or scores[0][0] - scores[1][0] >= _CLEARLY):
            pairs.append((scores[0][0], index, rest[scores[0][1]][0]))
    for _, index, likely in sorted(pairs, key=lambda pair: -pair[0]):
        yield index, likely


_Seen = tuple[Operation, str, frozenset[str]]


def _likeness(one: _Seen, other: _Seen) -> float:
    if one[1] and one[1] == other[1]:
        return 1.0
    segments = len(one[2] & other[2]) / (len(one[2] | other[2]) or 1)
    if not segments:
        return 0.0
    matcher = SequenceMatcher(None, one[1], other[1])
    names = matcher.ratio() if one[1] and other[1] and matcher.quick_ratio() >= _LIKELY / 2 else 0.0
    return max(segments, names) * 0.6 + min(segments, names) * 0.3 + 0.1 * (one[0].method == other[0].method)


def _plain_id(operation: Operation) -> str:
    """An operationId as it would be before a tool has made it unique or put it into another case."""
    return re.sub(r"[^a-z0-9]", "", re.sub(r"_\d+$", "", operation.id).lower())


def _segments(operation: Operation) -> frozenset[str]:
    path = next((base for base in operation.bases if base), "") + operation.path
    return frozenset(_unnamed(each).lower() for each in path.strip("/").split("/"))


def _unnamed(path: str) -> str:
    return re.sub(r"\{[^}]*\}", "{}", path)


def _base(server: Node) -> str:
    """The path of a server's URL, with the defaults of its variables."""
    variables = mapping(server.get("variables"))
    url = re.sub(
        r"\{([^}]*)\}",
        lambda found: str(mapping(variables.get(found.group(1))).get("default", "")),
        str(server.get("url") or ""),
    )
    try:
        return urlsplit(url).path.rstrip("/")
    except ValueError:
        return ""
