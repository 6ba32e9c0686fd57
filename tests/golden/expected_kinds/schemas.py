# Generated from openapi.yaml and custom_templates by `make generate`. Do not edit: change those, then generate again.
"""Which schema of the document each model comes from, and its properties as keyword arguments.

Nothing here is needed to use the models: it is for what makes them by the specification, such as test data.
"""

from __future__ import annotations

import datetime
from typing import Any, TypedDict

from . import models as _models

SCHEMA_NAMES: dict[str, str] = {
    "AddPhotographBody": "AddPhotographBody",
    "Complaint": "Fault",
    "DescribePhotographBody": "DescribePhotographBody",
    "FindExhibitsFilter": "FindExhibitsFilter",
    "FindExhibitsWhere": "FindExhibitsWhere",
    "OtherExhibit": "OtherExhibit",
    "Pageable": "Pageable",
    "Painting": "Painting",
    "PostLabelsBody": "PostLabelsBody",
    "Sculpture": "Sculpture",
    "Work": "Work",
    "WorkProperties": "WorkProperties",
}
"""The name of the schema, by that of the model's class."""


class AddPhotographBodyProperties(TypedDict, total=False):
    """Properties of AddPhotographBody, as keyword arguments."""

    file: bytes
    others: list[bytes] | None
    taken: datetime.date | None
    of: _models.Painting | None
    additional_properties: dict[str, Any]


class ComplaintProperties(TypedDict, total=False):
    """Properties of Complaint, as keyword arguments."""

    message: str
    additional_properties: dict[str, Any]


class DescribePhotographBodyProperties(TypedDict, total=False):
    """Properties of DescribePhotographBody, as keyword arguments."""

    title: str | None
    rooms: list[int] | None
    additional_properties: dict[str, Any]


class FindExhibitsFilterProperties(TypedDict, total=False):
    """Properties of FindExhibitsFilter, as keyword arguments."""

    additional_properties: dict[str, Any]


class FindExhibitsWhereProperties(TypedDict, total=False):
    """Properties of FindExhibitsWhere, as keyword arguments."""

    additional_properties: dict[str, Any]


class OtherExhibitProperties(TypedDict, total=False):
    """Properties of OtherExhibit, as keyword arguments."""

    kind: str
    additional_properties: dict[str, Any]


class PageableProperties(TypedDict, total=False):
    """Properties of Pageable, as keyword arguments."""

    page: int | None
    size: int | None
    sort: list[str] | None
    additional_properties: dict[str, Any]


class PaintingProperties(TypedDict, total=False):
    """Properties of Painting, as keyword arguments."""

    kind: str
    number: int | None
    secret: str | None
    to_dict_2: str | None
    ab: str | None
    year: _models.PaintingYear | int | None
    additional_properties: dict[str, Any]


class PostLabelsBodyProperties(TypedDict, total=False):
    """Properties of PostLabelsBody, as keyword arguments."""

    additional_properties: dict[str, Any]


class SculptureProperties(TypedDict, total=False):
    """Properties of Sculpture, as keyword arguments."""

    kind: str
    parts: list[_models.OtherExhibit | _models.Painting | _models.Sculpture]
    stone: _models.Stone | str | None
    number: int | None
    secret: str | None
    to_dict_2: str | None
    ab: str | None
    names: list[str | None] | None
    additional_properties: dict[str, Any]


class WorkProperties(TypedDict, total=False):
    """Properties of Work, as keyword arguments."""

    kind: str
    number: int | None
    secret: str | None
    to_dict_2: str | None
    ab: str | None
    additional_properties: dict[str, Any]


class WorkPropertiesProperties(TypedDict, total=False):
    """Properties of WorkProperties, as keyword arguments."""

    additional_properties: dict[str, Any]
