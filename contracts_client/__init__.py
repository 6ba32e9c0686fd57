"""An async client for Entur's Contracts API.

::

    async with ContractsClient("acme-ticketshop", auth=ClientCredentials("id", "secret")) as client:
        async for contract in client.list_contracts(customer_number=1001):
            print(contract.uuid, contract.status, contract.expiration_date)
"""

from ._version import __version__
from .auth.credentials import AccessToken, BearerToken, ClientCredentials, TokenProvider
from .bookmark import Bookmark
from .client import ContractsClient
from .clock import Clock
from .environment import Environment
from .errors import (
    APIConnectionError,
    APIError,
    APIStatusError,
    APITimeoutError,
    AuthenticationError,
    BadRequestError,
    ClientClosedError,
    ConfigurationError,
    ConflictError,
    ContractsError,
    InvalidArgumentError,
    NotFoundError,
    OutcomeUnknownError,
    PagingError,
    PermissionDeniedError,
    RateLimitError,
    ResponseDecodeError,
    ServerError,
    TokenError,
    UnprocessableEntityError,
    UnreadableOutcomeError,
)
from .hooks import AttemptEnd, CallEnd, CallObserver, CallStart, Hook
from .models import (
    Claim,
    Consumption,
    ConsumptionValidation,
    Contract,
    ContractConsumer,
    ContractPage,
    ContractStatus,
    ErrorBody,
    LocalizedText,
    LoyaltyProgram,
    LoyaltyProgramType,
    OrderLineEvent,
    Policy,
    TotalAmount,
    Transaction,
)
from .openapi.errors import DecodeError
from .pagination.drift import OnDrift, OnUnreadable, PagingDrift
from .pagination.page import UnreadableItem
from .pagination.paginator import Paginator
from .raw import RawPages, RawResponse
from .resilience.rate_limits import RateLimits
from .resilience.retry import INHERIT, RetryPolicy
from .schema_drift import SchemaDrift

__all__ = [
    "INHERIT",
    "APIConnectionError",
    "APIError",
    "APIStatusError",
    "APITimeoutError",
    "AccessToken",
    "AttemptEnd",
    "AuthenticationError",
    "BadRequestError",
    "BearerToken",
    "Bookmark",
    "CallEnd",
    "CallObserver",
    "CallStart",
    "Claim",
    "ClientClosedError",
    "ClientCredentials",
    "Clock",
    "ConfigurationError",
    "ConflictError",
    "Consumption",
    "ConsumptionValidation",
    "Contract",
    "ContractConsumer",
    "ContractPage",
    "ContractStatus",
    "ContractsClient",
    "ContractsError",
    "DecodeError",
    "Environment",
    "ErrorBody",
    "Hook",
    "InvalidArgumentError",
    "LocalizedText",
    "LoyaltyProgram",
    "LoyaltyProgramType",
    "NotFoundError",
    "OnDrift",
    "OnUnreadable",
    "OrderLineEvent",
    "OutcomeUnknownError",
    "Paginator",
    "PagingDrift",
    "PagingError",
    "PermissionDeniedError",
    "Policy",
    "RateLimitError",
    "RateLimits",
    "RawPages",
    "RawResponse",
    "ResponseDecodeError",
    "RetryPolicy",
    "SchemaDrift",
    "ServerError",
    "TokenError",
    "TokenProvider",
    "TotalAmount",
    "Transaction",
    "UnprocessableEntityError",
    "UnreadableItem",
    "UnreadableOutcomeError",
    "__version__",
]
