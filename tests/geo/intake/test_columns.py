"""Which column plays which role: found by name and content, told, changed by a person."""

from __future__ import annotations

import pytest

from geo.errors import InputError
from geo.intake.column_map import ColumnMap
from geo.intake.columns import fit_mapping, suggest_mapping
from geo.intake.limits import Limits
from geo.intake.presets import PRESETS
from geo.intake.reading.upload import read_upload
from geo.intake.rows import RawLayer
from tests.loading_here import load_here


def layer_of(text: str) -> RawLayer:
    return read_upload(text.encode(), "events.csv", Limits()).layers[0]


@pytest.mark.parametrize(
    ("heading", "row", "columns"),
    [
        ("lon,lat", "34.2,31.2", {"lon": "lon", "lat": "lat"}),
        ("Latitude;Longitude", "31,2;34,2", {"lon": "Longitude", "lat": "Latitude"}),
        ("geo_Longitude\tLatitude", "34.2\t31.2", {"lon": "geo_Longitude", "lat": "Latitude"}),
        ("Decimal-Latitude,DECIMAL_LONGITUDE", "31.2,34.2", {"lon": "DECIMAL_LONGITUDE", "lat": "Decimal-Latitude"}),
        ("خط الطول,خط العرض", "34.2,31.2", {"lon": "خط الطول", "lat": "خط العرض"}),
        ("x,y", "34.2,31.2", {"lon": "x", "lat": "y"}),
        *(
            (f"{lon};{lat}", "34.2;31.2", {"lon": lon, "lat": lat})
            for lon, lat in (
                *(("X_koord", "Y_koord"), ("Laengengrad", "Breitengrad"), ("Längengrad", "Breitengrad")),
                *(("LON_DD", "LAT_DD"), ("decimalLongitude", "decimalLatitude"), ("geo_longitude", "geo_latitude")),
                *(("x_coord", "y_coord"), ("POINT_X", "POINT_Y"), ("Longitud", "Latitud"), ("经度", "纬度")),
                *(("долгота", "широта"), ("boylam", "enlem"), ("קו אורך", "קו רוחב"), ("خط طول", "خط عرض")),
                *(("경도", "위도"), ("経度", "緯度"), ("Geographische Länge", "Geographische Breite")),
            )
        ),
        ("Rechtswert;Hochwert", "620000;3460000", {"easting": "Rechtswert", "northing": "Hochwert"}),
        # numbers decide between names, and whether a name that much else has is one
        ("x,y,n", "yes,no,1", {}),
        ("x,y,long,lat,pos x", "1,2,34.2,31.2,3", {"lon": "long", "lat": "lat"}),
        ("long,x,lat", "a long text,34.2,31.2", {"lon": "x", "lat": "lat"}),
        ("lon,lat,n", "west of here,north,1", {"lon": "lon", "lat": "lat"}),
        ("x,y,n", ",,1", {"lon": "x", "lat": "y"}),
        ("X,Y", "34°15'E,31°16'N", {"lon": "X", "lat": "Y"}),
        ("Easting|Northing", "620000|3460000", {"easting": "Easting", "northing": "Northing"}),
        ("place,n", '"31.25, 34.25",2', {"latlon": "place"}),
        ("GPS,n", "31°16'N 34°15'E,2", {"latlon": "GPS"}),
        ("shape text,n", "POINT (34.2 31.2),2", {"wkt": "shape text"}),
        ("lon,lat,geom", "34.2,31.2,POINT (34.2 31.2)", {"wkt": "geom"}),
        ("location,n", "Rafah,2", {}),
        # forms of Kobo, ODK and their kin name a place after the question
        *(
            (f"{lat},{lon},n", "31.28,34.25,2", {"lon": lon, "lat": lat})
            for lon, lat in (
                *(("_Where was it_longitude", "_Where was it_latitude"), ("location-Longitude", "location-Latitude")),
                *(
                    ("location_lon", "location_lat"),
                    ("longitude_deg", "latitude_deg"),
                    ("centroid_lon", "centroid_lat"),
                ),
                *(("siteLng", "siteLat"), ("Longitude (°E)", "Latitude (°N)")),
            )
        ),
        # y is what was counted, and x_coord has a y_coord
        ("x_coord,y_coord,y", "34.2,31.2,17.5", {"lon": "x_coord", "lat": "y_coord"}),
        ("x,y_coord,y", "34.2,17.5,31.2", {"lon": "x", "lat": "y"}),
        ("id,geom_x,geom_y", "1,34.2,31.2", {"lon": "geom_x", "lat": "geom_y"}),
        (
            "lon_min,centroid_lon,lat_min,centroid_lat",
            "34.1,34.2,31.1,31.2",
            {"lon": "centroid_lon", "lat": "centroid_lat"},
        ),
        # a name leaves less in doubt: a third of its rows are of kinds that are not read
        ("geom_wkt,n", "POINT (34.2 31.2),1\nPOINT (34.3 31.3),2\nNURBS (1 2),3", {"wkt": "geom_wkt"}),
        ("shape text,n", "POINT (34.2 31.2),1\nPOINT (34.3 31.3),2\nNURBS (1 2),3", {}),
        ("WKT,n", '"TIN (((0 0 0, 0 0 1, 0 1 0, 0 0 0)))",1', {"wkt": "WKT"}),
        ("WKT,n", "none,1", {}),
        ("from_lat,from_lon,to_lat,to_lon", "31.2,34.2,31.3,34.3", {}),
        ("site_lat,site_lon,site_long", "31.2,34.2,text", {"lon": "site_lon", "lat": "site_lat"}),
        ("site_lat,site_lon,site_long", "31.2,34.2,34.3", {}),
        ("lat_gaza,lon_gaza", "31.2,34.2", {"lon": "lon_gaza", "lat": "lat_gaza"}),
        ("a_lat,b_lon", "31.2,34.2", {}),
        ("a_lat,a_lon", "yes,no", {}),
        ("Where,n", "31.2801 34.2345 50.2 4.9,2", {"latlon": "Where"}),
        ("Where,n", "1 34.2345 50.2 4.9,2", {}),
    ],
)
def test_places_are_found_by_name_and_content(heading: str, row: str, columns: dict[str, str]) -> None:
    mapping = suggest_mapping(layer_of(f"{heading}\n{row}\n"))
    places = ("lon", "lat", "latlon", "wkt", "easting", "northing")
    assert {role: mapping.of(role)[0] for role in places if mapping.of(role)} == columns


