"""A file that is packed by itself, as data sets are given out: one table in a zip archive, or anything in gzip."""

from __future__ import annotations

import gzip
import io
import zipfile
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from geo.intake.file_names import PACKED, TABLES
from geo.intake.limits import Limits, limit_error
from geo.intake.reading.archives import LEFT_ASIDE, is_hidden, open_archive, read_entry
from geo.intake.reading.recognising import kind_of_archive
from geo.intake.refusing import unreadable
from geo.wording import show_value

_TEXT = "txt"
_FURTHER_ARCHIVES = frozenset({*PACKED, "7z", "rar", "tar", "tgz", "bz2", "xz", "shz"})
# what tells of the data, whatever it is written in
_COMPANIONS = (
    *("readme", "read_me", "licence", "license", "copying", "notice", "terms", "citation", "metadata", "datapackage"),
    *("schema", "codebook", "changelog", "about"),
)
_MOST_NAMED = 5


@dataclass(frozen=True, slots=True)
class Unpacked:
    """What is to be read.

    Parameters
    ----------
    content
        The file itself.
    name
        Its own name; only the suffix is looked at.
    notes
        What was unpacked, and what was left aside, as sentences.
    """

    content: bytes
    name: str
    notes: tuple[str, ...] = ()


def unpack(data: bytes, name: str, limits: Limits) -> Unpacked:
    """Unpack, in memory, a file that is packed by itself; any other is returned as it is.

    Parameters
    ----------
    data
        The whole file, as it was handed over.
    name
        Its name: an archive that is called otherwise is not unpacked.
    limits
        Held while unpacking.

    Raises
    ------
    InputError
        If an archive is damaged or locked, holds several tables or further archives alone, or reaches a limit.
    """
    suffix = _suffix_of(name)
    if data.startswith(b"\x1f\x8b") and suffix in {"gz", "gzip", "tgz", ""}:
        return Unpacked(_inflate(data, limits), _name_within(name))
    if data.startswith(b"PK\x03\x04") and suffix in {"zip", ""}:
        archive = open_archive(data, limits)
        if kind_of_archive(archive) is None:
            return _take_table(archive, data, name, limits)
    return Unpacked(data, name)


def _take_table(archive: zipfile.ZipFile, data: bytes, name: str, limits: Limits) -> Unpacked:
    files = [entry.filename for entry in archive.infolist() if not entry.is_dir() and not is_hidden(entry.filename)]
    tables = _find_tables(files)
    if len(tables) > 1:
        named = ", ".join(f"'{show_value(table, 40)}'" for table in tables[:_MOST_NAMED])
        rest = ", …" if len(tables) > _MOST_NAMED else ""
        raise unreadable(f"The zip archive holds several tables ({named}{rest})", "Unpack it and give them one by one")
    if tables:
        others = len(files) - 1
        notes = [f"The file '{show_value(tables[0])}' of the zip archive was read."]
        notes += [LEFT_ASIDE.format(others)] if others else []
        return Unpacked(read_entry(archive, tables[0], limits), PurePosixPath(tables[0]).name, tuple(notes))
    if any(_suffix_of(file) in _FURTHER_ARCHIVES for file in files):
        reason = "The zip archive holds further archives, which are not unpacked"
        raise unreadable(reason, "Unpack it and give what they hold one by one")
    return Unpacked(data, name)


def _find_tables(files: Sequence[str]) -> list[str]:
    """Find what may be the data: tables, else texts, else what is called as if it only told of the data."""
    tables = [file for file in files if _suffix_of(file) in TABLES]
    texts = [file for file in files if _suffix_of(file) == _TEXT]
    return _without_companions(tables) or _without_companions(texts) or tables


def _without_companions(files: Iterable[str]) -> list[str]:
    return [file for file in files if not PurePosixPath(file).name.lower().startswith(_COMPANIONS)]


def _inflate(data: bytes, limits: Limits) -> bytes:
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(data)) as file:
            content = file.read(limits.unpacked_bytes + 1)
    except (OSError, EOFError, zlib.error) as error:
        raise unreadable("The gzip archive is damaged", "Pack it again") from error
    if len(content) > limits.unpacked_bytes:
        raise limit_error("unpacked_bytes", limits)
    return content


def _name_within(name: str) -> str:
    """Return the name of what a gzip archive holds: its own without the last suffix."""
    stem, stop, suffix = name.rpartition(".")
    if not stop:
        return name
    return f"{stem}.tar" if suffix.strip().lower() == "tgz" else stem


def _suffix_of(name: str) -> str:
    return name.rpartition(".")[2].strip().lower() if "." in name else ""
