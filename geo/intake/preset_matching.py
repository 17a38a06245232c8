"""Which known data set a table is of, by the names of its columns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from geo.errors import InputError, Problem
from geo.intake.column_map import PLACE_ROLES
from geo.intake.column_names import fold_name
from geo.intake.place_columns import find_place_columns
from geo.intake.presets import FURTHER, PRESETS, Preset
from geo.intake.rows import RawLayer
from geo.wording import show_value

_SHAPEFILE_NAME = 10
"""Letters that a Shapefile keeps of a column's name."""


def find_preset(folded: Mapping[str, str], key: str, layer: RawLayer) -> Preset | None:
    """Find the data set whose columns a layer has.

    Parameters
    ----------
    folded
        The layer's columns by their folded names (`geo.intake.column_names.fold_name`).
    key
        Key of `geo.intake.presets.PRESETS`; empty takes the one that is recognised, if any.
    layer
        As it was parsed.

    Raises
    ------
    InputError
        If there is no such preset, or the layer lacks the columns that it needs.
    """
    if not key:
        return next((each for each in (*PRESETS.values(), *FURTHER) if _is_of(each, folded, layer)), None)
    if key not in PRESETS:
        message = f"Invalid preset '{show_value(key)}'. It is one of {', '.join(PRESETS)}. Correct it."
        raise InputError([Problem("preset", message)])
    preset = PRESETS[key]
    is_like = any(find_column(name, preset, folded, ()) for names in preset.columns.values() for name in names)
    # places of another name make no table of a data set of which it has no column at all
    missing = _missing(preset, folded, layer) if is_like else list(preset.needs)
    if missing:
        message = (
            f"Invalid preset '{key}'. It needs the columns {', '.join(preset.needs)}; "
            f"the file lacks {', '.join(missing)}. Leave the preset out, or name the columns one by one."
        )
        raise InputError([Problem("preset", message)])
    return preset


def _is_of(preset: Preset, folded: Mapping[str, str], layer: RawLayer) -> bool:
    """Tell whether a layer is of a data set, and whole enough for its preset."""
    marked = any(all(find_column(name, preset, folded, ()) for name in group) for group in preset.marks)
    return marked and not _missing(preset, folded, layer)


def _missing(preset: Preset, folded: Mapping[str, str], layer: RawLayer) -> list[str]:
    """List the columns that a preset needs and a layer lacks; places of another name or shape stand for its own."""
    places = {name for role in PLACE_ROLES for name in preset.columns.get(role, ())}
    missing = [name for name in preset.needs if not find_column(name, preset, folded)]
    if not places.isdisjoint(missing) and (layer.has_geometry or find_place_columns(layer, folded)):
        return [name for name in missing if name not in places]
    return missing


def find_column(
    name: str, preset: Preset, folded: Mapping[str, str], instead: Sequence[str] | None = None
) -> str | None:
    """Find a layer's column for one of a preset, or what stands for it, by its name or as a Shapefile cuts it.

    Parameters
    ----------
    name, preset, folded
        The preset's column, the preset, and the layer's columns by their folded names.
    instead
        What may stand for it; ``None`` takes what the preset says.
    """
    others = preset.instead.get(name, ()) if instead is None else instead
    written = (part for each in (name, *others) for part in (each, each[:_SHAPEFILE_NAME]))
    return next((folded[each] for each in map(fold_name, written) if each in folded), None)
