"""`python -m contracts_client.sandbox` says what it is, and ends when told."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import threading
from types import SimpleNamespace
from typing import TYPE_CHECKING

import pytest

from contracts_client.sandbox import __main__ as command

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from contracts_client.sandbox import Sandbox

RUN = (sys.executable, "-m", "contracts_client.sandbox")


@pytest.fixture
def handlers() -> Iterator[None]:
    before = {each: signal.getsignal(each) for each in (signal.SIGINT, signal.SIGTERM)}
    yield
    for each, handler in before.items():
        signal.signal(each, handler)


@pytest.mark.timeout(30)
@pytest.mark.parametrize("ending", [signal.SIGINT, signal.SIGTERM])
def test_it_prints_and_ends_on_a_signal(ending: signal.Signals) -> None:
    """It prints at once and ends quietly on a signal."""
    buffered = {name: value for name, value in os.environ.items() if name != "PYTHONUNBUFFERED"}
    with subprocess.Popen(
        [*RUN, "--contracts", "30", "--seed", "2"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=buffered,
    ) as process:
        assert process.stdout is not None
        try:
            # The output is piped here, so this line comes only because it was flushed.
            first = process.stdout.readline()
            assert re.search(r"http://127\.0\.0\.1:\d+$", first.strip())
            process.send_signal(ending)
            _, errors = process.communicate(timeout=10)
        finally:
            process.kill()  # or a failure would wait without end
    assert (process.returncode, errors) == (0, "")


def test_the_text_tells_how_to_connect(sandbox: Sandbox) -> None:
    """The text tells the data the snippet and the variables."""
    text = command.welcome(sandbox)
    code = next(each.code for each in sandbox.data.personnel_tickets if not each.claimed)
    for part in ("300 contracts", "VALID", "COUPONS", code, sandbox.url, sandbox.client_id, sandbox.client_secret):
        assert part in text
    exported = dict(re.findall(r'^export (\w+)="(.+)"$', text, re.MULTILINE))
    assert exported == {
        "CONTRACTS_CLIENT_NAME": "acme-ticketshop",
        "CONTRACTS_CLIENT_ID": sandbox.client_id,
        "CONTRACTS_CLIENT_SECRET": sandbox.client_secret,
        "CONTRACTS_CLIENT_BASE_URL": sandbox.url,
        "CONTRACTS_CLIENT_AUTH_URL": sandbox.url,
    }


def test_the_snippet_runs_as_it_is_printed(sandbox: Sandbox) -> None:
    text = command.welcome(sandbox)
    snippet = text.partition("Paste this into Python:\n\n")[2].partition("\nFor ContractsClient.from_env")[0]
    # Unmeasured: with coverage's tracer in a child process, CPython 3.11 lets an exception out of anyio's `except`.
    environment = {name: value for name, value in os.environ.items() if not name.startswith("COVERAGE")}
    ran = subprocess.run(
        [sys.executable, "-c", snippet], capture_output=True, text=True, timeout=30, env=environment, check=False
    )
    assert ran.stderr == ""
    assert ran.stdout.startswith("c-0001 VALID ")
    assert len(ran.stdout.splitlines()) == 5


def test_an_empty_sandbox_has_a_text_as_well(capsys: pytest.CaptureFixture[str]) -> None:
    from contracts_client.sandbox import Sandbox  # noqa: PLC0415 - the fixture's name is taken by the module

    with Sandbox(contracts=0) as sandbox:
        text = command.welcome(sandbox)
    assert "It holds 0 contracts of 5 customers.\nPersonnel tickets to claim: none." in text


@pytest.mark.parametrize(
    "arguments",
    [["--port", "65536"], ["--port", "x"], ["--contracts", "-1"], ["--contracts", "20001"], ["--seed", "x"]],
)
def test_a_bad_value_is_told_by_the_option(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        command.main(arguments)
    assert ended.value.code == 2
    assert f"argument {arguments[0]}" in capsys.readouterr().err


def test_a_taken_port_ends_with_a_sentence(
    sandbox: Sandbox, capsys: pytest.CaptureFixture[str], handlers: None
) -> None:
    assert command.main(["--port", sandbox.url.rpartition(":")[2]]) == 1
    assert capsys.readouterr().err.endswith("of 127.0.0.1: it is taken\n")


def test_it_runs_in_process_until_the_signal(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, handlers: None
) -> None:
    class Ended(threading.Event):
        """An event that the signal sets after the first look at it."""

        def wait(self, timeout: float | None = None) -> bool:
            seen = self.is_set()
            os.kill(os.getpid(), signal.SIGTERM)
            return seen

    monkeypatch.setattr(command, "threading", SimpleNamespace(Event=Ended))
    monkeypatch.setattr(command, "welcome", lambda running: running.url)
    assert command.main(["--contracts", "1"]) == 0
    assert capsys.readouterr().out.startswith("http://127.0.0.1:")


def test_without_the_extra_one_sentence(tmp_path: Path) -> None:
    """Without the extra it ends with one sentence."""
    (tmp_path / "uvicorn.py").write_text("raise ModuleNotFoundError(\"No module named 'uvicorn'\", name='uvicorn')")
    environment = {**os.environ, "PYTHONPATH": str(tmp_path)}
    ran = subprocess.run(RUN, capture_output=True, text=True, timeout=30, env=environment, check=False)
    assert (ran.returncode, ran.stdout) == (1, "")
    assert ran.stderr == (
        "the sandbox needs the extra 'sandbox': pip install 'contracts-client[sandbox]' "
        "(there is no module 'uvicorn')\n"
    )
