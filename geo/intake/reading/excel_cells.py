"""What a workbook's own XML tells of its cells that is lost where they are read as values.

These are the errors of formulas, numbers that are no time although their cell is to show one, and the last digits of
long whole numbers.
"""

from __future__ import annotations

import io
import math
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from posixpath import join, normpath
from typing import Any

from geo.intake.limits import Limits
from geo.intake.reading.archives import read_entry

ERROR = "A formula's error is no value"
NO_TIME = "It is no time, although its cell is to show one; it is kept as the number that stands there"

_MOST_WHOLE = 2**63 - 1
_LAST_DAY = 2_958_465  # 31 December 9999, as Excel counts days
_BUILT_IN_TIMES = frozenset({*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)})
_FIRST_OWN_FORMAT = 164
_QUOTED = re.compile(r'"[^"]*"|\\.|\[[^\]hmsHMS]*\]')
_TIME_LETTER = re.compile("[dmyhsDMYHS]")

_FORMAT = re.compile(rb"<(?:\w+:)?numFmt\s[^<>]*>")
_STYLES_BEGIN = re.compile(rb"<(?:\w+:)?cellXfs\b[^<>]*>")
_STYLES_END = re.compile(rb"</(?:\w+:)?cellXfs>")
_STYLE = re.compile(rb"<(?:\w+:)?xf\s[^<>]*>")
_SHEET = re.compile(rb"<(?:\w+:)?sheet\s[^<>]*>")
_RELATION = re.compile(rb"<(?:\w+:)?Relationship\s[^<>]*>")
_ATTRIBUTE = re.compile(rb"""([\w:]+)\s*=\s*(?:"([^"]*)"|'([^']*)')""")
# how much is to come, and which cells are merged: the library reads no whole rows (1:7) there
_EXTENT = re.compile(rb"""(<(?:\w+:)?(?:dimension|mergeCell)\s[^<>]*\bref=["'])([^"'<>]*)""")
_ROWS = b"sheetData"
_PLAIN_EXTENT = re.compile(rb"[A-Za-z]+[1-9][0-9]*(?::[A-Za-z]+[1-9][0-9]*)?")
_HIDDEN_PART = re.compile(rb"""<(?:\w+:)?(?:row|col)\s[^<>]*\shidden=["'](?:1|true)["']""")
_PLACE = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})")
_FORMULA = rb"(?:<(?:\w+:)?f\b[^<>]*(?:/>|>[^<>]*</(?:\w+:)?f>))?"
_ERROR_CELL = re.compile(
    rb"<(?:\w+:)?c\s([^<>]*\bt=[\"']e[\"'][^<>]*)>\s*" + _FORMULA + rb"\s*<(?:\w+:)?v>([^<]*)<", re.DOTALL
)
_LONG_WHOLE = re.compile(rb"<(?:\w+:)?c\b([^<>]*)>\s*" + _FORMULA + rb"\s*<(?:\w+:)?v>\s*(-?[0-9]{16,})\s*<", re.DOTALL)
_LONG_DIGITS = re.compile(rb">\s*-?[0-9]{16}")


class ErrorText(str):
    """What a cell shows where its formula failed, such as ``#REF!``."""

    __slots__ = ()


