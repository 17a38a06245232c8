"""The atlas's nouns: features, claims, citations, sources and the provenance of shapes."""

from __future__ import annotations

from enum import StrEnum
from functools import cached_property
from typing import Annotated, Any, Self

from geojson_pydantic.geometries import Geometry
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints, field_validator, model_validator
from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry

from geo.dates import check_edtf
from geo.wording import show_value

Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=80)]
Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=2000)]
Edtf = Annotated[str, AfterValidator(check_edtf)]
Sha256 = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]


class Theme(StrEnum):
    """What a feature is about; one layer of the map each, drawn in this order from the top of the legend."""

    PLACES = "places"
    BORDER = "border"
    TUNNELS = "tunnels"
    BUFFER_ZONE = "buffer-zone"
    DRONES = "drones"
    EVENTS = "events"
    FLOWS = "flows"
    OPERATIONS = "operations"
    ACTORS = "actors"
    CONTEXT = "context"


class Status(StrEnum):
    """How a source puts a claim forward."""

    REPORTED = "reported"
    OFFICIAL = "official"
    ALLEGED = "alleged"
    DENIED = "denied"
    HYPOTHETICAL = "hypothetical"


class Precision(StrEnum):
    """How exactly a shape's position is known; it decides the symbol."""

    EXACT = "exact"
    APPROXIMATE = "approximate"
    AREA = "area"
    SCHEMATIC = "schematic"


class Method(StrEnum):
    """How a shape was made."""

    GAZETTEER = "gazetteer"
    DATASET = "dataset"
    MEASURED = "measured"
    SCHEMATIC = "schematic"


class Qualifier(StrEnum):
    """How a source hedges a number."""

    EXACTLY = "exactly"
    ABOUT = "about"
    MORE_THAN = "more-than"
    AT_LEAST = "at-least"
    UP_TO = "up-to"
    LESS_THAN = "less-than"
    DOZENS = "dozens"
    SCORES = "scores"
    HUNDREDS = "hundreds"
    TENS_OF_THOUSANDS = "tens-of-thousands"


