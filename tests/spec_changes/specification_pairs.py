"""A specification, and for each rule what changes in it: the pairs that the rules are held to."""

import copy
from collections.abc import Callable
from typing import Any, NamedTuple

import yaml

from tools.spec.names import Names

Document = dict[str, Any]
Change = Callable[[Document], None]

NAMES = Names(
    classes={"ThingResponse": "Thing"},
    public=frozenset({"Thing", "NewThing", "Kind", "Place", "ThingPage"}),
    methods={"get_things": "list_things", "claim_thing": "claim_thing"},
)
OLD: Document = yaml.safe_load("""
openapi: 3.1.0
info: {title: Things, version: "1"}
servers: [{url: "https://api.example.org"}]
paths:
  /things:
    get:
      operationId: getThings
      tags: [things]
      parameters:
        - {name: ET-Client-Name, in: header, required: true, schema: {type: string}}
        - {name: ownerNumber, in: query, required: true, schema: {type: integer}}
        - {name: nameStart, in: query, schema: {type: string, maxLength: 20}}
        - {name: weight, in: query, schema: {type: integer}}
        - {name: colour, in: query, schema: {type: string}}
        - {name: madeOn, in: query, schema: {type: string, format: date}}
      responses:
        "200":
          description: A page.
          x-pagination: {items: items}
          content: {application/json: {schema: {$ref: "#/components/schemas/ThingPage"}}}
        "404": {description: None of the sort.}
    post:
      operationId: addThing
      tags: [things]
      requestBody: {required: true, content: {application/json: {schema: {$ref: "#/components/schemas/NewThing"}}}}
      responses:
        "200":
          description: Added
          content: {application/json: {schema: {$ref: "#/components/schemas/ThingResponse"}}}
  /things/claim:
    post:
      operationId: claimThing
      tags: [things]
      requestBody: {required: true, content: {application/json: {schema: {$ref: "#/components/schemas/ClaimRequest"}}}}
      responses: {"204": {description: Claimed}}
components:
  schemas:
    ThingPage:
      type: object
      required: [items]
      properties:
        items: {type: array, items: {$ref: "#/components/schemas/ThingResponse"}}
        total: {type: integer}
    ThingResponse:
      type: object
      required: [id, madeAt, kind]
      properties:
        id: {type: string}
        madeAt: {type: string, format: date-time}
        kind: {$ref: "#/components/schemas/Kind"}
        price: {type: string, format: decimal}
        owner: {type: string, x-personal: true}
        code: {type: [integer, string]}
        places: {type: array, items: {$ref: "#/components/schemas/Place"}}
        size: {type: object, properties: {width: {type: integer}}}
    Place: {type: object, properties: {name: {type: string}}}
    Kind: {type: string, enum: [SMALL, LARGE]}
    NewThing:
      type: object
      required: [name, weight]
      properties: {name: {type: string}, weight: {type: integer}, note: {type: string}}
    ClaimRequest:
      type: object
      required: [reference]
      properties: {reference: {type: string}}
""")

GET = ("paths", "/things", "get")
PARAMETERS = (*GET, "parameters")
SCHEMAS = ("components", "schemas")
THING = (*SCHEMAS, "ThingResponse")
FIELDS = (*THING, "properties")
NEW_THING = (*SCHEMAS, "NewThing")
REFERENCE = (*SCHEMAS, "ClaimRequest", "properties")
GONE = object()


class Pair(NamedTuple):
    """What changes, and what has to be found: the rule of each difference, and its sentence."""

    change: Change
    found: dict[str, str]


def after(change: Change) -> Document:
    """The specification after a change."""
    document = copy.deepcopy(OLD)
    change(document)
    return document


def put(value: object, *keys: str | int) -> Change:
    """Put a value at a place, or remove what is there."""

    def change(document: Document) -> None:
        node: Any = document
        for key in keys[:-1]:
            node = node[key]
        if value is GONE:
            del node[keys[-1]]
        elif isinstance(node, list) and keys[-1] == "+":
            node.append(value)
        else:
            node[keys[-1]] = value

    return change


def rename(old: str, new: str, *keys: str | int) -> Change:
    """Call the value at a place by another name, where it stands."""

    def change(document: Document) -> None:
        node: Any = document
        for key in keys:
            node = node[key]
        items = [(new if key == old else key, value) for key, value in node.items()]
        node.clear()
        node.update(items)

    return change


def without(value: str, *keys: str) -> Change:
    """Take a value out of a list, such as a name out of those that are required."""

    def change(document: Document) -> None:
        node: Any = document
        for key in keys:
            node = node[key]
        node.remove(value)

    return change


def parameter(old_name: str, /, **changes: object) -> Change:
    """Change a filter of the listing; nothing removes it."""

    def change(document: Document) -> None:
        parameters = document["paths"]["/things"]["get"]["parameters"]
        (found,) = (each for each in parameters if each["name"] == old_name)
        found.update(changes)
        if not changes:
            parameters.remove(found)

    return change


