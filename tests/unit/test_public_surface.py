"""What ``from contracts_client import ...`` offers; tests/client/test_exported_names.py has the whole list."""

import importlib.resources
import inspect
import pkgutil
import types

import pytest

import contracts_client

# What is promised to users, and so outlives any rewrite.
PROMISED = [
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
    "Environment",
    "ErrorBody",
    "InvalidArgumentError",
    "LocalizedText",
    "LoyaltyProgram",
    "NotFoundError",
    "OrderLineEvent",
    "OutcomeUnknownError",
    "PagingError",
    "PermissionDeniedError",
    "Policy",
    "RateLimitError",
    "ResponseDecodeError",
    "ServerError",
    "TokenError",
    "TotalAmount",
    "Transaction",
    "UnprocessableEntityError",
]
MODELS = [
    "Claim",
    "Consumption",
    "ConsumptionValidation",
    "Contract",
    "ContractConsumer",
    "ContractPage",
    "ErrorBody",
    "LocalizedText",
    "LoyaltyProgram",
    "OrderLineEvent",
    "Policy",
    "TotalAmount",
    "Transaction",
]


@pytest.mark.parametrize("name", PROMISED)
def test_what_is_promised_can_be_imported(name: str) -> None:
    assert name in contracts_client.__all__
    assert inspect.isclass(getattr(contracts_client, name))


@pytest.mark.parametrize("name", contracts_client.__all__)
def test_exports_exist_and_are_described(name: str) -> None:
    """What is exported is there and described."""
    value = getattr(contracts_client, name)
    assert isinstance(value, str) or name in {"Hook", "OnDrift", "OnUnreadable"} or inspect.getdoc(value)


def test_the_names_are_sorted_and_unique() -> None:
    # as ruff sorts: constants, classes, the rest
    """The names are sorted and each is there once."""
    assert contracts_client.__all__ == sorted(
        set(contracts_client.__all__), key=lambda name: (not name.isupper(), name)
    )


def test_nothing_else_is_public() -> None:
    """Nothing public leaks beside the exported names."""
    submodules = {module.name for module in pkgutil.iter_modules(contracts_client.__path__)}
    leaked = {name for name in dir(contracts_client) if not name.startswith("_")} - set(contracts_client.__all__)
    assert leaked <= submodules
    assert all(isinstance(getattr(contracts_client, name), types.ModuleType) for name in leaked)


def test_a_star_import_brings_only_exports() -> None:
    """A star import brings the exported names and no more."""
    namespace: dict[str, object] = {}
    exec("from contracts_client import *", namespace)
    assert set(namespace) - {"__builtins__"} == set(contracts_client.__all__)


@pytest.mark.parametrize("name", MODELS)
def test_every_model_reads_and_writes_json(name: str) -> None:
    model = getattr(contracts_client, name)
    assert callable(model.from_dict)
    assert callable(model.to_dict)


def test_the_package_says_that_it_is_typed() -> None:
    assert (importlib.resources.files(contracts_client) / "py.typed").is_file()


def test_every_error_derives_from_the_base() -> None:
    """Every error is an error of the package. But for DecodeError, which reading a model by hand raises."""
    exceptions = {
        name
        for name in contracts_client.__all__
        if inspect.isclass(getattr(contracts_client, name)) and issubclass(getattr(contracts_client, name), Exception)
    }
    ours = {name for name in exceptions if issubclass(getattr(contracts_client, name), contracts_client.ContractsError)}
    assert exceptions - ours == {"DecodeError"}
