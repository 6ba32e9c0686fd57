"""What a file holds, as it is compared: git may have written its lines with other ends, which is no edit."""

from __future__ import annotations

import hashlib
from pathlib import Path

from .refusal import VendorError


def text_of(path: Path) -> bytes:
    """Read a text file with the same line ends everywhere.

    Args:
        path: The file.

    Returns:
        Its bytes, each line ended by a line feed.

    Raises:
        VendorError: It can't be read.
    """
    try:
        return path.read_bytes().replace(b"\r\n", b"\n")
    except OSError as error:
        raise VendorError(f"{path} can't be read: {error.strerror}") from error


def checksum(text: bytes) -> str:
    """Sum up a text.

    Args:
        text: What ``text_of()`` read.

    Returns:
        ``sha256:`` and 64 hexadecimal digits.
    """
    return f"sha256:{hashlib.sha256(text).hexdigest()}"
