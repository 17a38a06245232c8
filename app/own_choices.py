"""What a reader decides of a file before it is shown: which columns say what, mends, title, licence, colour."""

from __future__ import annotations

from types import MappingProxyType

import streamlit as st

from geo.colours import SAFE_COLOURS
from geo.intake.columns import PLACE_ROLES, ROLES, ColumnMap
from geo.intake.loading import About
from geo.intake.mending import MENDS
from geo.intake.presets import PRESETS
from geo.intake.shelf import Brought, Choices
from geo.view import Language
from layers.words import escape_markdown, read_words

_NONE = ""
_BEFORE_FIELDS = 2


def ask_choices(brought: Brought, language: Language) -> Choices:
    """Ask what a reader decides of a file; what is left alone stays as suggested."""
    return Choices(
        mapping=_ask_columns(brought, language),
        mends=_ask_mends(brought),
        about=_ask_about(brought, language),
    )


def _ask_about(brought: Brought, language: Language) -> About:
    words, key = read_words(language), brought.key
    title, source, licence, colour = st.columns(4)
    return About(
        title=title.text_input(
            words["own-title"],
            brought.choices.about.title,
            max_chars=120,
            placeholder=brought.title,
            key=f"own-title-{key}",
        ),
        source=source.text_input(words["own-source"], max_chars=120, key=f"own-source-{key}"),
        licence=licence.text_input(words["own-licence"], max_chars=120, key=f"own-licence-{key}"),
        colour=colour.selectbox(
            words["own-colour"],
            [_NONE, *SAFE_COLOURS],
            format_func=lambda code: code or words["own-colour-any"],
            accept_new_options=True,
            key=f"own-colour-{key}",
        )
        or _NONE,
    )


def _ask_mends(brought: Brought) -> tuple[str, ...]:
    """Offer what would help; a mend that was asked for stays offered, so that it can be taken back."""
    offered = {mend.kind: mend for mend in brought.report.offered}
    asked = []
    for kind in [kind for kind in MENDS if kind in offered or kind in brought.choices.mends]:
        mend = offered.get(kind)
        words = MENDS[kind][0].upper() + MENDS[kind][1:]
        label = f"{words} ({mend.rows:,}). {mend.words}" if mend else f"{words}."
        # the label changes once the mend is made; the key keeps the box
        if st.checkbox(escape_markdown(label), key=f"own-mend-{brought.key}-{kind}"):
            asked.append(kind)
    return tuple(asked)


def _ask_columns(brought: Brought, language: Language) -> ColumnMap | None:
    """Ask which column plays which role; ``None`` where all are left as suggested."""
    words, fields = read_words(language), brought.fields
    if not fields:
        return None
    has_shapes = any(layer.has_geometry for layer in brought.parsed.layers) if brought.parsed else False
    found = brought.intake.mappings if brought.intake else ()
    columns: dict[str, tuple[str, ...]] = {}
    # open from the beginning where a choice is needed, and then not closed between one choice and the next
    is_open = st.session_state.setdefault(f"own-columns-{brought.key}", brought.intake is None)
    with st.expander(words["own-columns"], expanded=is_open):
        preset = st.selectbox(
            words["own-preset"],
            ["", *PRESETS],
            format_func=lambda key: PRESETS[key].title if key else words["own-preset-any"],
            key=f"own-preset-{brought.key}",
        )
        places = st.columns(4)
        for number, role in enumerate(role for role in ROLES if not (has_shapes and role in PLACE_ROLES)):
            suggested = next((" + ".join(each.of(role)) for each in found if each.of(role)), "")
            left_alone = words["own-suggested"].format(suggested) if suggested else words["own-suggested-none"]
            labels = [left_alone, "–", *fields]
            # a number stands for a column, since a name may be any text
            choice = places[number % 4].selectbox(
                words[f"own-role-{role}"],
                range(len(labels)),
                format_func=labels.__getitem__,
                key=f"own-role-{brought.key}-{role}",
            )
            if choice:
                columns[role] = (fields[choice - _BEFORE_FIELDS],) if choice >= _BEFORE_FIELDS else ()
        crs = st.text_input(words["own-crs"], placeholder="EPSG:32636", max_chars=60, key=f"own-crs-{brought.key}")
    if not columns and not crs.strip() and not preset:
        return None
    return ColumnMap(MappingProxyType(columns), crs=crs.strip() or None, preset=preset)
