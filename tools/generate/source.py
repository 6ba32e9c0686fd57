"""The document that is generated from: its values, and the lines where they stand."""

import json
from functools import cached_property
from pathlib import Path
from typing import Any, cast

import yaml

from tools.generate.notes import Remark
from tools.openapi_parts import Node
from tools.yaml_lines import circular, line_of, repeated_keys

# The parser in C takes a tenth of the time; a large document takes ten seconds with the other.
Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class GenerationError(Exception):
    """The code can't be generated; the message says why."""


class Source:
    """A document.

    Args:
        path: Where it lies.
        text: What it says.
    """

    def __init__(self, path: Path, text: str) -> None:
        self.path = path
        self._text = text
        self.document = self._parsed()

    @classmethod
    def read(cls, path: Path) -> "Source":
        """Read a document.

        Raises:
            GenerationError: There is none, or it is none of OpenAPI 3.
        """
        try:
            return cls(path, path.read_text(encoding="utf-8-sig"))
        except (OSError, UnicodeDecodeError) as error:
            raise GenerationError(f"{path.name} can't be read: {error}; name another with --document") from error

    @cached_property
    def nodes(self) -> yaml.Node | None:
        """The document with its lines."""
        try:
            return yaml.compose(self._text, Loader=Loader)
        except yaml.YAMLError as error:
            raise GenerationError(f"{self.path.name} is not YAML: {error}") from error

    def located(self, remark: Remark) -> str:
        """Return a remark with its line."""
        return f"{self.path.name}:{line_of(remark.keys, self.nodes)}: {remark.text}"

    def _parsed(self) -> Node:
        if self.path.suffix == ".json":
            try:
                return self._checked(json.loads(self._text, object_pairs_hook=self._once))
            except ValueError as error:
                raise GenerationError(f"{self.path.name} is not JSON: {error}") from error
        if (line := circular(self.nodes)) is not None:
            raise GenerationError(f"{self.path.name}:{line}: what an anchor names holds itself")
        if repeated := list(repeated_keys(self.nodes)):
            raise GenerationError(
                "\n".join(f"{self.path.name}:{line}: the key {key} stands here again" for line, key in repeated)
            )
        try:
            return self._checked(yaml.load(self._text, Loader=Loader))  # noqa: S506 # it is a safe one
        except yaml.YAMLError as error:
            raise GenerationError(f"{self.path.name} is not YAML: {error}") from error

    def _once(self, pairs: list[tuple[str, Any]]) -> Node:
        found = dict(pairs)
        if len(found) < len(pairs):
            raise GenerationError(f"{self.path.name}:{next(repeated_keys(self.nodes))[0]}: a key stands here again")
        return found

    def _checked(self, document: Any) -> Node:
        if not isinstance(document, dict):
            raise GenerationError(f"{self.path.name}: the document is no object")
        node = cast("Node", document)
        version = str(node.get("openapi", ""))
        if not version.startswith("3."):
            said = f"OpenAPI {version}" if version else f"Swagger {node.get('swagger', 'of no version')}"
            line = line_of(("openapi",), self.nodes)
            raise GenerationError(f"{self.path.name}:{line}: {said}: convert it to OpenAPI 3.0, 3.1 or 3.2 first")
        return node
