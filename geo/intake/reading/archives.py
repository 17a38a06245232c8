"""Zip archives looked into in memory: nothing is unpacked to disk, and no size is believed."""

from __future__ import annotations

import io
import lzma
import zipfile
import zlib
from pathlib import PurePosixPath

from geo.intake.limits import Limits, limit_error
from geo.intake.refusing import unreadable
from geo.wording import show_value

_MAX_ENTRIES = 2_000
_CHUNK_BYTES = 1 << 20
_FAULTS = (
    zipfile.BadZipFile,
    NotImplementedError,
    RuntimeError,
    OSError,
    EOFError,
    ValueError,
    zlib.error,
    lzma.LZMAError,
)
"""What zipfile raises at damaged, encrypted and unknown entries."""


LEFT_ASIDE = "Other files in it were left aside: {}."
"""What is noted of an archive that holds more than was read, with how many."""


def is_hidden(file: str) -> bool:
    """Tell whether an entry is a system's own: macOS keeps icons and attributes beside each file.

    Examples
    --------
    >>> is_hidden("__MACOSX/._a.shp"), is_hidden("data/a.shp")
    (True, False)
    """
    return file.startswith("__MACOSX/") or PurePosixPath(file).name.startswith(".")


def open_archive(data: bytes, limits: Limits) -> zipfile.ZipFile:
    """Open a zip archive after a look at its directory.

    Raises
    ------
    InputError
        If it is damaged, has names that lead out of a folder or one name twice, or says that it unpacks to more than
        the limit.
    """
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        entries = archive.infolist()
    except _FAULTS as error:
        raise unreadable("The zip archive is damaged", "Pack it again") from error
    if len(entries) > _MAX_ENTRIES:
        raise unreadable(
            f"The zip archive has {len(entries):,} entries; {_MAX_ENTRIES:,} are read", "Pack only the data"
        )
    seen = set[str]()
    for entry in entries:
        if entry.filename in seen and not entry.is_dir():
            # whoever asks for it by its name would get one of them
            raise unreadable(f"The zip archive has the entry '{show_value(entry.filename)}' twice", "Pack it again")
        seen.add(entry.filename)
        if entry.filename.startswith(("/", "\\")) or ".." in entry.filename.replace("\\", "/").split("/"):
            raise unreadable(
                f"The zip archive's entry '{show_value(entry.filename)}' leads out of its folder", "Pack it again"
            )
    if sum(entry.file_size for entry in entries) > limits.unpacked_bytes:
        raise limit_error("unpacked_bytes", limits)
    return archive


def read_entry(archive: zipfile.ZipFile, name: str, limits: Limits) -> bytes:
    """Unpack one entry in memory.

    Raises
    ------
    InputError
        If it is damaged, encrypted, or larger than the archive's directory says or the limit allows.
    """
    try:
        with archive.open(name) as file:
            content = file.read(limits.unpacked_bytes + 1)
    except (*_FAULTS, KeyError) as error:
        raise unreadable(
            f"The zip archive's entry '{show_value(name)}' is damaged or locked", "Pack it again"
        ) from error
    if len(content) > limits.unpacked_bytes:
        raise limit_error("unpacked_bytes", limits)
    return content


def check_sizes(archive: zipfile.ZipFile) -> None:
    """Unpack all entries without keeping them, so that another reader meets the sizes that the directory says.

    Raises
    ------
    InputError
        If an entry is damaged, encrypted, or not of the size that the directory says.
    """
    for entry in archive.infolist():
        try:
            with archive.open(entry) as file:
                while file.read(_CHUNK_BYTES):
                    pass
        except _FAULTS as error:
            name = show_value(entry.filename)
            raise unreadable(f"The zip archive's entry '{name}' is damaged or locked", "Save the file again") from error
