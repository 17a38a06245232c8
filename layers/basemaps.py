"""Backgrounds of the map: the offline one that the page carries, and online ones that are off until chosen."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from urllib.parse import urlsplit

import xyzservices.providers as xyz
from xyzservices import TileProvider

OFFLINE = "atlas"


@dataclass(frozen=True, slots=True)
class OnlineBasemap:
    """Tiles from a server; only the reader's own browser asks for them.

    Parameters
    ----------
    key
        Name in a view's query.
    label
        Name on the screen, by language code.
    provider
        Address pattern, attribution and zoom limits, from xyzservices.
    """

    key: str
    label: MappingProxyType[str, str]
    provider: TileProvider

    @property
    def image_origin(self) -> str:
        """The origin that the page's policy must allow images from; ``*`` stands for the subdomains."""
        address = urlsplit(self.provider.url.replace("{s}", "*"))
        return f"{address.scheme}://{address.netloc}"


ONLINE_BASEMAPS = MappingProxyType(
    {
        basemap.key: basemap
        for basemap in (
            OnlineBasemap(
                "osm",
                MappingProxyType({"en": "OpenStreetMap", "ar": "خريطة الشارع المفتوحة"}),
                xyz.OpenStreetMap.Mapnik,
            ),
            OnlineBasemap("grey", MappingProxyType({"en": "Plain grey", "ar": "رمادية"}), xyz.Esri.WorldGrayCanvas),
            OnlineBasemap("imagery", MappingProxyType({"en": "Imagery", "ar": "صور جوية"}), xyz.Esri.WorldImagery),
        )
    }
)


def find_basemap(key: str) -> OnlineBasemap | None:
    """Return the online basemap of that key, or ``None`` for the offline one.

    Raises
    ------
    ValueError
        If no basemap has the key.
    """
    if key == OFFLINE:
        return None
    if key not in ONLINE_BASEMAPS:
        message = (
            f"Invalid basemap '{key}'. The atlas knows {', '.join((OFFLINE, *ONLINE_BASEMAPS))}. Choose one of them."
        )
        raise ValueError(message)
    return ONLINE_BASEMAPS[key]
