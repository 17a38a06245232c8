"""The command line of the Corridor Atlas."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from commands.importing import add_import
from exports.change_reports import REPORTS as CHANGE_REPORTS
from exports.drafts import FORMATS as DRAFT_FORMATS
from exports.drafts import format_draft
from exports.formats import FORMATS, find_format, render_html, write, write_all
from exports.options import ExportOptions, Scope, Style
from exports.receipt import write_receipt
from exports.verdicts import REPORTS
from exports.writing import write_atomically
from geo.articles import read_article, read_articles
from geo.changes import find_changes
from geo.data_files import list_unread
from geo.dataset import read_dataset
from geo.errors import InputError
from geo.opening import open_data
from geo.recognition import weigh_articles
from geo.suggesting import suggest_places
from geo.verification import Outcome, cite_passage, verify
from geo.view import View
from geo.wording import escape_controls, show_value

_MAX_LINES = 500
_ATLAS_HELP = (
    "a folder with places.geojson and sources.json, or one that 'import' wrote, or a GeoJSON file of the atlas's form "
    "(default: the atlas's own data)"
)
_DATA_HELP = (
    "a folder with places.geojson and sources.json, or one that 'import' wrote, or a GeoJSON file of the atlas's form; "
    "or a table of events: GeoJSON, GeoPackage, GeoParquet, KML, Excel or CSV with the columns id, name, theme, when, "
    "statement, source, locator and lon, lat (default: the atlas's own data)"
)
_ARTICLES_HELP = "folder with the articles' text, a file SOURCE-ID.txt each"
_VIEW_HELP = "what to show, as in the address of a map, for example 'themes=border,tunnels&since=2013'"
_OPTION_HELP = {
    "page": "slide (16:9), a4, a3, or a width and height in pixels such as 1600x900; for .pptx, .png, .svg and .pdf",
    "dpi": "pixels to the inch of a .png (default: 144 for a slide or pixels, 300 for paper)",
    "style": f"{', '.join(Style)} (for printing); for drawn files (default: the view's)",
    "title": "above a drawing",
    "subtitle": "a sentence of your own below the title; the receipt marks it as your words",
    "frame": "ground of a drawing: view, as on the map, or shown, around its marks (default: view if it has an extent)",
    "language": "of the words (default: the view's)",
    "deck": "slides of a .pptx after the first: themes, pairs (claims that disagree), or tour:ID in its place",
    "scope": f"{Scope.VIEW}: what the view shows; {Scope.ALL}: all of the data (default: {Scope.VIEW})",
}
_EXAMPLES = """\
examples:
  python atlas.py check                                  is everything in the atlas's own data in order?
  python atlas.py check my-data/                         is everything in mine?
  python atlas.py verify --articles articles/            does each cited passage still stand in its article?
  python atlas.py map corridor.html                      the whole map, one file that needs no network
  python atlas.py map tunnels.html --view "themes=tunnels,border&since=2013-06"
  python atlas.py map reading.html --articles articles/  the map with the articles beside it, for your own use
  python atlas.py export claims.csv --view "q=rafah"     a table of the claims about Rafah
  python atlas.py export --all exports-2026/ --receipt   a file of every format, each with its receipt beside it
  python atlas.py export brief.pptx --deck themes --page a4 --style grey --title "Northern Sinai"
  python atlas.py import events.csv --out my-data/       your own events, with a report of every row and value
  python atlas.py diff corridor-2026.geojson             what changed in the data since that export
  python atlas.py cite articles/ipt-2017.txt --paragraph 4 --start "Defections Challenge" --end "Islamic State"
  python atlas.py suggest new-article.txt > draft.json   which places does it name? nothing is added to the data

