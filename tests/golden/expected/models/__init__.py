# Generated from openapi.yaml and custom_templates by `make generate`. Do not edit: change those, then generate again.
"""The models, one module a schema."""

from .author import Author
from .book import Book
from .book_request import BookRequest
from .complaint import Complaint
from .copy import Copy
from .edition import Edition
from .empty import Empty
from .floor import Floor
from .genre import Genre
from .lists import Lists
from .names import Names
from .remarks import Remarks
from .shelf import Shelf
from .shelves_response_200 import ShelvesResponse200
from .stock import Stock
from .unions import Unions

__all__ = [
    "Author",
    "Book",
    "BookRequest",
    "Complaint",
    "Copy",
    "Edition",
    "Empty",
    "Floor",
    "Genre",
    "Lists",
    "Names",
    "Remarks",
    "Shelf",
    "ShelvesResponse200",
    "Stock",
    "Unions",
]
