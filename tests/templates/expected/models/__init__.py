# Generated from openapi.yaml and custom_templates by `make generate`. Do not edit: change those, then generate again.
"""The models, one module a schema."""

from .author import Author
from .book import Book
from .book_request import BookRequest
from .complaint import Complaint
from .copy import Copy
from .edition import Edition
from .floor import Floor
from .genre import Genre
from .labels import Labels

__all__ = [
    "Author",
    "Book",
    "BookRequest",
    "Complaint",
    "Copy",
    "Edition",
    "Floor",
    "Genre",
    "Labels",
]