exit codes: 0 done, 1 the input is at fault (each fault is one line on standard error), 2 wrong usage
"""


def check(arguments: argparse.Namespace) -> int:
    """Tell whether the data are sound."""
    dataset = read_dataset(arguments.path)
    claims = sum(len(feature.claims) for feature in dataset.features)
    counts = [f"{len(dataset.features)} features", f"{claims} claims", f"{len(dataset.sources)} sources"]
    if dataset.events:
        counts += [f"{len(dataset.events):,} event{'s' if len(dataset.events) > 1 else ''}"]
    print(f"{', '.join(counts)}: nothing is wrong.")
    aside = list_unread(arguments.path) if arguments.path else []
    if aside:
        names = ", ".join(map(show_value, aside))
        print(f"Not read: {names}. The atlas takes places, sources, tours and events from a folder, and nothing else.")
    return 0


def verify_citations(arguments: argparse.Namespace) -> int:
    """Report whether each cited passage stands in its article."""
    dataset = read_dataset(arguments.path)
    verdicts = verify(dataset, arguments.articles)
    print(REPORTS[arguments.format](verdicts))
    return 0 if all(verdict.outcome == Outcome.VERIFIED for verdict in verdicts) else 1


def export(arguments: argparse.Namespace) -> int:
    """Write what a view shows to a file, or to one of each format, and name what is written."""
    dataset = open_data(arguments.data or ())
    options = ExportOptions(**{name: getattr(arguments, name) for name in _OPTION_HELP})
    if arguments.all:
        written = write_all(dataset, arguments.view, arguments.all, options)
    else:
        written = [write(dataset, arguments.view, arguments.out, options)]
    if arguments.receipt:
        kinds = [(path, find_format(path)) for path in written]
        written += [
            write_receipt(dataset, arguments.view, path, options.keep(kind.heeded), kind.account)
            for path, kind in kinds
        ]
    print("\n".join(escape_controls(str(path)) for path in written))
    return 0


def diff(arguments: argparse.Namespace) -> int:
    """Report what changed between two versions of the data."""
    print(CHANGE_REPORTS[arguments.format](find_changes(read_dataset(arguments.old), read_dataset(arguments.new))))
    return 0


def draw_map(arguments: argparse.Namespace) -> int:
    """Write the map page, with the articles beside it where they are given, and name it."""
    dataset = open_data(arguments.data or ())
    articles = read_articles(arguments.articles, dataset.sources) if arguments.articles else {}
    page = render_html(dataset, arguments.view, articles=articles)
    print(escape_controls(str(write_atomically(arguments.out, page))))
    weighed = weigh_articles(articles, dataset).values()
    unmarked = sum(article.cited - article.standing for article in weighed)
    if unmarked:
        print(f"cited passages that do not stand in these articles: {unmarked}; 'verify' tells which.", file=sys.stderr)
    return 0


def cite(arguments: argparse.Namespace) -> int:
    """Print the citation of a passage, ready for the data."""
    paragraphs = read_article(arguments.article)
    source = arguments.source or Path(arguments.article).stem
    citation = cite_passage("\n".join(paragraphs), source, arguments.paragraph, arguments.start, arguments.end)
    print(json.dumps(citation.model_dump(), ensure_ascii=False, indent=2))
    return 0


def suggest(arguments: argparse.Namespace) -> int:
    """Propose the places that an article names, as a draft to edit."""
    suggestions = suggest_places(read_article(arguments.article), open_data(arguments.data or ()))
    print(format_draft(suggestions, arguments.source or Path(arguments.article).stem, arguments.format))
    return 0


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command.

    Parameters
    ----------
    argv
        Its words; ``None`` takes those of the process.

    Returns
    -------
    int
        0 if it is done, 1 if its input is at fault. Wrong usage leaves with 2.
    """
    arguments = build_parser().parse_args(argv)
    try:
        code = int(arguments.run(arguments))
        sys.stdout.flush()
    except OSError as error:
        # Python would flush once more on its way out, and tell of it in a traceback
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        # a reader such as `head` has what it wants
        if not isinstance(error, BrokenPipeError):
            print(f"Invalid output. It cannot be written ({error.strerror}). Choose another place.", file=sys.stderr)
        return 1
    except InputError as error:
        lines = [escape_controls(str(problem)) for problem in error.problems]
        if len(lines) > _MAX_LINES:
            lines[_MAX_LINES:] = [f"data: and {len(lines) - _MAX_LINES} problems more."]
        print("\n".join(lines), file=sys.stderr)
        return 1
    return code


