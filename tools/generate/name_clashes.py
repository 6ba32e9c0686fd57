"""Find two things of one name in generated code: the second would hide the first, without a word.

Names are made from those of the document, so what is checked is what was made: no rule about names is written twice.
"""

import ast
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

Function = ast.FunctionDef | ast.AsyncFunctionDef


def name_clashes(package: Path) -> Iterator[str]:
    """Find names that hide others."""
    for file in sorted([*package.glob("models/*.py"), *package.glob("operations/*.py"), *package.glob("schemas.py")]):
        for what in _in_a_module(ast.parse(file.read_text(encoding="utf-8"))):
            yield f"{what}, at {file.relative_to(package).as_posix()}"


def _in_a_module(tree: ast.Module) -> Iterator[str]:
    names = [name for statement in tree.body for name in _bound(statement)]
    yield from _twice(names)
    for statement in tree.body:
        if isinstance(statement, ast.ClassDef):
            yield from _in_a_class(statement)
        elif isinstance(statement, ast.FunctionDef) and statement.args.kwonlyargs:
            yield from _in_an_operation(statement, set(names))


def _in_a_class(tree: ast.ClassDef) -> Iterator[str]:
    """What a class calls like another part of it, or like something that its own body goes on to use."""
    body = [statement for statement in tree.body if not _is_setter(statement)]
    names = [name for statement in body for name in _bound(statement)]
    yield from _twice(names)
    used: set[str] = set()
    for statement in body:
        held: list[ast.AST | None] = [statement]
        if isinstance(statement, Function):
            held = [*statement.decorator_list, *ast.walk(statement.args), statement.returns]
            held = [each for each in held if each is None or not isinstance(each, ast.arg)]
            held += [each.annotation for each in ast.walk(statement.args) if isinstance(each, ast.arg)]
        used |= {name for part in held if part is not None for name in _used(part)}
    for name in sorted(used & set(names)):
        yield f"{name} is an attribute, and something else that its class uses"


def _in_an_operation(tree: ast.FunctionDef, outside: set[str]) -> Iterator[str]:
    arguments = {each.arg for each in [*tree.args.args, *tree.args.kwonlyargs]}
    inside = {name for statement in tree.body for name in _bound(statement)}
    for name in sorted(arguments & ((outside - {tree.name}) | inside)):
        yield f"{name} is a parameter, and something else that its function uses"


def _bound(statement: ast.stmt) -> Iterator[str]:
    if isinstance(statement, ast.Import | ast.ImportFrom):
        yield from (each.asname or each.name.partition(".")[0] for each in statement.names)
    elif isinstance(statement, ast.ClassDef | Function):
        yield statement.name
    elif isinstance(statement, ast.Assign | ast.AnnAssign):
        targets = statement.targets if isinstance(statement, ast.Assign) else [statement.target]
        yield from (each.id for each in targets if isinstance(each, ast.Name))


def _used(part: ast.AST) -> Iterator[str]:
    for node in ast.walk(part):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load):
            yield node.id


def _is_setter(statement: ast.stmt) -> bool:
    decorators = statement.decorator_list if isinstance(statement, Function) else []
    return any(isinstance(each, ast.Attribute) and each.attr == "setter" for each in decorators)


def _twice(names: list[str]) -> Iterator[str]:
    for name, count in Counter(names).items():
        if count > 1:
            yield f"{count} things are called {name}"
