"""An async client for Entur's Contracts API.

::

    async with ContractsClient("acme-ticketshop", auth=ClientCredentials("id", "secret")) as client:
        async for contract in client.list_contracts(customer_number=1001):
            print(contract.uuid, contract.status, contract.expiration_date)
"""

from ._generated.errors import DecodeError
from ._version import __version__
from .auth import BearerToken, ClientCredentials
from .client import ContractsClient
from .drift import SchemaDrift
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
)
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
from .paging import Paginator

__all__ = [
    "APIConnectionError",
    "APIError",
    "APIStatusError",
    "APITimeoutError",
    "AuthenticationError",
    "BadRequestError",
    "BearerToken",
    "Claim",
    "ClientClosedError",
    "ClientCredentials",
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
    "InvalidArgumentError",
    "LocalizedText",
    "LoyaltyProgram",
    "LoyaltyProgramType",
    "NotFoundError",
    "OrderLineEvent",
    "OutcomeUnknownError",
    "Paginator",
    "PagingError",
    "PermissionDeniedError",
    "Policy",
    "RateLimitError",
    "ResponseDecodeError",
    "SchemaDrift",
    "ServerError",
    "TokenError",
    "TotalAmount",
    "Transaction",
    "UnprocessableEntityError",
    "__version__",
]