class Record(BaseModel):
    """A frozen record that refuses fields it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Extent(Record):
    """A box on the ground, in degrees on WGS 84: west, south, east, north."""

    west: float = Field(ge=-180, le=180)
    south: float = Field(ge=-90, le=90)
    east: float = Field(ge=-180, le=180)
    north: float = Field(ge=-90, le=90)

    @model_validator(mode="after")
    def _corners_in_order(self) -> Self:
        if self.west >= self.east or self.south >= self.north:
            message = (
                f"Invalid extent '{self.west},{self.south},{self.east},{self.north}'. "
                "It runs west, south, east, north, each first below its second. Swap the corners."
            )
            raise ValueError(message)
        return self

    @property
    def bounds(self) -> tuple[float, float, float, float]:
        """West, south, east, north in degrees."""
        return (self.west, self.south, self.east, self.north)


class Conversion(Record):
    """The same quantity in a second unit, as the source converts it."""

    value: float
    unit: str = Field(min_length=1, max_length=40)


class Measure(Record):
    """A number that a source gives: what of, how many, in which unit, how hedged.

    ``value`` is ``None`` where the source gives only a word such as "dozens"; the qualifier then says which.
    What the number can be checked against, by `geo.checks`: ``between`` holds pairs of feature ids that a distance
    runs between, ``dates`` the two dates that a time runs between, ``share_of`` the claim whose number is the whole
    that this one is a part of. ``basis`` says where a date comes from that the source does not give.
    """

    quantity: Slug
    value: float | None = None
    unit: str = Field(min_length=1, max_length=40)
    qualifier: Qualifier = Qualifier.EXACTLY
    converted: Conversion | None = None
    between: tuple[tuple[Slug, Slug], ...] = ()
    dates: tuple[Edtf, Edtf] | None = None
    share_of: Slug | None = None
    basis: Text | None = None


class Citation(Record):
    """Where a claim stands: CSL item, paragraph, the passage's first and last words, and its hash.

    ``locator`` counts the non-empty lines of the article from 1. ``sha256`` is of the normalised passage,
    as `geo.passages.hash_passage` makes it, so that the passage is pinned without being copied.
    """

    id: Slug
    locator: Annotated[str, StringConstraints(pattern=r"^[1-9][0-9]*$")]
    label: Annotated[str, StringConstraints(pattern=r"^paragraph$")] = "paragraph"
    start: Text
    end: Text
    sha256: Sha256


MATTERS = ("date", "number", "place", "direction", "actor", "status", "extent")
"""What two claims may disagree in."""


class Dispute(Record):
    """A claim that this one disagrees with, and in what."""

    claim: Slug
    about: Annotated[str, StringConstraints(pattern=f"^({'|'.join(MATTERS)})$")]
    reason: Text


class Claim(Record):
    """One statement about a place or event, in our words, with who said it and where it stands.

    ``origin`` names the report or document that the article relays; claims of one origin are one witness.
    """

    id: Slug
    statement: Text
    attributed_to: Text
    status: Status
    when: Edtf | None = None
    reported: Edtf
    origin: Slug | None = None
    measures: tuple[Measure, ...] = ()
    citation: Citation
    disputes: tuple[Dispute, ...] = ()


class Provenance(Record):
    """Where a drawn shape comes from, apart from the claims that it stands for."""

    method: Method
    basis: Text
    precision: Precision
    precision_m: float | None = Field(default=None, gt=0, description="radius of the position's uncertainty, metres")
    disputed: bool = Field(default=False, description="whether a line is an armistice line or disputed: drawn dashed")
    note: Text | None = None


class Feature(Record):
    """A thing of the atlas: its shape where it has one, the reason where it has none, and its claims.

    ``geometry`` is GeoJSON (RFC 7946): longitude before latitude, degrees on WGS 84.
    """

    id: Slug
    geometry: Geometry | None
    name: Text
    names: dict[Annotated[str, StringConstraints(pattern=r"^[a-z]{2}$")], Text]
    aliases: tuple[Text, ...] = ()
    theme: Theme
    when: Edtf | None = None
    provenance: Provenance | None = None
    unplaced: Text | None = Field(default=None, description="why nothing is drawn; only with a null geometry")
    claims: tuple[Claim, ...] = Field(min_length=1)

    @field_validator("names")
    @classmethod
    def _named_in_english_and_arabic(cls, names: dict[str, str]) -> dict[str, str]:
        missing = {"en", "ar"} - names.keys()
        if missing:
            message = f"Invalid names. Every feature is named in en and ar. Add {', '.join(sorted(missing))}."
            raise ValueError(message)
        return names

    @model_validator(mode="after")
    def _drawn_or_explained(self) -> Self:
        if self.geometry is None and not self.unplaced:
            message = "Invalid geometry 'null'. A feature without a shape says why in 'unplaced'. Add the reason."
            raise ValueError(message)
        if self.geometry is not None and self.unplaced:
            message = "Invalid unplaced. A feature with a shape is drawn. Take out the reason or the geometry."
            raise ValueError(message)
        if self.geometry is not None and self.provenance is None:
            message = "Invalid provenance 'null'. Every drawn shape says how it was made. Add method, basis, precision."
            raise ValueError(message)
        return self

    @cached_property
    def shape(self) -> BaseGeometry | None:
        """The geometry for shapely, longitude before latitude, in degrees; ``None`` where nothing is drawn."""
        return None if self.geometry is None else shape(self.geometry.model_dump(exclude_none=True))


class Name(Record):
    """A person or body as CSL-JSON writes it."""

    family: str | None = None
    given: str | None = None
    literal: str | None = None


class Issued(Record):
    """A date as CSL-JSON writes it: year, and month and day as far as known."""

    model_config = ConfigDict(populate_by_name=True)

    date_parts: tuple[tuple[int, ...]] = Field(alias="date-parts")
    circa: bool | None = None


class Source(Record):
    """A cited work: one CSL-JSON item (schema 1.0.2), with our notes under ``custom``.

    ``custom.inferred`` maps a field's name to the reason why its value, which the text does not state, is held.
    """

    model_config = ConfigDict(populate_by_name=True)

    id: Slug
    type: str
    title: str = Field(min_length=1)
    author: tuple[Name, ...] = Field(min_length=1)
    issued: Issued
    container_title: str | None = Field(default=None, alias="container-title")
    publisher: str | None = None
    URL: str | None = Field(default=None, pattern=r"^https?://")
    language: str | None = None
    note: str | None = None
    custom: dict[str, Any] = Field(default_factory=dict)

    @field_validator("custom")
    @classmethod
    def _inferred_with_reasons(cls, custom: dict[str, Any]) -> dict[str, Any]:
        inferred = custom.get("inferred", {})
        if not isinstance(inferred, dict) or not all(
            reason and isinstance(reason, str) for reason in inferred.values()
        ):
            message = (
                f"Invalid custom.inferred '{show_value(inferred)}'. It holds fields' names and the reasons for their "
                'values. Write for example {"issued": "a rerun is dated so"}.'
            )
            raise ValueError(message)
        return custom

    @property
    def inferred(self) -> dict[str, str]:
        """Fields that the text does not state, with the reason for the value held."""
        return dict(self.custom.get("inferred", {}))

    @property
    def byline(self) -> str:
        """The authors' names as a reader says them."""
        return ", ".join(
            author.literal or " ".join(part for part in (author.given, author.family) if part) for author in self.author
        )

    @property
    def published(self) -> str:
        """The date of publication as EDTF, as exact as it is held; approximate where inferred."""
        date = "-".join(f"{part:04d}" if i == 0 else f"{part:02d}" for i, part in enumerate(self.issued.date_parts[0]))
        return f"{date}~" if self.issued.circa else date
