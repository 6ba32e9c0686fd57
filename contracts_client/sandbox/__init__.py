"""The Contracts API as a real server on this machine, for demonstrations and for tests.

It needs the extra `sandbox`. Nothing is imported until a name is used, so that a missing extra gives a clear error.

    from contracts_client.sandbox import Sandbox

    with Sandbox(contracts=300, seed=7) as sandbox:
        print(sandbox.url)
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .lazy_import import import_lazily

if TYPE_CHECKING:
    from .app import create_app
    from .server import Sandbox, SandboxStartError

__all__ = ["Sandbox", "SandboxStartError", "create_app"]

_HOMES = {"Sandbox": ".server", "SandboxStartError": ".server", "create_app": ".app"}

MISSING_EXTRA = "the sandbox needs the extra 'sandbox': pip install 'contracts-client[sandbox]'"


def __getattr__(name: str) -> Any:
    return import_lazily(name, __name__, _HOMES, MISSING_EXTRA)
