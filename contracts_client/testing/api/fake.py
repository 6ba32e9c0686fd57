"""The fake: the sandbox's application in the process of a test, without a network, with scripted failures."""

from __future__ import annotations

from functools import cache
from typing import Any, Final, Unpack, cast

import httpx

from ..._base import ClientOptions
from ...arguments import pickup_code
from ...auth.credentials import ClientCredentials
from ...client import ContractsClient
from ...environment import Environment
from ...errors import InvalidArgumentError
from ...models import Contract
from ...sandbox.app import State, create_app
from ...sandbox.checking import Checker, SentRequest
from ...sandbox.data.store import PersonnelTicket
from ...sandbox.responses.rendering import Renderer
from ...sandbox.responses.shaping import fit
from ...sandbox.specification import Specification, load_specification
from ..builders import a_contract
from ..clock import ManualClock
from ..data.models import with_properties
from ..faults.exchange import answering
from ..faults.script import Plans, Script
from ..records.recording import Recorder
from .in_process import InProcessExchange, InProcessServer
from .scripted import Scripted
from .stored_contracts import StoredContract

__tracebackhide__ = True  # what a test did wrong is seen best in the test

URL: Final = "https://contracts.example"
"""The base URL of the fake."""

CLIENT_NAME: Final = "acme-ticketshop"
"""The ET-Client-Name of a client that names none."""

FIRST_CODE: Final = "ABC-DEF-001"
"""The pickup code of a personnel ticket that names none."""

_SCHEMA: Final = {"$ref": "#/components/schemas/ContractResponse"}


