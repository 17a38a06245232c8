from __future__ import annotations

import os
from pathlib import Path

import pytest

from geo.errors import InputError
from geo.json_reading import parse_json, read_bytes

NAME = Path("x.geojson")

BROKEN = {
    "bytes that are no UTF-8": (b'{"a": "\xe9"}', "Byte 7 is not UTF-8"),
    "UTF-16": ('{"a": 1}'.encode("utf-16"), "not UTF-8"),
    "no JSON": (b"{'a': 1}", "line 1, column 2"),
    "nothing": (b"", "no JSON"),
    "cut short": (b'{"a": [1, 2', "no JSON"),
    "NaN": (b'{"a": NaN}', "holds NaN"),
    "Infinity": (b'{"a": -Infinity}', "holds -Infinity"),
    "a number without end": (b"[" + b"9" * 5000 + b"]", "out of range"),
    "a number beyond doubles": (b"[1e400]", "'1e400' is out of range"),
    "a number beyond exact integers": (b"[9007199254740993]", r"Whole numbers reach 2\^53"),
    "nesting without end": (b"[" * 100_000 + b"]" * 100_000, "nested too deeply"),
    "a key given twice": (b'{"a": 1, "b": {"c": 1, "c": 2}}', "Key 'c' is given twice"),
    "half a surrogate pair": (b'{"a": "\\ud800"}', "no text"),
    "a null character": (b'["a\\u0000b"]', "no text"),
    "a control character in a key": (b'{"\\u001b[31m": 1}', r"\\x1b\[31m' holds a character"),
}


@pytest.mark.parametrize(("content", "words"), BROKEN.values(), ids=BROKEN)
def test_parse_json_rejects(content: bytes, words: str) -> None:
    with pytest.raises(InputError, match=words):
        parse_json(content, NAME)


def test_parse_json_tells_every_key_and_text() -> None:
    with pytest.raises(InputError, match="Key 'a'") as caught:
        parse_json(b'[{"a": 1, "a": 2}, {"b": 1, "b": 2}, "\\u0007"]', NAME)
    assert len(caught.value.problems) == 3


@pytest.mark.parametrize("content", [b'{"a": [1, -2.5e3, null, "\xd8\xb1"]}', b'\xef\xbb\xbf{"a": "x\\ny\\t"}'])
def test_parse_json_accepts(content: bytes) -> None:
    assert "a" in parse_json(content, NAME)


def test_read_bytes_rejects_what_is_no_file(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="There is no such file"):
        read_bytes(tmp_path / "absent.json")
    with pytest.raises(InputError, match="It is a folder"):
        read_bytes(tmp_path)
    with pytest.raises(InputError, match="It cannot be read"):
        read_bytes(Path("a\0b"))


def test_read_bytes_rejects_what_has_no_end_and_what_keeps_waiting(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.json")
    for path in (Path("/dev/zero"), tmp_path / "pipe.json"):
        with pytest.raises(InputError, match="It is a device or a pipe"):
            read_bytes(path)


def test_read_bytes_rejects_large_file(tmp_path: Path) -> None:
    (tmp_path / "large").write_bytes(b"1234")
    with pytest.raises(InputError, match="Split it"):
        read_bytes(tmp_path / "large", 3)
    assert read_bytes(tmp_path / "large", 4) == b"1234"
