"""Data frames, Arrow tables, Parquet files and JSON writers take the models as docs/data.md says."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from decimal import Decimal
from io import BytesIO
from typing import Any

import msgspec
import orjson
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
import structlog
from pyarrow import parquet

from contracts_client import Contract, TotalAmount, rows
from contracts_client.models import json_default
from contracts_client.testing.builders import a_contract, a_contract_consumer

CANARY = "c4narY"
LATER = datetime(2027, 6, 1, 12, 30, 0, 123456, tzinfo=UTC)
CONTRACTS = [
    a_contract(
        full=True,
        current_total=TotalAmount(amount=Decimal("1234567.891")),
        sub_contracts=[a_contract(4)],
        additional_properties={"next": 1},
        contract_consumers=[a_contract_consumer(customer_number=47110815, customer_ref=CANARY)],
    ),
    a_contract(2, expiration_date=LATER),
    a_contract(3),
]


def test_pandas_reads_rows() -> None:
    frame = pd.DataFrame(rows.rows(CONTRACTS), columns=rows.columns())
    assert list(frame.columns) == rows.columns()
    assert str(frame["created_at"].dtype).startswith("datetime64[")
    assert str(frame["created_at"].dtype).endswith(", UTC]")
    assert frame["expiration_date"][1] == LATER
    assert frame["current_total_amount"][0] == Decimal("1234567.891")
    assert list(pd.DataFrame(rows.rows([]), columns=rows.columns()).columns) == rows.columns()


def test_polars_reads_rows() -> None:
    frame = pl.DataFrame(rows.rows(CONTRACTS), infer_schema_length=None)
    assert frame.columns == rows.columns()
    assert frame.schema["created_at"] == pl.Datetime("us", "UTC")
    assert frame["expiration_date"][1] == LATER
    assert frame["current_total_amount"][0] == Decimal("1234567.891")
    consumers = frame.explode("contract_consumers").unnest("contract_consumers", separator="_")
    assert consumers["contract_consumers_customer_ref"][0] == CANARY


@pytest.mark.parametrize("arrays", ["rows", "json"])
def test_arrow_and_parquet_keep_the_types(arrays: Any) -> None:
    """What is written to a Parquet file is what is read from it, whatever is absent."""
    schema = rows.arrow_schema(arrays=arrays)
    table = pa.Table.from_pylist(rows.rows(CONTRACTS, arrays=arrays), schema=schema)
    file = BytesIO()
    parquet.write_table(table, file)
    read = parquet.read_table(BytesIO(file.getvalue()))
    assert read.schema.equals(schema)
    assert read.to_pylist() == table.to_pylist() == rows.rows(CONTRACTS, arrays=arrays)
    assert pa.Table.from_pylist(rows.rows([a_contract(3)], arrays=arrays), schema=schema).num_columns == len(schema)
    assert pl.from_arrow(table).columns == rows.columns()


def test_a_masked_table_hides_persons() -> None:
    masked = rows.rows(CONTRACTS, mask=lambda _: "***")
    table = pa.Table.from_pylist(masked, schema=rows.arrow_schema(masked=True))
    assert CANARY not in str(table.to_pylist())
    assert "47110815" not in str(table.to_pylist())


def test_orjson_and_json_write_models() -> None:
    answer = {"contracts": CONTRACTS, "status": CONTRACTS[0].status}
    expected = {"contracts": [each.to_dict() for each in CONTRACTS], "status": "VALID"}
    assert orjson.loads(orjson.dumps(answer, default=json_default)) == expected
    assert json.loads(json.dumps(answer, default=json_default)) == expected


def test_msgspec_writes_models() -> None:
    """msgspec writes attrs classes by itself, as their attributes; the API's form is put in as it is."""
    written = msgspec.json.encode({"contract": msgspec.Raw(CONTRACTS[0].to_json())})
    assert json.loads(written) == {"contract": CONTRACTS[0].to_dict()}
    attributes = json.loads(msgspec.json.encode(CONTRACTS[0], enc_hook=json_default))
    assert attributes["loyalty_program"]["type"] == "TIMED"
    assert Contract.from_dict(msgspec.json.decode(CONTRACTS[0].to_json())) == CONTRACTS[0]


@pytest.mark.parametrize("writer", [json.dumps, orjson.dumps], ids=["json", "orjson"])
def test_structlog_masks_models(writer: Any) -> None:
    """A model in an event is its repr, which masks what is personal, with either writer."""
    rendered = structlog.processors.JSONRenderer(writer)(None, "info", {"event": "claimed", "contract": CONTRACTS[0]})
    assert json.loads(rendered)["contract"] == repr(CONTRACTS[0])
    assert CANARY not in str(rendered)
    console = structlog.dev.ConsoleRenderer(colors=False)(None, "info", {"event": "claimed", "contract": CONTRACTS[0]})
    assert CANARY not in console
    assert CONTRACTS[0].uuid in console
