"""Shapefiles in a zip archive: each is a layer, with its reference system and encoding."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from typing import Any

import pyproj
import pytest
import shapefile

from geo.errors import InputError
from geo.intake.limits import Limits
from geo.intake.reading.upload import read_upload
from geo.intake.rows import Parsed

UTM = pyproj.CRS("EPSG:32636").to_wkt("WKT1_ESRI")


def parts(encoding: str = "utf-8") -> dict[str, bytes]:
    streams: dict[str, Any] = {kind: io.BytesIO() for kind in ("shp", "shx", "dbf")}
    with shapefile.Writer(**streams, encoding=encoding) as writer:
        writer.field("name", "C", size=40)
        writer.field("n", "N")
        writer.field("day", "D")
        for name, row in (("Rafah", [34.25, 31.25]), ("Arîsh", None)):
            if row is None:
                writer.null()
            else:
                writer.point(*row)
            writer.record(name, 5, "20150701")
    return {kind: stream.getvalue() for kind, stream in streams.items()}


def packed(entries: dict[str, bytes]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
    return target.getvalue()


def read(data: bytes) -> Parsed:
    return read_upload(data, "a.zip", Limits())


def test_a_shapefile_with_a_table_beside_it_stays_one() -> None:
    entries = {f"Towns.{kind}": content for kind, content in parts().items()}
    beside = {
        "notes.csv": b"a,b\n1,2\n",
        "__MACOSX/._Towns.shp": b"x",
        "._Towns.shp": b"x",
        "Towns.shp.xml": b"<x/>",
        "Towns.qix": b"",
    }
    parsed = read(packed(entries | beside))
    assert parsed.kind == "shapefile"
    assert parsed.notes[-1] == "Other files in it were left aside: 1."
    assert "Other files" not in " ".join(read(packed(entries)).notes)


def test_shapefile_is_read_with_its_parts() -> None:
    entries = {f"folder/Towns.{kind.upper()}": content for kind, content in parts().items()}
    parsed = read(packed(entries | {"folder/Towns.prj": UTM.encode(), "folder/Towns.cpg": b"UTF-8"}))
    (layer,) = parsed.layers
    assert (parsed.kind, layer.name, layer.fields) == ("shapefile", "Towns", ("name", "n", "day"))
    assert layer.crs == UTM
    assert [row.values for row in layer.rows] == [
        {"name": "Rafah", "n": 5, "day": "2015-07-01"},
        {"name": "Arîsh", "n": 5, "day": "2015-07-01"},
    ]
    assert layer.rows[0].geometry is not None
    assert layer.rows[0].geometry.wkt == "POINT (34.25 31.25)"
    assert layer.rows[1].geometry is None
    assert parsed.notes == ()


def test_a_damaged_shapefile_beside_a_sound_one_is_a_listed_row() -> None:
    sound = {f"Towns.{kind}": content for kind, content in parts().items()}
    damaged = {f"Roads.{kind}": content[:60] for kind, content in parts().items()}
    parsed = read(packed(damaged | sound))
    (refused,) = parsed.refusals
    assert (refused.layer, refused.row, refused.value) == ("Roads.shp", 1, "Roads.shp")
    assert refused.reason.startswith("The Shapefile 'Roads.shp' is damaged (")
    assert refused.remedy == "Save it again."
    assert [(layer.name, len(layer.rows)) for layer in parsed.layers] == [("Roads.shp", 0), ("Towns", 2)]
    assert parsed.rows_in == 3


@pytest.mark.parametrize(("kind", "told"), [("point", False), ("pointz", True), ("pointm", True)])
def test_lost_heights_and_measures_are_told(kind: str, told: bool) -> None:
    streams: dict[str, Any] = {each: io.BytesIO() for each in ("shp", "shx", "dbf")}
    with shapefile.Writer(**streams) as writer:
        writer.field("name", "C")
        getattr(writer, kind)(34.25, 31.25, *([100] if told else []))
        writer.record("Rafah")
    parsed = read(packed({f"a.{each}": stream.getvalue() for each, stream in streams.items()}))
    assert ("Heights and measures of positions were left aside: the map is flat." in parsed.notes) == told


def test_every_shapefile_is_a_layer_and_what_is_missing_is_told() -> None:
    entries = {f"{stem}.{kind}": content for stem in ("a", "b") for kind, content in parts("cp1252").items()}
    parsed = read(packed(entries))
    assert [layer.name for layer in parsed.layers] == ["a", "b"]
    assert parsed.layers[0].rows[1].values["name"] == "Arîsh"
    assert parsed.notes[0] == "The Shapefile 'a.shp' has no .prj beside it: it states no coordinate reference system."
    assert "it was read as cp1252" in parsed.notes[1]


@pytest.mark.parametrize("kind", ["shp", "dbf"])
def test_damaged_shapefile_is_refused_or_listed(kind: str) -> None:
    broken = parts()
    broken[kind] = broken[kind][: len(broken[kind]) // 2]
    with pytest.raises(InputError, match=r"The Shapefile 'a.shp' is damaged|at fault"):
        read(packed({f"a.{each}": content for each, content in broken.items()}))


def test_part_alone_is_refused() -> None:
    with pytest.raises(InputError, match=r"the \.shp part of a Shapefile without its others \(zip all of them\)"):
        read_upload(parts()["shp"], "a.shp", Limits())


def without_cpg(names: Sequence[str], encoding: str, language: int) -> Parsed:
    streams: dict[str, Any] = {kind: io.BytesIO() for kind in ("shp", "shx", "dbf")}
    with shapefile.Writer(**streams, encoding=encoding) as writer:
        writer.field("name", "C", size=40)
        for name in names:
            writer.point(34.25, 31.25)
            writer.record(name)
    entries = {f"a.{kind}": stream.getvalue() for kind, stream in streams.items()}
    table = bytearray(entries["a.dbf"])
    table[29] = language
    parsed = read(packed({**entries, "a.dbf": bytes(table)}))
    assert [row.values["name"] for row in parsed.layers[0].rows] == list(names)
    return parsed


@pytest.mark.parametrize(
    ("names", "encoding", "language"),
    [
        (["رفح", "العريش"], "cp1256", 0x7E),
        (["רפיח"], "cp1255", 0x7D),
        (["Şırnak"], "cp1254", 0xCA),
        (["Рафах"], "cp1251", 0xC9),
        (["Arîsh"], "cp850", 0x02),
    ],
)
def test_the_language_of_a_table_tells_its_encoding(names: list[str], encoding: str, language: int) -> None:
    told = f"The Shapefile has no .cpg beside it; it was read as {encoding}, which its .dbf names."
    assert told in without_cpg(names, encoding, language).notes


@pytest.mark.parametrize("language", [0x00, 0x03, 0x57])
@pytest.mark.parametrize(
    ("names", "encoding"),
    [
        (["رفح", "العريش", "كرم أبو سالم"], "cp1256"),
        (["Arîsh", "São Paulo", "Île"], "cp1252"),
        (["Köln"], "cp1252"),
        (["Rafah", "Ås"], "cp1252"),
    ],
)
def test_the_texts_of_a_table_tell_its_script(names: list[str], encoding: str, language: int) -> None:
    told = f"The Shapefile does not say its encoding (.cpg); it was read as {encoding}. Look at accented letters."
    assert told in without_cpg(names, encoding, language).notes
