"""Turn a document into one that the generator takes as a whole, with facts for the templates and notes for people.

The generator drops what it does not know, or knows it otherwise than our templates need it. So it gets a document in
few words: classes under names of their own, everything else where it is used, one media type, one style.
"""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from tools.generate.lowered import REFERENCE
from tools.generate.notes import Notes
from tools.generate.openapi_keywords import listed, mapped
from tools.generate.prepare_keywords import look_at_keywords
from tools.generate.prepare_operations import Facts, OperationWriter
from tools.generate.prepare_schemas import SchemaWriter
from tools.generate.recursion import ClassGraph
from tools.openapi_parts import Node


@dataclass
class Prepared:
    """What the generator and the templates work with.

    Attributes:
        document: The document that the generator takes in.
        operations: Facts about each operation, by method and path of that document.
        schema_names: The schema that each class comes from.
        sent: The classes that requests hold.
        unsent: The properties that requests leave out, by class.
        pages: What x-pagination explains, by reference to the class of a page.
        notes: What is passed over, and what is refused.
        graph: Which classes hold which.
        keys: The name of each class in that document, by its last one.
    """

    document: Node
    operations: dict[tuple[str, str], Facts]
    schema_names: dict[str, str]
    sent: set[str]
    unsent: dict[str, list[str]]
    pages: dict[str, Node]
    notes: Notes
    graph: ClassGraph
    keys: dict[str, str]

    def operation(self, method: str, path: Any) -> Facts:
        """The facts about an operation of the prepared document."""
        return self.operations[method.lower(), path if isinstance(path, str) else path.get_untrusted_value()]

    def holds_again(self, holder: str, held: str) -> bool:
        """Whether one of some classes, each followed by a comma, may hold a class."""
        references = [{"$ref": f"{REFERENCE}{self._key(name)}"} for name in str(held).split(",") if name.strip()]
        return self.graph.is_recursive(self._key(holder), {"anyOf": references})

    def paging(self, name: str) -> Node:
        """The names that x-pagination explains, where a class is a page."""
        return self.pages.get(f"{REFERENCE}{self._key(name)}", {})

    def is_unsent(self, holder: str, prepared_name: Any) -> bool:
        """Whether requests leave out a property of a class."""
        return prepared_name.get_untrusted_value() in self.unsent.get(self._key(holder), ())

    def leaves_out(self, held: str) -> bool:
        """Whether requests leave out a property of some classes, each followed by a comma, or of what they hold."""
        references = [{"$ref": f"{REFERENCE}{self._key(name)}"} for name in str(held).split(",") if name.strip()]
        return not self.graph.reached(*references).isdisjoint(self.unsent)

    def is_sent(self, name: str) -> bool:
        """Whether requests hold a class."""
        return self._key(name) in self.sent

    def _key(self, name: str) -> str:
        return self.keys.get(name.strip(), name.strip())


def prepared(document: Node, overrides: dict[str, dict[str, str]] | None = None) -> Prepared:
    """Prepare a document, which stays as it is."""
    notes = Notes()
    look_at_keywords(document, notes)
    schemas = SchemaWriter(document, overrides or {}, notes)
    operations = OperationWriter(document, schemas, notes)
    paths = operations.paths()
    schemas.finish()
    graph = ClassGraph(schemas.classes)
    for name, key in graph.endless_unions():
        place = ("components", "schemas", schemas.schema_names.get(schemas.names.final(name), name), "properties", key)
        what = "a union that several of its types hold again in the same place"
        notes.refuse(place, f"{what} ({key})", "give it a discriminator")
    sent, received = graph.reached(*operations.sent), graph.reached(*operations.received)
    unsent = _not_demanded(schemas, sent, received)
    info = mapped(document, "info")
    made: Node = {
        "openapi": "3.1.0",
        "info": {"title": str(info.get("title", "")), "version": str(info.get("version", ""))},
        "paths": paths,
        "components": {"schemas": schemas.classes},
    }
    return Prepared(
        document=made,
        operations=operations.facts,
        schema_names=schemas.schema_names,
        sent=sent,
        unsent=unsent,
        pages=operations.pages,
        notes=notes,
        graph=graph,
        keys={schemas.names.final(name): name for name in schemas.classes},
    )


def _not_demanded(schemas: SchemaWriter, sent: set[str], received: set[str]) -> dict[str, list[str]]:
    """Let properties be left out that are only read, where they are sent, and those that are only written, where read.

    Returns:
        The properties that are not sent, by class.
    """
    unsent: dict[str, list[str]] = defaultdict(list)
    for hidden in schemas.hidden:
        node = schemas.classes[hidden.name]
        if hidden.name in (sent if hidden.keyword == "readOnly" else received):
            node["required"] = [each for each in listed(node, "required") if each != hidden.prepared]
        if hidden.keyword == "readOnly" and hidden.name in sent:
            unsent[hidden.name].append(hidden.prepared)
    return unsent
