"""A file handed to the reader of its format; this is what runs within the child."""

from __future__ import annotations

from collections.abc import Iterable
from importlib import import_module
from types import MappingProxyType
from typing import cast

from geo.errors import InputError
from geo.intake.limits import Limits, limit_error
from geo.intake.placing import is_wkt
from geo.intake.reading.gathering import Gathering
from geo.intake.reading.recognising import recognise
from geo.intake.reading.unpacking import unpack
from geo.intake.refusing import unreadable
from geo.intake.rows import Parsed, Plain
from geo.wording import show_value

_READERS = MappingProxyType({"csv": "delimited", "kmz": "kml"})
"""Modules that read formats of another name."""


def read_upload(data: bytes, name: str, limits: Limits) -> Parsed:
    """Read a file in this process; `geo.intake.parsing.parse` does so in a process apart.

    Parameters and errors as of `geo.intake.parsing.parse`.
    """
    _check_filled(data)
    if len(data) > limits.upload_bytes:
        raise limit_error("upload_bytes", limits)
    unpacked = unpack(data, name, limits)
    _check_filled(unpacked.content)
    kind = recognise(unpacked.content, unpacked.name, limits)
    # each reader brings libraries of its own, and a child reads one file: only the one is loaded
    reader = import_module(f"geo.intake.reading.{_READERS.get(kind, kind)}")
    gathering = Gathering(name, limits)
    for note in unpacked.notes:
        gathering.note(note)
    reader.read_rows(unpacked.content, gathering)
    parsed = gathering.finish(kind)
    _check_values(parsed, limits)
    if parsed.rows_in != sum(len(layer.rows) for layer in parsed.layers) + len(parsed.refusals):
        raise unreadable(
            "Reading it lost rows, and nothing of it was taken", "Save the file again or in another format"
        )
    if gathering.faults and not any(layer.rows for layer in parsed.layers):
        raise _nothing_sound(parsed)
    return parsed


def _check_filled(data: bytes) -> None:
    if not data.strip(b" \t\r\n\x00"):
        raise unreadable("The file is empty", "Give one with data")


def _check_values(parsed: Parsed, limits: Limits) -> None:
    """Refuse a file of which one value alone would fill the memory of whoever looks at it."""
    for layer in parsed.layers:
        for name in layer.fields:
            column = layer.column(name)
            # one look at all of them: a look at each takes longer than reading them did
            texts = column if set(map(type, column)) == {str} else filter(_is_text, column)
            if max(map(len, cast("Iterable[str]", texts)), default=0) <= limits.letters:
                continue
            for number, value in zip(layer.numbers, column, strict=True):
                if isinstance(value, str) and len(value) > limits.letters and not is_wkt(value):
                    raise limit_error("letters", limits, f"row {number}, {show_value(name)}")


def _is_text(value: Plain) -> bool:
    return isinstance(value, str)


def _nothing_sound(parsed: Parsed) -> InputError:
    first = parsed.refusals[0]
    counted = "its only row is" if parsed.rows_in == 1 else f"each of its {parsed.rows_in:,} rows is"
    place = f"row {first.row}" + (f", {first.field}" if first.field else "")
    value = f" '{show_value(first.value)}'" if first.value else ""
    reason = f"Nothing in it can be read, since {counted} at fault ({place}{value}: {first.reason.rstrip('.')})"
    return unreadable(reason, first.remedy.rstrip("."))
