"""openapi.yaml as the sandbox reads it: where it lies, its operations, and names that it may correct one day.

The sandbox answers from this document. All that it can take from there (paths, methods, names of the page, names of
nested lists) it takes from there, so that a correction of the document moves the sandbox with it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast
from urllib.parse import unquote

import yaml

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace")
_FILE_NAME = "openapi.yaml"


class SpecificationError(RuntimeError):
    """The specification is missing, or asks for something that the sandbox cannot do."""


@dataclass(frozen=True)
class Parameter:
    """A parameter of an operation, its references resolved."""

    name: str
    location: str
    schema: dict[str, Any]


@dataclass(frozen=True)
class Operation:
    """An operation of the specification, its references resolved one level deep."""

    operation_id: str
    method: str
    path: str
    parameters: tuple[Parameter, ...]
    body: dict[str, Any]
    answers: Mapping[int, dict[str, Any]]
    pagination: Mapping[str, str]
    pattern: re.Pattern[str] = field(repr=False)

    def parameter(self, name: str) -> Parameter | None:
        """The parameter with this name, or None."""
        return next((parameter for parameter in self.parameters if parameter.name == name), None)


def specification_path(folder: Traversable | None = None) -> Traversable:
    """The path of openapi.yaml: beside this module when installed, or else at the top of the checkout.

    Args:
        folder: The folder of this module, which may lie in a zip file; tests give another.

    Raises:
        SpecificationError: It is in neither place.
    """
    here = folder or files(__name__.rpartition(".")[0])
    places = [here / _FILE_NAME]
    if isinstance(here, Path):
        places.append(here.parents[1] / _FILE_NAME)
    for place in places:
        if place.is_file():
            return place
    raise SpecificationError(f"the sandbox finds no {_FILE_NAME}, neither beside itself nor two folders up")


def load_specification() -> Specification:
    """Read openapi.yaml.

    Raises:
        SpecificationError: There is none, or it is no mapping.
    """
    # The C loader reads it some ten times faster, where PyYAML was built with it.
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    with specification_path().open(encoding="utf-8") as file:
        document: object = yaml.load(file, Loader=loader)  # noqa: S506 - both loaders are the safe one
    if not isinstance(document, dict):
        raise SpecificationError(f"{_FILE_NAME} is no mapping")
    return Specification(cast("dict[str, Any]", document))


class Specification:
    """A specification with its operations laid out for routing.

    Args:
        document: The parsed openapi.yaml.

    Raises:
        SpecificationError: An operation has no operationId.
    """

    def __init__(self, document: dict[str, Any]) -> None:
        self.document = document
        self.operations = tuple(self._operations())
        self.header_names = {
            parameter.name.lower()
            for operation in self.operations
            for parameter in operation.parameters
            if parameter.location == "header"
        }

    def resolve(self, node: dict[str, Any]) -> dict[str, Any]:
        """The node itself, or what its $ref refers to within this document.

        Raises:
            SpecificationError: The reference leads nowhere.
        """
        while "$ref" in node:
            reference = str(node["$ref"])
            target: Any = self.document
            for part in reference.removeprefix("#/").split("/"):
                target = cast("dict[str, Any]", target).get(part) if isinstance(target, dict) else None
            if not isinstance(target, dict):
                raise SpecificationError(f"{reference} leads nowhere")
            node = cast("dict[str, Any]", target)
        return node

    def at(self, *path: str) -> dict[str, Any]:
        """The mapping at a path of the document, references resolved; empty if there is none."""
        node = self.document
        for part in path:
            node = self.resolve(cast("dict[str, Any]", node.get(part) or {}))
        return node

    def match(self, raw_path: str) -> Mapping[str, tuple[Operation, dict[str, str]]]:
        """The operations at a path, by method, each with its decoded path parameters.

        Args:
            raw_path: The path as it was sent, still percent-encoded: a %2F belongs to a value.

        Returns:
            Empty where the document has no such path. A path without parameters wins over one with.
        """
        found: dict[str, tuple[Operation, dict[str, str]]] = {}
        for operation in sorted(self.operations, key=lambda each: each.path.count("{")):
            matched = operation.pattern.fullmatch(raw_path)
            if matched and all(operation.path == each.path for each, _ in found.values()):
                values = (unquote(value) for value in matched.groups())
                names = re.findall(r"\{([^}]+)\}", operation.path)
                found[operation.method] = (operation, dict(zip(names, values, strict=True)))
        return found

    def _operations(self) -> Iterator[Operation]:
        for path, item in self.at("paths").items():
            for method in _METHODS:
                if method in item:
                    yield self._operation(path, method, item[method], item.get("parameters", []))

    def _operation(self, path: str, method: str, node: dict[str, Any], shared: list[dict[str, Any]]) -> Operation:
        if "operationId" not in node:
            raise SpecificationError(f"{method.upper()} {path} has no operationId")
        answers = {int(code): self.resolve(answer) for code, answer in node["responses"].items() if code.isdigit()}
        # The operation's own parameters come last and win over those of its path.
        parameters = {
            (each["name"], each["in"]): Parameter(each["name"], each["in"], self.resolve(each.get("schema", {})))
            for each in map(self.resolve, [*shared, *node.get("parameters", [])])
        }
        literal = re.split(r"\{[^}]+\}", path)
        return Operation(
            operation_id=node["operationId"],
            method=method.upper(),
            path=path,
            parameters=tuple(parameters.values()),
            body=self._json_schema(self.resolve(node.get("requestBody", {}))),
            answers={code: self._json_schema(answer) for code, answer in answers.items()},
            pagination=answers.get(200, {}).get("x-pagination", {}),
            pattern=re.compile("([^/]+)".join(map(re.escape, literal))),
        )

    def _json_schema(self, holder: dict[str, Any]) -> dict[str, Any]:
        schema: dict[str, Any] = holder.get("content", {}).get("application/json", {}).get("schema", {})
        return schema
