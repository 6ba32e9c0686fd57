"""The test kit for services that use this client. It needs the extra `testing`.

    from contracts_client.testing import FakeContractsApi

    api = FakeContractsApi()
    async with api.connect() as client: ...

With pytest, ``pytest_plugins = ["contracts_client.testing.pytest_plugin"]`` brings fixtures. Nothing is imported until
a name is used, so that builders and strategies cost nothing more.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..sandbox.lazy_import import import_lazily

if TYPE_CHECKING:
    from .api.fake import FakeContractsApi
    from .api.server import ScriptedSandbox
    from .api.stored_contracts import StoredContract
    from .clock import ManualClock
    from .faults.barrier import Hold
    from .faults.script import Script
    from .records.recording import RecordedCall, RecordedRequest

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
    "FakeContractsApi": ".api.fake",
    "Hold": ".faults.barrier",
    "ManualClock": ".clock",
    "RecordedCall": ".records.recording",
    "RecordedRequest": ".records.recording",
    "Script": ".faults.script",
    "ScriptedSandbox": ".api.server",
    "StoredContract": ".api.stored_contracts",
}

MISSING_EXTRA = "the test kit needs the extra 'testing': pip install 'contracts-client[testing]'"


def __getattr__(name: str) -> Any:
    return import_lazily(name, __name__, _HOMES, MISSING_EXTRA)
