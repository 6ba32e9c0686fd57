"""Which name of the provider's file is likely to be one of ours: said as a guess, wherever it is told."""

import re
from collections.abc import Mapping
from difflib import SequenceMatcher

from tools.spec.documents import DocumentError
from tools.spec.drift_shapes import Shapes

# Of 1, from which on two names are taken for the same.
_LIKELY_NAME = 0.65
# Of the properties of two objects, the share that has to be common.
_LIKELY_OBJECT = 0.5


def renamings(ours: Mapping[str, object], theirs: Mapping[str, object], our: Shapes, their: Shapes) -> dict[str, str]:
    """Pair the names that are missing there with those that we lack."""
    gone = [name for name in ours if name not in theirs]
    come = [name for name in theirs if name not in ours]
    scores = {
        (mine, other): score
        for mine in gone
        for other in come
        if (score := _score((mine, ours[mine]), (other, theirs[other]), our, their)) > 0
    }
    pairs: dict[str, str] = {}
    for (mine, other), score in sorted(scores.items(), key=lambda item: -item[1]):
        rivals = [
            each for pair, each in scores.items() if pair != (mine, other) and (pair[0] == mine or pair[1] == other)
        ]
        if mine not in pairs and other not in pairs.values() and all(score > rival for rival in rivals):
            pairs[mine] = other
    return pairs


def name_likeness(one: str, other: str) -> float:
    """How alike two names are, of 1; case and signs count for nothing."""
    first, second = (re.sub(r"[^a-z0-9]", "", name.lower()) for name in (one, other))
    if first == second:
        return 1.0
    if min(len(first), len(second)) > 1 and (first.endswith(second) or second.endswith(first)):
        return 0.9
    return SequenceMatcher(None, first, second).ratio()


def _score(mine: tuple[str, object], other: tuple[str, object], our: Shapes, their: Shapes) -> float:
    names = name_likeness(mine[0], other[0])
    likely = names if names >= _LIKELY_NAME else 0.0
    shape = _shape_likeness(mine[1], other[1], our, their)
    # What holds something is known by that; a mere text or number by its name alone.
    return (1 + shape + likely) if shape >= _LIKELY_OBJECT else likely


def _shape_likeness(mine: object, other: object, our: Shapes, their: Shapes) -> float:
    """How much two lists or objects hold the same, of 1; 0 for anything else."""
    try:
        one, two = our.of(mine), their.of(other)
    except DocumentError:
        return 0.0
    if one.types != two.types:
        return 0.0
    if one.types == frozenset({"array"}):
        inner, there = our.of(one.items), their.of(two.items)
        if inner.name and inner.name == there.name:
            return 1.0
        return _common(inner.properties, there.properties)
    return _common(one.properties, two.properties) if one.types == frozenset({"object"}) else 0.0


def _common(one: Mapping[str, object], other: Mapping[str, object]) -> float:
    return len(one.keys() & other.keys()) / len(one.keys() | other.keys()) if one and other else 0.0
