"""The error of the command: what it was asked can't be done, and nothing was changed."""

from __future__ import annotations


class VendorError(Exception):
    """The copy can't be made, read or replaced; the message says why, and what to do."""
