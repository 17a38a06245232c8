"""The cited passages of what a view shows as W3C Web Annotations."""

from __future__ import annotations

from typing import Any
from urllib.parse import urldefrag

from exports.json_writing import write_json
from exports.linked_places import feature_uri
from exports.receipt import build_receipt
from geo.citing import deep_link
from geo.dataset import Dataset
from geo.model import Claim, Feature
from geo.selection import select
from geo.view import View

_CONTEXT = (
    "http://www.w3.org/ns/anno.jsonld",
    {
        "sha256": "https://schema.org/sha256",
        "paragraph": "http://purl.org/ontology/bibo/locator",
        "status": "https://schema.org/creativeWorkStatus",
        "attributedTo": {"@id": "http://www.w3.org/ns/prov#wasAttributedTo"},
    },
)
_TEXT_FRAGMENTS = "https://wicg.github.io/scroll-to-text-fragment/"


def render_annotations(dataset: Dataset, view: View) -> bytes:
    """Write the cited passages as an annotation collection: each names a place and holds a claim about it.

    A passage is pinned by its first and last words as a text fragment, both ends included, and by its hash
    (`geo.passages.hash_passage`). A TextQuoteSelector would have to hold the passage itself, which is not ours to
    publish; a RangeSelector leaves out its last words. Events of a reader's own cite no passage and are left out.

    Parameters
    ----------
    dataset
        What is chosen from.
    view
        What to show; one annotation stands for one shown claim.

    References
    ----------
    W3C, Web Annotation Data Model (2017), 4.2.1 Fragment Selector. WICG, URL Fragment Text Directives.
    """
    selection = select(dataset, view)
    items = [
        _annotation(feature, claim, dataset) for feature in selection.features for claim in selection.claims[feature.id]
    ]
    receipt = build_receipt(dataset, view, selection)
    if len(selection.events):
        left_out = f"Events of readers' own tables cite no passage and are left out: {len(selection.events)}."
        receipt["notes"] = [left_out]
    collection = {
        "@context": list(_CONTEXT),
        "id": f"urn:corridor-atlas:annotations:{dataset.sha256}",
        "type": "AnnotationCollection",
        "label": "Passages cited by the Corridor Atlas",
        "total": len(items),
        "receipt": receipt,
        "first": {
            "id": f"urn:corridor-atlas:annotations:{dataset.sha256}:1",
            "type": "AnnotationPage",
            "startIndex": 0,
            "items": items,
        },
    }
    return write_json(collection)


def _annotation(feature: Feature, claim: Claim, dataset: Dataset) -> dict[str, Any]:
    source, citation = dataset.source(claim.citation.id), claim.citation
    # a work without an address is named by its id
    address = source.URL or f"urn:corridor-atlas:source:{source.id}"
    selector = {
        "type": "FragmentSelector",
        "conformsTo": _TEXT_FRAGMENTS,
        "value": urldefrag(deep_link(address, citation)).fragment,
        "sha256": citation.sha256,
        "paragraph": citation.locator,
    }
    return {
        "id": f"urn:corridor-atlas:claim:{claim.id}",
        "type": "Annotation",
        "motivation": "identifying",
        "body": [
            {"type": "SpecificResource", "source": feature_uri(feature.id), "purpose": "identifying"},
            {
                "type": "TextualBody",
                "value": claim.statement,
                "format": "text/plain",
                "language": "en",
                "purpose": "describing",
                "status": claim.status.value,
                "attributedTo": claim.attributed_to,
            },
        ],
        "target": {"type": "SpecificResource", "source": address, "selector": selector},
    }
