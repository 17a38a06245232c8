"""What a view shows in the Linked Places Format, for gazetteers of the past."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any
from urllib.parse import quote

from shapely.geometry import mapping

from exports.cleaning import one_line
from exports.json_writing import write_json
from exports.receipt import build_receipt
from exports.records import Record, iterate_records
from exports.references import format_reference
from geo.dataset import Dataset
from geo.dates import format_interval, read_interval
from geo.model import Claim, Precision, Source
from geo.selection import Selection, select
from geo.view import View
from layers.style import theme_styles

CONTEXT = "https://raw.githubusercontent.com/LinkedPasts/linked-places/master/linkedplaces-context-v1.1.jsonld"
"""The format's own context of JSON-LD."""

_CERTAINTY = MappingProxyType(
    {
        Precision.EXACT: "certain",
        Precision.APPROXIMATE: "less-certain",
        Precision.AREA: "less-certain",
        Precision.SCHEMATIC: "uncertain",
    }
)
# what the World Historical Gazetteer takes for a date and for an address
_DATE = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-([0-2]\d|3[01]))?)?", re.ASCII)
_ADDRESS = re.compile(r"https?://[a-zA-Z0-9\-.]{2,256}\.[a-z]{2,63}(:\d{1,5})?(/.*)?", re.ASCII)


def render_lpf(dataset: Dataset, view: View) -> bytes:
    """Write what is shown as Linked Places Format 1.1, which is GeoJSON that links.

    A name is dated by the reports that it stands in; a description is a claim. Country codes are left out: the
    gazetteer's list of them lacks the State of Palestine. A text is on one line, as the gazetteer asks.

    Parameters
    ----------
    dataset
        What is chosen from.
    view
        What to show; a feature without a shape has a null geometry.

    References
    ----------
    Linked Places Format 1.1 (Pelagios, World Historical Gazetteer), and the gazetteer's schema lpf_v2.0.
    """
    selection = select(dataset, view)
    records = list(iterate_records(dataset, selection))
    styles = theme_styles({each.values["theme"] for each in records}, dataset.tables)
    labels = {style.key: style.label["en"] for style in styles}
    # `EventTable.find` looks through the whole table each time
    rows = {} if dataset.events is None else {dataset.events.columns["id"][row]: row for row in selection.events}
    collection = {
        "type": "FeatureCollection",
        "@context": CONTEXT,
        "receipt": build_receipt(dataset, view, selection),
        "features": [
            _feature(record, labels)
            | (
                _told_by_event(dataset, rows[record.values["feature_id"]])
                if record.values["feature_id"] in rows
                else _told_by_claims(record.values["feature_id"], dataset, selection)
            )
            for record in records
        ],
    }
    return write_json(collection)


def feature_uri(identity: str) -> str:
    """Name a feature by a URI that does not hang on where the atlas is published.

    Examples
    --------
    >>> feature_uri("rafah-egypt")
    'urn:corridor-atlas:feature:rafah-egypt'
    """
    return f"urn:corridor-atlas:feature:{quote(identity.encode('utf-8', 'surrogatepass'), safe='')}"


def _feature(record: Record, labels: Mapping[str, str]) -> dict[str, Any]:
    values = record.values
    theme = values["theme"]
    feature = {
        "@id": feature_uri(values["feature_id"]),
        "type": "Feature",
        "properties": {"title": one_line(values["name"]) or values["feature_id"], "theme": theme},
        "types": [{"label": labels[theme], "sourceLabels": [{"label": theme, "lang": "en"}]}],
        "geometry": _geometry(record),
    }
    return feature | ({"when": _when([values["when_edtf"]])} if values["when_edtf"] else {})


def _told_by_claims(identity: str, dataset: Dataset, selection: Selection) -> dict[str, Any]:
    feature, claims = dataset.feature(identity), selection.claims[identity]
    cited = [dataset.source(source) for source in dict.fromkeys(claim.citation.id for claim in claims)]
    names = [{"toponym": one_line(name), "lang": language} for language, name in feature.names.items()]
    names += [{"toponym": one_line(name)} for name in feature.aliases]
    attested = _when(list(dict.fromkeys(claim.reported for claim in claims)))
    first = {"citations": [_citation(source) for source in cited], "when": attested}
    addresses = [source.URL for source in cited if source.URL and _ADDRESS.fullmatch(source.URL)]
    return {
        "names": [names[0] | first, *names[1:]],
        "links": [{"type": "subjectOf", "identifier": address} for address in addresses],
        "descriptions": [_description(claim, dataset.source(claim.citation.id)) for claim in claims],
    }


def _told_by_event(dataset: Dataset, row: int) -> dict[str, Any]:
    assert dataset.events is not None
    cells = {name: one_line(column[row]) for name, column in dataset.events.columns.items()}
    where = ", ".join(part for part in (cells["source"], cells["locator"]) if part) or "not stated"
    return {
        "names": [{"toponym": cells["name"] or cells["id"], "citations": [{"label": where}]}],
        "descriptions": [{"value": cells["statement"], "lang": "en"}],
    }


def _citation(source: Source) -> dict[str, str]:
    citation = {
        "label": one_line(format_reference(source)),
        "year": str(source.issued.date_parts[0][0]),
    }
    return citation | ({"@id": source.URL} if source.URL and _ADDRESS.fullmatch(source.URL) else {})


def _description(claim: Claim, source: Source) -> dict[str, str]:
    told = (
        f"{claim.statement} ({claim.status.value}: {claim.attributed_to}; {source.id}, para. {claim.citation.locator})"
    )
    description = {"value": one_line(told), "lang": "en"}
    return description | ({"source": source.URL} if source.URL and _ADDRESS.fullmatch(source.URL) else {})


def _geometry(record: Record) -> dict[str, Any] | None:
    if record.geometry is None:
        return None
    geometry: dict[str, Any] = json.loads(json.dumps(mapping(record.geometry)))
    precision, tolerance_m = record.values["precision"], record.values["precision_m"]
    if precision:
        geometry["certainty"] = _CERTAINTY[Precision(precision)]
    if tolerance_m:
        geometry["approximation"] = {"type": "geo:hasSpatialAccuracy", "tolerance": f"{tolerance_m:g} m"}
    return geometry


def _when(dates: Sequence[str]) -> dict[str, Any]:
    """Tell EDTF dates as the format has them; what is not sure of them stands beside, in words."""
    intervals = [read_interval(date) for date in dates]
    when = {"timespans": [_timespan(date) for date in dates], "label": "; ".join(map(format_interval, dates))}
    if any(interval.is_uncertain for interval in intervals):
        return when | {"certainty": "uncertain"}
    return when | ({"certainty": "less-certain"} if any(interval.is_approximate for interval in intervals) else {})


def _timespan(edtf: str) -> dict[str, Any]:
    first, slash, last = edtf.partition("/")
    interval = read_interval(edtf)
    if not slash and _DATE.fullmatch(first.rstrip("~?%")):
        return {"start": {"in": first.rstrip("~?%")}}
    span = {}
    for side, text, day in (("start", first, interval.first), ("end", last, interval.last)):
        plain = text.rstrip("~?%")
        if day is not None:
            span[side] = {"in": plain if _DATE.fullmatch(plain) else day.isoformat()}
    return span
