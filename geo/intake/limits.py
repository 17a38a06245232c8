"""The limits of what readers bring, each with its name, its default and its words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from types import MappingProxyType

from geo.errors import InputError, Problem
from geo.wording import show_value


@dataclass(frozen=True, slots=True)
class Limits:
    """What one file may be and cost; each is raised or lowered by an environment variable (`limits_from`).

    Parameters
    ----------
    upload_bytes
        Greatest size of a file as it is handed over.
    unpacked_bytes
        Greatest size of what an archive (zip, gzip, KMZ, Excel) holds, all entries together; also of the result.
    features
        Greatest number of rows, all layers together.
    fields
        Greatest number of columns of a layer.
    depth
        Greatest nesting: of JSON values, of XML elements, of geometry collections.
    vertices
        Greatest number of positions, all geometries together.
    letters
        Greatest length of a value; a shape in well-known text is held to its positions.
    seconds
        Greatest time for reading one file, both on the clock and on the processor.
    memory_bytes
        Greatest address space of the process that reads one file.
    """

    upload_bytes: int = 50_000_000
    unpacked_bytes: int = 200_000_000
    features: int = 200_000
    fields: int = 1_000
    depth: int = 64
    vertices: int = 1_000_000
    letters: int = 1_000_000
    seconds: int = 9
    memory_bytes: int = 1_000_000_000


_MEGABYTE = 1_000_000
# name: what is at most so many, what the file does beyond, what to do
_WORDS = MappingProxyType(
    {
        "upload_bytes": ("{} in a file", "the file is larger", "Split the file"),
        "unpacked_bytes": ("{} when unpacked", "the file holds more", "Split the file"),
        "features": ("{} features", "the file has more", "Split the file"),
        "fields": ("{} fields", "the file has more", "Take fields out"),
        "depth": ("{} levels of nesting", "the file has more", "Flatten the file"),
        "vertices": ("{} vertices", "the file has more", "Simplify its shapes, split the file"),
        "letters": ("{} letters in a value", "the file has a longer one", "Shorten it"),
        "seconds": ("{} seconds of reading", "the file takes longer", "Split the file"),
        "memory_bytes": ("{} of memory for reading", "the file needs more", "Split the file"),
    }
)


LIMIT_NAMES = tuple(_WORDS)
"""The limits, by the names of their fields."""


def variable_of(name: str) -> str:
    """Name the environment variable that sets a limit.

    Examples
    --------
    >>> variable_of("features")
    'ATLAS_MAX_FEATURES'
    """
    return f"ATLAS_MAX_{name.upper()}"


def describe_limit(name: str, limits: Limits) -> str:
    """Tell a limit as a reader counts it.

    Examples
    --------
    >>> describe_limit("upload_bytes", Limits())
    'at most 50 MB in a file'
    """
    amount = getattr(limits, name)
    is_megabytes = name.endswith("_bytes") and amount % _MEGABYTE == 0
    shown = f"{amount // _MEGABYTE:,} MB" if is_megabytes else f"{amount:,}"
    shown += " bytes" if name.endswith("_bytes") and not is_megabytes else ""
    return f"at most {_WORDS[name][0].format(shown)}"


def limit_problem(name: str, limits: Limits, place: str = "") -> Problem:
    """Say that a file reached a limit, and what to do.

    Parameters
    ----------
    name
        Name of the limit, a field of `Limits`.
    place
        Where the file goes beyond it, such as a layer or line; empty where the whole file does.

    Examples
    --------
    >>> for sentence in limit_problem("depth", Limits()).message.split(". "):
    ...     print(sentence)
    Limit reached: at most 64 levels of nesting; the file has more
    Flatten the file, or ask whoever runs this atlas to raise ATLAS_MAX_DEPTH.
    """
    _, beyond, remedy = _WORDS[name]
    where = f" ({place})" if place else ""
    message = (
        f"Limit reached: {describe_limit(name, limits)}; {beyond}{where}. "
        f"{remedy}, or ask whoever runs this atlas to raise {variable_of(name)}."
    )
    return Problem("limit", message)


def limit_error(name: str, limits: Limits, place: str = "") -> InputError:
    """Make the error that says that a file reached a limit; parameters as of `limit_problem`."""
    return InputError([limit_problem(name, limits, place)])


def limits_from(environ: Mapping[str, str]) -> Limits:
    """Read the limits from environment variables; what is not set stays at its default.

    Raises
    ------
    InputError
        Naming every variable that is no whole number from 1.
    """
    named, problems = {}, []
    for name in (field.name for field in fields(Limits)):
        text = environ.get(variable_of(name), "").strip()
        if not text:
            continue
        digits = text.replace("_", "").replace(",", "")
        if digits.isascii() and digits.isdigit() and len(digits) < 16 and int(digits) > 0:
            named[name] = int(digits)
            continue
        message = f"Invalid {variable_of(name)} '{show_value(text)}'. It is a whole number from 1. Correct or unset it."
        problems.append(Problem("setting", message))
    if problems:
        raise InputError(problems)
    return Limits(**named)
