"""What a reader decides of a file before it is shown: which columns say what, mends, and what they say of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from types import MappingProxyType

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from app.messages import show_notes
from app.own_about import ask_about
from geo.errors import InputError
from geo.intake.brought import Brought, Choices
from geo.intake.column_map import PLACE_ROLES, ROLES, ColumnMap
from geo.intake.columns import fit_mapping
from geo.intake.mends import MENDS
from geo.intake.presets import PRESETS
from geo.view import Language
from layers.words import read_words

_BEFORE_FIELDS = 2


def ask_choices(brought: Brought, language: Language) -> Choices:
    """Ask what a reader decides of a file; what is left alone stays as suggested.

    What was decided stands in the controls again when the reader comes back from another tab.
    """
    return Choices(
        mapping=_ask_columns(brought, language),
        mends=_ask_mends(brought, language),
        about=ask_about(brought.choices.about, brought.title, str(brought.key), language),
    )


def _ask_mends(brought: Brought, language: Language) -> tuple[str, ...]:
    """Offer what would help; a mend that was asked for stays offered, so that it can be taken back.

    The label holds the atlas's own words alone, since Streamlit tells screen readers a label as it is written, with
    the backslashes of what is escaped; what is said of the file stands below it.
    """
    words, offered = read_words(language), {mend.kind: mend for mend in brought.report.offered}
    asked = []
    for kind in [kind for kind in MENDS if kind in offered or kind in brought.choices.mends]:
        mend = offered.get(kind)
        name = words[f"own-mend-{kind}"]
        label = f"{name} ({mend.rows:,})" if mend else name
        # the label changes once the mend is made; the key keeps the box
        key = f"own-mend-{brought.key}-{kind}"
        if st.checkbox(label, value=kind in brought.choices.mends, key=key):
            asked.append(kind)
        if mend:
            show_notes([mend.words], language)
    return tuple(asked)


def _ask_columns(brought: Brought, language: Language) -> ColumnMap | None:
    """Ask which column plays which role; ``None`` where all are left as suggested."""
    words, fields = read_words(language), brought.fields
    if not fields:
        return None
    has_shapes = any(layer.has_geometry for layer in brought.parsed.layers) if brought.parsed else False
    found, before = find_roles(brought), brought.choices.mapping or ColumnMap()
    columns: dict[str, tuple[str, ...]] = {}
    # open from the beginning where a choice is needed, and then not closed between one choice and the next
    is_open = st.session_state.setdefault(f"own-columns-{brought.key}", brought.intake is None)
    with st.expander(words["own-columns"], expanded=is_open):
        presets = ["", *PRESETS]
        preset = st.selectbox(
            words["own-preset"],
            presets,
            index=presets.index(before.preset),
            format_func=lambda key: words[f"told-preset-{key}"] if key else words["own-preset-any"],
            key=f"own-preset-{brought.key}",
        )
        for place, role in zip(
            _rows_of_four(), (role for role in ROLES if not (has_shapes and role in PLACE_ROLES)), strict=False
        ):
            suggested = next((" + ".join(each.of(role)) for each in found if each.of(role)), "")
            left_alone = words["own-suggested"].format(suggested) if suggested else words["own-suggested-none"]
            labels = [left_alone, "–", *fields]
            # a number stands for a column, since a name may be any text
            choice = place.selectbox(
                words[f"own-role-{role}"],
                range(len(labels)),
                index=_chosen(before, role, fields),
                format_func=labels.__getitem__,
                key=f"own-role-{brought.key}-{role}",
            )
            if choice:
                columns[role] = (fields[choice - _BEFORE_FIELDS],) if choice >= _BEFORE_FIELDS else ()
        key = f"own-crs-{brought.key}"
        crs = st.text_input(words["own-crs"], before.crs or "", placeholder="EPSG:32636", max_chars=60, key=key)
    if not columns and not crs.strip() and not preset:
        return None
    return ColumnMap(MappingProxyType(columns), crs=crs.strip() or None, preset=preset)


def _rows_of_four() -> Iterator[DeltaGenerator]:
    """Yield places four to a row, a row after the other: phones, keys and screen readers meet them in that order."""
    while True:
        yield from st.columns(4)


def find_roles(brought: Brought) -> tuple[ColumnMap, ...]:
    """Find which columns play which roles, also in a file that could not be loaded, for example without places."""
    if brought.intake:
        return brought.intake.mappings
    layers = brought.parsed.layers if brought.parsed else ()
    try:
        return tuple(fit_mapping(brought.choices.mapping, layer) for layer in layers)
    except InputError:
        # what is at fault is told above
        return ()


def _chosen(mapping: ColumnMap, role: str, fields: Sequence[str]) -> int:
    """Return the place of what was chosen for a role: left alone, no column, or one of the columns."""
    if role not in mapping.columns:
        return 0
    names = [name for name in mapping.of(role) if name in fields]
    return _BEFORE_FIELDS + fields.index(names[0]) if names else 1
