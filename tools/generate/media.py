"""Media types: which of several is sent or read, and how."""

from typing import NamedTuple

from tools.openapi_parts import Node

JSON = "application/json"
FORMS = {"application/x-www-form-urlencoded": "form", "multipart/form-data": "multipart"}
# Texts that are not called so.
TEXTS = ("application/xml", "application/yaml", "application/x-yaml", "application/x-ndjson", "application/graphql")


class Media(NamedTuple):
    """A media type."""

    key: str
    """As the document writes it."""
    kind: str
    """`json`, `form`, `multipart`, `text` or `bytes`."""

    @property
    def sent(self) -> str:
        """The type that a request names."""
        return (
            {"json": JSON, "bytes": "application/octet-stream"}.get(self.kind, "text/plain")
            if "*" in self.key
            else self.key
        )


def chosen(content: Node) -> Media:
    """Choose one of several media types: JSON first, then what can be described, then texts."""
    order = ("json", "form", "multipart", "text", "bytes")
    found = [Media(str(key), _kind(str(key))) for key in content]
    return min(found, key=lambda media: (order.index(media.kind), media.key != JSON))


def _kind(media_type: str) -> str:
    name = media_type.partition(";")[0].strip().lower()
    if name in (JSON, "*/*", "application/*", "*") or name.endswith(("+json", "/json")):
        return "json"
    if name in FORMS:
        return FORMS[name]
    if name.startswith("text/") or name.endswith(("+xml", "+yaml")) or name in TEXTS:
        return "text"
    return "bytes"
