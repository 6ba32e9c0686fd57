"""Find the unions that would take no end to read: several members hold the union again, and each tries them all."""

from collections import Counter
from collections.abc import Iterator

from tools.generate.openapi_keywords import listed, mapped
from tools.generate.prepare import merged
from tools.openapi_parts import Node, target

UNIONS = ("anyOf", "oneOf")
# Where a member holds something: the JSON type, and the name of the property; all of an object's, or an array's items.
Way = tuple[str, str]
ALL: Way = ("object", "*")
ITEMS: Way = ("array", "")


def of_a_union(schema: Node, document: Node) -> Iterator[str]:
    """Find whether members of a union lead back to it through the same part of a value.

    What fits none of them would then be read by each of two members at each depth: 2^32 times where it is 32 deep.
    """
    ways = Counter(way for member in _members(schema, document) for way in _ways_back(member, schema, document))
    in_objects = sum(count for (kind, _), count in ways.items() if kind == "object")
    if max(ways.values(), default=0) > 1 or (ALL in ways and in_objects > 1):
        names = sorted(name for (_, name), count in ways.items() if count > 1 and name)
        yield f"a union that several of its types hold again in the same place ({', '.join(names) or 'items'})"


def _members(schema: Node, document: Node, seen: tuple[int, ...] = ()) -> Iterator[Node]:
    """The members of a union, those of unions directly within it for these."""
    for key in UNIONS:
        for each in listed(schema, key):
            member = target(each, document)
            if any(inner in member for inner in UNIONS):
                if id(member) not in seen:
                    yield from _members(member, document, (*seen, id(member)))
            else:
                yield member


def _ways_back(member: Node, union: Node, document: Node) -> Iterator[Way]:
    held: dict[Way, object] = {ITEMS: member.get("items"), ALL: member.get("additionalProperties")}
    for name, node in (merged(member, document) | mapped(member, "properties")).items():
        held["object", name] = node
    yield from (way for way, node in held.items() if _reaches(node, union, document))


def _reaches(start: object, goal: Node, document: Node) -> bool:
    """Whether a schema holds another, at any depth."""
    waiting, seen = [start], set[int]()
    while waiting:
        node = target(waiting.pop(), document)
        if id(node) in seen:
            continue
        if node is goal:
            return True
        seen.add(id(node))
        waiting += [*mapped(node, "properties").values(), node.get("items"), node.get("additionalProperties")]
        waiting += [part for key in ("allOf", *UNIONS) for part in listed(node, key)]
    return False
