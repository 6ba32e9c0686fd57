"""What all tests share."""

import asyncio
import os
from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, settings
from skipping_loop import SkippingLoop

# Where client and server are on one event loop, over real sockets: no test waits there for a timeout.
ON_ONE_LOOP = {"cancellation", "client", "faults", "lifecycle", "soak", "transport", "test_clock.py"}

# A busy machine is no defect: no example is judged by the time it takes.
patient = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("quick", patient, max_examples=30)
settings.register_profile("usual", patient)
settings.register_profile("thorough", patient, max_examples=1000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "usual" if os.environ.get("CI") else "quick"))

collect_ignore = ["external", "real_parts"]  # they have environments of their own: make judges, make real-parts


def pytest_asyncio_loop_factories(item: pytest.Item) -> dict[str, Callable[[], asyncio.AbstractEventLoop]]:
    """Choose the event loop of a test."""
    on_one_loop = not ON_ONE_LOOP.isdisjoint({item.path.parent.name, item.path.name})
    return {"loop": SkippingLoop if on_one_loop else asyncio.SelectorEventLoop}
