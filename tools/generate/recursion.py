"""Which classes hold which: where a model may hold itself, what is sent, and which unions would take no end to read."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from functools import cache
from typing import cast

from tools.generate.lowered import REFERENCE
from tools.generate.openapi_keywords import listed, mapped
from tools.openapi_parts import Node


class ClassGraph:
    """The classes of a prepared document.

    Args:
        classes: Their schemas.
    """

    def __init__(self, classes: Node) -> None:
        self._classes = classes
        self._held = {name: set(_named(schema)) for name, schema in classes.items()}
        self._holders: dict[str, set[str]] = defaultdict(set)
        for name, held in self._held.items():
            for each in held:
                self._holders[each].add(name)
        self.all_holders = cache(self._all_holders)

    def reached(self, *schemas: object) -> set[str]:
        """The classes that schemas hold, at any depth."""
        waiting, seen = [name for schema in schemas for name in _named(schema)], set[str]()
        while waiting:
            name = waiting.pop()
            if name not in seen:
                seen.add(name)
                waiting += self._held.get(name, set())
        return seen

    def _all_holders(self, name: str) -> set[str]:
        waiting, seen = list(self._holders[name]), set[str]()
        while waiting:
            holder = waiting.pop()
            if holder not in seen:
                seen.add(holder)
                waiting += self._holders[holder]
        return seen

    def is_recursive(self, name: str, schema: object) -> bool:
        """Whether what a class holds here may hold the class again."""
        held = set(_named(schema))
        return name in held or not held.isdisjoint(self.all_holders(name))

    def endless_unions(self) -> Iterator[tuple[str, str]]:
        """List the unions of which several members lead back to them in the same place, by class and property.

        What fits none of them would then be read by each of two members at each depth: 2^32 times where it is 32 deep.
        """
        for name, schema in self._classes.items():
            held = [*mapped(schema, "properties").items(), ("additionalProperties", schema.get("additionalProperties"))]
            for key, each in held:
                for union in _unions(each):
                    if self._is_endless(name, union):
                        yield name, key

    def _is_endless(self, holder: str, union: Node) -> bool:
        ways: Counter[tuple[str, str]] = Counter()
        kinds = [mapped(self._classes.get(_key(each), {}), "x-kinds") for each in listed(union, "anyOf")]
        told = {module for kind in kinds for module in mapped(kind, "modules").values()}
        for member in listed(union, "anyOf"):
            key = _key(member)
            schema = self._classes.get(key, member)
            if told and key:
                continue  # the discriminator says which one is read
            for name, node in mapped(schema, "properties").items():
                ways["object", name] += self._leads_back(holder, node)
            for way, word in (("array", "items"), ("object*", "additionalProperties")):
                ways[way, ""] += self._leads_back(holder, schema.get(word))
        in_objects = sum(count for (kind, _), count in ways.items() if kind.startswith("object"))
        return max(ways.values(), default=0) > 1 or (ways["object*", ""] > 0 and in_objects > 1)

    def _leads_back(self, holder: str, schema: object) -> bool:
        return holder in set(_named(schema)) or self.is_recursive(holder, schema)


def _key(schema: Node) -> str:
    return str(schema.get("$ref", "")).removeprefix(REFERENCE)


def _named(schema: object) -> Iterator[str]:
    """The classes that a schema names."""
    for part in _parts(schema, *mapped(as_node(schema), "properties").values()):
        yield from _named(part)
    if "$ref" in as_node(schema):
        yield _key(as_node(schema))


def _unions(schema: object) -> Iterator[Node]:
    if "anyOf" in as_node(schema):
        yield as_node(schema)
    for part in _parts(schema):
        yield from _unions(part)


def _parts(schema: object, *others: object) -> list[object]:
    node = as_node(schema)
    return [
        each for each in (node.get("items"), node.get("additionalProperties"), *listed(node, "anyOf"), *others) if each
    ]


def as_node(schema: object) -> Node:
    """Return an object of the document; an empty one if it is none."""
    return cast("Node", schema) if isinstance(schema, dict) else {}
