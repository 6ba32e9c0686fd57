"""What the user of the package calls the parts of the specification."""

import ast
from collections.abc import Iterator, Mapping
from typing import Any, cast

import yaml
from attrs import frozen
from openapi_python_client.parser.properties.enum_property import EnumProperty
from openapi_python_client.parser.properties.schemas import Class
from openapi_python_client.strings import ClassName, PythonIdentifier


@frozen
class Names:
    """The names for people.

    Attributes:
        classes: By the name of a schema, the class it becomes, where that is another.
        public: The names that the package exports; None where all are taken for public.
        methods: By the generated function, the method of the client that calls it.
    """

    classes: Mapping[str, str]
    public: frozenset[str] | None
    methods: Mapping[str, str]

    def class_of(self, schema: str) -> str:
        """The class that a schema becomes."""
        name = str(ClassName(schema, "field_"))
        return self.classes.get(name, name)

    def method_of(self, operation_id: str) -> str:
        """The client's method for an operation, or the generated function where there is none."""
        function = attribute(operation_id)
        return self.methods.get(function, function)

    def is_public(self, name: str) -> bool:
        """Whether users can import a class."""
        return self.public is None or name in self.public


def attribute(name: str) -> str:
    """The attribute or keyword that a property or parameter becomes."""
    return str(PythonIdentifier(name, "field_"))


def constants(values: list[Any]) -> dict[str, str]:
    """The constants that the values of an enumeration become, each with its value as text."""
    known = [value for value in values if value is not None]
    try:
        named = EnumProperty.values_from_list(known, Class(ClassName("", ""), PythonIdentifier("", "")), [])
    except (ValueError, AttributeError):  # two of one name, or a value of another type: the generator refuses them
        return {str(value): str(value) for value in known}
    return dict(zip(named, map(str, known), strict=True))


def names_of(config: str, package: str | None, client: str | None) -> Names:
    """Read the names from the files that decide them.

    Args:
        config: The text of generator-config.yaml.
        package: The text of contracts_client/__init__.py, or None.
        client: The text of contracts_client/client.py, or None.

    Returns:
        The names.
    """
    parsed = cast("dict[str, Any]", yaml.safe_load(config) or {})
    overrides = cast("Mapping[str, Mapping[str, str]]", parsed.get("class_overrides") or {})
    return Names(
        classes={schema: override["class_name"] for schema, override in overrides.items() if "class_name" in override},
        public=None if package is None else frozenset(_exported(package)),
        methods={} if client is None else dict(_methods(client)),
    )


def _exported(source: str) -> Iterator[str]:
    for node in ast.parse(source).body:
        if isinstance(node, ast.Assign) and [ast.unparse(each) for each in node.targets] == ["__all__"]:
            yield from ast.literal_eval(node.value)


def _methods(source: str) -> Iterator[tuple[str, str]]:
    """The generated functions, each with the first method that uses it."""
    tree = ast.parse(source)
    functions = {
        alias.name
        for node in tree.body
        if isinstance(node, ast.ImportFrom) and "_generated.operations" in (node.module or "")
        for alias in node.names
    }
    seen: set[str] = set()
    for kind in tree.body:
        for method in kind.body if isinstance(kind, ast.ClassDef) else ():
            if isinstance(method, ast.FunctionDef | ast.AsyncFunctionDef):
                used = {node.id for node in ast.walk(method) if isinstance(node, ast.Name)} & functions
                yield from ((function, method.name) for function in used - seen)
                seen |= used
