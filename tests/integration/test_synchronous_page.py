"""The ways from synchronous code to the client, as docs/synchronous.md shows them."""

import re
from pathlib import Path
from typing import Any

import anyio
import pytest

from contracts_client import ContractsClient
from contracts_client.sandbox import Sandbox

PAGE = Path(__file__).resolve().parents[2] / "docs" / "synchronous.md"
BLOCK = re.compile(r"^```python\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def test_the_code_of_the_page_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each example returns what the client returns, from a thread without an event loop."""
    with Sandbox(60, seed=1) as sandbox:
        for name, value in sandbox.environ.items():
            monkeypatch.setenv(name, value)
        script, service, thread = BLOCK.findall(PAGE.read_text(encoding="utf-8"))
        names: dict[str, Any] = {"__name__": "page"}
        exec(script, names)
        found = names["contracts"]
        exec(service, names)
        assert names["contracts"] == names["quick"] == found
        assert len(names["listed"]) == 60
        exec(thread, names)

        async def main() -> int:
            async with ContractsClient.from_env() as client:
                return await anyio.to_thread.run_sync(names["report"], client)

        assert anyio.run(main) == len(found)
