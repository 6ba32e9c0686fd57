"""The part of the changelog that is new to the holder of a copy."""

from __future__ import annotations

from typing import Final

_MOST_LINES: Final = 80


def news(changelog: str, version: str) -> list[str]:
    """Cut out what was written after a version.

    Args:
        changelog: The changelog, the newest version first, in the form of Keep a Changelog.
        version: The version of the old copy.

    Returns:
        Its lines from the first version down to the old copy's, no more than 80.
    """
    lines: list[str] = []
    for line in changelog.splitlines():
        if line.startswith(f"## [{version}]"):
            break
        if lines or line.startswith("## ["):
            lines.append(line)
    more = len(lines) - _MOST_LINES
    return lines[:_MOST_LINES] + ([f"and {more} lines more"] if more > 0 else [])
