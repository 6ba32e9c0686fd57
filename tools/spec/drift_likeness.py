"""Which names and operations are likely the same, and which have a rival and so are not paired."""

import re
from collections.abc import Callable, Hashable, Mapping
from difflib import SequenceMatcher
from typing import TypeVar

from tools.openapi_parts import DocumentError
from tools.spec.drift_shapes import Shapes

# Of 1, from which on two names are taken for the same.
_LIKELY_NAME = 0.65
# Of the properties of two objects, the share that has to be common.
_LIKELY_OBJECT = 0.5

_K = TypeVar("_K", bound=Hashable)
_L = TypeVar("_L", bound=Hashable)
_V = TypeVar("_V")


def pairs(
    ours: Mapping[_K, _V], theirs: Mapping[_L, _V], score: Callable[[_V, _V], float], *, least: float, margin: float
) -> dict[_K, _L]:
    """Pair what is most alike, as long as it is so by a margin among those of theirs, and more than others of ours."""
    every = {(key, there): score(mine, other) for key, mine in ours.items() for there, other in theirs.items()}
    scores = {pair: each for pair, each in every.items() if each > 0 and each >= least - margin}
    found: dict[_K, _L] = {}
    for (mine, other), best in sorted(scores.items(), key=lambda item: -item[1]):
        rivals = [each for pair, each in scores.items() if pair[0] == mine and pair[1] != other]
        same = [each for pair, each in scores.items() if pair[1] == other and pair[0] != mine]
        clear = all(best > each and best - each >= margin for each in rivals) and all(best > each for each in same)
        if best >= least and clear and other not in found.values():
            found[mine] = other
    return found


def renamings(ours: Mapping[str, object], theirs: Mapping[str, object], our: Shapes, their: Shapes) -> dict[str, str]:
    """Pair the names that are missing there with those that we lack."""
    gone = {name: (name, each) for name, each in ours.items() if name not in theirs}
    come = {name: (name, each) for name, each in theirs.items() if name not in ours}

    def score(mine: tuple[str, object], other: tuple[str, object]) -> float:
        names = _name_likeness(mine[0], other[0])
        likely = names if names >= _LIKELY_NAME else 0.0
        shape = _shape_likeness(mine[1], other[1], our, their)
        # What holds something is known by that; a mere text or number by its name alone.
        return (1 + shape + likely) if shape >= _LIKELY_OBJECT else likely

    return pairs(gone, come, score, least=0, margin=0)


def text_likeness(one: str, other: str, least: float = 0.0) -> float:
    """How alike two texts are, of 1; 0 where one is empty, or they can't be as alike as that."""
    matcher = SequenceMatcher(None, one, other)
    return matcher.ratio() if one and other and matcher.quick_ratio() >= least else 0.0


def _name_likeness(one: str, other: str) -> float:
    """How alike two names are, of 1; case and signs count for nothing."""
    first, second = (re.sub(r"[^a-z0-9]", "", name.lower()) for name in (one, other))
    if first == second:
        return 1.0
    if min(len(first), len(second)) > 1 and (first.endswith(second) or second.endswith(first)):
        return 0.9
    return text_likeness(first, second)


def _shape_likeness(mine: object, other: object, our: Shapes, their: Shapes) -> float:
    """How much two lists or objects hold the same, of 1; 0 for anything else."""
    try:
        one, two = our.of(mine), their.of(other)
        if one.types == two.types == frozenset({"array"}):
            one, two = our.of(one.items), their.of(two.items)
            if one.name and one.name == two.name:
                return 1.0
        elif not one.types == two.types == frozenset({"object"}):
            return 0.0
    except DocumentError:
        return 0.0
    names, there = one.properties.keys(), two.properties.keys()
    return len(names & there) / len(names | there) if names and there else 0.0
