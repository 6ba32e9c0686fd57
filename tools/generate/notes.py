"""What the generator passes over, and what it refuses: each with its place in the document."""

from collections import defaultdict
from collections.abc import Iterator
from typing import NamedTuple

from tools.generate.openapi_keywords import Place
from tools.openapi_parts import Keys


class Remark(NamedTuple):
    """Something to say about a place of the document."""

    keys: Keys
    text: str


class Notes:
    """Collects them. A note of the same text is given once, with the number of its places."""

    def __init__(self) -> None:
        self.refused: list[Remark] = []
        self.formats: dict[str, Keys] = {}
        self._places: dict[str, list[Keys]] = defaultdict(list)

    def refuse(self, keys: Keys, what: str, instead: str) -> None:
        """Say what is not generated, and what to write instead."""
        remark = Remark(keys, f"not generated: {what}, at {shown(keys)}; {instead}")
        if remark not in self.refused:
            self.refused.append(remark)

    def note(self, keys: Keys, text: str) -> None:
        """Say what is passed over, or read in another way than one may think."""
        self._places[text].append(keys)

    def said(self) -> Iterator[Remark]:
        """List the notes, each with its first place."""
        if self.formats:
            names = ", ".join(sorted(self.formats))
            yield Remark(next(iter(self.formats.values())), f"values of these formats are read as their type: {names}")
        for text, places in self._places.items():
            others = f" (and {len(places) - 1} times more)" if len(places) > 1 else ""
            yield Remark(places[0], f"{text}, at {shown(places[0])}{others}")


def shown(keys: Keys) -> str:
    """Return a place as it is written in messages: `POST /books, requestBody`, or `components/schemas/Book`."""
    return str(Place("", keys, {}))
