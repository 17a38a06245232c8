"""What was parsed comes over whole, and what many rows say stands in memory once."""

from __future__ import annotations

import orjson
import pytest

from geo.intake.rows import ColumnRows, Parsed, Plain, RawLayer, RawRow
from geo.intake.transport import decode_answer, encode_parsed

COUNT = 1200


def parsed_of(**columns: list[Plain]) -> Parsed:
    rows = ColumnRows(columns, list(range(1, COUNT + 1)), list(range(2, COUNT + 2)))
    return Parsed("csv", (RawLayer("", tuple(columns), rows),), (), (), (), COUNT)


def test_columns_come_over_as_they_are() -> None:
    columns: dict[str, list[Plain]] = {
        "few": [f"text {number % 3}" for number in range(COUNT)],
        "many": [f"text {number}" for number in range(COUNT)],
        "late": [f"text {max(0, number - COUNT // 3)}" for number in range(COUNT)],
        "mixed": [(True, 1, 1.0, "1", None)[number % 5] for number in range(COUNT)],
        "empty": [""] * COUNT,
    }
    answer = encode_parsed(parsed_of(**columns))
    (layer,) = decode_answer(answer).layers
    for name, column in columns.items():
        found = layer.column(name)
        assert [(type(value), value) for value in found] == [(type(value), value) for value in column], name
    assert list(layer.numbers) == list(range(1, COUNT + 1))


def test_a_text_of_many_rows_is_kept_once() -> None:
    column: list[Plain] = [f"text {number % 3}" for number in range(COUNT)]
    (layer,) = decode_answer(encode_parsed(parsed_of(few=column))).layers
    assert len({id(text) for text in layer.column("few")}) == 3


def test_a_text_of_rows_with_shapes_is_kept_once() -> None:
    rows = tuple(RawRow(number, {"few": f"text {number % 3}", "n": number}, None, 0) for number in range(COUNT))
    told = Parsed("geoparquet", (RawLayer("", ("few", "n"), rows, has_geometry=True),), (), (), (), COUNT)
    (layer,) = decode_answer(encode_parsed(told)).layers
    assert layer.column("few") == [f"text {number % 3}" for number in range(COUNT)]
    assert len({id(text) for text in layer.column("few")}) == 3


@pytest.mark.parametrize("place", [-1, 3])
def test_a_row_that_points_nowhere_is_noticed(place: int) -> None:
    answer = encode_parsed(parsed_of(few=[f"text {number % 3}" for number in range(COUNT)]))
    head = orjson.loads(answer[8:])
    head["layers"][0]["table"][0]["few"]["places"][7] = place
    written = orjson.dumps(head)
    with pytest.raises(ValueError, match="texts are missing"):
        decode_answer(len(written).to_bytes(8, "little") + written)
