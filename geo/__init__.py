"""Tier 1: facts. Features, claims, sources, dates and geodesy; no drawing library."""
