"""The atlas's app in small, made with streamlit-folium: a check box a theme, events on a map, the clicked one in words.

Run: ``streamlit run benchmarks/peer_app.py``; ``EVENTS`` names a GeoJSON file of events, ``WAY`` is ``render``
(the map is made anew) or ``group`` (its themes are handed over by ``feature_group_to_add``).
"""

from __future__ import annotations

import json
import os
from typing import Any

import folium
import geopandas as gpd
import streamlit as st
from streamlit_folium import st_folium


@st.cache_resource
def load_events() -> gpd.GeoDataFrame:
    return gpd.read_file(os.environ["EVENTS"])


@st.cache_resource
def load_theme(theme: str) -> dict[str, Any]:
    events = load_events()
    geojson: dict[str, Any] = json.loads(events.loc[events["theme"] == theme, ["id", "geometry"]].to_json(drop_id=True))
    return geojson


def theme_group(theme: str) -> folium.FeatureGroup:
    group = folium.FeatureGroup(theme)
    folium.GeoJson(
        load_theme(theme),
        marker=folium.CircleMarker(radius=5),
        tooltip=folium.GeoJsonTooltip(["id"]),
    ).add_to(group)
    return group


def main() -> None:
    st.set_page_config(layout="wide")
    events = load_events()
    with st.sidebar:
        shown = [theme for theme in sorted(events["theme"].unique()) if st.checkbox(theme, value=True)]
    groups = [theme_group(theme) for theme in shown]
    plain = folium.Map([31.2, 34.0], zoom_start=9, tiles=None, prefer_canvas=True)
    given: dict[str, Any] = {}
    if os.environ["WAY"] == "group":
        given = {"feature_group_to_add": groups}
    else:
        for group in groups:
            group.add_to(plain)
    told = st_folium(plain, key="map", width=900, height=500, returned_objects=["last_object_clicked_tooltip"], **given)
    clicked = (told.get("last_object_clicked_tooltip") or "").split()
    if clicked:
        event = events.loc[events["id"] == clicked[-1]].iloc[0]
        st.subheader(event["name"])
        st.markdown(event["statement"])


main()
