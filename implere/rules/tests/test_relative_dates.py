"""Dates as people say them, in Danish and English: read as they mean, seen from today, or not at all."""

import re
from datetime import date, timedelta

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from implere.rules.relative_dates import months_later, resolve

few = settings(max_examples=40, deadline=None)
TODAY = date(2026, 11, 24)
MONTHS = {
    "da": [
        "januar", "februar", "marts", "april", "maj", "juni", "juli", "august", "september", "oktober",
        "november", "december",
    ],
    "en": [
        "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
        "November", "December",
    ],
}  # fmt: skip
days = st.dates(min_value=date(2000, 1, 1), max_value=date(2090, 12, 31))
month_names = st.sampled_from([*MONTHS.values()])

READ = {
    "i dag": "2026-11-24",
    "today": "2026-11-24",
    "I morgen": "2026-11-25",
    "tomorrow": "2026-11-25",
    "om to uger": "2026-12-08",
    "in two weeks": "2026-12-08",
    "  Om  14   dage ": "2026-12-08",
    "om én uge": "2026-12-01",
    "in a week": "2026-12-01",
    "within three days": "2026-11-27",
    "inden for en måned": "2026-12-24",
    "senest om en maaned": "2026-12-24",
    "om tre måneder": "2027-02-24",
    "in twelve months": "2027-11-24",
    "om tolv måneder": "2027-11-24",
    "om et år": "2027-11-24",
    "om ét år": "2027-11-24",
    "within an year": "2027-11-24",
    "in 2 years": "2028-11-24",
    "1. marts": "2027-03-01",
    "den 1. marts": "2027-03-01",
    "d. 1. marts 2028": "2028-03-01",
    "senest 1. marts": "2027-03-01",
    "1 mar.": "2027-03-01",
    "the 1st of March": "2027-03-01",
    "2nd May 2027": "2027-05-02",
    "24. november": "2026-11-24",
    "23. november": "2027-11-23",
    "25. november": "2026-11-25",
    "1/3": "2027-03-01",
    "31.12": "2026-12-31",
    "1.3.27": "2027-03-01",
    "01-03-2025": "2025-03-01",
    "2026-12-01": "2026-12-01",
}


@pytest.mark.parametrize("text", READ)
def test_what_people_say_is_read(text):
    assert str(resolve(text, TODAY)) == READ[text]


NOT_UNDERSTOOD = [
    "", "  ", "?", "snart", "efter sommerferien", "om lidt", "om nogle uger", "to uger", "in a while",
    "om 1001 dage", "om to timer", "31. november", "0. marts", "32. marts", "1. smarts", "30/2", "1/13",
    "2026-13-01", "2026-02-30", "1. marts 0000", "29. februar 2027", "2026", "12", "om ² dage",
]  # fmt: skip


@pytest.mark.parametrize("text", NOT_UNDERSTOOD)
def test_what_is_loose_or_no_day_at_all_is_not_guessed(text):
    assert resolve(text, TODAY) is None


@pytest.mark.parametrize("text", ["om 1000 dage", "om 10 uger", "om en måned", "in 1000 years"])
def test_a_day_after_the_last_of_the_calendar_is_not_understood(text):
    assert resolve(text, date(9999, 12, 1)) is None


COUNTED = {
    "da": ["en", "to", "tre", "fire", "fem", "seks", "syv", "otte", "ni", "ti"],
    "en": ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"],
}


@pytest.mark.parametrize("number", range(1, 11))
def test_numbers_up_to_ten_may_be_written_in_words(number):
    then = TODAY + timedelta(days=number)
    assert resolve(f"om {COUNTED['da'][number - 1]} dage", TODAY) == then
    assert resolve(f"in {COUNTED['en'][number - 1]} days", TODAY) == then


@given(days, st.integers(0, 1000))
@few
def test_so_many_days_or_weeks_from_now_are_just_that(today, number):
    assert resolve(f"om {number} dage", today) == today + timedelta(days=number)
    assert resolve(f"in {number} weeks", today) == today + timedelta(weeks=number)


