"""Where a key stands in a YAML file, so that a complaint about the document can say its line."""

from collections.abc import Iterable, Iterator

import yaml


def steps(keys: Iterable[str | int], nodes: yaml.Node | None) -> Iterator[tuple[int, yaml.Node]]:
    """Follow keys into a file: the line of each, and what stands there. A key that is not there is passed over."""
    for key in keys:
        if isinstance(nodes, yaml.MappingNode):
            for name, value in nodes.value:
                if name.value == str(key):
                    nodes = value
                    yield name.start_mark.line + 1, value
                    break
        elif isinstance(nodes, yaml.SequenceNode) and isinstance(key, int) and key < len(nodes.value):
            item: yaml.Node = nodes.value[key]
            nodes = item
            yield item.start_mark.line + 1, item


def line_of(keys: Iterable[str | int], nodes: yaml.Node | None) -> int:
    """Find the line of a key."""
    return [1, *(line for line, _ in steps(keys, nodes))][-1]


def repeated_keys(nodes: yaml.Node | None) -> Iterator[tuple[int, str]]:
    """Find the keys that stand twice in a mapping: YAML's reader takes the last of them, without a word."""
    if isinstance(nodes, yaml.MappingNode):
        seen: set[str] = set()
        for name, value in nodes.value:
            if name.value in seen:
                yield name.start_mark.line + 1, name.value
            seen.add(name.value)
            yield from repeated_keys(value)
    elif isinstance(nodes, yaml.SequenceNode):
        for value in nodes.value:
            yield from repeated_keys(value)


def circular(nodes: yaml.Node | None, around: tuple[yaml.Node, ...] = ()) -> int | None:
    """Find a mapping or a list that holds itself, by way of an anchor: a walk through it has no end."""
    if nodes is None or isinstance(nodes, yaml.ScalarNode):
        return None
    if any(nodes is each for each in around):
        return nodes.start_mark.line + 1
    held = [part for pair in nodes.value for part in pair] if isinstance(nodes, yaml.MappingNode) else nodes.value
    lines = (circular(each, (*around, nodes)) for each in held)
    return next((line for line in lines if line is not None), None)
