"""KML and KMZ: every placemark of every folder, strictly read; links and models are listed, not followed."""

from __future__ import annotations

import io
import zipfile

import pytest

from geo.errors import InputError
from geo.intake.limits import Limits
from geo.intake.reading.upload import read_upload
from geo.intake.rows import Parsed
from tests.loading_here import load_here

POINT = "<Point><coordinates>34.25,31.25,0</coordinates></Point>"
GX = 'xmlns:gx="http://www.google.com/kml/ext/2.2"'


def kml(content: str, attributes: str = "") -> bytes:
    return f'<?xml version="1.0"?><kml xmlns="http://www.opengis.net/kml/2.2" {attributes}>{content}</kml>'.encode()


def read(content: str | bytes, attributes: str = "", name: str = "a.kml") -> Parsed:
    return read_upload(content if isinstance(content, bytes) else kml(content, attributes), name, Limits())


def refusal(content: str | bytes, name: str = "a.kml") -> str:
    with pytest.raises(InputError) as refused:
        read(content, name=name)
    (problem,) = refused.value.problems
    return problem.message


def shapes(parsed: Parsed) -> list[str]:
    return ["" if row.geometry is None else row.geometry.wkt for layer in parsed.layers for row in layer.rows]


def archive(*entries: tuple[str, bytes]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in entries:
            packed.writestr(name, content)
    return target.getvalue()


@pytest.mark.parametrize(
    "schema",
    ["<Schema parent='Placemark' name='S_camps'/>", "<Schema><name>S_camps</name><parent>Placemark</parent></Schema>"],
)
def test_placemarks_that_have_the_name_of_a_schema_are_read(schema: str) -> None:
    parsed = read(
        f"<Document>{schema}<Schema name='S_other'/>"
        f"<S_camps><name>a</name><tents>5</tents>{POINT}</S_camps><S_other><name>b</name></S_other></Document>"
    )
    (layer,) = parsed.layers
    assert [row.values for row in layer.rows] == [{"name": "a", "tents": "5"}]


def test_every_folder_is_walked() -> None:
    parsed = read(
        f"<Document><name>Towns</name><Placemark><name>a</name>{POINT}</Placemark>"
        f"<Folder><name>North</name><Placemark id='p2'><name>b</name>{POINT}</Placemark>"
        f"<Folder><name>Far</name><Placemark><name>c</name></Placemark></Folder></Folder></Document>"
    )
    (layer,) = parsed.layers
    assert (layer.name, layer.crs, parsed.rows_in) == ("Towns", "OGC:CRS84", 3)
    assert [row.values for row in layer.rows] == [
        {"name": "a"},
        {"id": "p2", "name": "b", "folder": "North"},
        {"name": "c", "folder": "North / Far"},
    ]
    assert shapes(parsed) == ["POINT Z (34.25 31.25 0)", "POINT Z (34.25 31.25 0)", ""]


def test_values_are_read() -> None:
    parsed = read(
        "<Placemark><name>a</name><description><![CDATA[<b>x</b><script>1</script>]]></description>"
        "<TimeSpan><begin>2015-07-01</begin><end>2015-07-02</end></TimeSpan><styleUrl>#s</styleUrl>"
        "<ExtendedData><Data name='n'><value>00501</value></Data><Data name='name'><value>other</value></Data>"
        "<SchemaData><SimpleData name='k'>v</SimpleData></SchemaData></ExtendedData>"
        f"<Style><IconStyle/></Style>{POINT}</Placemark>"
    )
    assert parsed.layers[0].rows[0].values == {
        "name": "a",
        "description": "<b>x</b><script>1</script>",
        "begin": "2015-07-01",
        "end": "2015-07-02",
        "styleUrl": "#s",
        "n": "00501",
        "data name": "other",
        "k": "v",
    }


def test_every_shape_is_built() -> None:
    ring = "<LinearRing><coordinates>0,0 4,0 4,4 0,0</coordinates></LinearRing>"
    parsed = read(
        "<Document>"
        "<Placemark><LineString><coordinates> 0,0 \n 1 , 1 </coordinates></LineString></Placemark>"
        f"<Placemark><Polygon><outerBoundaryIs>{ring}</outerBoundaryIs></Polygon></Placemark>"
        f"<Placemark>{ring}</Placemark>"
        f"<Placemark><MultiGeometry>{POINT}{POINT}</MultiGeometry></Placemark>"
        "</Document>"
    )
    assert shapes(parsed) == [
        "LINESTRING (0 0, 1 1)",
        "POLYGON ((0 0, 4 0, 4 4, 0 0))",
        "LINESTRING (0 0, 4 0, 4 4, 0 0)",
        "MULTIPOINT Z ((34.25 31.25 0), (34.25 31.25 0))",
    ]


def test_tracks_become_lines_with_their_times() -> None:
    times = "<when>2015-07-01</when><when>2015-07-02</when>"
    first = f"<gx:Track>{times}<gx:coord>0 0 1</gx:coord><gx:coord>1 1 1</gx:coord></gx:Track>"
    single = "<gx:Track><when>2015-07-03</when><gx:coord>2 2 0</gx:coord></gx:Track>"
    parsed = read(f"<Document><Placemark>{first}</Placemark><Placemark>{single}</Placemark></Document>", GX)
    assert shapes(parsed) == ["LINESTRING Z (0 0 1, 1 1 1)", "POINT Z (2 2 0)"]
    assert [row.values["when"] for row in parsed.layers[0].rows] == [["2015-07-01", "2015-07-02"], "2015-07-03"]
    assert [(change.row, change.old, change.new) for change in parsed.changes] == [(2, "Track of one place", "Point")]


def test_what_tracks_say_at_their_positions_is_kept() -> None:
    track = (
        "<gx:Track><when>2015-07-01</when><when>2015-07-02</when><when>2015-07-03</when>"
        "<gx:coord>0 0 1</gx:coord><gx:coord>1 1 1</gx:coord><gx:coord/><gx:angles>45 0 0</gx:angles>"
        '<ExtendedData><SchemaData><gx:SimpleArrayData name="speed"><gx:value>80</gx:value><gx:value>95</gx:value>'
        '</gx:SimpleArrayData><gx:SimpleArrayData name="name"><gx:value>x</gx:value></gx:SimpleArrayData></SchemaData>'
        "</ExtendedData></gx:Track>"
    )
    within = f"<MultiGeometry>{track}{POINT}</MultiGeometry>"
    marks = (
        f"<Placemark><name>a</name>{each}</Placemark>" for each in (f"<gx:MultiTrack>{track}</gx:MultiTrack>", within)
    )
    parsed = read(f"<Document>{''.join(marks)}</Document>", GX)
    days = ["2015-07-01", "2015-07-02", "2015-07-03"]
    values = {"name": "a", "when": days, "angles": ["45 0 0"], "speed": ["80", "95"], "data name": ["x"]}
    assert [row.values for row in parsed.layers[0].rows] == [values, values]
    assert [(change.row, change.old, change.new) for change in parsed.changes] == [(1, "coord", ""), (2, "coord", "")]


def test_what_folders_say_of_themselves_is_told() -> None:
    span = "<TimeSpan><begin>2015</begin></TimeSpan>"
    data = "<ExtendedData><Data name='source'><value>a report</value></Data></ExtendedData>"
    parsed = read(
        f"<Document><name>D</name><description> </description><Folder><name>F</name>{span}{data}"
        f"<Placemark><name>a</name><description>of the mark</description>{POINT}</Placemark></Folder></Document>"
    )
    assert parsed.notes == (
        "Folders and documents say more than their names (TimeSpan, ExtendedData); it was left aside.",
    )
    assert not read(f"<Document><name>D</name><Placemark><name>a</name>{span}{POINT}</Placemark></Document>").notes


def test_time_stamps_stand_beside_time_spans() -> None:
    span = "<TimeSpan><begin>2025-05-16</begin><end>2025-05-18</end></TimeSpan>"
    stamp, track = "<TimeStamp><when>2025-05-20</when></TimeStamp>", "<gx:Track><when>2025-05-21</when></gx:Track>"
    track = track.replace("</gx", "<gx:coord>2 2 0</gx:coord></gx")
    marks = "".join(f"<Placemark>{each}{POINT}</Placemark>" for each in (span, stamp))
    document = kml(f"<Document>{marks}<Placemark>{track}</Placemark></Document>", GX)
    parsed = read(document)
    assert [row.values for row in parsed.layers[0].rows] == [
        {"begin": "2025-05-16", "end": "2025-05-18"},
        {"begin": "2025-05-20"},
        {"times": "2025-05-21"},
    ]
    assert parsed.notes[0].startswith("It has time spans and time stamps")
    events = load_here(document, "a.kml").dataset.events
    assert events is not None
    assert events.columns["when"].tolist() == ["2025-05-16/2025-05-18", "2025-05-20", ""]


def test_what_is_not_followed_is_listed() -> None:
    parsed = read(
        "<Document><NetworkLink><name>far</name><Link><href>http://atlas.invalid/x.kml</href></Link></NetworkLink>"
        "<GroundOverlay><name>picture</name></GroundOverlay>"
        f"<Placemark><MultiGeometry><Model/></MultiGeometry></Placemark><Placemark>{POINT}</Placemark></Document>"
    )
    assert parsed.rows_in == 4
    assert [(r.row, r.field, r.value) for r in parsed.refusals] == [
        (1, "NetworkLink", "far"),
        (2, "GroundOverlay", "picture"),
    ]
    assert parsed.refusals[0].reason == "It points to another file, which is not fetched."
    assert [(change.row, change.old, change.reason) for change in parsed.changes] == [
        (3, "Model", "A 3-D model is not drawn")
    ]


@pytest.mark.parametrize("text", ["N 45, E 3", "34.25;31.25", "34.25", "nan,1", "1e999,1", "0x10,1"])
def test_coordinates_are_read_strictly(text: str) -> None:
    wrong = f"<Placemark><Point><coordinates>{text}</coordinates></Point></Placemark>"
    parsed = read(f"<Document>{wrong}<Placemark>{POINT}</Placemark></Document>")
    assert [(r.row, r.field) for r in parsed.refusals] == [(1, "geometry")]
    assert parsed.rows_in == 2


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"<kml><Document></kml>", "It is no well-formed XML: mismatched tag, line 1, column 18. Correct that place."),
        (b'<!DOCTYPE kml [<!ENTITY e SYSTEM "file:///etc/passwd">]><kml>&e;</kml>', "It declares a document type"),
        (b"<gpx/>", "It looks like GPX, which is not read here. Give GeoJSON"),
        (b"<OGRVRTDataSource/>", "It looks like an OGR VRT, which points to other files, which is not read here."),
        (b"<!doctype html><html></html>", "It looks like a web page, which is not read here."),
        (b"<kml/>", "It holds no placemarks. Give a KML with placemarks."),
        (b"just words", "It is no KML: it does not begin with '<'."),
    ],
)
def test_what_is_no_kml_is_refused(content: bytes, words: str) -> None:
    assert refusal(content).startswith(words)