def build_parser() -> argparse.ArgumentParser:
    """Build the parser of all commands."""
    parser = argparse.ArgumentParser(
        prog="python atlas.py",
        description="Check data, verify citations, write the map and files, import events, cite a passage.",
        epilog=_EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND", title="commands")
    command = commands.add_parser("check", help="tell everything that is wrong with the data, at once")
    command.add_argument("path", nargs="?", metavar="PATH", help=_ATLAS_HELP)
    command.set_defaults(run=check)

    command = commands.add_parser("verify", help="tell whether each cited passage stands in its article")
    command.add_argument("path", nargs="?", metavar="PATH", help=_ATLAS_HELP)
    command.add_argument("--articles", required=True, metavar="DIR", help=_ARTICLES_HELP)
    command.add_argument("--format", choices=REPORTS, default="text", help="form of the report (default: text)")
    command.set_defaults(run=verify_citations)

    command = commands.add_parser("map", help="write the map as one HTML file that needs no network")
    command.add_argument("out", type=_html_name, metavar="OUT.html", help="file to write")
    _add_choice(command)
    own_use = f"{_ARTICLES_HELP}: the page then holds their text beside the map, and is for your own use"
    command.add_argument("--articles", metavar="DIR", help=own_use)
    command.set_defaults(run=draw_map)
    command = commands.add_parser("export", help=f"write what a view shows as {', '.join(FORMATS)}")
    _add_export(command)
    add_import(commands.add_parser("import", help="take files of your own into a folder of data, with a report"))
    _add_diff(commands.add_parser("diff", help="tell what changed between two versions of the data"))
    _add_cite(commands.add_parser("cite", help="print the citation of a passage, ready for the data"))
    _add_suggest(commands.add_parser("suggest", help="propose the places that a new article names, as a draft to edit"))
    return parser


def _add_export(command: argparse.ArgumentParser) -> None:
    place = command.add_mutually_exclusive_group(required=True)
    out_help = "file to write; its suffix picks the format"
    place.add_argument("out", nargs="?", type=_file_name, metavar="OUT", help=out_help)
    place.add_argument("--all", metavar="DIR", help="folder to write a file of every format to, named after the view")
    receipt_help = "write beside each file what it shows, what was left out and why, and the hashes of data and file"
    command.add_argument("--receipt", action="store_true", help=receipt_help)
    _add_choice(command)
    options = command.add_argument_group("how it is made; what makes no difference to a format is refused for it")
    defaults = ExportOptions()
    for name, told in _OPTION_HELP.items():
        default = getattr(defaults, name)
        options.add_argument(f"--{name}", type=_option(name), default=default, metavar=name.upper(), help=told)
    command.set_defaults(run=export)


def _add_diff(command: argparse.ArgumentParser) -> None:
    command.add_argument("old", metavar="OLD", help="the older data: a folder, or a GeoJSON file of the atlas's form")
    command.add_argument("new", metavar="NEW", nargs="?", help="the newer data (default: the atlas's own)")
    command.add_argument("--format", choices=CHANGE_REPORTS, default="text", help="form of the report (default: text)")
    command.set_defaults(run=diff)


def _add_choice(command: argparse.ArgumentParser) -> None:
    command.add_argument("--view", type=_view, default=View(), metavar="QUERY", help=_VIEW_HELP)
    _add_data(command)


def _add_data(command: argparse.ArgumentParser) -> None:
    command.add_argument("--data", nargs="+", metavar="PATH", help=f"{_DATA_HELP}; several are joined")


def _add_cite(command: argparse.ArgumentParser) -> None:
    command.add_argument("article", metavar="ARTICLE.txt", help="the article as plain text")
    command.add_argument("--paragraph", type=int, required=True, metavar="N", help="counted over the non-empty lines")
    command.add_argument("--start", required=True, metavar="WORDS", help="first 3 to 6 words of the passage")
    command.add_argument("--end", required=True, metavar="WORDS", help="last 3 to 6 words of the passage")
    command.add_argument("--source", metavar="ID", help="id of the source (default: the file's name)")
    command.set_defaults(run=cite)


def _add_suggest(command: argparse.ArgumentParser) -> None:
    command.add_argument("article", metavar="ARTICLE.txt", help="the article as plain text")
    _add_data(command)
    command.add_argument("--format", choices=DRAFT_FORMATS, default="json", help="form of the draft (default: json)")
    command.add_argument("--source", metavar="ID", help="id of the source (default: the file's name)")
    command.set_defaults(run=suggest)


def _view(query: str) -> View:
    from layers.basemaps import find_basemap  # noqa: PLC0415 - only the commands that draw need the layers

    try:
        view = View.from_query(query)
        find_basemap(view.basemap)
    except ValueError as error:
        raise _usage_fault(error) from error
    return view


def _usage_fault(error: ValueError) -> argparse.ArgumentTypeError:
    told = [each.message for each in error.problems] if isinstance(error, InputError) else [str(error)]
    return argparse.ArgumentTypeError(escape_controls(" ".join(told)))


def _option(name: str) -> Callable[[str], Any]:
    def read(text: str) -> Any:
        # digits alone are a number; what is none is refused with the rest
        value: Any = int(text) if name == "dpi" and text.isascii() and text.isdigit() and len(text) < 9 else text
        try:
            ExportOptions(**{name: value})
        except InputError as error:
            raise _usage_fault(error) from error
        return value

    return read


def _file_name(name: str) -> str:
    try:
        find_format(name)
    except InputError as error:
        raise _usage_fault(error) from error
    return name


def _html_name(name: str) -> str:
    if name.lower().endswith(".html"):
        return name
    message = (
        f"Invalid output '{escape_controls(name)}'. A map is an .html file; 'export' writes other kinds. Rename it."
    )
    raise argparse.ArgumentTypeError(message)


if __name__ == "__main__":
    sys.exit(main())
