"""What was parsed, on its way from the child to the parent: JSON and well-known binary, nothing that could run."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from dataclasses import fields
from itertools import pairwise
from operator import attrgetter
from typing import Any, cast

import numpy as np
import orjson
import shapely

from geo.errors import InputError, Problem
from geo.intake.ledger import Change, Refusal
from geo.intake.rows import ColumnRows, Parsed, Plain, RawLayer, RawRow

_HEAD_BYTES = 8
_GLANCE = 500
_refusal_parts = attrgetter(*(part.name for part in fields(Refusal)))
_change_parts = attrgetter(*(part.name for part in fields(Change)))


def encode_parsed(parsed: Parsed) -> bytes:
    """Write what was parsed: the length of the head (8 bytes, little-endian), the head as JSON, the shapes.

    The shapes of each layer are the lengths of its rows' well-known binary (32 bits each, 0 for none), then those; a
    layer whose rows are columns has none.
    """
    layers, blocks = [], []
    for layer in parsed.layers:
        told: dict[str, Any] = {
            "name": layer.name,
            "fields": layer.fields,
            "crs": layer.crs,
            "has_geometry": layer.has_geometry,
        }
        if isinstance(layer.rows, ColumnRows):
            columns = {name: _fold(column) for name, column in layer.rows.columns.items()}
            told["table"] = (columns, layer.rows.numbers, layer.rows.lines)
        else:
            lengths, shapes = _encode_shapes(layer)
            blocks += [lengths.tobytes(), shapes]
            told["rows"] = [(row.number, row.line, row.values) for row in layer.rows]
            told["shape_bytes"] = len(shapes)
        layers.append(told)
    head = {
        "kind": parsed.kind,
        "layers": layers,
        "refusals": [_refusal_parts(entry) for entry in parsed.refusals],
        "changes": [_change_parts(entry) for entry in parsed.changes],
        "notes": parsed.notes,
        "rows_in": parsed.rows_in,
    }
    return _frame(head) + b"".join(blocks)


def encode_error(error: InputError) -> bytes:
    """Write why nothing was parsed."""
    return _frame({"problems": [(problem.rule, problem.message) for problem in error.problems]})


def decode_answer(answer: bytes) -> Parsed:
    """Read what `encode_parsed` or `encode_error` wrote.

    Raises
    ------
    InputError
        If nothing was parsed.
    ValueError
        If the answer is cut off or is none.
    """
    end = _HEAD_BYTES + int.from_bytes(answer[:_HEAD_BYTES], "little")
    if len(answer) < max(end, _HEAD_BYTES + 2):
        message = "the answer is cut off"
        raise ValueError(message)
    head = orjson.loads(answer[_HEAD_BYTES:end])
    if "problems" in head:
        raise InputError([Problem(str(rule), str(message)) for rule, message in head["problems"]])
    layers = []
    for layer in head["layers"]:
        decoded, end = _decode_layer(layer, answer, end)
        layers.append(decoded)
    return Parsed(
        head["kind"],
        tuple(layers),
        tuple(Refusal(*entry) for entry in head["refusals"]),
        tuple(Change(*entry) for entry in head["changes"]),
        tuple(head["notes"]),
        head["rows_in"],
    )


def _frame(head: dict[str, Any]) -> bytes:
    written = orjson.dumps(head)
    return len(written).to_bytes(_HEAD_BYTES, "little") + written


def _encode_shapes(layer: RawLayer) -> tuple[np.ndarray[Any, Any], bytes]:
    shapes = [b"" if row.geometry is None else row.geometry for row in layer.rows]
    written = np.zeros(len(shapes), dtype=object)
    written[:] = b""
    present = np.array([row.geometry is not None for row in layer.rows], dtype=bool)
    if present.any():
        geometries = np.array([row.geometry for row in layer.rows if row.geometry is not None], dtype=object)
        written[present] = shapely.to_wkb(geometries, output_dimension=3)
    lengths = np.fromiter((len(each) for each in written), dtype="<u4", count=len(written))
    return lengths, b"".join(written.tolist())


def _fold(column: Sequence[Plain]) -> Sequence[Plain] | dict[str, Sequence[Plain]]:
    """Write each text of a column once, and for each row which it is, where most rows say what others say.

    So the parent, which keeps the column, has each text in memory once.
    """
    first = column[:_GLANCE]
    if set(map(type, column)) != {str} or 2 * len(set(first)) > len(first):  # a number and a truth may be one key
        return column
    texts = dict.fromkeys(column)
    if 2 * len(texts) > len(column):
        return column
    places = dict(zip(texts, range(len(texts)), strict=True))
    return {"texts": list(texts), "places": list(map(places.__getitem__, column))}


def _unfold(column: Any) -> Sequence[Plain]:
    if isinstance(column, list):
        return _pack(column)
    texts = column["texts"]
    if not all(0 <= place < len(texts) for place in (min(column["places"]), max(column["places"]))):
        message = "texts are missing"
        raise ValueError(message)
    return list(map(texts.__getitem__, column["places"]))


def _pack(column: list[Plain]) -> Sequence[Plain]:
    """Keep a column of fractions as eight bytes each."""
    return array("d", cast("list[float]", column)) if set(map(type, column)) == {float} else column


def _decode_layer(layer: dict[str, Any], answer: bytes, start: int) -> tuple[RawLayer, int]:
    """Read one layer; return where the shapes of the next begin, too."""
    rows, end = _decode_rows(layer, answer, start)
    told = layer["name"], tuple(layer["fields"]), rows, layer["crs"]
    return RawLayer(*told, has_geometry=bool(layer["has_geometry"])), end


def _decode_rows(layer: dict[str, Any], answer: bytes, start: int) -> tuple[Sequence[RawRow], int]:
    if "table" in layer:
        folded, numbers, lines = layer["table"]
        columns = {name: _unfold(column) for name, column in folded.items()}
        if any(len(each) != len(numbers) for each in (lines, *columns.values())):
            message = "the rows are cut off"
            raise ValueError(message)
        return ColumnRows(columns, numbers, lines), start
    count = len(layer["rows"])
    lengths = np.frombuffer(answer, dtype="<u4", count=count, offset=start)
    begin = start + lengths.nbytes
    end = begin + int(layer["shape_bytes"])
    bounds = begin + np.concatenate([[0], np.cumsum(lengths, dtype=np.int64)])
    if bounds[-1] != end or end > len(answer):
        message = "the shapes are cut off"
        raise ValueError(message)
    places = bounds.tolist()
    written = np.empty(count, dtype=object)
    written[:] = [answer[a:b] if b > a else None for a, b in pairwise(places)]
    geometries = shapely.from_wkb(written)
    texts: dict[str, str] = {}
    rows = tuple(
        RawRow(number, _share(values, texts), geometry, line)
        for (number, line, values), geometry in zip(layer["rows"], geometries, strict=True)
    )
    return rows, end


def _share(values: dict[str, Plain], texts: dict[str, str]) -> dict[str, Plain]:
    """Let texts that say the same be one in memory: a small file may say a long text ten thousand times."""
    return {name: texts.setdefault(value, value) if isinstance(value, str) else value for name, value in values.items()}
