"""What a client says to a wrong argument, and to those who copy it."""

import copy
import gc
import pickle
import warnings
from collections.abc import Callable
from typing import Any

import pytest

from contracts_client import ContractsClient


@pytest.mark.parametrize(
    ("misuse", "said"),
    [
        (ContractsClient, "ContractsClient.__init__() missing 1 required positional argument: 'client_name'"),
        (
            lambda: ContractsClient("acme-shop", tiemout=1),
            "ContractsClient.__init__() got an unexpected keyword argument",
        ),
        (
            lambda: ContractsClient.from_env(client_name="acme-shop", auth=None, x=1),
            "ContractsClient.__init__() got an",
        ),
        (lambda: ContractsClient("acme-shop").request("GET", "/", params=1), "ContractsClient.request() got an"),
        (lambda: ContractsClient("acme-shop").with_options(x=1), "ContractsClient.with_options() got an unexpected"),
        (lambda: ContractsClient("acme-shop").get_contract(), "ContractsClient.get_contract() missing 1 required"),
    ],
)
def test_a_type_error_names_the_client(misuse: Callable[[], Any], said: str) -> None:
    """A TypeError for a wrong argument names ContractsClient, and no class behind it."""
    with pytest.raises(TypeError) as caught:
        misuse()
    assert str(caught.value).startswith(said)


@pytest.mark.parametrize("make", [copy.copy, copy.deepcopy, pickle.dumps])
def test_a_client_is_not_copied(make: Callable[[Any], Any]) -> None:
    """Copying or pickling a client says that it can't be done, and leaves no exception behind."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        with pytest.raises(TypeError, match="can't be copied or pickled, since it holds connections and a token: make"):
            make(ContractsClient("acme-shop"))
        gc.collect()
