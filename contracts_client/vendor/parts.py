"""What is copied only when it is asked for, and what has to be installed for it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

# As in pyproject.toml, which an installed package has not got; the tests hold the two together.
REQUIREMENTS: Final = ("attrs>=23.1", "httpx>=0.28,<1")
_SANDBOX: Final = ("openapi-core>=0.23,<0.24", "pyyaml>=6", "starlette>=0.45", "uvicorn>=0.34")


@dataclass(frozen=True)
class Part:
    """A part of the package: it needs more libraries, or serves tests.

    Attributes:
        place: The file or folder below the package.
        requirements: What it needs beyond the client.
        brings: The parts that it uses, which are copied with it.
    """

    place: str
    requirements: tuple[str, ...]
    brings: tuple[str, ...] = ()


PARTS: Final = {
    "otel": Part("opentelemetry.py", ("opentelemetry-api>=1.27",)),
    "sandbox": Part("sandbox", _SANDBOX),
    "testing": Part("testing", ("hypothesis>=6",), brings=("sandbox",)),
}


def with_what_they_use(parts: Iterable[str]) -> set[str]:
    """Add the parts that the wanted ones use.

    Args:
        parts: Names of ``PARTS``; an unknown one is passed on, to be refused by its reader.

    Returns:
        These and the others.
    """
    wanted = set(parts)
    return wanted | {other for part in wanted & PARTS.keys() for other in PARTS[part].brings}


def requirements(parts: Iterable[str]) -> tuple[str, ...]:
    """Say what has to be installed for a copy.

    Args:
        parts: The names of the parts in it.

    Returns:
        What the client needs, then what the parts need, each sorted.
    """
    return (*REQUIREMENTS, *sorted({line for part in parts for line in PARTS[part].requirements}))
