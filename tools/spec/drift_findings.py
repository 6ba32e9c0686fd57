"""What the provider's file says of one thing that openapi.yaml says."""

from enum import StrEnum

from attrs import frozen

from tools.openapi_parts import Keys


class Kind(StrEnum):
    """How the two relate."""

    CONTRADICTED = "contradicted"
    """Both can't be true, or following ours fails."""
    LACKING = "lacking"
    """The provider's file has it, and ours does not."""
    VAGUER = "vaguer"
    """Ours holds, and the provider's file says more."""
    NAMED = "named"
    """The provider calls it by another name, which is not on the wire."""
    SILENT = "silent"
    """The provider's file says nothing of it."""
    CONFIRMED = "confirmed"
    """Both say the same."""


# Where ours is vaguer in these, the provider's file does not say what ours says.
_TELLING = {"type", "format"}


@frozen
class Place:
    """A part of our document, and what to call it.

    Attributes:
        keys: Where the part with the provenance stands.
        subject: What to call it, such as ``ContractPageResponse.items``.
    """

    keys: Keys
    subject: str


@frozen
class Finding:
    """One comparison.

    Attributes:
        kind: How it came out.
        place: What it is of.
        aspect: What was compared, such as ``type``.
        ours: What our document says.
        theirs: What the provider's file says.
    """

    kind: Kind
    place: Place
    aspect: str
    ours: str = ""
    theirs: str = ""

    @property
    def hinders(self) -> bool:
        """Whether the part can't be called published because of it."""
        if self.kind is Kind.NAMED:
            return self.aspect == "operationId"
        if self.kind is Kind.VAGUER:
            return self.aspect in _TELLING
        return self.kind in {Kind.CONTRADICTED, Kind.SILENT}

    @property
    def sentence(self) -> str:
        """The finding for people, without its place."""
        if self.kind is Kind.CONFIRMED:
            return f"{self.aspect} {self.ours}".rstrip()
        if self.ours and self.theirs:
            return f"{self.aspect}: {self.theirs}, not {self.ours}"
        return f"{self.aspect}: {self.theirs or self.ours}"
