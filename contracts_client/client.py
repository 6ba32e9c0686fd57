"""The client: one method for each operation."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from . import arguments
from ._base import BaseClient
from ._generated.models import ClaimPersonnelTicketRequest, ValidateConsumptionRequest
from ._generated.operations.claim_personnel_ticket import claim_personnel_ticket
from ._generated.operations.get_all_valid_contracts_by_customer_number import (
    get_all_valid_contracts_by_customer_number,
)
from ._generated.operations.get_contracts import get_contracts
from ._generated.operations.get_contracts_by_external_ref import get_contracts_by_external_ref
from ._generated.operations.validate_contract_consumption import validate_contract_consumption
from ._listings.lookups import contract_of, only_contract
from ._listings.prepared import RawCall
from .arguments import IncludeConsumers
from .bookmark import Bookmark
from .calls.extras import HeadersLike, QueryLike
from .calls.options import TimeoutLike
from .models import Claim, Consumption, ConsumptionValidation, Contract, ContractPage, ContractPageBody
from .openapi.operation import Operation
from .pagination.drift import OnDrift, OnUnreadable
from .pagination.paginator import Paginator
from .raw import raw, raw_listing
from .resilience.retry import INHERIT, RetryLike


class ContractsClient(BaseClient):
    """A client for Entur's Contracts API, for asyncio.

    Make one for the life of the service, and use it from any number of tasks::

        async with ContractsClient("acme-ticketshop", auth=ClientCredentials("id", "secret")) as client:
            async for contract in client.list_contracts(customer_number=1001):
                ...

    Every operation takes the same options, by keyword: ``correlation_id`` (the call's X-Correlation-Id), ``timeout``,
    ``deadline`` and ``retry`` (as below; a ``retry`` of None means one attempt), ``extra_query`` and ``extra_headers``
    (what the specification does not know; a name that the client itself sends is refused). Every operation raises
    InvalidArgumentError before anything is sent, TokenError if there is no token, and APIError for what comes after;
    ``contracts_client.errors`` shows them all.

    Args:
        client_name: Who is calling, sent as ET-Client-Name: ``<company>-<application>`` (documented), in lower case.
        auth: ClientCredentials, BearerToken, an async callable that returns a token, any Auth of httpx or httpx2, or
            None.
        environment: The installation of the API to use. The addresses of the named ones are published.
        base_url: Base URL of the API, instead of the environment's. Plain http is for loopback alone. With a loopback
            base URL, tokens come from that URL too, unless the environment's ``auth_url`` is a loopback address itself.
        timeout: For one attempt: a Timeout of httpx or httpx2 for its phases, or seconds for all of it. Default: 5 s to
            connect, 20 s to read, 10 s to write, each without progress. It bounds the request for a token too.
        deadline: Seconds for a whole call: queueing, token, attempts and body; ``math.inf`` for no end. Default: 60 s.
            It bounds a token request too, which serves all calls and takes at most 30 s.
        retry: How often a call is retried if that is safe; None for one attempt. Default: ``RetryPolicy()``, four
            attempts.
        limits: Limits that the provider gave you. Default: none, they are learned from refusals.
        max_concurrency: Exchanges under way at once, from 1; more calls wait in the queue. Default: 20.
        correlation_id: A context variable that holds the correlation id, or a function that returns the id of each call
            without one of its own. Default, also if the variable holds none: a random UUID.
        transport: "httpx2" or "aiohttp" for that library, or an httpx.AsyncBaseTransport of yours, which is closed with
            the client, and used for tokens too. Default: httpx.
        ssl_context: A context of yours, such as one with an authority of your own. A UserWarning says if it does not
            verify servers, or logs its keys.
        trust_env: Whether proxy variables and SSL_CERT_FILE of the environment count. Default: they do.
        max_response_bytes: Bytes of one response, after its gzip is undone. Default: 16 MiB.
        connection_lifetime: Seconds after which a connection takes no more requests, up to a fifth fewer at random, so
            that a change of the server's address is followed. Default: 300.
        on_schema_drift: Called with each thing that the server sends and the specification does not know: an unknown
            property, or an unknown value of an enumeration. Called once for each place, with its path and no personal
            value.
        strict: Whether schema drift is a ResponseDecodeError instead: for your CI, not for production.
        hooks: Called with every call that starts, to observe it; see ``contracts_client.hooks``.
        clock: The source of time, for tests that can't wait; see ``contracts_client.clock``.

    Raises:
        ConfigurationError: An argument breaks a rule; the message names both, never the value.
    """

    @property
    def with_raw_response(self) -> RawContracts:
        """The same operations, each of which returns the whole response: a RawResponse, or RawPages for a listing."""
        view = self.with_options()
        view._prepared = RawCall  # noqa: SLF001 # an instance of this class
        return RawContracts(view)

    def list_contracts(  # every filter of the documentation page, by name
        self,
        *,
        uuid: str | None = None,
        customer_number: int | None = None,
        customer_ref: str | None = None,
        loyalty_program_id: str | None = None,
        contract_holder: int | None = None,
        consumable_after: date | datetime | None = None,
        consumable_before: date | datetime | None = None,
        expiration_date_after: date | datetime | None = None,
        expiration_date_before: date | datetime | None = None,
        external_ref: str | None = None,
        organisation_id: int | None = None,
        sort_by: str | Sequence[str] | None = None,
        sort_direction: str | None = None,
        page: int | None = None,
        per_page: int | None = None,
        include_order_line_events: bool | None = None,
        include_consumers: IncludeConsumers | None = None,
        limit: int | None = None,
        prefetch: int | None = None,
        resume: Bookmark | str | None = None,
        on_drift: OnDrift = "report",
        deduplicate: bool = True,
        on_unreadable: OnUnreadable = "raise",
        correlation_id: str | None = None,
        timeout: TimeoutLike | None = None,
        deadline: float | None = None,
        retry: RetryLike = INHERIT,
        extra_query: QueryLike | None = None,
        extra_headers: HeadersLike | None = None,
    ) -> Paginator[Contract, ContractPage]:
        """List contracts that match every filter given (documented; the types of the filters are inferred).

        Args:
            uuid: The contract with this identifier.
            customer_number: Contracts that this customer may consume; an integer from 1.
            customer_ref: Contracts that this customer may consume, by the organisation's own id of the customer.
            loyalty_program_id: Contracts of this loyalty program.
            contract_holder: Contracts that the customer of this number holds; an integer from 1.
            consumable_after: Contracts that can be consumed after this date or aware datetime.
            consumable_before: Contracts that can be consumed before it.
            expiration_date_after: Contracts that expire after this date or aware datetime.
            expiration_date_before: Contracts that expire before it.
            external_ref: Contracts with this external reference, such as the code of a personnel ticket.
            organisation_id: Contracts of this organisation; the server demands an internal token.
            sort_by: One property to sort by, or several, most significant first.
            sort_direction: ``ASC`` or ``DESC`` (inferred), if ``sort_by`` is given.
            page: The page to start with, from 1.
            per_page: Items a page, from 1. A sister API has 20 by default and at most 100.
            include_order_line_events: Whether contracts carry their order line events, which can be slow. Default: no.
            include_consumers: ``all``, ``none`` or ``contract-holder``, the default; ``all`` can be slow.
            limit: Most items to yield, from 0.
            prefetch: Pages to fetch ahead while iterating, from 0, beyond the awaited page. All of them together take
                at most half of ``max_concurrency``, so that other calls get permits. Default: 4.
            resume: A bookmark of the same query, or its text: go on right after the last yielded item.
            on_drift: What to do if the listing moves while it is read: ``report`` goes on, logs it and counts it in
                ``drift``; ``raise`` raises PagingError; ``restart`` reads the listing from its start again, at most
                three times, and leaves out what it has yielded.
            deduplicate: Whether a contract that comes again, by its uuid, is left out. Ten thousand are remembered.
            on_unreadable: What to do about a contract that can't be read: ``raise`` raises ResponseDecodeError, whose
                ``bookmark_after`` goes on without it; ``skip`` leaves it out, tells ``on_schema_drift``, logs it, and
                counts it in ``drift.unreadable``. A client with ``strict=True`` raises in any case.
            correlation_id: X-Correlation-Id of every page; None makes one a page.
            timeout: As for the client, for every page.
            deadline: As for the client, for every page.
            retry: As for the client, for every page.
            extra_query: More parameters of the query, as for ``request()``.
            extra_headers: More headers, as for ``request()``.

        Returns:
            The listing. Nothing is sent yet: await it for the first page, iterate over it for all items.

        Raises:
            InvalidArgumentError: An argument breaks a rule.
        """
        if customer_number is not None:
            customer_number = arguments.customer_number("customer_number", customer_number)
        if contract_holder is not None:
            contract_holder = arguments.customer_number("contract_holder", contract_holder)
        names = arguments.sort_by(sort_by)
        consumers = arguments.include_consumers(include_consumers)

        def ask(page: int | None, per_page: int | None) -> Operation[ContractPageBody]:
            return get_contracts(
                uuid=uuid,
                customer_number=customer_number,
                customer_ref=customer_ref,
                loyalty_program_id=loyalty_program_id,
                contract_holder=contract_holder,
                consumable_after=consumable_after,
                consumable_before=consumable_before,
                expiration_date_after=expiration_date_after,
                expiration_date_before=expiration_date_before,
                external_ref=external_ref,
                organisation_id=organisation_id,
                sort_by=names,
                sort_direction=sort_direction,
                page=page,
                per_page=per_page,
                include_order_line_events=include_order_line_events,
                include_consumers=consumers,
            )

        call = self._call("list_contracts", correlation_id, timeout, deadline, retry, extra_query, extra_headers)
        return call.paginated(
            ask,
            page=page,
            per_page=per_page,
            limit=limit,
            prefetch=prefetch,
            resume=resume,
            on_drift=on_drift,
            deduplicate=deduplicate,
            on_unreadable=on_unreadable,
        )

    async def get_contract(
        self,
        uuid: str,
        *,
        include_order_line_events: bool | None = None,
        include_consumers: IncludeConsumers | None = None,
        correlation_id: str | None = None,
        timeout: TimeoutLike | None = None,
        deadline: float | None = None,
        retry: RetryLike = INHERIT,
        extra_query: QueryLike | None = None,
        extra_headers: HeadersLike | None = None,
    ) -> Contract:
        """Return the contract with an identifier, by way of the listing's ``uuid`` filter (documented).

        Args:
            uuid: The contract's identifier; not necessarily an RFC 4122 UUID.
            include_order_line_events: As for list_contracts.
            include_consumers: As for list_contracts.
            correlation_id: The call's X-Correlation-Id.
            timeout: As for the client.
            deadline: As for the client.
            retry: As for the client.
            extra_query: More parameters of the query, as for ``request()``.
            extra_headers: More headers, as for ``request()``.

        Raises:
            InvalidArgumentError: An argument breaks a rule.
            NotFoundError: There is no such contract, or the caller may not see it.
            ResponseDecodeError: The API answered with other contracts than the requested one.
        """
        listing = arguments.encoded(
            lambda: get_contracts(
                uuid=arguments.required_text("uuid", uuid),
                page=1,
                include_order_line_events=include_order_line_events,
                include_consumers=arguments.include_consumers(include_consumers),
            )
        )
        call = self._call("get_contract", correlation_id, timeout, deadline, retry, extra_query, extra_headers)
        return await call.run(only_contract(listing, uuid))

    def list_contracts_by_external_ref(
        self,
        external_ref: str,
        *,
        organisation_id: int | None = None,
        page: int | None = None,
        per_page: int | None = None,
        include_order_line_events: bool | None = None,
        include_consumers: IncludeConsumers | None = None,
        entur_customer_number: int | None = None,
        limit: int | None = None,
        prefetch: int | None = None,
        resume: Bookmark | str | None = None,
        on_drift: OnDrift = "report",
        deduplicate: bool = True,
        on_unreadable: OnUnreadable = "raise",
        correlation_id: str | None = None,
        timeout: TimeoutLike | None = None,
        deadline: float | None = None,
        retry: RetryLike = INHERIT,
        extra_query: QueryLike | None = None,
        extra_headers: HeadersLike | None = None,
    ) -> Paginator[Contract, ContractPage]:
        """List the contracts with an external reference (documented; its path is inferred).

        Args:
            external_ref: The reference, such as a membership number or the code of a personnel ticket. It becomes a
                segment of the path, so it must not be blank or hold the segments ``.`` or ``..``, encoded or not.
            organisation_id: The organisation whose contracts are listed; None is that of the token.
            page: The page to start with, from 1.
            per_page: Items a page, from 1.
            include_order_line_events: As for list_contracts.
            include_consumers: As for list_contracts.
            entur_customer_number: The customer who is logged in, sent as Entur-Customer-Number, to see no more than
                that customer may; an integer from 1.
            limit: Most items to yield, from 0.
            prefetch: As for list_contracts.
            resume: As for list_contracts.
            on_drift: As for list_contracts.
            deduplicate: As for list_contracts.
            on_unreadable: As for list_contracts.
            correlation_id: X-Correlation-Id of every page; None makes one a page.
            timeout: As for the client, for every page.
            deadline: As for the client, for every page.
            retry: As for the client, for every page.
            extra_query: More parameters of the query, as for ``request()``.
            extra_headers: More headers, as for ``request()``.

        Returns:
            The listing. Nothing is sent yet: await it for the first page, iterate over it for all items.

        Raises:
            InvalidArgumentError: An argument breaks a rule.
        """
        entur_customer_number = arguments.optional_customer_number("entur_customer_number", entur_customer_number)
        consumers = arguments.include_consumers(include_consumers)

        def ask(page: int | None, per_page: int | None) -> Operation[ContractPageBody]:
            return get_contracts_by_external_ref(
                external_ref=external_ref,
                organisation_id=organisation_id,
                page=page,
                per_page=per_page,
                include_order_line_events=include_order_line_events,
                include_consumers=consumers,
                entur_customer_number=None if entur_customer_number is None else str(entur_customer_number),
            )

        call = self._call(
            "list_contracts_by_external_ref", correlation_id, timeout, deadline, retry, extra_query, extra_headers
        )
        return call.paginated(
            ask,
            page=page,
            per_page=per_page,
            limit=limit,
            prefetch=prefetch,
            resume=resume,
            on_drift=on_drift,
            deduplicate=deduplicate,
            on_unreadable=on_unreadable,
        )

    async def list_valid_contracts(
        self,
        customer_number: int,
        *,
        travel_date: datetime | None = None,
        organisation_id: int | None = None,
        include_expired_contracts: bool | None = None,
        include_order_line_events: bool | None = None,
        include_consumers: IncludeConsumers | None = None,
        correlation_id: str | None = None,
        timeout: TimeoutLike | None = None,
        deadline: float | None = None,
        retry: RetryLike = INHERIT,
        extra_query: QueryLike | None = None,
        extra_headers: HeadersLike | None = None,
    ) -> list[Contract]:
        """Return every contract of a customer that is VALID within its time frame (documented; the path is published).

        Args:
            customer_number: The customer; an integer from 1.
            travel_date: The moment of travel, as an aware datetime.
            organisation_id: Contracts of this organisation.
            include_expired_contracts: Whether expired contracts are listed too.
            include_order_line_events: As for list_contracts.
            include_consumers: As for list_contracts.
            correlation_id: The call's X-Correlation-Id.
            timeout: As for the client.
            deadline: As for the client.
            retry: As for the client.
            extra_query: More parameters of the query, as for ``request()``.
            extra_headers: More headers, as for ``request()``.

        Raises:
            InvalidArgumentError: An argument breaks a rule.
            APIError: The call failed; see ``contracts_client.errors``.
        """
        operation = arguments.encoded(
            lambda: get_all_valid_contracts_by_customer_number(
                customer_number=arguments.customer_number("customer_number", customer_number),
                travel_date=travel_date,
                organisation_id=organisation_id,
                include_expired_contracts=include_expired_contracts,
                include_order_line_events=include_order_line_events,
                include_consumers=arguments.include_consumers(include_consumers),
            )
        )
        return await self._call(
            "list_valid_contracts", correlation_id, timeout, deadline, retry, extra_query, extra_headers
        ).run(operation)

    async def validate_consumption(
        self,
        consumptions: Iterable[Consumption],
        *,
        correlation_id: str | None = None,
        timeout: TimeoutLike | None = None,
        deadline: float | None = None,
        retry: RetryLike = INHERIT,
        extra_query: QueryLike | None = None,
        extra_headers: HeadersLike | None = None,
    ) -> ConsumptionValidation:
        """Tell whether every one of some consumptions can be made; changes nothing (documented; names are inferred).

        Args:
            consumptions: What is to be consumed, by whom and when; at least one.
            correlation_id: The call's X-Correlation-Id.
            timeout: As for the client.
            deadline: As for the client.
            retry: As for the client.
            extra_query: More parameters of the query, as for ``request()``.
            extra_headers: More headers, as for ``request()``.

        Returns:
            The verdict. Code 3101 means that all is well (documented); the code may be a number or a text.

        Raises:
            InvalidArgumentError: An argument breaks a rule, such as a travel date without an offset.
            APIError: The call failed; see ``contracts_client.errors``.
        """
        body = ValidateConsumptionRequest(consumptions=arguments.consumptions(consumptions))
        call = self._call("validate_consumption", correlation_id, timeout, deadline, retry, extra_query, extra_headers)
        return await call.run(arguments.encoded(lambda: validate_contract_consumption(body=body)))

    async def claim_personnel_ticket(
        self,
        external_reference: str,
        *,
        customer_number: int,
        correlation_id: str | None = None,
        timeout: TimeoutLike | None = None,
        deadline: float | None = None,
        retry: RetryLike = INHERIT,
        extra_query: QueryLike | None = None,
        extra_headers: HeadersLike | None = None,
    ) -> Claim:
        """Claim a personnel ticket for a customer (documented and published).

        A claim is sent at most once, on a connection of its own. It is retried only if nothing of it was sent, or with
        another token after a 401, which says that it was not executed. The outcome of a claim whose caller is cancelled
        is logged with its correlation id.

        Args:
            external_reference: The ticket's pickup code, such as ``ABC-DEF-123`` (its form is documented).
            customer_number: The customer who claims it; an integer from 1.
            correlation_id: The call's X-Correlation-Id.
            timeout: As for the client.
            deadline: As for the client.
            retry: As for the client.
            extra_query: More parameters of the query, as for ``request()``.
            extra_headers: More headers, as for ``request()``.

        Returns:
            The outcome. ``success`` can be False without any error.

        Raises:
            InvalidArgumentError: An argument breaks a rule.
            OutcomeUnknownError: The claim may have been executed; find_claim says whether it was. For an answer that
                can't be read, it is an UnreadableOutcomeError, which is a ResponseDecodeError too.
            APIError: The claim was not executed; see ``contracts_client.errors``.
        """
        body = ClaimPersonnelTicketRequest(
            external_reference=arguments.pickup_code(external_reference),
            customer_number=arguments.customer_number("customer_number", customer_number),
        )
        call = self._call(
            "claim_personnel_ticket",
            correlation_id,
            timeout,
            deadline,
            retry,
            extra_query,
            extra_headers,
            at_most_once=True,
        )
        return await call.run(arguments.encoded(lambda: claim_personnel_ticket(body=body)))

    async def find_claim(
        self,
        external_reference: str,
        *,
        customer_number: int,
        correlation_id: str | None = None,
        timeout: TimeoutLike | None = None,
        deadline: float | None = None,
        retry: RetryLike = INHERIT,
        extra_query: QueryLike | None = None,
        extra_headers: HeadersLike | None = None,
    ) -> Contract | None:
        """Tell whether a personnel ticket has been claimed for a customer, after a claim whose outcome is unknown.

        Reads the contracts with the ticket's pickup code as their external reference, page by page, and looks for the
        customer among their consumers. A claim that the API still works on may show up a little later.

        Args:
            external_reference: The ticket's pickup code.
            customer_number: The customer who claimed it; an integer from 1.
            correlation_id: X-Correlation-Id of every page; None makes one a page.
            timeout: As for the client, for every page.
            deadline: As for the client, for every page.
            retry: As for the client, for every page.
            extra_query: More parameters of the query, as for ``request()``.
            extra_headers: More headers, as for ``request()``.

        Returns:
            The contract that the customer may consume if the claim was executed, or None.

        Raises:
            InvalidArgumentError: An argument breaks a rule.
            PagingError: The contract was not found, but the listing moved or had empty pages each time that it was
                read, or a contract came without its consumers. Whether it was claimed is still unknown.
            NotFoundError: A 404 without the API's own JSON, which may be a gateway's. Whether it was claimed is still
                unknown.
            APIError: The contracts can't be read; see ``contracts_client.errors``.
        """
        customer_number = arguments.customer_number("customer_number", customer_number)
        listing = self.list_contracts_by_external_ref(
            arguments.pickup_code(external_reference),
            include_consumers="all",
            correlation_id=correlation_id,
            timeout=timeout,
            deadline=deadline,
            retry=retry,
            extra_query=extra_query,
            extra_headers=extra_headers,
        )
        return await contract_of(listing, customer_number)


class RawContracts:
    """The operations of a client, which return whole responses. They take the same arguments.

    There is no ``find_claim``, which reads several responses: list by external reference, with all consumers.

    Args:
        view: A view whose calls are raw.
    """

    def __init__(self, view: ContractsClient) -> None:
        self.list_contracts = raw_listing(view.list_contracts)
        self.get_contract = raw(view.get_contract)
        self.list_contracts_by_external_ref = raw_listing(view.list_contracts_by_external_ref)
        self.list_valid_contracts = raw(view.list_valid_contracts)
        self.validate_consumption = raw(view.validate_consumption)
        self.claim_personnel_ticket = raw(view.claim_personnel_ticket)
