"""The sandbox is a real server that starts fast, listens on loopback only, and leaves nothing behind."""

from __future__ import annotations

import asyncio
import gc
import importlib
import logging
import socket
import sys
import threading
import time
from typing import TYPE_CHECKING, Any

import httpx
import pytest

import contracts_client.sandbox as package
from contracts_client.sandbox import Sandbox, SandboxStartError, server

if TYPE_CHECKING:
    from conftest import Api

CONTRACTS = "/customers/v2/benefits/contracts"


def _threads() -> list[threading.Thread]:
    return [each for each in threading.enumerate() if each.name == "contracts-sandbox"]


def _call(sandbox: Sandbox) -> int:
    headers = {"ET-Client-Name": "acme-ticketshop", "Authorization": f"Bearer {sandbox.issue_token()}"}
    return httpx.get(f"{sandbox.url}{CONTRACTS}", headers=headers, trust_env=False).status_code


def test_it_serves_inside_its_context() -> None:
    """It serves while the context is open and leaves nothing behind."""
    before = len(_threads())
    with Sandbox(contracts=3) as sandbox:
        assert _call(sandbox) == 200
        assert len(_threads()) == before + 1
    assert len(_threads()) == before
    with pytest.raises(httpx.ConnectError):
        httpx.get(sandbox.url, trust_env=False)
    gc.collect()  # a socket left open would warn now, and a warning fails the test


def test_it_stops_with_a_connection_open() -> None:
    before = len(_threads())
    with Sandbox() as sandbox, httpx.Client(base_url=sandbox.url, trust_env=False) as client:
        client.get("/")
        sandbox.stop()
        assert len(_threads()) == before


def test_it_listens_on_loopback_only(sandbox: Sandbox) -> None:
    port = int(sandbox.url.rpartition(":")[2])
    assert sandbox.url == f"http://127.0.0.1:{port}"
    with socket.socket() as probe, pytest.raises(ConnectionRefusedError):
        probe.connect(("127.0.0.2", port))


def test_no_other_address_can_be_asked_for() -> None:
    with pytest.raises(TypeError):
        Sandbox(host="0.0.0.0")  # type: ignore[call-arg]


def test_a_taken_port_is_told(sandbox: Sandbox) -> None:
    port = int(sandbox.url.rpartition(":")[2])
    with pytest.raises(SandboxStartError, match=f"port {port} of 127.0.0.1: it is taken"), Sandbox(1, port=port):
        pass
    assert len(_threads()) == 1


@pytest.mark.parametrize("port", [-1, 65_536])
def test_a_port_out_of_range_is_refused(port: int) -> None:
    with pytest.raises(ValueError, match="port must be from 0 to 65535"):
        Sandbox(1, port=port)


def test_there_is_no_url_before_the_start() -> None:
    with pytest.raises(RuntimeError, match="no URL before"):
        _ = Sandbox(1).url


def test_start_and_stop_are_idempotent() -> None:
    """Starting and stopping twice does no harm and keeps port and data."""
    sandbox = Sandbox(3)
    sandbox.stop()
    sandbox.start()
    url = sandbox.url
    sandbox.start()
    assert sandbox.url == url
    sandbox.stop()
    sandbox.stop()
    with sandbox:
        assert sandbox.url == url
        assert _call(sandbox) == 200


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_a_failed_start_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """A server that fails to come up is told."""

    async def fail(*_: Any) -> None:
        raise OSError("no more descriptors")

    monkeypatch.setattr(server.uvicorn.Server, "startup", fail)
    with pytest.raises(SandboxStartError, match="failed before it was up"):
        Sandbox(1).start()
    assert all(thread.is_alive() for thread in _threads())
    gc.collect()


async def test_it_works_within_a_running_loop() -> None:
    """It can be used within a running loop."""
    with Sandbox(contracts=30) as sandbox:
        headers = {"ET-Client-Name": "acme-ticketshop", "Authorization": f"Bearer {sandbox.issue_token()}"}
        async with httpx.AsyncClient(base_url=sandbox.url, headers=headers, trust_env=False) as client:
            answers = await asyncio.gather(*(client.get(CONTRACTS) for _ in range(5)))
    assert [answer.status_code for answer in answers] == [200] * 5


def test_two_sandboxes_are_apart() -> None:
    """Two sandboxes know nothing of each other."""
    with Sandbox(contracts=3) as one, Sandbox(contracts=3) as other:
        assert one.url != other.url
        headers = {"ET-Client-Name": "acme-ticketshop", "Authorization": f"Bearer {one.issue_token()}"}
        assert httpx.get(f"{other.url}{CONTRACTS}", headers=headers, trust_env=False).status_code == 401


def test_nothing_is_printed_or_logged(
    own: tuple[Sandbox, Api], capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    _, api = own
    with caplog.at_level(logging.DEBUG):
        api.valid(1001)
        api.valid("me")
    assert capfd.readouterr() == ("", "")
    assert [record for record in caplog.records if not record.name.startswith(("httpx", "httpcore"))] == []


def test_the_kernel_delays_no_answer(api: Api) -> None:
    """An answer is not held up by the kernel.

    With Nagle's algorithm every answer on a kept connection takes 40 ms more.
    """
    api.client.get("/nowhere")

    def seconds() -> float:
        started = time.perf_counter()
        api.client.get("/nowhere")
        return time.perf_counter() - started

    assert any(seconds() < 0.035 for _ in range(100))  # a busy machine is not busy all the time


def test_a_missing_name_raises() -> None:
    """A name that is not there is an attribute error."""
    with pytest.raises(AttributeError, match="no attribute 'Castle'"):
        _ = package.Castle


@pytest.mark.parametrize("missing", ["uvicorn", "starlette", "openapi_core", "yaml"])
def test_a_missing_extra_is_one_sentence(monkeypatch: pytest.MonkeyPatch, missing: str) -> None:
    """A missing extra is told in one sentence."""
    _forget_modules(monkeypatch)
    for name in [name for name in sys.modules if name.partition(".")[0] == missing]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setattr(sys, "meta_path", [_Without(missing), *sys.meta_path])
    with pytest.raises(ImportError, match=r"pip install 'contracts-client\[sandbox\]'"):
        _ = package.Sandbox


def test_a_defect_is_no_missing_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    """A hole in the sandbox itself is no missing extra."""
    _forget_modules(monkeypatch)
    monkeypatch.setattr(sys, "meta_path", [_Without("contracts_client.sandbox.tokens"), *sys.meta_path])
    with pytest.raises(ModuleNotFoundError, match="tokens"):
        _ = package.Sandbox


def test_importing_imports_nothing_else() -> None:
    """Importing the package imports nothing else."""
    module = importlib.import_module("contracts_client.sandbox")
    assert module.__all__ == ["Sandbox", "SandboxStartError", "create_app"]


class _Without:
    """An importer that has not got one module."""

    def __init__(self, name: str) -> None:
        self._name = name

    def find_spec(self, name: str, *_: Any) -> None:
        if name == self._name:
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)


def _forget_modules(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in sys.modules if name.startswith("contracts_client.sandbox.")]:
        monkeypatch.delitem(sys.modules, name)