@pytest.mark.parametrize(
    ("declared", "encoding", "read_as"),
    [
        ("utf-16", "utf-8", "utf-8"),
        ("utf-16", "utf-8-sig", "utf-8"),
        ("UTF-8", "utf-16", "utf-16-le"),
        ("UTF-8", "cp1256", "cp1256"),
        ("no-such", "utf-8", "utf-8"),
        ("windows-1256", "cp1256", ""),
        ("gb18030", "gb18030", ""),
    ],
)
def test_declared_encodings_are_not_believed(declared: str, encoding: str, read_as: str) -> None:
    text = f"<kml><Placemark><name>رفح</name>{POINT}</Placemark></kml>"
    parsed = read(f'<?xml version="1.0" encoding="{declared}"?>{text}'.encode(encoding))
    assert parsed.layers[0].rows[0].values == {"name": "رفح"}
    assert [note.partition("; ")[2] for note in parsed.notes] == (
        [f"it was read as {read_as}. Look at accented letters."] if read_as else []
    )


def test_placemarks_within_placemarks_are_rows() -> None:
    inner = f"<Placemark><name>in</name>{POINT}</Placemark>"
    parsed = read(f"<Placemark><name>out</name>{inner}{POINT}</Placemark>")
    assert [row.values for row in parsed.layers[0].rows] == [{"name": "out"}, {"name": "in"}]