class OddNumber(float):
    """A number that is no time, in a cell that is to show one."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class OddCell:
    """A cell, row and column from 0, and what stands in it."""

    row: int
    column: int
    value: str | float


@dataclass(frozen=True, slots=True)
class Workbook:
    """A workbook made fit for reading.

    Parameters
    ----------
    data
        The file; where a number would be lost or break the reading, a 1 stands for it.
    cells
        By sheet, the cells that `put_back` sets right afterwards.
    partly_hidden
        Sheets with rows or columns that their program does not show.
    """

    data: bytes
    cells: dict[str, list[OddCell]]
    partly_hidden: tuple[str, ...]


def prepare_workbook(data: bytes, archive: zipfile.ZipFile, limits: Limits) -> Workbook:
    """Look through the sheets of an .xlsx; of other kinds of workbooks nothing is found.

    Parameters
    ----------
    data, archive
        The file, and the same opened.
    limits
        Of unpacking.

    Raises
    ------
    InputError
        If a part is damaged or a limit is reached.
    """
    names = set(archive.namelist())
    times = _time_styles(read_entry(archive, "xl/styles.xml", limits)) if "xl/styles.xml" in names else []
    odd_number = _odd_number(times) if times else None
    cells, replaced, hidden = dict[str, list[OddCell]](), dict[str, bytes](), list[str]()
    for sheet, path in _sheet_paths(archive, names, limits):
        content = read_entry(archive, path, limits)
        found = [*_find_errors(content), *_find_long_numbers(content)]
        changed = _mend_extents(content)
        if odd_number is not None:
            changed = _take_odd_numbers(changed, odd_number, found)
        if changed is not content:
            replaced[path] = changed
        if found:
            cells[sheet] = found
        if b"hidden=" in content and _HIDDEN_PART.search(content):
            hidden.append(sheet)
    return Workbook(_pack_again(archive, replaced, limits) if replaced else data, cells, tuple(hidden))


def put_back(rows: list[list[Any]], cells: list[OddCell]) -> None:
    """Set the cells of a sheet right, once it was read from `Workbook.data`."""
    for cell in cells:
        if cell.row >= len(rows) or cell.column >= len(rows[cell.row]):
            continue
        read = rows[cell.row][cell.column]
        if not isinstance(cell.value, float) or isinstance(read, float):
            rows[cell.row][cell.column] = cell.value
        else:
            rows[cell.row][cell.column] = OddNumber(cell.value)


def _attributes(tag: bytes) -> dict[str, str]:
    found = _ATTRIBUTE.findall(tag)
    return {name.decode(): unescape((one or other).decode("utf-8", "replace")) for name, one, other in found}


def _time_styles(styles: bytes) -> list[str]:
    """Return the numbers of the styles whose cells may show dates or times."""
    own = set()
    for tag in _FORMAT.findall(styles):
        told = _attributes(tag)
        if _TIME_LETTER.search(_QUOTED.sub("", told.get("formatCode", ""))):
            own.add(told.get("numFmtId", ""))
    begin = _STYLES_BEGIN.search(styles)
    end = _STYLES_END.search(styles, begin.end()) if begin else None
    listed = styles[begin.end() : end.start()] if begin and end else b""
    kinds = [_attributes(tag).get("numFmtId", "") for tag in _STYLE.findall(listed)]
    return [
        str(number)
        for number, kind in enumerate(kinds)
        if kind in own or (kind.isdigit() and int(kind) < _FIRST_OWN_FORMAT and int(kind) in _BUILT_IN_TIMES)
    ]


def _odd_number(styles: list[str]) -> re.Pattern[bytes]:
    style = rb"(?=[^<>]*\ss=[\"'](?:" + "|".join(styles).encode() + rb")[\"'])"
    cell = rb"(<(?:\w+:)?c\b" + style + rb"([^<>]*)>\s*" + _FORMULA + rb"\s*<(?:\w+:)?v>)"
    return re.compile(cell + rb"(-[^<]+|[0-9]{7,}[^<]*|[0-9.]*[eE][^<]*)(?=<)", re.DOTALL)


def _sheet_paths(archive: zipfile.ZipFile, names: set[str], limits: Limits) -> Iterator[tuple[str, str]]:
    """Give the sheets by name, each with its entry in the archive."""
    book, relations = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"
    if not {book, relations} <= names:
        return
    told = map(_attributes, _RELATION.findall(read_entry(archive, relations, limits)))
    targets = {each.get("Id", ""): each.get("Target", "") for each in told}
    for tag in _SHEET.findall(read_entry(archive, book, limits)):
        attributes = _attributes(tag)
        key = next((value for name, value in attributes.items() if name.endswith(":id")), "")
        path = normpath(join("/xl", targets.get(key, ""))).removeprefix("/")
        if path in names and "name" in attributes:
            yield attributes["name"], path


def _mend_extents(content: bytes) -> bytes:
    """Put a cell for each extent, before and after the rows, that is given as anything but cells."""
    first, last = content.find(_ROWS), content.rfind(_ROWS)
    if first < 0:
        return content
    before, after = content[:first], content[last:]
    mended = [_EXTENT.sub(_mend_extent, part) for part in (before, after)]
    return content if mended == [before, after] else content[first:last].join(mended)


def _mend_extent(match: re.Match[bytes]) -> bytes:
    return match[1] + (match[2] if _PLAIN_EXTENT.fullmatch(match[2]) else b"A1")


def _find_errors(content: bytes) -> Iterator[OddCell]:
    if b't="e"' not in content and b"t='e'" not in content:
        return  # most sheets have none, and looking at each cell takes long
    for match in _ERROR_CELL.finditer(content):
        place = _place_of(match[1])
        if place is not None:
            yield OddCell(*place, ErrorText(unescape(match[2].decode("utf-8", "replace"))))


def _find_long_numbers(content: bytes) -> Iterator[OddCell]:
    """Find whole numbers with more digits than a float holds, as programs write ids that Excel itself would round."""
    if not _LONG_DIGITS.search(content):
        return
    for match in _LONG_WHOLE.finditer(content):
        attributes = _attributes(match[1])
        number, place = int(match[2]), _place_of(match[1])
        is_rounded = number != int(float(number))
        if is_rounded and place is not None and attributes.get("t", "n") == "n":
            # what no whole number of 64 bits holds stays text
            yield OddCell(*place, number if abs(number) <= _MOST_WHOLE else str(number))


def _take_odd_numbers(content: bytes, pattern: re.Pattern[bytes], found: list[OddCell]) -> bytes:
    """Put a 1 where a number is none that a time could be, and add its cell to those found."""

    def take(match: re.Match[bytes]) -> bytes:
        try:
            number = float(match[3])
        except ValueError:
            return match[0]
        if not math.isfinite(number) or 0 <= number < _LAST_DAY + 1:
            return match[0]
        kind, place = _attributes(match[2]).get("t", "n"), _place_of(match[2])
        if kind != "n" or place is None:
            return match[0]
        found.append(OddCell(*place, number))
        return match[1] + b"1"

    before = len(found)
    changed = pattern.sub(take, content)
    return changed if len(found) > before else content


def _place_of(tag: bytes) -> tuple[int, int] | None:
    place = _PLACE.fullmatch(_attributes(tag).get("r", ""))
    if place is None:
        return None
    column = 0
    for letter in place[1]:
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(place[2]) - 1, column - 1


def _pack_again(archive: zipfile.ZipFile, replaced: dict[str, bytes], limits: Limits) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as packed:
        for name in dict.fromkeys(archive.namelist()):
            if name.endswith((".xml", ".rels")):
                packed.writestr(name, replaced[name] if name in replaced else read_entry(archive, name, limits))
    return target.getvalue()
