"""Write `schemas.py` into a generated package: which schema each model comes from, and its properties as keywords.

The generator writes a fixed list of files, so this one is made from the models that it has written. It serves what
makes models by the specification: test data, for one, which can't have signatures that follow it by other means.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from openapi_python_client.strings import ClassName

from tools.generate.openapi_keywords import mapped
from tools.openapi_parts import Node

NAME = "schemas.py"
# What an open enumeration is made of, and so what may be given in its stead.
OPEN = {"OpenStr": "str", "OpenInt": "int"}

_HEAD = '''"""Which schema of the document each model comes from, and its properties as keyword arguments.

Nothing here is needed to use the models: it is for what makes them by the specification, such as test data.
"""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Any, TypedDict
from uuid import UUID
{models}
SCHEMA_NAMES: dict[str, str] = {{
{names}
}}
"""The name of the schema, by that of the model's class."""
'''


class Model(NamedTuple):
    """A generated model."""

    name: str
    properties: dict[str, ast.expr]


def schema_names(document: Node, config: Node) -> dict[str, str]:
    """Say of which schema the generator makes each class: its name comes from the title, and from the configuration."""
    names: dict[str, str] = {}
    for name, schema in mapped(mapped(document, "components"), "schemas").items():
        made = str(ClassName(str(mapped({"": schema}, "").get("title") or name), "field_"))
        names[mapped(mapped(config, "class_overrides"), made).get("class_name", made)] = name
    return names


def write_schemas(package: Path, header: str, schema_names: dict[str, str]) -> None:
    """Write the module."""
    classes = [
        node
        for path in sorted((package / "models").glob("*.py"))
        for node in ast.parse(path.read_text(encoding="utf-8")).body
        if isinstance(node, ast.ClassDef)
    ]
    models = [Model(node.name, dict(_properties(node))) for node in classes if node.decorator_list]
    opened = {node.name: OPEN[base] for node in classes for base in _bases(node) if base in OPEN}
    names = "\n".join(f'    "{model.name}": "{schema_names.get(model.name, model.name)}",' for model in models)
    imported = ", ".join(sorted(node.name for node in classes))
    # A document may have operations and no model.
    imports = f"\nfrom .models import {imported}\n" if classes else ""
    parts = [header, _HEAD.format(models=imports, names=names)]
    for model in models:
        parts += [f"\nclass {model.name}Properties(TypedDict, total=False):"]
        parts += [f'    """Properties of {model.name}, as keyword arguments."""\n']
        parts += [f"    {name}: {_accepted(kind, opened)}" for name, kind in model.properties.items()]
        parts += ["    additional_properties: dict[str, Any]\n"]
    (package / NAME).write_text("\n".join(parts), encoding="utf-8")


def _bases(node: ast.ClassDef) -> list[str]:
    return [base.id for base in node.bases if isinstance(base, ast.Name)]


def _properties(node: ast.ClassDef) -> Iterator[tuple[str, ast.expr]]:
    """The properties of a model: what it declares and does not keep to itself or share among all of its kind."""
    for statement in node.body:
        if isinstance(statement, ast.AnnAssign) and isinstance(statement.target, ast.Name):
            name = statement.target.id
            if not name.startswith("_") and name not in ("json_names", "names_are_open"):
                yield name, statement.annotation


def _accepted(kind: ast.expr, opened: dict[str, str]) -> str:
    """A type as it is declared, an enumeration with the plain values that it is open to."""
    text = ast.unparse(kind)
    for member in text.split(" | "):
        if member in opened:
            text = re.sub(rf"\b{member}\b", f"{member} | {opened[member]}", text)
    return text
