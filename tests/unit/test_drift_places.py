"""How many places of schema drift a client remembers."""

from contracts_client import Claim, defaults
from contracts_client.schema_drift import DriftWatch


def test_drift_places_are_limited() -> None:
    """So many places are told and not one more."""
    names = [f"news{number}" for number in range(defaults.MAX_DRIFT_PLACES + 1)]
    claim = Claim.from_dict({"success": True, "customerNumber": 1, **dict.fromkeys(names, 1)})
    watch = DriftWatch(None, strict=False)
    assert [drift.path for drift in watch.unreported("claim", claim)] == names[:-1]
    assert watch.unreported("claim", claim) == []
