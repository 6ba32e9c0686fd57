"""Look at the keywords of a document: none is dropped because nobody thought of it."""

from tools.generate.notes import Notes
from tools.generate.openapi_keywords import PASSED_OVER, Place, malformed, places, unknown_keywords
from tools.openapi_parts import Node


def look_at_keywords(document: Node, notes: Notes) -> None:
    """Refuse keywords that have no meaning where they stand, and note those that are passed over."""
    extensions: dict[str, Place] = {}
    count = 0
    for place in places(document):
        for what in malformed(place):
            notes.refuse(place.keys, what, "write one")
        for key in unknown_keywords(place):
            plain = key.partition(" ")[0]
            if plain.startswith("x-"):
                extensions.setdefault(plain, place)
                count += 1
            elif plain in PASSED_OVER:
                notes.note((*place.keys, plain), f"{plain} is passed over")
            else:
                notes.refuse(place.keys, key, "leave it out, or correct its spelling")
    if extensions:
        notes.note(
            next(iter(extensions.values())).keys,
            f"nothing reads these extensions ({count} places): {', '.join(sorted(extensions))}",
        )
