"""The inputs that the fuzzer starts from: one file a target, one input a line, written as Python writes bytes."""

from __future__ import annotations

import ast
from hashlib import sha1
from pathlib import Path

CORPUS = Path(__file__).resolve().parent / "corpus"
TARGETS = sorted(path.stem for path in CORPUS.glob("*.txt"))


def unpack(target: str, folder: Path) -> None:
    """Write each input of a target into a file, as the fuzzer reads and adds to them.

    Args:
        target: The target.
        folder: Where they go; it is made.
    """
    folder.mkdir(parents=True)
    for line in (CORPUS / f"{target}.txt").read_text(encoding="ascii").splitlines():
        data: bytes = ast.literal_eval(line)
        (folder / sha1(data, usedforsecurity=False).hexdigest()).write_bytes(data)


def pack(target: str, folder: Path) -> None:
    """Keep what a run has found.

    Args:
        target: The target.
        folder: The files that it was run with.
    """
    inputs = sorted((path.read_bytes() for path in folder.iterdir()), key=lambda data: (len(data), data))
    lines = dict.fromkeys(repr(data) for data in inputs)
    (CORPUS / f"{target}.txt").write_text("".join(f"{line}\n" for line in lines), encoding="ascii")
