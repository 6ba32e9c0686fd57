"""Judge requests and responses by the specification.

openapi-core judges both, so that no code of the sandbox, or of the client, decides what is right. Its validators are
built once. It is lenient in places (it reads `yes` as true and `+1` as 1, and lets unknown query parameters pass). The
request is checked there by this module too, so that the faults of a client show. No message quotes what was sent.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from openapi_core import Config, OpenAPI
from openapi_core.datatypes import RequestParameters
from openapi_core.validation.request.exceptions import MissingRequiredParameter, ParameterValidationError
from openapi_core.validation.response.exceptions import HeaderValidationError
from werkzeug.datastructures import Headers, ImmutableMultiDict

from .responses.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from .specification import Operation, Parameter, Specification

_INTEGER = re.compile(r"-?[0-9]{1,20}", re.ASCII)
_FORMS = {"integer": (_INTEGER, "an integer in digits"), "boolean": (re.compile("true|false"), "true or false")}


@dataclass
class SentRequest:
    """A request, as openapi-core wants it.

    Args:
        operation: The operation that it calls.
        path_values: The path parameters, decoded.
        query: The query parameters, decoded, in their order.
        headers: All headers.
        content_type: The media type of the body, or an empty text.
        body: The body, or None.
    """

    operation: Operation
    path_values: dict[str, str] = field(default_factory=dict[str, str])
    query: ImmutableMultiDict[str, str] = field(default_factory=ImmutableMultiDict[str, str])
    headers: Headers = field(default_factory=Headers)
    content_type: str = ""
    body: bytes | None = None
    host_url: str = ""

    def __post_init__(self) -> None:
        self.parameters = RequestParameters(query=self.query, header=self.headers, path=self.path_values)

    @property
    def method(self) -> str:
        """The method, in lower case."""
        return self.operation.method.lower()

    @property
    def path(self) -> str:
        """The path's pattern: the parameters in it have been read already."""
        return self.operation.path

    def texts(self, parameter: Parameter) -> list[str]:
        """Every value that was sent for a parameter, in order, as it was sent."""
        if parameter.location == "path":
            return [self.path_values[parameter.name]]
        return (self.headers if parameter.location == "header" else self.query).getlist(parameter.name)


@dataclass
class OwnResponse:
    """A response as openapi-core wants it."""

    status_code: int
    data: bytes
    headers: Headers
    content_type: str = "application/json"


class Checker:
    """Judges by one specification.

    Args:
        specification: The document.
    """

    def __init__(self, specification: Specification) -> None:
        self._specification = specification
        # Where the sandbox listens is not part of the document, and errors of no operation have none in it.
        document = {**specification.document, "servers": [{"url": "/"}]}
        # None is allowed, since the document itself is checked elsewhere, and that takes a while.
        options: dict[str, Any] = {"spec_validator_cls": None, "additional_properties_default_policy": "forbid"}
        self._judge = OpenAPI.from_dict(document, config=Config(**options))

    def check_request(self, request: SentRequest) -> None:
        """Refuse a request that the specification does not allow.

        Raises:
            Problem: 400 that names every fault.
        """
        faults = list(self._strict_faults(request))
        if not faults:
            faults = [fault for error in self._judge.iter_request_errors(request) for fault in _request_faults(error)]
        if faults:
            code = "PARAMETER_UNKNOWN" if all("is unknown" in fault for fault in faults) else "REQUEST_INVALID"
            raise Problem(400, code, "; ".join(faults), details=tuple(faults))

    def check_response(self, request: SentRequest | None, status: int, body: bytes, headers: dict[str, str]) -> None:
        """Hold back a response that the specification does not allow.

        Args:
            request: What is answered; None if it called no operation: any operation's 500 shows the form then.
            status: The status of the answer.
            body: JSON.
            headers: The headers of the answer.

        Raises:
            Problem: 500 SANDBOX_RESPONSE_INVALID: the sandbox and the specification disagree.
        """
        if request is None:
            request, status = SentRequest(self._specification.operations[0]), 500
        response = OwnResponse(status, body, Headers(headers))
        errors = self._judge.iter_response_errors(request, response)
        faults = [fault for error in errors for fault in _response_faults(error)]
        if faults:
            message = f"{request.operation.operation_id} {status}: " + "; ".join(faults)
            raise Problem(500, "SANDBOX_RESPONSE_INVALID", message, details=tuple(faults))

    def _strict_faults(self, request: SentRequest) -> Iterator[str]:
        operation = request.operation
        known = {(each.location, each.name) for each in operation.parameters}
        for name in request.query:
            if ("query", name) not in known:
                yield f"query parameter {_printable(name)} is unknown to {operation.operation_id}"
        declared = {name.lower() for location, name in known if location == "header"}
        for name in request.headers.keys():  # noqa: SIM118 - without it they are pairs
            if name.lower() in self._specification.header_names - declared:
                yield f"header parameter {name} is unknown to {operation.operation_id}"
        for parameter in operation.parameters:
            values = request.texts(parameter)
            if len(values) > 1 and parameter.schema.get("type") != "array":
                yield f"{_place(parameter)} is given more than once"
            form = _FORMS.get(str(parameter.schema.get("type")))
            if form and not all(form[0].fullmatch(value) for value in values):
                yield f"{_place(parameter)} must be {form[1]}"
        if request.body is not None:
            yield from _json_faults(request.body)


def _json_faults(body: bytes) -> Iterator[str]:
    try:
        json.loads(body)
    except (ValueError, RecursionError):
        yield "body is no JSON"


def _place(parameter: Parameter) -> str:
    return f"{parameter.location} parameter {parameter.name}"


def _request_faults(error: Exception) -> list[str]:
    if isinstance(error, MissingRequiredParameter):
        return [f"{error.location} parameter {error.name} is missing"]
    if isinstance(error, ParameterValidationError):
        return _reasons(error, f"{error.location} parameter {error.name}")
    return _reasons(error, "body")


def _response_faults(error: Exception) -> list[str]:
    return _reasons(error, f"header {error.name}" if isinstance(error, HeaderValidationError) else "body")


def _reasons(error: Exception, place: str) -> list[str]:
    """Why something is wrong and where, without the value that is."""
    cause = error.__cause__
    schema_errors: Sequence[Any] = getattr(cause, "schema_errors", ())
    if schema_errors:
        return [f"{place}{each.json_path.removeprefix('$')} {_rule(each)}" for each in schema_errors]
    return [f"{place} is refused ({type(cause or error).__name__})"]


def _rule(error: Any) -> str:
    keyword = error.validator
    if keyword == "required":
        missing = [name for name in error.validator_value if name not in error.instance]
        return f"lacks {', '.join(missing)}"
    if error.message.startswith("Additional properties"):
        unknown = sorted(set(error.instance) - set(error.schema.get("properties", {})))
        return f"has unknown properties: {', '.join(map(_printable, unknown))}"
    if keyword == "anyOf":
        return "is of none of the forms that are allowed"
    return f"breaks {keyword} {error.validator_value}"


def _printable(name: str) -> str:
    """A name out of the request, cut and cleaned, as it goes into a message."""
    return re.sub(r"[^\w.-]", "?", name)[:40]
