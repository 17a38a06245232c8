"""What was parsed, on its way from the child to the parent: JSON and well-known binary, nothing that could run."""

from __future__ import annotations

from dataclasses import asdict
from itertools import pairwise
from typing import Any

import numpy as np
import orjson
import shapely

from geo.errors import InputError, Problem
from geo.intake.ledger import Change, Refusal
from geo.intake.rows import Parsed, RawLayer, RawRow

_HEAD_BYTES = 8


def encode_parsed(parsed: Parsed) -> bytes:
    """Write what was parsed: the length of the head (8 bytes, little-endian), the head as JSON, the shapes.

    The shapes of each layer are the lengths of its rows' well-known binary (32 bits each, 0 for none), then those.
    """
    layers, blocks = [], []
    for layer in parsed.layers:
        lengths, shapes = _encode_shapes(layer)
        blocks += [lengths.tobytes(), shapes]
        layers.append(
            {
                "name": layer.name,
                "fields": layer.fields,
                "crs": layer.crs,
                "has_geometry": layer.has_geometry,
                "rows": [(row.number, row.line, row.values) for row in layer.rows],
                "shape_bytes": len(shapes),
            }
        )
    head = {
        "kind": parsed.kind,
        "layers": layers,
        "refusals": [list(asdict(entry).values()) for entry in parsed.refusals],
        "changes": [list(asdict(entry).values()) for entry in parsed.changes],
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


def _decode_layer(layer: dict[str, Any], answer: bytes, start: int) -> tuple[RawLayer, int]:
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
    rows = tuple(
        RawRow(number, values, geometry, line)
        for (number, line, values), geometry in zip(layer["rows"], geometries, strict=True)
    )
    decoded = RawLayer(
        layer["name"], tuple(layer["fields"]), rows, layer["crs"], has_geometry=bool(layer["has_geometry"])
    )
    return decoded, end
