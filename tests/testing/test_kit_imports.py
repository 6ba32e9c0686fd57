"""The kit is imported where it is used, and a missing extra is told in one sentence."""

import subprocess
import sys

import pytest

import contracts_client.testing
from contracts_client.sandbox import lazy_import
from contracts_client.testing import MISSING_EXTRA


def run(code: str) -> str:
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return done.stdout.strip()


def test_every_name_is_there_and_no_other() -> None:
    for name in contracts_client.testing.__all__:
        assert getattr(contracts_client.testing, name).__name__ == name
    with pytest.raises(AttributeError, match="has no attribute 'Nothing'"):
        contracts_client.testing.Nothing  # type: ignore[attr-defined] # noqa: B018


def test_builders_cost_no_more_than_they_did() -> None:
    code = (
        "import sys, contracts_client.testing.builders; print([n for n in sys.modules if n in ('starlette', 'pytest')])"
    )
    assert run(code) == "[]"


def test_the_kit_alone_needs_no_pytest() -> None:
    """The kit without the plugin needs no pytest."""
    assert run("import sys, contracts_client.testing as kit; kit.FakeContractsApi; print('pytest' in sys.modules)") == (
        "False"
    )


@pytest.mark.parametrize("module", ["starlette", "contracts_client.testing.faults.script"])
def test_a_missing_module_is_told(monkeypatch: pytest.MonkeyPatch, module: str) -> None:
    """A missing module is told as what it is."""

    def missing(name: str, package: str) -> None:
        raise ModuleNotFoundError(f"No module named {module!r}", name=module)

    monkeypatch.setattr(lazy_import, "import_module", missing)
    if module == "starlette":
        with pytest.raises(ImportError) as caught:
            contracts_client.testing.FakeContractsApi  # noqa: B018
        assert str(caught.value) == f"{MISSING_EXTRA} (there is no module 'starlette')"
    else:
        with pytest.raises(ModuleNotFoundError, match="script"):
            contracts_client.testing.FakeContractsApi  # noqa: B018
