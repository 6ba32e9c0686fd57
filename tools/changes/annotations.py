"""Annotations as sets of types, so that a union that grows can be told from another type."""

import ast
from collections.abc import Iterator
from functools import reduce

import griffe

Types = frozenset[str]
_LITERAL = "Literal["
# A generated function returns an operation, and its method what that parses.
_SEEN_THROUGH = ("Operation", "Final", "ClassVar", "Required", "NotRequired")


def types_of(annotation: "str | griffe.Expr | None") -> Types:
    """The types that an annotation allows, as text: each member of a union, and each value of a Literal.

    Aliases of modules are written out, and names stand without the modules that they are from.
    """
    if annotation is None:
        return frozenset({"Any"})
    text = _written_out(annotation)
    try:
        return frozenset(_members(_Bare().visit(ast.parse(text, mode="eval").body)))
    except SyntaxError:
        return frozenset({text})


def shown(types: Types) -> str:
    """Types as they are written in Python, None last."""
    values = [each[len(_LITERAL) : -1] for each in sorted(types) if each.startswith(_LITERAL)]
    literal = [f"{_LITERAL}{', '.join(values)}]"] if values else []
    others = sorted((each for each in types if not each.startswith(_LITERAL)), key=lambda each: (each == "None", each))
    return " | ".join([*literal, *others])


def covers(new: Types, old: Types) -> bool:
    """Whether all that was of the old types is of the new ones too."""
    return "Any" in new or old <= (new | {"int"} if "float" in new else new)


def _written_out(annotation: str | griffe.Expr, depth: int = 5) -> str:
    if isinstance(annotation, str):
        return annotation
    parts: list[str] = []
    for element in annotation.iterate(flat=True):
        alias = _alias(element) if isinstance(element, griffe.ExprName) and depth else None
        parts.append(f"({_written_out(alias, depth - 1)})" if alias is not None else str(element))
    return "".join(parts)


def _alias(name: griffe.ExprName) -> griffe.Expr | None:
    """What a name stands for, where it is an alias of types in a module."""
    scope = name.parent
    if not isinstance(scope, griffe.Object):
        return None
    try:
        found = scope.modules_collection[scope.resolve(name.name)]
        target = found.final_target if isinstance(found, griffe.Alias) else found
    except (griffe.AliasResolutionError, griffe.NameResolutionError, KeyError):
        return None  # built in, or of another package
    if isinstance(target, griffe.Attribute) and isinstance(target.parent, griffe.Module):
        value = target.value
        return value if isinstance(value, griffe.ExprSubscript | griffe.ExprBinOp) else None
    return None


class _Bare(ast.NodeTransformer):
    """Drops the modules that names are from, and the quotes of annotations that look ahead."""

    def visit_Attribute(self, node: ast.Attribute) -> ast.AST:
        return ast.Name(node.attr)

    def visit_Subscript(self, node: ast.Subscript) -> ast.AST:
        value = self.visit(node.value)
        if isinstance(value, ast.Name) and value.id in ("Optional", "Union"):
            members: list[ast.expr] = node.slice.elts if isinstance(node.slice, ast.Tuple) else [node.slice]
            members = [*map(self.visit, members), *([ast.Constant(None)] if value.id == "Optional" else [])]
            return reduce(lambda one, other: ast.BinOp(one, ast.BitOr(), other), members)
        if isinstance(value, ast.Name) and value.id == "Literal":
            return ast.Subscript(value, node.slice)
        if isinstance(value, ast.Name) and value.id in _SEEN_THROUGH:
            inner: ast.AST = self.visit(node.slice)
            return inner
        return ast.Subscript(value, self.visit(node.slice))

    def visit_Constant(self, node: ast.Constant) -> ast.AST:
        return self.visit(ast.parse(node.value, mode="eval").body) if isinstance(node.value, str) else node


def _members(node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.BitOr):
        yield from _members(node.left)
        yield from _members(node.right)
    elif isinstance(node, ast.Subscript) and ast.unparse(node.value) == "Literal":
        values = node.slice.elts if isinstance(node.slice, ast.Tuple) else [node.slice]
        yield from (f"Literal[{ast.unparse(value)}]" for value in values)
    else:
        yield ast.unparse(node)
