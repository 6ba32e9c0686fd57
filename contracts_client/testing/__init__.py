"""What services that use this client are tested with. It needs the extra `testing`.

    from contracts_client.testing import FakeContractsApi

    api = FakeContractsApi()
    async with api.connect() as client: ...

With pytest, ``pytest_plugins = ["contracts_client.testing.pytest_plugin"]`` brings fixtures. Nothing is imported until
a name is used, so that builders and strategies cost nothing more.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..sandbox.first_use import import_at_first_use

if TYPE_CHECKING:
    from .clock import ManualClock
    from .fake import FakeContractsApi
    from .hold import Hold
    from .recording import RecordedCall, RecordedRequest
    from .script import Script
    from .served import ScriptedSandbox
    from .stored import StoredContract

__all__ = [
    "FakeContractsApi",
    "Hold",
    "ManualClock",
    "RecordedCall",
    "RecordedRequest",
    "Script",
    "ScriptedSandbox",
    "StoredContract",
]

_HOMES = {
    "FakeContractsApi": ".fake",
    "Hold": ".hold",
    "ManualClock": ".clock",
    "RecordedCall": ".recording",
    "RecordedRequest": ".recording",
    "Script": ".script",
    "ScriptedSandbox": ".served",
    "StoredContract": ".stored",
}

MISSING_EXTRA = "the test kit needs the extra 'testing': pip install 'contracts-client[testing]'"


def __getattr__(name: str) -> Any:
    return import_at_first_use(name, __name__, _HOMES, MISSING_EXTRA)
