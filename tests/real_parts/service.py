"""A service that claims tickets: what test_uvicorn_service.py starts and ends."""

from __future__ import annotations

import logging
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI, HTTPException, Request

from contracts_client import BearerToken, ContractsClient, ContractsError, OutcomeUnknownError

logging.basicConfig(level=logging.INFO, format="%(name)s %(levelname)s %(message)s")


@asynccontextmanager
async def lifespan(app: FastAPI) -> AsyncIterator[None]:
    async with ContractsClient("acme-ticketshop", base_url=os.environ["API_URL"], auth=BearerToken("t")) as client:
        app.state.client = client
        yield


app = FastAPI(lifespan=lifespan)


@app.post("/claims/{code}")
async def claim(code: str, request: Request) -> dict[str, bool]:
    client: ContractsClient = request.app.state.client
    try:
        done = await client.claim_personnel_ticket(code, customer_number=1001, correlation_id=f"claim-of-{code}")
    except OutcomeUnknownError:
        raise HTTPException(504) from None
    except ContractsError:
        raise HTTPException(502) from None
    return {"success": done.success}
