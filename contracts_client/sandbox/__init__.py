"""The Contracts API as a real server on this machine, for demonstrations and for tests.

It needs the extra `sandbox`. Nothing is imported until a name is used, so that a missing extra is told in one sentence.

    from contracts_client.sandbox import Sandbox

    with Sandbox(contracts=300, seed=7) as sandbox:
        print(sandbox.url)
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .app import create_app
    from .server import Sandbox, SandboxStartError

__all__ = ["Sandbox", "SandboxStartError", "create_app"]

_HOMES = {"Sandbox": ".server", "SandboxStartError": ".server", "create_app": ".app"}

MISSING_EXTRA = "the sandbox needs the extra 'sandbox': pip install 'contracts-client[sandbox]'"


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    try:
        return getattr(import_module(_HOMES[name], __name__), name)
    except ModuleNotFoundError as error:
        if error.name is not None and error.name.startswith(__name__):
            raise  # a hole in the sandbox itself is no missing extra
        raise ImportError(f"{MISSING_EXTRA} (there is no module {error.name!r})") from error