@pytest.mark.parametrize("kinds", [("outer", "outer"), ("inner",)])
def test_polygon_without_one_outer_ring_is_listed(kinds: tuple[str, ...]) -> None:
    ring = "<LinearRing><coordinates>{0},{0} 9,{0} 9,9 {0},{0}</coordinates></LinearRing>"
    rings = "".join(
        f"<{kind}BoundaryIs>{ring.format(place)}</{kind}BoundaryIs>" for place, kind in enumerate(kinds, start=1)
    )
    parsed = read(
        f"<Document><Placemark><Polygon>{rings}</Polygon></Placemark><Placemark>{POINT}</Placemark></Document>"
    )
    assert [(r.row, r.reason) for r in parsed.refusals] == [(1, "A polygon has one outer ring.")]


def test_shape_without_coordinates_is_listed() -> None:
    assert "geometry: The shape has no coordinates)" in refusal(kml("<Placemark><name>a</name><Point/></Placemark>"))


def test_missing_declaration_of_a_prefix_is_mended_and_told() -> None:
    parsed = read("<Placemark><gx:Track><gx:coord>1 2</gx:coord><gx:coord>1 3</gx:coord></gx:Track></Placemark>")
    assert shapes(parsed) == ["LINESTRING (1 2, 1 3)"]
    assert parsed.notes[0] == "The prefix gx is used without its declaration, which was added."


