"""What the tests beside real parts share."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from api import Api, serving


@pytest.fixture
async def api() -> AsyncIterator[Api]:
    async with serving() as served:
        yield served