@given(days, st.integers(0, 200))
@few
def test_a_month_later_is_the_same_day_or_the_last_of_the_month(today, number):
    later = months_later(today, number)
    assert (later.year - today.year) * 12 + later.month - today.month == number
    assert later.day == today.day or (later.day < today.day and (later + timedelta(days=1)).day == 1)
    assert resolve(f"om {number} måneder", today) == later
    assert resolve(f"in {number} years", today) == months_later(today, 12 * number)


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        ("2027-01-31", 1, "2027-02-28"),
        ("2028-01-31", 1, "2028-02-29"),
        ("2026-08-31", 6, "2027-02-28"),
        ("2026-12-31", 3, "2027-03-31"),
        ("2026-03-31", 1, "2026-04-30"),
        ("2028-02-29", 12, "2029-02-28"),
        ("2026-12-15", 1, "2027-01-15"),
        ("2026-11-24", 0, "2026-11-24"),
    ],
)
def test_a_month_that_is_too_short_gives_its_last_day(day, months, later):
    assert str(months_later(date.fromisoformat(day), months)) == later


@given(days, days, month_names)
@few
def test_a_day_with_its_year_is_that_day_also_when_it_is_past(day, today, names):
    month = names[day.month - 1]
    for written in (
        day.isoformat(),
        f"{day.day}. {month} {day.year}",
        f"{day.day} {month.upper()} {day.year}",
        f"{day.day}/{day.month}/{day.year}",
        f"{day.day:02}.{day.month:02}.{day.year}",
        f"{day.day}-{day.month}-{day.year % 100:02}",
    ):
        assert resolve(written, today) == day


@given(days, days, month_names)
@few
def test_a_day_without_a_year_is_the_next_one_and_today_counts(day, today, names):
    assume((day.month, day.day) != (2, 29))
    written = f"{day.day}. {names[day.month - 1]}"
    found = resolve(written, today)
    assert (found.month, found.day) == (day.month, day.day)
    assert today <= found < months_later(today, 12) + timedelta(days=1)
    assert resolve(f"{day.day}/{day.month}", today) == found
    assert resolve(written, found) == found


def test_the_29th_of_february_is_found_in_a_leap_year():
    assert resolve("29. februar", date(2028, 1, 1)) == date(2028, 2, 29)
    assert resolve("29/2/2028", TODAY) == date(2028, 2, 29)


@pytest.mark.parametrize("today", [date(2027, 6, 1), date(2028, 3, 1)])
def test_the_next_29th_of_february_is_found_from_any_year(today):
    assert resolve("29. februar", today) == date(2028 if today.year == 2027 else 2032, 2, 29)


@pytest.mark.parametrize(
    "text", ["1. novelle", "2. maybe", "1. decimal", "om tre dagsordener", "in two weekends"]
)
def test_a_word_that_only_begins_like_a_month_or_a_unit_is_not_understood(text):
    assert resolve(text, TODAY) is None


PIECES = [
    "om", "in", "inden", "for", "within", "senest", "den", "d.", "the", "of", "to", "²", "0", "29", "30",
    "31", "2", "1000", "9999", "99999", "dage", "uger", "måneder", "years", "februar", "feb.", "april",
    ".", "/", "-", "2027", "0000",
]  # fmt: skip
anything = st.one_of(st.text(max_size=30), st.lists(st.sampled_from(PIECES), max_size=6).map(" ".join))
numeric = st.from_regex(re.compile(r"\d{1,4}[./-]\d{1,2}([./-]\d{1,4})?", re.ASCII), fullmatch=True)


@given(st.one_of(anything, numeric), days)
@settings(max_examples=100, deadline=None)
def test_nothing_that_is_written_breaks_the_reading(text, today):
    found = resolve(text, today)
    assert found is None or (type(found) is date and resolve(found.isoformat(), today) == found)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("om fjorten dage", date(2026, 12, 8)), ("om elleve dage", date(2026, 12, 5)), ("om to uger.", date(2026, 12, 8)),
        ("1.marts", date(2027, 3, 1)), ("1.3.", date(2027, 3, 1)), ("1/3 2027", date(2027, 3, 1)), ("d. 24/11", date(2026, 11, 24)),
        ("inden 1. marts", date(2027, 3, 1)), ("senest d. 1. marts", date(2027, 3, 1)), ("om et halvt år", date(2027, 5, 24)),
        ("in half a year", date(2027, 5, 24)), ("before the 1st of March", date(2027, 3, 1)),
    ],
)  # fmt: skip
def test_the_ways_that_people_write_a_day(text, day):
    assert resolve(text, date(2026, 11, 24)) == day
