"""What each operation answers, by its operationId."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from . import queries
from .problems import Problem
from .rendering import CONTRACT_HOLDER, Renderer
from .shaping import fit, property_name

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from ..data.store import Contract, DataSet
    from ..specification import Operation, Specification
    from ..tokens import Credentials

DEFAULT_PER_PAGE = 20
MOST_PER_PAGE = 100

# The codes of a consumption's verdict. Only the first is documented; the others are the sandbox's own.
OK = 3101
UNKNOWN_CONTRACT = 3102
NO_CONSUMER = 3103
NOT_VALID = 3104
NOT_YET = 3105
OVER = 3106
NO_COUPONS = 3107

REASONS = {
    OK: "OK",
    UNKNOWN_CONTRACT: "There is no such contract.",
    NO_CONSUMER: "The customer may not use the contract.",
    NOT_VALID: "The status of the contract is not VALID.",
    NOT_YET: "The contract cannot be consumed yet.",
    OVER: "The contract has expired.",
    NO_COUPONS: "No coupons are left.",
}

_INCLUDES = ("includeConsumers", "includeOrderLineEvents", "page", "perPage")
# The query parameters that each operation understands, besides filters and the names of the page.
_MEANINGS: Mapping[str, tuple[str, ...]] = {
    "getContracts": (*_INCLUDES, "sortBy", "sortDirection"),
    "getContractsByExternalRef": (*_INCLUDES, "organisationId"),
    "getAllValidContractsByCustomerNumber": (
        *_INCLUDES,
        "organisationId",
        "travelDate",
        "includeExpiredContracts",
    ),
    "validateContractConsumption": (),
    "claimPersonnelTicket": (),
}

_CONTRACT = {"$ref": "#/components/schemas/ContractResponse"}
_CONSUMPTION = {"$ref": "#/components/schemas/Consumption"}
_SCALARS = {"string", "integer", "number", "boolean"}


@dataclass(frozen=True)
class Call:
    """A call that has been judged right by the specification.

    Args:
        operation: What is called.
        parameters: Path, query and header parameters by name, as the types that the specification gives them.
        body: The body as JSON, or None.
        client: Who calls, by the token.
        client_name: Who calls, by ET-Client-Name.
    """

    operation: Operation
    parameters: Mapping[str, Any]
    body: Any
    client: Credentials
    client_name: str

    @property
    def subject(self) -> Any:
        """The value of the path parameter, under any name that the document gives it."""
        return next(self.parameters[each.name] for each in self.operation.parameters if each.location == "path")


class Operations:
    """The operations on one data set.

    Args:
        specification: The document that names things.
        data: What the operations read, and the claim changes.
        clock: Tells the time, aware.
        page_answered: Called after each page that a listing has answered.
    """

    def __init__(
        self,
        specification: Specification,
        data: DataSet,
        clock: Callable[[], datetime],
        page_answered: Callable[[], None],
    ) -> None:
        self._specification = specification
        self._data = data
        self._page_answered = page_answered
        self._clock = clock
        self._renderer = Renderer(specification)
        self.handlers: Mapping[str, Callable[[Call], Any]] = {
            "getContracts": self._list_contracts,
            "getContractsByExternalRef": self._list_by_external_ref,
            "getAllValidContractsByCustomerNumber": self._list_valid,
            "validateContractConsumption": self._validate,
            "claimPersonnelTicket": self._claim,
        }
        properties: dict[str, dict[str, Any]] = specification.resolve(_CONTRACT).get("properties", {})
        self._sortable = {name for name, node in properties.items() if _is_scalar(specification.resolve(node))}

    def _list_contracts(self, call: Call) -> Any:
        asked = call.parameters
        if "organisationId" in asked and not call.client.internal:
            raise _internal_only("organisationId")
        found = _select(self._data.contracts, {name: asked[name] for name in queries.FILTERS if name in asked})
        # A filter that a later version of the document adds needs no handler where it names a property.
        for name in (asked.keys() & self._sortable) - queries.FILTERS.keys():
            found = [contract for contract in found if str(self._value(contract, name)) == str(asked[name])]
        return self._page(call, self._sorted(found, asked))

    def _list_by_external_ref(self, call: Call) -> Any:
        asked = call.parameters
        organisation = asked.get("organisationId", call.client.organisation_id)
        if not call.client.internal and str(organisation) != str(call.client.organisation_id):
            raise _internal_only("an organisationId other than the token's own")
        filters = {"externalRef": call.subject}
        if organisation is not None:
            filters["organisationId"] = organisation
        if "Entur-Customer-Number" in asked:
            # The header is text: leading zeros make no other number of it.
            filters["customerNumber"] = int(asked["Entur-Customer-Number"])
        return self._page(call, _select(self._data.contracts, filters))

    def _list_valid(self, call: Call) -> Any:
        asked = call.parameters
        filters = {"customerNumber": call.subject}
        if "organisationId" in asked:
            filters["organisationId"] = asked["organisationId"]
        when = _moment(asked["travelDate"], "travelDate") if "travelDate" in asked else self._clock()
        expired = asked.get("includeExpiredContracts", False)
        return self._rendered(
            call,
            [
                contract
                for contract in _select(self._data.contracts, filters)
                if queries.usable(contract, when) or (expired and queries.expired(contract, when))
            ],
        )

    def _validate(self, call: Call) -> Any:
        name = property_name(self._specification, call.operation.body, "consumptions", "array")
        consumptions: list[dict[str, Any]] = call.body[name]
        if not consumptions:
            raise Problem(400, "CONSUMPTIONS_EMPTY", f"{name} must have at least one item")
        used: dict[str, int] = {}
        verdicts = (self._verdict(consumption, used) for consumption in consumptions)
        code = next((verdict for verdict in verdicts if verdict != OK), OK)
        valid = property_name(self._specification, call.operation.answers[200], "isValid", "boolean")
        return {valid: code == OK, "code": code, "reason": REASONS[code]}

    def _verdict(self, consumption: dict[str, Any], used: dict[str, int]) -> int:
        def read(usual: str, holds: str) -> Any:
            return consumption.get(property_name(self._specification, _CONSUMPTION, usual, holds))

        travel = read("travelDate", "date-time")
        when = self._clock() if travel is None else _moment(travel, "travelDate")
        contract = self._data.contract(str(read("contractUuid", "string")))
        if contract is None:
            return UNKNOWN_CONTRACT
        # Consumptions that are checked together use up the coupons together.
        used[contract.uuid] = used.get(contract.uuid, 0) + 1
        left = contract.remaining_coupons
        faults = {
            NO_CONSUMER: not contract.is_consumed_by(int(read("customerNumber", "integer"))),
            NOT_VALID: contract.status != "VALID",
            NOT_YET: when < contract.consumable_from,
            OVER: contract.expiration_date is not None and contract.expiration_date <= when,
            NO_COUPONS: left is not None and left < used[contract.uuid],
        }
        return next((code for code, found in faults.items() if found), OK)

    def _claim(self, call: Call) -> Any:
        def name(schema: dict[str, Any], usual: str, holds: str) -> str:
            return property_name(self._specification, schema, usual, holds)

        request, answer = call.operation.body, call.operation.answers[200]
        ticket = self._data.personnel_ticket(call.body[name(request, "externalReference", "string")])
        if ticket is None:
            raise Problem(404, "PERSONNEL_TICKET_UNKNOWN", "no personnel ticket has this code")
        if ticket.claimed:
            raise Problem(400, "PERSONNEL_TICKET_ALREADY_CLAIMED", "the personnel ticket has been claimed already")
        customer = int(call.body[name(request, "customerNumber", "integer")])
        ticket.claim(customer, call.client_name, self._clock())
        for contract in ticket.contracts:
            self._renderer.forget(contract)
        return {name(answer, "success", "boolean"): True, name(answer, "customerNumber", "integer"): customer}

    def _sorted(self, found: list[Contract], asked: Mapping[str, Any]) -> list[Contract]:
        names: Sequence[str] = asked.get("sortBy", ())
        direction = asked.get("sortDirection", "ASC")
        if direction not in {"ASC", "DESC"}:
            raise Problem(400, "SORT_DIRECTION_UNKNOWN", "query parameter sortDirection must be ASC or DESC")
        if not self._sortable.issuperset(names):
            allowed = ", ".join(sorted(self._sortable))
            raise Problem(400, "SORT_PROPERTY_UNKNOWN", f"query parameter sortBy must be of: {allowed}")
        return queries.sort(found, names, self._value, descending=direction == "DESC")

    def _value(self, contract: Contract, name: str) -> Any:
        return self._renderer.full(contract).get(name)

    def _page(self, call: Call, found: list[Contract]) -> Any:
        names = call.operation.pagination
        size_name = names.get("perPage", "perPage")
        size = self._bounded(call, size_name)
        page = queries.page(found, call.parameters.get(names.get("page", "page"), 1), size)
        self._page_answered()
        return {
            names.get("items", "items"): self._rendered(call, page.items),
            names.get("totalItems", "totalItems"): page.total_items,
            names.get("totalPages", "totalPages"): page.total_pages,
        }

    @staticmethod
    def _bounded(call: Call, name: str) -> int:
        """Items a page: the document's own default and maximum win, once it states them."""
        declared = call.operation.parameter(name)
        schema = declared.schema if declared else {}
        size: int = call.parameters.get(name, schema.get("default", DEFAULT_PER_PAGE))
        most: int = schema.get("maximum", MOST_PER_PAGE)
        if size > most:
            raise Problem(400, "PER_PAGE_TOO_LARGE", f"query parameter {name} must be at most {most}")
        return size

    def _rendered(self, call: Call, contracts: list[Contract]) -> list[dict[str, Any]]:
        consumers = call.parameters.get("includeConsumers", CONTRACT_HOLDER)
        events = call.parameters.get("includeOrderLineEvents", False)
        return [self._renderer.render(contract, consumers, events=events) for contract in contracts]

    def _insist_on_meaning(self, call: Call) -> None:
        """Fail rather than ignore a parameter that the document has and the sandbox does not know."""
        operation = call.operation
        known = {*_MEANINGS[operation.operation_id], *operation.pagination.values()}
        if operation.operation_id == "getContracts":
            known |= {*queries.FILTERS, *self._sortable}
        for each in operation.parameters:
            if each.location == "query" and each.name in call.parameters and each.name not in known:
                message = f"the sandbox has no meaning for query parameter {each.name} yet"
                raise Problem(500, "SANDBOX_PARAMETER_UNSUPPORTED", message)

    def answer(self, call: Call) -> Any:
        """Answer a call.

        Returns:
            The body of the 200 as JSON, in the shape of the specification.

        Raises:
            Problem: The call is refused, or uses an operation or a parameter that the sandbox has no meaning for.
        """
        handler = self.handlers.get(name := call.operation.operation_id)
        if handler is None:
            raise Problem(500, "SANDBOX_OPERATION_UNSUPPORTED", f"the sandbox has no meaning for {name} yet")
        self._insist_on_meaning(call)
        body = handler(call)
        return fit(self._specification, call.operation.answers[200], body)


def _select(contracts: Sequence[Contract], filters: Mapping[str, Any]) -> list[Contract]:
    try:
        return queries.select(contracts, filters)
    except ValueError as error:
        # openapi-core lets a line break after a moment pass.
        raise Problem(400, "REQUEST_INVALID", "a query parameter is no moment in time") from error


def _moment(text: str, name: str) -> datetime:
    try:
        return queries.moment(text)
    except ValueError as error:
        raise Problem(400, "REQUEST_INVALID", f"{name} is no moment in time") from error


def _internal_only(what: str) -> Problem:
    return Problem(403, "INTERNAL_TOKEN_REQUIRED", f"{what} needs an internal token")


def _is_scalar(schema: dict[str, Any]) -> bool:
    kinds: str | list[str] | None = schema.get("type")
    return not _SCALARS.isdisjoint(kinds if isinstance(kinds, list) else [kinds])