def test_what_was_found_is_told() -> None:
    mapping = suggest_mapping(layer_of("Event ID,Title,Lat,Lon,Start date,End date,Notes\nx,A,31.2,34.2,2015,2016,B\n"))
    assert mapping.found == (
        "Longitude: column 'Lon'.",
        "Latitude: column 'Lat'.",
        "Id: column 'Event ID'.",
        "Name: column 'Title'.",
        "Date: column 'Start date'.",
        "Last day: column 'End date'.",
        "Statement: column 'Notes'.",
        "Theme: none, the file is one theme.",
        "Source: none, the file's title stands instead.",
        "Place in the source: none, the row's number stands instead.",
        "How exactly the place is known: none, each place is drawn as exact.",
    )
    assert suggest_mapping(layer_of("a,b\n1,2\n")).found[-1] == "No column with places was found."


def test_an_end_needs_a_beginning_and_a_theme_few_values() -> None:
    assert suggest_mapping(layer_of("date,end,lon,lat\n2015,2016,34.2,31.2\n")).of("until") == ()
    rows = "".join(f"kind {n},34.2,31.2\n" for n in range(41))
    assert suggest_mapping(layer_of(f"type,lon,lat\n{rows}")).of("theme") == ()


@pytest.mark.parametrize(
    ("heading", "columns"),
    [
        ("Ort;Datum;Beschreibung;Quelle", "name when statement source"),
        ("Bezeichnung;Ereignisdatum;Kategorie;Bemerkungen", "name when theme statement"),
        ("Lieu;Date de l'événement;Catégorie;Résumé", "name when theme statement"),
        ("Título;Fecha del evento;Tipo;Descripción;Fuente", "name when theme statement source"),
        ("Başlık;Olay tarihi;Tür;Açıklama;Kaynak", "name when theme statement source"),
        ("اسم المكان;تاريخ الحدث;نوع الحدث;الوصف;المصدر", "name when theme statement source"),
        ("שם המקום;תאריך האירוע;סוג;תיאור;מקור", "name when theme statement source"),
        ("City;Date;Source", "name when source"),
        ("lugar;fecha inicio;fecha fin", "name when until"),
        ("nom;date début;date fin", "name when until"),
    ],
)
def test_headings_in_several_languages_play_their_roles(heading: str, columns: str) -> None:
    names = heading.split(";")
    mapping = suggest_mapping(layer_of(f"{heading};lon;lat\n{';'.join('2015' for _ in names)};34.2;31.2\n"))
    assert {role: mapping.of(role) for role in columns.split()} == {
        role: (name,) for role, name in zip(columns.split(), names, strict=True)
    }


