"""Tier 2: the web map, made of Folium elements of our own."""
