"""Columns of dates that are called otherwise than just so are found, and those of other days are not."""

from __future__ import annotations

import re

import pytest

from tests.loading_here import load_here


def when(*columns: str, first: str = "2014-05-12") -> tuple[str, ...]:
    """Which columns play the date, of a table with these and the same date in each."""
    text = f"lon,lat,{','.join(columns)}\n34.2,31.2{f',{first}' * len(columns)}\n"
    return load_here(text).mappings[0].of("when")


@pytest.mark.parametrize(
    "name",
    [
        *("death_date", "date_of_death", "Date of incident", "incidentDate", "INCIDENCE_DATE", "attackdate"),
        *("StartDateTime", "fecha_ataque", "تاريخ الوفاة", "תאריך פטירה", "Datum des Angriffs", "obs date"),
    ],
)
def test_a_date_by_another_name_is_found(name: str) -> None:
    assert when("note_no", name) == (name,)


@pytest.mark.parametrize(
    "name",
    [
        *("created_date", "lastUpdate", "dateOfBirth", "date_modified", "source_date", "end_date", "due date"),
        *("candidate", "mandate", "update", "date_precision", "Date Entered", "verification_date"),
    ],
)
def test_a_date_of_something_else_is_none(name: str) -> None:
    assert when(name) == ()


def test_the_day_of_the_event_comes_before_the_day_of_the_report() -> None:
    assert when("reporting_date", "obs_date", "death_date") == ("death_date",)
    assert when("reporting_date", "obs_date") == ("obs_date",)
    assert when("reporting_date") == ("reporting_date",)


def test_a_column_that_is_called_just_so_comes_first() -> None:
    assert when("death_date", "date") == ("date",)
    assert when("death_date", "when") == ("when",)


def test_a_whole_date_comes_before_a_year_alone() -> None:
    text = "lon,lat,year,death_date\n34.2,31.2,2014,2014-05-12\n"
    assert load_here(text).mappings[0].of("when") == ("death_date",)
    assert load_here(text.replace("death_date", "created_date")).mappings[0].of("when") == ("year",)
    parts = "lon,lat,year,month,day,death_date\n34.2,31.2,2014,5,12,2014-05-12\n"
    assert load_here(parts).mappings[0].of("when") == ("year", "month", "day")


def test_a_column_without_dates_is_none() -> None:
    assert when("death_date", first="unknown") == ()
    half = "lon,lat,death_date\n34.2,31.2,2014-05-12\n34.2,31.2,\n34.2,31.2,\n"
    assert load_here(half).mappings[0].of("when") == ()


def test_first_and_last_days_in_parts_are_put_together() -> None:
    heading = "lat,lon,Start Year,Start Month,Start Day,End Year,End Month,End Day\n"
    rows = "31,34,2012,3,5,2012,3,7\n31,34,2012,4,,2012,4,\n31,34,2001,6,0,,,\n"
    intake = load_here(heading + rows)
    assert intake.mappings[0].of("until") == ("End Year", "End Month", "End Day")
    assert intake.dataset.events is not None
    assert intake.dataset.events.columns["when"].tolist() == ["2012-03-05/2012-03-07", "2012-04", "2001-06"]
    assert intake.dataset.events.attributes["Start Day"].tolist() == ["5", "", "0"]
    assert intake.report.changes == ()
    pointed = load_here(heading + re.sub(r"(?<=,)(\d+)(?=,|\n)", r"\1.0", rows))
    assert pointed.dataset.events is not None
    assert pointed.dataset.events.attributes["Start Day"].tolist() == ["5.0", "", "0.0"]
    assert pointed.dataset.events.columns["when"].tolist() == intake.dataset.events.columns["when"].tolist()


@pytest.mark.parametrize(
    ("first", "last"),
    [
        ("date", "end_date"),
        ("Event Date", "Event Date (end)"),
        ("incident_start_date", "incident_end_date"),
        ("from_date", "to_date"),
    ],
)
def test_a_last_day_is_known_by_the_name_of_the_first(first: str, last: str) -> None:
    text = f"lon,lat,{first},{last}\n34.2,31.2,2014-05-12,\n34.2,31.2,2014-05-12,\n34.2,31.2,2014-05-12,2014-05-14\n"
    intake = load_here(text)
    assert (intake.mappings[0].of("when"), intake.mappings[0].of("until")) == ((first,), (last,))
    assert intake.dataset.events is not None
    assert intake.dataset.events.columns["when"].tolist() == ["2014-05-12", "2014-05-12", "2014-05-12/2014-05-14"]
    assert load_here(text.replace(last, "reporting_date")).mappings[0].of("until") == ()


@pytest.mark.parametrize("form", ["start", "begin", "timestamp", "time"])
@pytest.mark.parametrize("event", ["Date of incident", "date_of_the_incident", "date of violation"])
def test_the_day_of_the_event_comes_before_that_on_which_a_form_was_filled_in(form: str, event: str) -> None:
    assert when(form, "end", event) == (event,)
    assert when(form, "end", "obs_date") == (form,)


def test_times_of_day_are_no_dates_beside_a_column_of_them() -> None:
    text = "lon,lat,time,obs_date\n34.2,31.2,10:30,2014-05-12\n"
    assert load_here(text).mappings[0].of("when") == ("obs_date",)