class FakeContractsApi(Scripted):
    """The Contracts API for a test: it answers by the specification, records calls, and fails as a test scripts it.

    It holds nothing at first. What it answers, and what it refuses, is the sandbox's doing.

    Args:
        clock: The time of the API and of its clients; None makes one.
        contracts: How many contracts of the sandbox's own data set there are, 0 to 20 000.
        seed: Which data set.

    Attributes:
        clock: The time.
    """

    def __init__(self, *, clock: ManualClock | None = None, contracts: int = 0, seed: int = 1) -> None:
        self.clock = ManualClock() if clock is None else clock
        app = create_app(contracts, seed, clock=lambda: self.clock.now, specification=_specification().document)
        state: State = app.state.sandbox
        state.checker = _checker()
        super().__init__(state)
        self._renderer = Renderer(state.specification)
        self._server = InProcessServer(answering(app), self.clock)

    def __repr__(self) -> str:
        return f"<FakeContractsApi with {len(self._state.data.contracts)} contracts, {len(self.calls)} calls>"

    # --- clients ------------------------------------------------------------------------------------------------------

    def connect(self, client_name: str = CLIENT_NAME, **options: Unpack[ClientOptions]) -> ContractsClient:
        """Make a client of this API. It needs no closing, and may be closed.

        Args:
            client_name: As for ContractsClient.
            options: Options of ContractsClient; hooks come on top of the fake's own.
        """
        own = self.client_options
        hooks = [*own.pop("hooks", ()), *options.pop("hooks", ())]
        merged: ClientOptions = {**own, **options, "hooks": hooks}
        return ContractsClient(client_name, **merged)

    @property
    def client_options(self) -> ClientOptions:
        """The options that connect any ContractsClient with this API: ``ContractsClient("me-too", **...)``."""
        return {
            "auth": ClientCredentials(self._state.internal_client.client_id, self._state.internal_client.client_secret),
            "environment": Environment(api_url=URL, auth_url=URL),
            "transport": _Transport(self._server, self._recorder, self._plans),
            "hooks": [self._recorder],
            "clock": self.clock,
        }

    # --- what it knows ------------------------------------------------------------------------------------------------

    @property
    def contracts(self) -> tuple[Contract, ...]:
        """Every contract, as it is now, in the order of the uuids."""
        return tuple(self._model(each.uuid) for each in self._state.data.contracts)

    def contract(self, contract: Contract | str) -> Contract:
        """Return a contract as it is now.

        Args:
            contract: The contract, or its uuid.

        Raises:
            InvalidArgumentError: There is none with this uuid.
        """
        return self._model(_uuid(contract))

    def add(self, contract: Contract, *more: Contract) -> Contract:
        """Add contracts, and return the first.

        Raises:
            InvalidArgumentError: It is no contract, or there is one with this uuid.
        """
        for each in (contract, *more):
            self._insist_on_known_properties(each)
            try:
                self._state.data.insert(StoredContract.of(each))
            except ValueError:
                raise InvalidArgumentError(
                    "contract", "must have a uuid of its own: a_contract(2), or a_contract(uuid=...)"
                ) from None
        return contract

    def change(self, contract: Contract | str, **properties: Any) -> Contract:
        """Change a contract, and return it as it is now.

        Args:
            contract: The contract, or its uuid.
            properties: New values by the names of the attributes.

        Raises:
            InvalidArgumentError: There is none with this uuid, or a value is of another type than the property.
            TypeError: There is no such property.
        """
        changed = with_properties(self._model(_uuid(contract)), properties)
        old = self._find(_uuid(contract))
        self.remove(contract)
        self.add(changed)
        new = self._find(changed.uuid)
        for ticket in self._state.data.personnel_tickets:
            ticket.contracts = tuple(new if each is old else each for each in ticket.contracts)
        return changed

    def remove(self, contract: Contract | str) -> None:
        """Take a contract away.

        Raises:
            InvalidArgumentError: There is none with this uuid.
        """
        self._find(_uuid(contract))
        self._state.data.remove(_uuid(contract))

    def add_personnel_ticket(self, code: str = FIRST_CODE, contract: Contract | None = None) -> str:
        """Add a personnel ticket that nobody has claimed, and return its pickup code.

        Args:
            code: The code, such as ABC-DEF-123.
            contract: What it stands for; None makes a contract that can be consumed. Its external reference becomes the
                code, and its consumers an empty list if it has none.

        Raises:
            InvalidArgumentError: It is no pickup code, or that of another ticket, or the contract's uuid is taken.
        """
        data = self._state.data
        pickup_code(code)
        if data.personnel_ticket(code) is not None:
            raise InvalidArgumentError("code", "must be that of no other ticket")
        wanted = a_contract(uuid=f"contract-of-{code}") if contract is None else contract
        consumers = wanted.contract_consumers or []  # what the API lists, and find_claim() looks for
        added = self.add(with_properties(wanted, {"external_ref": code, "contract_consumers": consumers}))
        data.personnel_tickets += (PersonnelTicket(code, "private", (self._find(added.uuid),)),)
        return code

    def claimed_by(self, code: str) -> int | None:
        """Return the number of the customer who has claimed a personnel ticket, or None.

        Raises:
            InvalidArgumentError: There is no ticket with this code.
        """
        ticket = self._state.data.personnel_ticket(code)
        if ticket is None:
            raise InvalidArgumentError("code", "must be that of a personnel ticket that was added")
        return ticket.customer_number

    def _script(self, operation: str | None, times: int | None) -> Script:
        return Script(self._plans, operation, times, self.add, self.remove)

    def _insist_on_known_properties(self, contract: Contract) -> None:
        if not isinstance(cast("object", contract), Contract):
            raise InvalidArgumentError("contract", "must be a Contract, such as a_contract() makes")
        document = contract.to_dict()
        if fit(self._state.specification, _SCHEMA, document) != document:
            raise InvalidArgumentError(
                "contract",
                "must have no property that the specification does not know: script one with sends_unknown_field(), or "
                "an answer of your own with answers(200, ...)",
            )

    def _find(self, uuid: str) -> Any:
        found = self._state.data.contract(uuid)
        if found is None:
            raise InvalidArgumentError("contract", "must be one that was added")
        return found

    def _model(self, uuid: str) -> Contract:
        found = self._find(uuid)
        if isinstance(found, StoredContract):
            return found.model
        self._renderer.forget(found)  # it may have been claimed
        return Contract.from_dict(self._renderer.full(found))


class _Lenient(Checker):
    """Judges requests alone: a test may well want an answer that the specification does not allow."""

    def check_response(self, request: SentRequest | None, status: int, body: bytes, headers: dict[str, str]) -> None:
        """Let everything pass."""


# Read once, and its validators are made once: a fake for each test shall cost next to nothing.
@cache
def _specification() -> Specification:
    return load_specification()


@cache
def _checker() -> Checker:
    return _Lenient(_specification())


class _Transport(httpx.AsyncBaseTransport):
    """The way to the fake."""

    def __init__(self, server: InProcessServer, recorder: Recorder, plans: Plans) -> None:
        self._server = server
        self._recorder = recorder
        self._plans = plans

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Answer a request, or fail as it is scripted."""
        await request.aread()
        record, left = self._recorder.note(request)
        return await self._plans.take(record)(InProcessExchange(self._server, request, record, left))


def _uuid(contract: Contract | str) -> str:
    return contract if isinstance(contract, str) else contract.uuid