def several(*changes: Change) -> Change:
    """Change several things."""

    def change(document: Document) -> None:
        for each in changes:
            each(document)

    return change


def rename_schema(document: Document) -> None:
    rename("Place", "Spot", *SCHEMAS)(document)
    put({"$ref": "#/components/schemas/Spot"}, *FIELDS, "places", "items")(document)


ANOTHER = {"operationId": "countThings", "tags": ["things"], "responses": {"204": {"description": "Counted."}}}

PAIRS: dict[str, Pair] = {
    "an operation comes": Pair(
        put({"get": ANOTHER}, "paths", "/things/count"),
        {"operation-added": "`ContractsClient.count_things` is new."},
    ),
    "an operation goes": Pair(
        put(GONE, "paths", "/things/claim"),
        {"operation-removed": "`ContractsClient.claim_thing` is gone."},
    ),
    "an operation gets another operationId": Pair(
        put("findThings", *GET, "operationId"),
        {
            "operation-renamed": "`ContractsClient.find_things` is the operation `findThings` now, "
            "which was `getThings`."
        },
    ),
    "an operation gets another path": Pair(
        rename("/things/claim", "/claims", "paths"),
        {
            "operation-moved": "`ContractsClient.claim_thing` is sent to `POST /claims` now, "
            "not to `POST /things/claim`."
        },
    ),
    "an optional filter comes": Pair(
        put({"name": "madeAfter", "in": "query", "schema": {"type": "string", "format": "date"}}, *PARAMETERS, "+"),
        {"argument-added": "`ContractsClient.list_things(made_after)` is new: `date`, and may be left out."},
    ),
    "a required filter comes": Pair(
        put({"name": "kind", "in": "query", "required": True, "schema": {"type": "string"}}, *PARAMETERS, "+"),
        {"argument-required-added": "`ContractsClient.list_things(kind)` is new: `str`, and has to be given."},
    ),
    "a filter goes": Pair(
        parameter("madeOn"),
        {"argument-removed": "`ContractsClient.list_things(made_on)` is gone."},
    ),
    "a filter gets another name": Pair(
        parameter("weight", name="mass"),
        {"argument-renamed": "`ContractsClient.list_things(weight)` is called `mass` now."},
    ),
    "a value of a body that the client fills gets another name": Pair(
        several(
            rename("reference", "pickupCode", *REFERENCE),
            put(["pickupCode"], *SCHEMAS, "ClaimRequest", "required"),
        ),
        {
            "argument-renamed-in-body": "`ContractsClient.claim_thing(reference)` is sent as `pickupCode` now, "
            "not as `reference`."
        },
    ),
    "a filter has to be given": Pair(
        parameter("nameStart", required=True),
        {"argument-required": "`ContractsClient.list_things(name_start)` has to be given now."},
    ),
    "a filter may be left out": Pair(
        parameter("ownerNumber", required=False),
        {"argument-optional": "`ContractsClient.list_things(owner_number)` may be left out now."},
    ),
    "a filter takes more types": Pair(
        parameter("madeOn", schema={"anyOf": [{"type": "string", "format": each} for each in ("date", "date-time")]}),
        {
            "argument-type-widened": "`ContractsClient.list_things(made_on)` can be `date | datetime` now, "
            "not only `date`."
        },
    ),
    "a filter that was an integer is a number": Pair(
        parameter("weight", schema={"type": "number"}),
        {"argument-type-widened": "`ContractsClient.list_things(weight)` can be `float` now, not only `int`."},
    ),
    "a filter takes another type": Pair(
        parameter("colour", schema={"type": "integer"}),
        {"argument-type-changed": "`ContractsClient.list_things(colour)` is `int` now, not `str`."},
    ),
    "a filter gets another bound": Pair(
        parameter("nameStart", schema={"type": "string", "maxLength": 10}),
        {
            "argument-rules-changed": "`ContractsClient.list_things(name_start)` keeps to other rules: maxLength 10, "
            "not maxLength 20."
        },
    ),
    "an operation answers something else": Pair(
        put(
            {"type": "array", "items": {"$ref": "#/components/schemas/ThingResponse"}},
            *("paths", "/things", "post", "responses", "200", "content", "application/json", "schema"),
        ),
        {"result-changed": "`ContractsClient.add_thing` returns `list[Thing]` now, not `Thing`."},
    ),
    "an operation that answered can say nothing": Pair(
        put({"description": "Nothing to say."}, *GET, "responses", "204"),
        {
            "result-changed": "`ContractsClient.list_things` returns `ThingPage | None` now, not `ThingPage`.",
            "status-added": "`ContractsClient.list_things` can be answered by 204.",
        },
    ),
    "a status comes": Pair(
        put({"description": "Too many."}, *GET, "responses", "429"),
        {"status-added": "`ContractsClient.list_things` can be answered by 429."},
    ),
    "a status goes": Pair(
        put(GONE, *GET, "responses", "404"),
        {"status-removed": "`ContractsClient.list_things` is no longer said to be answered by 404."},
    ),
    "a listing is paged by another name": Pair(
        put({"items": "things"}, *GET, "responses", "200", "x-pagination"),
        {"pagination-changed": "`ContractsClient.list_things` is paged by things now, not by items."},
    ),
    "a class comes, with the optional field that has it": Pair(
        several(
            put({"type": "object", "properties": {"name": {"type": "string"}}}, *SCHEMAS, "Maker"),
            put({"$ref": "#/components/schemas/Maker"}, *FIELDS, "maker"),
        ),
        {"class-added": "`Maker` is a new class.", "field-added": "`Thing.maker` is new: `Maker`, or None."},
    ),
    "a class goes, with the field that had it": Pair(
        several(put(GONE, *FIELDS, "places"), put(GONE, *SCHEMAS, "Place")),
        {"class-removed": "`Place` is gone.", "field-removed": "`Thing.places` is gone."},
    ),
    "a class of a field goes with its type": Pair(
        put({"type": "string"}, *FIELDS, "size"),
        {"class-removed": "`ThingSize` is gone.", "field-type-changed": "`Thing.size` is `str` now, not `ThingSize`."},
    ),
    "a required field comes": Pair(
        several(put({"type": "integer"}, *FIELDS, "count"), put("count", *THING, "required", "+")),
        {"field-required-added": "`Thing.count` is new: `int`, always there."},
    ),
    "a field gets another name": Pair(
        rename("price", "cost", *FIELDS),
        {"field-renamed": "`Thing.price` is called `cost` now."},
    ),
    "a field can be missing": Pair(
        without("madeAt", *THING, "required"),
        {"field-optional": "`Thing.made_at` can be None now."},
    ),
    "a field can be null": Pair(
        put(["string", "null"], *FIELDS, "id", "type"),
        {"field-optional": "`Thing.id` can be None now."},
    ),
    "a field that is only sent may be left out": Pair(
        without("weight", *NEW_THING, "required"),
        {"sent-field-optional": "`NewThing.weight` may be left out now."},
    ),
    "a field is always there": Pair(
        put("price", *THING, "required", "+"),
        {"field-required": "`Thing.price` is always there now."},
    ),
    "a field that is only sent has to be given": Pair(
        put("note", *NEW_THING, "required", "+"),
        {"field-required": "`NewThing.note` is always there now."},
    ),
    "a field has another type": Pair(
        put("date", *FIELDS, "madeAt", "format"),
        {"field-type-changed": "`Thing.made_at` is `date` now, not `datetime`."},
    ),
    "a field has fewer types": Pair(
        put("integer", *FIELDS, "code", "type"),
        {"field-type-changed": "`Thing.code` is `int` now, not `int | str`."},
    ),
    "a field of an object within has another type": Pair(
        put("string", *FIELDS, "size", "properties", "width", "type"),
        {"field-type-changed": "`ThingSize.width` is `str` now, not `int`."},
    ),
    "a field that is only sent takes more types": Pair(
        put(["integer", "string"], *NEW_THING, "properties", "weight", "type"),
        {"sent-field-type-widened": "`NewThing.weight` can be `int | str` now, not only `int`."},
    ),
    "a field that is only sent takes fewer types": Pair(
        put("boolean", *NEW_THING, "properties", "weight", "type"),
        {"field-type-changed": "`NewThing.weight` is `bool` now, not `int`."},
    ),
    "a field is personal": Pair(
        put(True, *FIELDS, "id", "x-personal"),
        {"field-personal-changed": "`Thing.id` is masked in reprs now, not shown."},
    ),
    "a field keeps to another pattern": Pair(
        put("^T", *FIELDS, "id", "pattern"),
        {"field-rules-changed": "`Thing.id` keeps to other rules: pattern ^T, not none."},
    ),
    "a value of an enumeration comes": Pair(
        put("LUGGAGE-RACK", *SCHEMAS, "Kind", "enum", "+"),
        {"value-added": "`Kind.LUGGAGE_RACK` is a new value."},
    ),
    "a value of an enumeration goes": Pair(
        without("LARGE", *SCHEMAS, "Kind", "enum"),
        {"value-removed": "`Kind.LARGE` is gone."},
    ),
    "a value of an enumeration is another text by the same name": Pair(
        put(["small", "LARGE"], *SCHEMAS, "Kind", "enum"),
        {"value-changed": "`Kind.SMALL` is the text `small` now, not `SMALL`."},
    ),
    "the API has another address": Pair(
        put("https://things.example.org", "servers", 0, "url"),
        {"servers-changed": "The `servers` are https://things.example.org now, not https://api.example.org."},
    ),
    "a schema gets another name": Pair(
        rename_schema,
        {
            "class-added": "`Spot` is a new class.",
            "class-removed": "`Place` is gone.",
            "field-type-changed": "`Thing.places` is `list[Spot]` now, not `list[Place]`.",
        },
    ),
}
"""What changes, by the rule of each difference that has to be found."""
