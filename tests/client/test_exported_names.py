"""What `from contracts_client import ...` offers, and the tree of its errors."""

import types
import typing

import contracts_client
from contracts_client import errors

NAMES = [
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
    "INHERIT",
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

TREE = {
    "ContractsError": "Exception",
    "ConfigurationError": "ContractsError",
    "InvalidArgumentError": "ContractsError",
    "TokenError": "ContractsError",
    "ClientClosedError": "ContractsError",
    "PagingError": "ContractsError",
    "APIError": "ContractsError",
    "APIConnectionError": "APIError",
    "APITimeoutError": "APIConnectionError",
    "OutcomeUnknownError": "APIConnectionError",
    "UnreadableOutcomeError": "OutcomeUnknownError",
    "ResponseDecodeError": "APIError",
    "APIStatusError": "APIError",
    "BadRequestError": "APIStatusError",
    "AuthenticationError": "APIStatusError",
    "PermissionDeniedError": "APIStatusError",
    "NotFoundError": "APIStatusError",
    "ConflictError": "APIStatusError",
    "UnprocessableEntityError": "APIStatusError",
    "RateLimitError": "APIStatusError",
    "ServerError": "APIStatusError",
}


def test_the_public_names_are_exactly_these() -> None:
    assert sorted(contracts_client.__all__) == sorted(NAMES)
    assert len(set(NAMES)) == len(NAMES)
    public = {
        name
        for name, value in vars(contracts_client).items()
        if not name.startswith("_") and not isinstance(value, types.ModuleType)
    }
    assert public == set(NAMES) - {"__version__"}


def test_the_errors_are_the_promised_tree() -> None:
    found = {
        name: value.__bases__[0].__name__
        for name, value in vars(errors).items()
        if isinstance(value, type) and issubclass(value, Exception)
    }
    assert found == TREE
    assert issubclass(errors.ConfigurationError, ValueError)
    assert issubclass(errors.InvalidArgumentError, ValueError)


def test_annotations_resolve_at_run_time() -> None:
    for name in ("list_contracts", "get_contract", "claim_personnel_ticket", "__init__"):
        assert typing.get_type_hints(getattr(contracts_client.ContractsClient, name))
    assert typing.get_type_hints(contracts_client.Contract)["sub_contracts"] == list[contracts_client.Contract] | None