@pytest.mark.parametrize(
    ("heading", "rows", "role", "column"),
    [
        ("category,status", [",open", ",open", "3,shut"], "theme", "status"),
        ("category,status", ["1,open", ",open"], "theme", "category"),
        ("category,status", [",", "1,", ","], "theme", "category"),
        ("status,n", ["open,1"], "theme", "status"),
        ("theme,status", [",open", ",open", "3,shut"], "theme", "theme"),
        ("title,place", [",A", ",B", "x,C"], "name", "place"),
        ("date,timestamp", [",2015", ",2015", "2016,2016"], "when", "timestamp"),
        ("when,timestamp", [",2015", ",2015", "2016,2016"], "when", "when"),
        ("notes,summary", [",", ",a"], "statement", "summary"),
    ],
)
def test_a_full_column_goes_before_one_that_is_mostly_empty(
    heading: str, rows: list[str], role: str, column: str
) -> None:
    table = "\n".join([f"{heading},lon,lat", *(f"{row},34.2,31.2" for row in rows)])
    assert suggest_mapping(layer_of(table)).of(role) == (column,)


def test_a_theme_with_too_many_values_leaves_its_role_to_the_next() -> None:
    rows = "".join(f"kind {n},open,34.2,31.2\n" for n in range(41))
    assert suggest_mapping(layer_of(f"type,status,lon,lat\n{rows}")).of("theme") == ("status",)


@pytest.mark.parametrize("key", PRESETS)
def test_data_sets_are_recognised_by_their_columns(key: str) -> None:
    preset = PRESETS[key]
    names = dict.fromkeys(name for names in (*preset.columns.values(), *preset.marks) for name in names)
    layer = layer_of(f"{','.join(names).upper()}\n{','.join('1' for _ in names)}\n")
    mapping = suggest_mapping(layer)
    assert mapping.found[0] == f"The columns are those of {preset.title}."
    assert mapping.of("lat") == (preset.columns["lat"][0].upper(),)
    assert mapping == suggest_mapping(layer, key)


def test_columns_of_a_data_set_are_known_with_places_of_another_kind_and_not_without() -> None:
    mapping = suggest_mapping(layer_of("event_id_cnty,event_date,event_type,geom\nA1,2015-07-01,B,POINT (34 31)\n"))
    assert (mapping.of("wkt"), mapping.of("when")) == (("geom",), ("event_date",))
    assert mapping.found[0].startswith("The columns are those of ACLED")
    mapping = suggest_mapping(layer_of("event_id_cnty,event_date,event_type,town\nA1,2015-07-01,B,C\n"))
    assert not mapping.found[0].startswith("The columns are those")


def test_the_name_of_a_kind_of_shape_is_no_shape() -> None:
    mapping = suggest_mapping(layer_of("threat_type,latitude,longitude\npoint,31.2,34.2\npoint,31.3,34.3\n"))
    assert (mapping.of("wkt"), mapping.of("lon"), mapping.of("lat")) == ((), ("longitude",), ("latitude",))
    assert suggest_mapping(layer_of('a\n"POINT Z (34 31 5)"\nPOINT EMPTY\n')).of("wkt") == ("a",)


