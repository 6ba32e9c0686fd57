# Generated from openapi.yaml and custom_templates by `make generate`. Do not edit: change those, then generate again.
"""The models, one module a schema."""

from .add_photograph_body import AddPhotographBody
from .complaint import Complaint
from .describe_photograph_body import DescribePhotographBody
from .find_exhibits_filter import FindExhibitsFilter
from .find_exhibits_where import FindExhibitsWhere
from .other_exhibit import OtherExhibit
from .pageable import Pageable
from .painting import Painting
from .painting_year import PaintingYear
from .post_labels_body import PostLabelsBody
from .sculpture import Sculpture
from .stone import Stone
from .work import Work
from .work_properties import WorkProperties

__all__ = [
    "AddPhotographBody",
    "Complaint",
    "DescribePhotographBody",
    "FindExhibitsFilter",
    "FindExhibitsWhere",
    "OtherExhibit",
    "Pageable",
    "Painting",
    "PaintingYear",
    "PostLabelsBody",
    "Sculpture",
    "Stone",
    "Work",
    "WorkProperties",
]
