"""The same request by each contender: by HTTP libraries, by openapi-generator's client, and by this package."""

from __future__ import annotations

import asyncio
import importlib
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from functools import partial
from http import HTTPStatus
from typing import Any
from urllib.parse import urlencode, urlsplit

PLACES = 20
NAME, TOKEN = "acme-ticketshop", "t0ken"
PATH = "/customers/v2/benefits/contracts"
HEADERS = {
    "Accept": "application/json",
    "Authorization": f"Bearer {TOKEN}",
    "ET-Client-Name": NAME,
    "X-Correlation-Id": "5f0c7a52-6d0f-4f7e-9b1c-0d8a3e1b2c3d",
}

Call = Callable[[], Awaitable[object]]


class Connection(asyncio.Protocol):
    """The least that asyncio can do: a connection, and a parser written in C."""

    def __init__(self) -> None:
        """Make the parser, which calls the methods of this object."""
        self.body = b""
        self.answered: asyncio.Future[bytes]
        self.transport: Any = None
        self._parser: Any = importlib.import_module("httptools").HttpResponseParser(self)

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Keep the way to send."""
        self.transport = transport

    def data_received(self, data: bytes) -> None:
        """Parse what comes."""
        self._parser.feed_data(data)

    def on_body(self, body: bytes) -> None:
        """Add to the body."""
        self.body += body

    def on_message_complete(self) -> None:
        """Give the body to the caller."""
        if self._parser.get_status_code() == HTTPStatus.OK:
            self.answered.set_result(self.body)
        else:
            self.answered.set_exception(RuntimeError("refused"))
        self.body = b""


@asynccontextmanager
async def floor(url: str, uuid: str) -> AsyncIterator[Call]:
    """The request as constant bytes over asyncio, with JSON parsed and nothing checked."""
    loop: Any = asyncio.get_running_loop()
    address = urlsplit(url)
    lines = [f"GET {PATH}?{urlencode({'uuid': uuid, 'page': '1'})} HTTP/1.1", f"Host: {address.netloc}"]
    request = "\r\n".join([*lines, *(f"{name}: {value}" for name, value in HEADERS.items()), "", ""]).encode()
    connections = [(await loop.create_connection(Connection, address.hostname, address.port))[1] for _ in range(PLACES)]
    free: asyncio.Queue[Connection] = asyncio.Queue()
    for each in connections:
        free.put_nowait(each)

    async def call() -> object:
        connection = await free.get()
        connection.answered = loop.create_future()
        connection.transport.write(request)
        body = await connection.answered
        free.put_nowait(connection)
        return json.loads(body)["items"][0]

    yield call
    for each in connections:
        each.transport.close()


@asynccontextmanager
async def bare(library: str, url: str, uuid: str) -> AsyncIterator[Call]:
    """The request by the client of httpx or httpx2, with JSON parsed and nothing checked."""
    module: Any = importlib.import_module(library)
    limits = module.Limits(max_connections=PLACES, max_keepalive_connections=PLACES)
    async with module.AsyncClient(base_url=url, limits=limits, timeout=20, trust_env=False) as client:

        async def call() -> object:
            response = await client.get(PATH, params={"uuid": uuid, "page": "1"}, headers=HEADERS)
            response.raise_for_status()
            return response.json()["items"][0]

        yield call


@asynccontextmanager
async def bare_aiohttp(url: str, uuid: str) -> AsyncIterator[Call]:
    """The request by aiohttp's own client, likewise."""
    module: Any = importlib.import_module("aiohttp")
    connector, timeout = module.TCPConnector(limit=PLACES), module.ClientTimeout(20)
    async with module.ClientSession(connector=connector, timeout=timeout, raise_for_status=True) as session:

        async def call() -> object:
            async with session.get(url + PATH, params={"uuid": uuid, "page": "1"}, headers=HEADERS) as response:
                return (await response.json())["items"][0]

        yield call


@asynccontextmanager
async def pyreqwest(url: str, uuid: str) -> AsyncIterator[Call]:
    """The request by pyreqwest's client, likewise; what it does in threads of its own counts too."""
    builder: Any = importlib.import_module("pyreqwest.client").ClientBuilder
    async with builder().max_connections(PLACES).error_for_status().no_proxy().build() as client:

        async def call() -> object:
            query = {"uuid": uuid, "page": "1"}
            response = await client.get(url + PATH).query(query).headers(HEADERS).build().send()
            return (await response.json())["items"][0]

        yield call


@asynccontextmanager
async def openapi_generator(url: str, uuid: str) -> AsyncIterator[Call]:
    """The operation of openapi-generator's asyncio client, which runs on aiohttp and decodes by pydantic."""
    module: Any = importlib.import_module("peer_oag")
    configuration = module.Configuration(host=url, access_token=TOKEN)
    configuration.connection_pool_maxsize = PLACES
    async with module.ApiClient(configuration) as client:
        operations = module.ContractsClientApi(client)

        async def call() -> object:
            return (await operations.get_contracts(NAME, uuid=uuid, page=1)).items[0]

        yield call


@asynccontextmanager
async def ours(library: str, url: str, uuid: str) -> AsyncIterator[Call]:
    """The operation of this package."""
    module: Any = importlib.import_module("contracts_client")
    transport: Any = None if library == "httpx" else library
    if library == "httpx-aiohttp":
        limits = importlib.import_module("httpx").Limits(max_connections=PLACES, max_keepalive_connections=PLACES)
        transport = importlib.import_module("httpx_aiohttp").AiohttpTransport(limits=limits, trust_env=False)
    async with module.ContractsClient(
        NAME, auth=module.BearerToken(TOKEN), base_url=url, transport=transport, max_concurrency=PLACES
    ) as client:
        yield lambda: client.get_contract(uuid)


CALLERS: dict[str, Callable[[str, str], AbstractAsyncContextManager[Call]]] = {
    "floor": floor,
    "aiohttp": bare_aiohttp,
    "pyreqwest": pyreqwest,
    "openapi_generator": openapi_generator,
    "httpx": partial(bare, "httpx"),
    "httpx2": partial(bare, "httpx2"),
    **{f"ours-{library}": partial(ours, library) for library in ("aiohttp", "httpx", "httpx2", "httpx-aiohttp")},
}
