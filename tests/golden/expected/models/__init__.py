# Generated from openapi.yaml and custom_templates by `make generate`. Do not edit: change those, then generate again.
"""The models, one module a schema."""

from .book import Book
from .complaint import Complaint
from .copy import Copy
from .floor import Floor
from .genre import Genre
from .order import Order
from .prices import Prices
from .shelf import Shelf
from .wings import Wings

__all__ = [
    "Book",
    "Complaint",
    "Copy",
    "Floor",
    "Genre",
    "Order",
    "Prices",
    "Shelf",
    "Wings",
]
