"""Programs of Debian packages: found, started for a test with a written-out configuration, and ended after it."""

from __future__ import annotations

import ctypes
import os
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from attrs import define

LOOPBACK = "127.0.0.1"
START = 20.0  # seconds that a program has to come up
STOP = 10.0  # seconds that it has to end
REQUIRED = "REAL_PARTS_REQUIRED"
"""The environment variable that makes a missing program a failure: CI sets it."""
_FOLDERS = os.pathsep.join([os.environ.get("PATH", os.defpath), "/usr/sbin", "/sbin"])


def program(name: str, package: str) -> str:
    """Return where a program is. Its test is skipped where it is not, or fails in CI.

    Args:
        name: The program.
        package: The Debian package that has it.
    """
    return _found(shutil.which(name, path=_FOLDERS), name, package)


def library(name: str, package: str) -> str:
    """Return the name of a library that can be loaded. A test is skipped or fails without it, as for a program.

    Args:
        name: The library's file.
        package: The Debian package that has it.
    """
    try:
        ctypes.CDLL(name)
    except OSError:
        return _found(None, name, package)
    return name


def _found(found: str | None, name: str, package: str) -> str:
    if found is not None:
        return found
    missing = f"{name} is missing: apt-get install {package}"
    if os.environ.get(REQUIRED):
        pytest.fail(missing)
    pytest.skip(missing)


def free_port() -> int:
    """Return a port that nobody listens on."""
    with closing(socket.socket()) as probe:
        probe.bind((LOOPBACK, 0))
        return int(probe.getsockname()[1])


@define
class Running:
    """A program that runs."""

    process: subprocess.Popen[bytes]
    port: int
    start: Callable[[], subprocess.Popen[bytes]]

    @property
    def url(self) -> str:
        return f"http://{LOOPBACK}:{self.port}"

    def reload(self) -> None:
        """Have it read its configuration anew."""
        self.process.send_signal(signal.SIGHUP)

    def stop(self) -> None:
        _end(self.process)

    def start_again(self) -> None:
        self.process = self.start()


@contextmanager
def running(
    command: Sequence[str | Path], port: int, folder: Path, *, hosts: dict[str, str] | None = None
) -> Iterator[Running]:
    """Run a program in the foreground for as long as the context lasts.

    Args:
        command: What starts it.
        port: Where it listens on 127.0.0.1.
        folder: The folder that it runs in; what it prints goes to a file there.
        hosts: Addresses of names that it resolves, by libnss-wrapper; None for the machine's alone.
    """
    log = folder / "output.log"
    environ = dict(os.environ)
    if hosts is not None:
        (folder / "hosts").write_text("".join(f"{address} {name}\n" for name, address in hosts.items()))
        environ.update(
            LD_PRELOAD=library("libnss_wrapper.so", "libnss-wrapper"), NSS_WRAPPER_HOSTS=str(folder / "hosts")
        )

    def start() -> subprocess.Popen[bytes]:
        with log.open("ab") as output:
            process = subprocess.Popen(
                [*map(str, command)],
                cwd=folder,
                env=environ,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
            )
        _await(process, port, log)
        return process

    made = Running(start(), port, start)
    try:
        yield made
    finally:
        made.stop()


def _await(process: subprocess.Popen[bytes], port: int, log: Path) -> None:
    patience = time.monotonic() + START
    while time.monotonic() < patience and process.poll() is None:
        with closing(socket.socket()) as probe:
            if probe.connect_ex((LOOPBACK, port)) == 0:
                return
        time.sleep(0.02)
    _end(process)
    raise RuntimeError(f"{process.args} did not listen: {log.read_text(errors='replace')[-2000:]}")


def _end(process: subprocess.Popen[bytes]) -> None:
    if process.poll() is None:
        process.terminate()
        try:
            process.wait(STOP)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait(STOP)
