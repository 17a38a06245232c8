"""XML of strangers as a tree: no document types, no entities, bounded nesting."""

from __future__ import annotations

import codecs
import re
from typing import Any
from xml.etree.ElementTree import Element, ParseError, TreeBuilder

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import DefusedXMLParser

from geo.errors import InputError
from geo.intake.limits import Limits, limit_error
from geo.intake.reading.decoding import decode_guessed, find_mark
from geo.intake.reading.encodings import guess_encoding
from geo.intake.reading.gathering import Gathering
from geo.intake.refusing import unreadable

_PREFIXES = {
    "gx": "http://www.google.com/kml/ext/2.2",
    "kml": "http://www.opengis.net/kml/2.2",
    "atom": "http://www.w3.org/2005/Atom",
    "xal": "urn:oasis:names:tc:ciq:xsdschema:xAL:2.0",
    "xsi": "http://www.w3.org/2001/XMLSchema-instance",
}
_DECLARED = re.compile(rb"<\?xml[^>]*encoding\s*=\s*[\"']([\w.:-]+)[\"']")
_HEAD_BYTES = 200
_ROOT = re.compile(r"<(?![?!])[\w.:-]+")


class _EncodingError(ValueError):
    """An encoding that the parser does not know, or of which the bytes are none."""


class _BoundedBuilder(TreeBuilder):
    """Builds the tree, its names without their namespaces, and counts how deep it is and how many rows it has."""

    def __init__(self, limits: Limits, row: str) -> None:
        super().__init__()
        self.limits, self.row = limits, row
        self.depth = self.rows = 0
        self.names: dict[str, str] = {}

    def start(self, tag: Any, attrs: Any) -> Element:
        self.depth += 1
        if self.depth > self.limits.depth:
            raise limit_error("depth", self.limits)
        name = self.names.get(tag)
        if name is None:
            name = self.names[tag] = tag.rpartition("}")[2]
        if name == self.row:
            self.rows += 1
            if self.rows > self.limits.features:
                raise limit_error("features", self.limits)
        return super().start(name, attrs)

    def end(self, tag: Any) -> Element:
        self.depth -= 1
        return super().end(self.names[tag])


def parse_tree(data: bytes, gathering: Gathering, row: str) -> Element:
    """Parse XML into a tree; the names of its elements are without their namespaces.

    Parameters
    ----------
    data
        Bytes of the document.
    gathering
        Takes the notes on what was mended: a wrong encoding, prefixes that are not declared; its limits hold for
        the nesting and the rows.
    row
        Name of the elements that are rows.

    Raises
    ------
    InputError
        If it is not well-formed, with line and column, declares a document type, or goes beyond a limit.
    """
    data = data.lstrip()
    try:
        return _parse(data, gathering.limits, row)
    except ParseError as error:
        fault, reason = _not_well_formed(error), str(error)
    except _EncodingError:
        fault, reason = unreadable("Its declared encoding is unknown or wrong", "Save it as UTF-8"), ""
    mended = _mend(data, reason, gathering)
    if mended is None:
        raise fault
    try:
        return _parse(mended, gathering.limits, row)
    except ParseError as error:
        raise _not_well_formed(error) from error


def _parse(data: bytes, limits: Limits, row: str) -> Element:
    parser = DefusedXMLParser(target=_BoundedBuilder(limits, row), forbid_dtd=True)
    try:
        parser.feed(data)
        root: Element = parser.close()
    except DefusedXmlException as error:
        reason = "It declares a document type or entities, which KML does not need and which can read files"
        raise unreadable(reason, "Take the <!DOCTYPE …> out") from error
    except (ParseError, InputError):
        raise
    except (LookupError, ValueError) as error:
        raise _EncodingError from error
    return root


def _not_well_formed(error: ParseError) -> Exception:
    line, column = error.position
    what = str(error).partition(":")[0]
    return unreadable(f"It is no well-formed XML: {what}, line {line}, column {column + 1}", "Correct that place")


def _mend(data: bytes, reason: str, gathering: Gathering) -> bytes | None:
    """Mend what the wild often has: bytes of another encoding, a prefix without its declaration."""
    told = len(gathering.notes)
    text = _decode(data, gathering)
    if text is None:
        return None
    if "unbound prefix" in reason:
        root = _ROOT.search(text)
        missing = [
            prefix for prefix in _PREFIXES if re.search(rf"[<\s/]{prefix}:\w", text) and f"xmlns:{prefix}" not in text
        ]
        if not root or not missing:
            return None
        declared = "".join(f' xmlns:{prefix}="{_PREFIXES[prefix]}"' for prefix in missing)
        text = text[: root.end()] + declared + text[root.end() :]
        gathering.note(f"The prefix {', '.join(missing)} is used without its declaration, which was added.")
    elif reason and len(gathering.notes) == told:
        return None
    return re.sub(r"^<\?xml[^>]*\?>", "", text).encode("utf-8")


def _decode(data: bytes, gathering: Gathering) -> str | None:
    mark, marked = find_mark(data)
    bare = data[len(mark) :]
    declared = _DECLARED.match(bare[:_HEAD_BYTES].replace(b"\x00", b""))
    said = _name_of(declared[1].decode("ascii")) if declared else "utf-8"
    for encoding in (marked or said, "utf-8"):
        try:
            text = bare.decode(encoding)
        except (LookupError, UnicodeError):
            continue
        # what is declared in plain letters is in no wide encoding, whatever it says
        if text.startswith("<"):
            if not encoding.startswith(said):
                _tell(said, encoding, gathering)
            return text
    if b"\x00" in data:
        return None
    guessed = guess_encoding(data)
    _tell(said, guessed, gathering)
    return decode_guessed(data, guessed, gathering)


def _name_of(encoding: str) -> str:
    """Bring the name of an encoding to its usual spelling, if it is known."""
    try:
        return codecs.lookup(encoding).name
    except LookupError:
        return encoding


def _tell(said: str, encoding: str, gathering: Gathering) -> None:
    gathering.note(f"The file is not in {said}, as it says; it was read as {encoding}. Look at accented letters.")
