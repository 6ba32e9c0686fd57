# Generated from openapi.yaml and custom_templates by `make generate`. Do not edit: change those, then generate again.
"""The models, one module a schema."""

from .author import Author
from .book import Book
from .book_request import BookRequest
from .complaint import Complaint
from .copy import Copy
from .count import Count
from .drawer import Drawer
from .edition import Edition
from .empty import Empty
from .every import Every
from .floor import Floor
from .found_thing_2 import FoundThing2
from .genre import Genre
from .lists import Lists
from .loan import Loan
from .names import Names
from .neither import Neither
from .parcel import Parcel
from .prices import Prices
from .query import Query
from .remarks import Remarks
from .reprint import Reprint
from .shelf import Shelf
from .shelves_response_200 import ShelvesResponse200
from .spoken import Spoken
from .spot import Spot
from .spots import Spots
from .stock import Stock
from .tariff import Tariff
from .unions import Unions
from .unions_cover_type_1 import UnionsCoverType1
from .unions_state_type_1 import UnionsStateType1
from .wing import Wing
from .wings import Wings

__all__ = [
    "Author",
    "Book",
    "BookRequest",
    "Complaint",
    "Copy",
    "Count",
    "Drawer",
    "Edition",
    "Empty",
    "Every",
    "Floor",
    "FoundThing2",
    "Genre",
    "Lists",
    "Loan",
    "Names",
    "Neither",
    "Parcel",
    "Prices",
    "Query",
    "Remarks",
    "Reprint",
    "Shelf",
    "ShelvesResponse200",
    "Spoken",
    "Spot",
    "Spots",
    "Stock",
    "Tariff",
    "Unions",
    "UnionsCoverType1",
    "UnionsStateType1",
    "Wing",
    "Wings",
]
