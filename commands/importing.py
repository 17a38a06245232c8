"""`atlas.py import`: readers' own files become a folder of data, with a report of every row and value."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from exports.writing import write_atomically
from geo.colours import SAFE_COLOURS, check_colour
from geo.data_files import EVENTS, PLACES
from geo.dataset import join_datasets
from geo.errors import InputError, Problem
from geo.event_files import render_events
from geo.intake.column_map import ROLES, ColumnMap
from geo.intake.files import read_file
from geo.intake.limits import limits_from
from geo.intake.loading import About, Intake, take
from geo.intake.mends import MENDS
from geo.intake.presets import PRESETS
from geo.intake.report import Report, render_report, report_refusal, tell_report
from geo.intake.template import render_template
from geo.wording import escape_controls, show_value

_EXAMPLES = """\
examples:
  python atlas.py import events.csv --out my-data/                the columns are found; the report says how
  python atlas.py import events.csv --out my-data/ --map when=Day --map name=Town --mend day-month-year
  python atlas.py import acled.csv roads.gpkg --out my-data/ --report report.csv
  python atlas.py import --template events.csv                    an empty table with the columns
  python atlas.py map all.html --data data my-data                the atlas with them

roles for --map: """


def add_import(command: argparse.ArgumentParser) -> None:
    """Give the command its options.

    Parameters
    ----------
    command
        Parser of the command alone.
    """
    command.formatter_class = argparse.RawDescriptionHelpFormatter
    command.epilog = f"{_EXAMPLES}{', '.join(ROLES)}; and crs=EPSG:CODE for the coordinates\n"
    formats = (
        "GeoJSON, GeoPackage, GeoParquet, Shapefile (zip), CSV, Excel, KML, KMZ, JSON or JSON Lines with a list of "
    )
    formats += "plain objects, also alone in zip or gzip"
    command.add_argument("files", nargs="*", metavar="FILE", help=f"{formats}; several become one folder of data")
    command.add_argument("--out", metavar="DIR", help="folder to write; --data takes it afterwards")
    command.add_argument("--template", metavar="OUT.csv", help="write an empty table with the columns, and end")
    mapping = "which column plays which role; given again, the columns of name, statement, source or locator are joined"
    command.add_argument("--map", action="append", default=[], type=_pair, metavar="ROLE=COLUMN", help=mapping)
    known = f"columns of {', '.join(preset.title for preset in PRESETS.values())} (default: recognised)"
    command.add_argument("--preset", choices=PRESETS, default="", help=known)
    mends = f"what may be mended, given again for each: {', '.join(MENDS)}"
    command.add_argument("--mend", action="append", choices=MENDS, default=[], metavar="KIND", help=mends)
    command.add_argument("--title", default="", help="of the table, where one file is given (default: the file's name)")
    command.add_argument("--licence", default="", help="under which you have the data; told on the map and in receipts")
    command.add_argument("--source", default="", help="who made the data (default: each row's own, else the title)")
    colour = f"of its themes, #rrggbb; safe ones are {', '.join(SAFE_COLOURS)} (default: these in turn)"
    command.add_argument("--colour", type=_colour, help=colour)
    command.add_argument("--report", metavar="FILE.csv", help="write each listed row and each changed value as a table")
    command.set_defaults(run=run_import, usage_fault=command.error)


def run_import(arguments: argparse.Namespace) -> int:
    """Import files, and print what became of them; 0 if all were taken, else 1, and nothing is written.

    Raises
    ------
    InputError
        If a setting is wrong, the tables cannot be joined, or something cannot be written.
    """
    _check_usage(arguments)
    if arguments.template:
        print(escape_controls(str(write_atomically(arguments.template, render_template()))))
        return 0
    outcomes = [_take(Path(file), arguments) for file in arguments.files]
    reports = [outcome.report if isinstance(outcome, Intake) else outcome for outcome in outcomes]
    lines = [line for report in reports for line in _tell(report)]
    try:
        # before anything is printed: whoever reads may have enough of it after some lines
        if arguments.report:
            report_path = write_atomically(arguments.report, render_report(reports))
            lines.append(f"Report: {escape_controls(str(report_path))}")
        intakes = [outcome for outcome in outcomes if isinstance(outcome, Intake)]
        if len(intakes) < len(outcomes):
            refused = [report.file for report, outcome in zip(reports, outcomes, strict=True) if outcome is report]
            message = f"Nothing was written, since {', '.join(map(show_value, refused))} was refused (see above)."
            raise InputError([Problem("import", message)])
        lines.append(f"Written: {escape_controls(str(_write(intakes, Path(arguments.out))))}")
    finally:
        _print(lines)
    return 0


def _tell(report: Report) -> list[str]:
    return [*tell_report(report), *(f"To mend: --mend {mend.kind} ({MENDS[mend.kind]})" for mend in report.offered)]


def _print(lines: Sequence[str]) -> None:
    """Print lines; a reader such as `head` that has enough of them ends the printing, and is no fault."""
    try:
        print("\n".join(lines))
        sys.stdout.flush()
    except BrokenPipeError:
        # Python would flush once more on its way out, and tell of it in a traceback
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _check_usage(arguments: argparse.Namespace) -> None:
    if arguments.template:
        if arguments.files or arguments.out:
            arguments.usage_fault("--template stands alone")
        return
    if not arguments.files:
        arguments.usage_fault("the following arguments are required: FILE")
    if not arguments.out:
        arguments.usage_fault("the following arguments are required: --out")
    if arguments.title and len(arguments.files) > 1:
        arguments.usage_fault("--title names one table: give one file")


def _take(path: Path, arguments: argparse.Namespace) -> Intake | Report:
    limits = limits_from(os.environ)
    mapping = replace(_mapping(arguments.map), preset=arguments.preset)
    about = About(arguments.title, arguments.licence, arguments.colour or "", arguments.source)
    try:
        data = read_file(path, limits)
        return take(data, path.name, mapping, arguments.mend, about=about, limits=limits)
    except InputError as error:
        return report_refusal(path.name, error)


def _mapping(pairs: Sequence[tuple[str, str]]) -> ColumnMap:
    mapping = ColumnMap()
    for role in dict.fromkeys(role for role, _ in pairs):
        columns = [column for each, column in pairs if each == role and column]
        mapping = replace(mapping, crs=columns[-1]) if role == "crs" else mapping.place(role, *columns)
    return mapping


def _write(intakes: Sequence[Intake], folder: Path) -> Path:
    if (folder / PLACES).exists():
        message = (
            f"Invalid folder '{show_value(str(folder))}'. It holds data of the atlas's own form, beside which nothing "
            "is written. Name a new folder."
        )
        raise InputError([Problem("file", message)])
    joined = join_datasets([intake.dataset for intake in intakes])
    assert joined.events is not None
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        message = f"Invalid folder '{show_value(str(folder))}'. It cannot be made ({error.strerror}). Name another."
        raise InputError([Problem("file", message)]) from error
    return write_atomically(folder / EVENTS, render_events(joined.events))


def _pair(text: str) -> tuple[str, str]:
    role, sign, column = text.partition("=")
    if not sign or role not in (*ROLES, "crs"):
        known = ", ".join((*ROLES, "crs"))
        message = f"'{escape_controls(text)}' is not ROLE=COLUMN, where ROLE is one of {known}"
        raise argparse.ArgumentTypeError(message)
    if role == "crs" and not column:
        message = "crs= names a CRS, for example crs=EPSG:32636"
        raise argparse.ArgumentTypeError(message)
    return role, column


def _colour(text: str) -> str:
    try:
        return check_colour(text)
    except InputError as error:
        raise argparse.ArgumentTypeError(escape_controls(error.problems[0].message)) from error
