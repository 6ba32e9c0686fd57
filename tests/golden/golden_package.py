"""A package that is generated in the tests, from a document with everything that the templates claim to serve."""

from __future__ import annotations

import importlib
import importlib.util
import json
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

from contracts_client.openapi import errors
from contracts_client.openapi.operation import Response

HERE = Path(__file__).resolve().parent
DOCUMENT = HERE / "everything.yaml"
CONFIG = HERE / "everything-config.yaml"
RUN_TIME = "contracts_client.openapi"
PARSERS = ("msgspec", "standard library")


class Package:
    """One import of a generated package under a name of its own. It shares its run time with the client."""

    def __init__(self, folder: Path, name: str) -> None:
        self.folder = folder
        self.name = name
        spec = importlib.util.spec_from_file_location(
            name, folder / "__init__.py", submodule_search_locations=[str(folder)]
        )
        assert spec is not None
        assert spec.loader is not None
        sys.modules[name] = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(sys.modules[name])
        self.models: Any = self.module("models")
        self.errors: Any = errors

    def module(self, name: str) -> ModuleType:
        return importlib.import_module(f"{self.name}.{name}")

    def read(self, model: str, document: Any) -> Any:
        """Read a document, or bytes, as a model, from JSON as a response would be."""
        body = document if isinstance(document, bytes) else json.dumps(document).encode()
        return getattr(self.module(f"models.{model}"), f"{model}_reader").read(body)

    def operation(self, name: str) -> Any:
        return getattr(self.module(f"operations.{name}"), name)


def answer(status: int, body: Any = None, content_type: str = "application/json") -> Response:
    """A response with this body, which is JSON unless it is bytes."""
    content = body if isinstance(body, bytes) else b"" if body is None else json.dumps(body).encode()
    return Response(status=status, headers={"content-type": content_type}, body=content)
