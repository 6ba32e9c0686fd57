"""What the judges share: programs that are started for a test, and ended after it."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
SPECIFICATION = ROOT / "openapi.yaml"
LOOPBACK = "127.0.0.1"
START = 60.0  # seconds that a program has to come up


def free_port() -> int:
    """Return a port that nobody listens on."""
    with closing(socket.socket()) as probe:
        probe.bind((LOOPBACK, 0))
        return int(probe.getsockname()[1])


@contextmanager
def running(command: Sequence[str | Path], port: int, log: Path) -> Iterator[str]:
    """Run a server for as long as the context lasts.

    Args:
        command: What starts it.
        port: Where it will listen.
        log: The file for what it prints.

    Yields:
        Its URL, once it listens.

    Raises:
        RuntimeError: It ended, or did not listen in time.
    """
    with log.open("wb") as output:
        # A session of its own, since node is started by a script, which takes no child with it when it ends.
        process = subprocess.Popen(
            [*map(str, command)], cwd=ROOT, stdout=output, stderr=subprocess.STDOUT, start_new_session=True
        )
    try:
        _await(process, port, log)
        yield f"http://{LOOPBACK}:{port}"
    finally:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGTERM)
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait(10)


def _await(process: subprocess.Popen[bytes], port: int, log: Path) -> None:
    patience = time.monotonic() + START
    while time.monotonic() < patience and process.poll() is None:
        with closing(socket.socket()) as probe:
            if probe.connect_ex((LOOPBACK, port)) == 0:
                return
        time.sleep(0.1)
    raise RuntimeError(f"{process.args} did not listen: {log.read_text(errors='replace')[-2000:]}")
