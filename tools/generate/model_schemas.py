"""Write `schemas.py` into a generated package: which schema each model comes from, and its properties as keywords.

The generator writes a fixed list of files, so this one is made from the models that it has written. It serves what
makes models by the specification: test data, for one, which can't have signatures that follow it by other means.
"""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

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
    names = "\n".join(
        f'    "{model.name}": {json.dumps(schema_names.get(model.name, model.name), ensure_ascii=False)},'
        for model in models
    )
    # By their module: a model may be called like the keywords of another. No property begins with an underscore.
    names_of_models = _Qualified({node.name for node in classes})
    # A document may have operations and no model.
    imports = "\nfrom . import models as _models\n" if classes else ""
    parts = [header, _HEAD.format(models=imports, names=names)]
    for model in models:
        parts += [f"\nclass {model.name}Properties(TypedDict, total=False):"]
        parts += [f'    """Properties of {model.name}, as keyword arguments."""\n']
        parts += [f"    {name}: {_accepted(kind, opened, names_of_models)}" for name, kind in model.properties.items()]
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


class _Qualified(ast.NodeTransformer):
    """Names models by their module."""

    def __init__(self, models: set[str]) -> None:
        self._models = models

    def visit_Name(self, node: ast.Name) -> ast.expr:  # the name is that of the node's class
        return ast.Name(f"_models.{node.id}") if node.id in self._models else node


def _accepted(kind: ast.expr, opened: dict[str, str], qualified: _Qualified) -> str:
    """A type as it is declared, an enumeration with the plain values that it is open to."""
    text = ast.unparse(qualified.visit(kind))
    for member in {each.id for each in ast.walk(kind) if isinstance(each, ast.Name)}:
        name = member.removeprefix("_models.")
        if name in opened:
            text = re.sub(rf"\b{re.escape(member)}\b", f"{member} | {opened[name]}", text)
    return text
