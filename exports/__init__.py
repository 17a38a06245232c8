"""Tier 3: files that carry the map's evidence with them."""
