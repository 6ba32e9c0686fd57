"""contracts_client with the standard library's parser, msgspec or not."""

import sys

sys.modules["msgspec"] = None  # type: ignore[assignment] # as if it were not installed

from contenders.ours import as_data, decode, encode, facts  # noqa: E402

__all__ = ["as_data", "decode", "encode", "facts"]