def test_all_documents_of_a_kmz_are_read() -> None:
    data = archive(
        ("files/b.kml", kml(f"<Placemark>{POINT}</Placemark>")),
        ("doc.kml", kml(f"<Placemark>{POINT}</Placemark>")),
        ("a.png", b"x"),
        # what a Mac packs beside them
        ("__MACOSX/._doc.kml", b"\x00\x05\x16\x07"),
        ("empty.kml", kml("<Document/>")),
    )
    parsed = read(data, name="a.kmz")
    assert [layer.name for layer in parsed.layers] == ["doc.kml", "empty.kml", "files/b.kml"]
    assert (parsed.kind, parsed.rows_in) == ("kmz", 2)
    assert parsed.notes == ("The KMZ holds 1 other files (pictures, models), which are not shown.",)


@pytest.mark.parametrize("damaged", ["doc.kml", "b.kml"])
def test_a_damaged_kml_beside_a_sound_one_is_a_listed_row(damaged: str) -> None:
    sound = {
        "doc.kml": kml(f"<Placemark><name>a</name>{POINT}</Placemark>"),
        "b.kml": kml(f"<Placemark>{POINT}</Placemark>"),
    }
    parsed = read(archive(*(sound | {damaged: b"<kml><Placemark/><Pla"}).items()), name="a.kmz")
    (refused,) = parsed.refusals
    assert (refused.layer, refused.row, refused.value) == (damaged, 1, damaged)
    assert refused.reason.startswith("It is no well-formed XML: unclosed token")
    assert refused.remedy == "Correct that place."
    assert len(shapes(parsed)) == 1
    assert parsed.rows_in == 2


def test_a_kmz_of_damaged_kmls_alone_is_refused() -> None:
    words = refusal(archive(("a.kml", b"<kml>"), ("b.kml", b"<kml>")), "a.kmz")
    assert words.startswith("Nothing in it can be read, since each of its 2 rows is at fault (row 1 'a.kml': It is no")


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (archive(("../doc.kml", b"<kml/>")), "The zip archive's entry '../doc.kml' leads out of its folder."),
        (archive(("/etc/doc.kml", b"<kml/>")), "The zip archive's entry '/etc/doc.kml' leads out of its folder."),
        (archive(("a.txt", b"x")), "The zip archive holds neither a Shapefile"),
        (archive(("._doc.kml", b"x")), "The zip archive holds neither a Shapefile"),
        (archive(("doc.kml", kml(""))), "It holds no placemarks."),
        (archive(("doc.kml", kml(f"<Placemark>{POINT}</Placemark>")))[:-30], "The zip archive is damaged."),
    ],
)
def test_odd_archives_are_refused(data: bytes, words: str) -> None:
    assert refusal(data, "a.kmz").startswith(words)


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_archive_with_one_name_twice_is_refused() -> None:
    twice = archive(*(("doc.kml", kml(f"<Placemark><name>{name}</name>{POINT}</Placemark>")) for name in "ab"))
    assert refusal(twice, "a.kmz") == "The zip archive has the entry 'doc.kml' twice. Pack it again."
