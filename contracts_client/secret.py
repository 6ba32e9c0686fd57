"""A secret text that can't be printed, logged, pickled or compared in a telling time."""

import hmac
from typing import NoReturn


def _bytes(secret: "Secret") -> bytes:
    return secret.reveal().encode("utf-8", "surrogatepass")  # an error of the codec would hold the text


class Secret:
    """Holds a secret text. Only ``reveal()`` gives it away.

    Args:
        value: The text.
    """

    __slots__ = ("_value",)

    def __init__(self, value: str) -> None:
        self._value = value

    def reveal(self) -> str:
        """Return the text itself."""
        return self._value

    def __repr__(self) -> str:
        return "Secret(***)"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Secret) and hmac.compare_digest(_bytes(self), _bytes(other))

    def __hash__(self) -> int:
        return hash(self._value)

    def __copy__(self) -> "Secret":
        return self

    def __deepcopy__(self, memo: object) -> "Secret":
        return self

    def __reduce__(self) -> NoReturn:
        raise TypeError("a secret can't be pickled")
