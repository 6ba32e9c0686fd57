"""What a package offers to its callers, read from its source: names, parameters, fields, values.

Nothing is imported: the two versions that are compared may not fit what is installed.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from typing import Final

_DEEPEST: Final = 8  # from name to name, or from class to base
_MOST_LINES: Final = 60
_Definition = ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef | ast.expr


class _Package:
    """The modules of a package, parsed where they are needed."""

    def __init__(self, files: Mapping[str, bytes]) -> None:
        self._files = files
        self._parsed: dict[str, tuple[dict[str, _Definition], dict[str, tuple[str, str]]]] = {}

    def module(self, name: str) -> tuple[dict[str, _Definition], dict[str, tuple[str, str]]]:
        """What a module defines, and what it imports from its neighbours: by name, the module and the name there."""
        if name not in self._parsed:
            self._parsed[name] = self._parse(name)
        return self._parsed[name]

    def find(self, module: str, name: str, depth: int = 0) -> tuple[str, _Definition] | None:
        """Where a name is defined, and how."""
        defined, imported = self.module(module)
        if name in defined:
            return module, defined[name]
        if name in imported and depth < _DEEPEST:
            return self.find(*imported[name], depth + 1)
        return None

    def _parse(self, name: str) -> tuple[dict[str, _Definition], dict[str, tuple[str, str]]]:
        path = name.replace(".", "/")
        package = f"{path}/__init__.py".lstrip("/")
        is_package = package in self._files
        source = self._files.get(package if is_package else f"{path}.py", b"")
        defined: dict[str, _Definition] = {}
        imported: dict[str, tuple[str, str]] = {}
        for node in ast.parse(source).body:
            match node:
                case ast.ClassDef() | ast.FunctionDef() | ast.AsyncFunctionDef():
                    defined[node.name] = node
                case ast.Assign(targets=[ast.Name(id=target)], value=value):
                    defined[target] = value
                case ast.AnnAssign(target=ast.Name(id=target), value=ast.expr() as value):
                    defined[target] = value
                case ast.ImportFrom(level=level) if level:
                    up = level - 1 if is_package else level
                    parts = name.split(".") if name else []
                    base = ".".join([*parts[: len(parts) - up], *([node.module] if node.module else [])])
                    imported.update({alias.asname or alias.name: (base, alias.name) for alias in node.names})
                case _:
                    pass
        return defined, imported


def surface(files: Mapping[str, bytes]) -> dict[str, str]:
    """Read what a package offers."""
    package = _Package(files)
    exported = package.find("", "__all__")
    names: list[str] = ast.literal_eval(exported[1]) if exported and isinstance(exported[1], ast.List) else []
    found: dict[str, str] = {}
    for name in names:
        where = package.find("", name)
        found.update({name: ""} if where is None else dict(_described(package, name, *where)))
    found.pop("__version__", None)
    return found


def difference(before: Mapping[str, bytes], after: Mapping[str, bytes]) -> list[str]:
    """Say what changed for the callers of a package."""
    try:
        old, new = surface(before), surface(after)
    except (SyntaxError, ValueError) as error:
        return [f"  can't be compared: {error}"]
    lines = [f"  - {name}" for name in sorted(old.keys() - new.keys())]
    lines += [
        f"  ~ {name}: {old[name]} -> {new[name]}" for name in sorted(old.keys() & new.keys()) if old[name] != new[name]
    ]
    lines += [f"  + {name}{new[name] and ': ' + new[name]}" for name in sorted(new.keys() - old.keys())]
    more = len(lines) - _MOST_LINES
    return lines[:_MOST_LINES] + ([f"  and {more} more"] if more > 0 else [])


def _described(
    package: _Package, name: str, module: str, definition: _Definition, depth: int = 0
) -> Iterator[tuple[str, str]]:
    """A definition and what is inside it."""
    if isinstance(definition, ast.FunctionDef | ast.AsyncFunctionDef):
        yield from _function(name, definition)
        return
    if not isinstance(definition, ast.ClassDef):
        yield name, ast.unparse(definition)
        return
    for base in definition.bases:
        if depth < _DEEPEST and isinstance(base, ast.Name) and (where := package.find(module, base.id)) is not None:
            yield from _described(package, name, *where, depth + 1)
    yield name, ", ".join(map(ast.unparse, definition.bases))
    for node in definition.body:
        match node:
            case ast.FunctionDef() | ast.AsyncFunctionDef() if node.name == "__init__":
                yield from ((key, value) for key, value in _function(name, node) if key != name)
            case ast.FunctionDef() | ast.AsyncFunctionDef() if not node.name.startswith("_"):
                yield from _function(f"{name}.{node.name}", node)
            case ast.AnnAssign(target=ast.Name(id=field)) if not field.startswith("_"):
                default = f" = {ast.unparse(node.value)}" if node.value else ""
                yield f"{name}.{field}", ast.unparse(node.annotation) + default
            case ast.Assign(targets=[ast.Name(id=field)]) if not field.startswith("_"):
                yield f"{name}.{field}", ast.unparse(node.value)
            case _:
                pass


def _function(name: str, node: ast.FunctionDef | ast.AsyncFunctionDef) -> Iterator[tuple[str, str]]:
    """A function, and each of its parameters."""
    prefix = "async " if isinstance(node, ast.AsyncFunctionDef) else ""
    yield name, f"{prefix}-> {ast.unparse(node.returns) if node.returns else 'anything'}"
    arguments = node.args
    positional = [*arguments.posonlyargs, *arguments.args]
    padding: list[ast.expr | None] = [None] * (len(positional) - len(arguments.defaults))
    pairs = [
        *zip(positional, [*padding, *arguments.defaults], strict=True),
        *zip(arguments.kwonlyargs, arguments.kw_defaults, strict=True),
    ]
    for argument, default in pairs:
        if argument.arg not in {"self", "cls"}:
            annotation = ast.unparse(argument.annotation) if argument.annotation else "anything"
            yield f"{name}({argument.arg})", annotation + (f" = {ast.unparse(default)}" if default else "")
