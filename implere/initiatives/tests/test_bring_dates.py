"""Dates as municipalities write them."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from implere.initiatives.bringing import dates

READ = {
    "01-02-2026": ("2026-02-01", "2026-02-01", "day"),
    "4.9.26": ("2026-09-04", "2026-09-04", "day"),
    "19/11 2026": ("2026-11-19", "2026-11-19", "day"),
    "8. december 2027": ("2027-12-08", "2027-12-08", "day"),
    "10. mar. 2025": ("2025-03-10", "2025-03-10", "day"),
    "12 March 2026": ("2026-03-12", "2026-03-12", "day"),
    "2025-08-28": ("2025-08-28", "2025-08-28", "day"),
    "feb-26": ("2026-02-01", "2026-02-28", "month"),
    "August 2026": ("2026-08-01", "2026-08-31", "month"),
    "Q2 2026": ("2026-04-01", "2026-06-30", "quarter"),
    "2026 Q2": ("2026-04-01", "2026-06-30", "quarter"),
    "4. kvartal 2026": ("2026-10-01", "2026-12-31", "quarter"),
    "1. halvår 2027": ("2027-01-01", "2027-06-30", "half_year"),
    "H2 2026": ("2026-07-01", "2026-12-31", "half_year"),
    "uge 13, 2026": ("2026-03-23", "2026-03-29", "week"),
    "2026": ("2026-01-01", "2026-12-31", "year"),
}


@pytest.mark.parametrize("text", READ)
def test_what_is_clear_is_read(text):
    when = dates.read(text)
    assert (str(when.start), str(when.end), when.precision) == READ[text]
    assert not when.ask


ASKED = {
    "forår 2026": ("2026-03-01", "2026-05-31"),
    "skoleåret 2026/27": ("2026-08-01", "2027-07-31"),
    "primo februar 2026": ("2026-02-01", "None"),
    "ultimo 2026": ("None", "2026-12-31"),
    "45816": ("2025-06-08", "2025-06-08"),
    "vinteren 2026": ("None", "None"),
    "efter sommerferien": ("None", "None"),
    "31-02-2026": ("None", "None"),
    "?": ("None", "None"),
    "afventer budget 2027": ("None", "None"),
    "12-03-1926": ("None", "None"),
    "1. maj 2226": ("None", "None"),
    "12/5": ("None", "None"),
}


@pytest.mark.parametrize("text", ASKED)
def test_what_is_loose_is_proposed_and_asked_about(text):
    when = dates.read(text)
    assert (str(when.start), str(when.end)) == ASKED[text]
    assert when.ask and when.why


@pytest.mark.parametrize("text", ["løbende", "Løbende", "ongoing"])
def test_ongoing_is_an_answer(text):
    assert dates.read(text).precision == "ongoing" and not dates.read(text).ask


PERIODS = {
    "oktober 2024 til april 2025": ("2024-10-01", "2025-04-30"),
    "2024-2027": ("2024-01-01", "2027-12-31"),
    "25-01-2024 - 24-01-2025": ("2024-01-25", "2025-01-24"),
    "fra 28. august 2024": ("2024-08-28", "None"),
    "Q1 2026 – Q3 2026": ("2026-01-01", "2026-09-30"),
    "løbende": ("None", "None"),
}


@pytest.mark.parametrize("text", PERIODS)
def test_a_period_has_two_ends(text):
    start, end, _precision = dates.read_period(text)
    assert (str(start.start), str(end.end)) == PERIODS[text]


def test_a_period_that_runs_backwards_is_asked_about():
    start, end, _precision = dates.read_period("2027-2024")
    assert start.ask and end.ask


@given(st.one_of(st.text(max_size=40), st.integers(), st.floats(allow_nan=True), st.dates(), st.datetimes()))
def test_nothing_that_is_written_breaks_the_reading(value):
    for when in (dates.read(value), *dates.read_period(value)[:2]):
        assert when.start is None or when.end is None or when.start <= when.end or when.ask


@given(st.dates(min_value=date(1990, 1, 1), max_value=date(2100, 12, 31)))
def test_a_written_day_is_read_back(day):
    for written in (
        day.isoformat(),
        f"{day.day}/{day.month} {day.year}",
        f"{day.day:02}-{day.month:02}-{day.year}",
    ):
        assert (dates.read(written).start, dates.read(written).ask) == (day, False)
