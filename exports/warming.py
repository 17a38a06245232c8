"""The libraries of the files loaded beforehand, so that the first file of an app is made as fast as the next."""

from __future__ import annotations

from importlib import import_module

_WRITERS = ("decks", "image", "svg", "pdf", "geopackage", "geoparquet", "kml", "linked_places", "annotations")


def warm() -> None:
    """Load the writers with their libraries, fonts and projection; nothing is drawn, and a second call does nothing.

    An app calls it once in a thread of its own, when its page is out. It takes a second or two, most of it waiting for
    the disk.
    """
    for name in _WRITERS:
        import_module(f"exports.{name}")
    # the fonts' tables are read at the first letter, and the projection's at the first point
    import_module("exports.lettering").measure_width("", 10.0)
    import_module("exports.projecting").fit_frame(
        import_module("geo.corridor").CORRIDOR, import_module("exports.drawing").Box(0, 0, 100, 100)
    )
