"""What responses tell of limits, obeyed through the client: on virtual time, against an API that answers as told."""

import random
from email.utils import formatdate

import httpx
import pytest
from simulated_api import PAGE, ScriptedApi
from virtual_time import EPOCH, VirtualClock, run_virtually

from contracts_client import BearerToken, ContractsClient


def requests_at(*answers: httpx.Response, calls: int = 2) -> list[float]:
    """When the requests of calls that follow each other went out."""

    async def main() -> list[float]:
        async with ContractsClient("acme-shop", transport=api, clock=VirtualClock(), auth=BearerToken("t")) as client:
            for _ in range(calls):
                await client.get_contract("c-1")
        return api.times

    api = ScriptedApi(*answers, latency=0)
    return run_virtually(main())


def date(seconds: float) -> str:
    return formatdate(EPOCH + seconds, usegmt=True)


@pytest.mark.parametrize(
    ("headers", "second"),
    [
        ({"RateLimit": '"m";r=0;t=20'}, 20),
        ({"RateLimit": '"burst";r=0, "daily";r=5000;t=80000'}, 0),
        ({"RateLimit": '"a;r=0;t=300";r=5;t=7'}, 0),
        ({"RateLimit": '"m";r=0;t=20', "Retry-After": "3"}, 0),
        ({"RateLimit": '"m";r=0;t=20', "Retry-After": "soon"}, 20),
        ({"RateLimit": "limit=10, remaining=0, reset=7"}, 7),
        ({"RateLimit-Remaining": "0", "RateLimit-Reset": "7"}, 7),
        ({"RateLimit-Remaining": "0, 0", "RateLimit-Reset": "7, 7"}, 7),
        ({"X-RateLimit-Remaining": "0", "X-RateLimit-Reset": str(EPOCH + 9)}, 9),
        ({"X-RateLimit-Remaining": "0", "X-RateLimit-Reset": str(EPOCH + 609), "Date": date(600)}, 9),
    ],
)
def test_a_limit_used_up_holds_the_next_call(headers: dict[str, str], second: float) -> None:
    assert requests_at(httpx.Response(200, json=PAGE, headers=headers)) == [0, second]


@pytest.mark.parametrize("error", [-600, -1, 0, 600])
@pytest.mark.parametrize("status", [429, 503])
def test_a_date_is_read_by_the_server_clock(status: int, error: float, monkeypatch: pytest.MonkeyPatch) -> None:
    """A date is measured by the server clock."""
    monkeypatch.setattr(random, "random", lambda: 0.0)
    headers = {"Retry-After": date(error + 2), "Date": date(error)}
    first, second = requests_at(httpx.Response(status, headers=headers), calls=1)
    assert second - first == pytest.approx(2)