def test_a_place_in_numbers_is_no_name() -> None:
    mapping = suggest_mapping(layer_of('lat,lon,location,block\n31.2,34.2,"(31.2, 34.2)",A\n'))
    assert (mapping.of("name"), mapping.of("lon")) == ((), ("lon",))


def test_a_preset_tells_what_it_lacks() -> None:
    told = (
        r"Invalid preset 'acled'\. It needs the columns event_date, latitude, longitude; the file lacks event_date, "
        r"longitude\. Leave the preset out, or name the columns one by one\."
    )
    with pytest.raises(InputError, match=told):
        suggest_mapping(layer_of("latitude,b\n1,2\n"), "acled")
    with pytest.raises(InputError, match=r"Invalid preset 'x'\. It is one of acled, ucdp, gdelt, gtd\. Correct it\."):
        suggest_mapping(layer_of("latitude,b\n1,2\n"), "x")


def test_a_table_of_which_a_data_set_has_no_column_is_none_of_it() -> None:
    told = r"It needs the columns ActionGeo_Lat, ActionGeo_Long; the file lacks ActionGeo_Lat, ActionGeo_Long\."
    with pytest.raises(InputError, match=told):
        suggest_mapping(layer_of("latitude,longitude,event_date\n31.2,34.2,2015-07-01\n"), "gdelt")
    assert suggest_mapping(layer_of("lat,lon,SQLDATE\n31.2,34.2,20150701\n"), "gdelt").of("when") == ("SQLDATE",)


def test_a_person_changes_what_was_found() -> None:
    layer = layer_of("a,b,lon,lat,name\nA,B,34.2,31.2,N\n")
    mapping = fit_mapping(ColumnMap().place("name", "a", "b").place("statement", "name").place("source", "gone"), layer)
    assert (mapping.of("name"), mapping.of("statement"), mapping.of("lon")) == (("a", "b"), ("name",), ("lon",))
    assert mapping.of("source") == (), "a column of another layer is left out"
    assert fit_mapping(ColumnMap().place("name"), layer).of("name") == (), "a role can be left open"
    assert fit_mapping(ColumnMap().place("latlon", "a"), layer).of("lon") == (), "a place that is named stands alone"
    assert "Name: column 'a' and column 'b'." in mapping.found


@pytest.mark.parametrize(
    ("role", "columns", "told"),
    [
        (
            "colour",
            ("a",),
            r"Invalid role 'colour'\. It is one of lon, lat, .*, locator, precision, crs\. Correct it\.",
        ),
        ("lon", ("a", "b"), r"Invalid columns 'a, b'\. One column plays lon\. Name one\."),
    ],
)
def test_a_wrong_place_is_refused(role: str, columns: tuple[str, ...], told: str) -> None:
    with pytest.raises(InputError, match=told):
        ColumnMap().place(role, *columns)


def test_a_column_that_is_not_there_is_told_with_those_that_are() -> None:
    told = r"Invalid column 'c' for lon\. The file has lon, lat\. Name one of them\."
    with pytest.raises(InputError, match=told):
        load_here("lon,lat\n34.2,31.2\n", mapping=ColumnMap().place("lon", "c"))


def test_places_of_forms_are_drawn_without_their_height_and_accuracy() -> None:
    intake = load_here("n,Where\n1,31.2801 34.2345 50.2 4.9\n2,31.3 34.3 0 0\n")
    assert intake.dataset.events is not None
    assert [(shape.x, shape.y) for shape in intake.dataset.events.geometries] == [(34.2345, 31.2801), (34.3, 31.3)]
    assert intake.dataset.events.attributes["Where"].tolist()[0] == "31.2801 34.2345 50.2 4.9"
    told = "Height and accuracy follow latitude and longitude in 'Where'; they were left aside."
    assert told in intake.report.notes
    listed = load_here(b'[{"_geolocation": [31.28, 34.23]}, {"_geolocation": [null, null]}]', "kobo.json")
    assert listed.dataset.events is not None
    assert (listed.dataset.events.geometries[0].x, listed.dataset.events.geometries[0].y) == (34.23, 31.28)
    assert [each.reason for each in listed.report.refusals] == ["The row has no place"]
