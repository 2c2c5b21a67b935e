"""Numbers as people keep them: decimal commas, gaps, duplicates, words in numbers. Nothing is lost."""

import io
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from implere.initiatives.bringing.files import Unreadable
from implere.practice import reading


def read(text: str, **more) -> reading.Reading:
    return reading.read(text.encode(), "cells.csv", **more)


@pytest.mark.parametrize(
    ("typed", "number"),
    [("5,2", "5.2"), ("5.2", "5.2"), ("1.234,5", "1234.5"), ("1,234.5", "1234.5"), ("1 234", "1234"), ("-4", "-4"),
     ("−4", "-4"), ("5,2 %", "5.2"), ("5,2 pct.", "5.2"), ("1.234.567", "1234567"), (3.25, "3.25"), (7, "7")],
)  # fmt: skip
def test_a_number_is_read_as_it_is_written(typed, number):
    assert reading.number_of(typed) == Decimal(number)


@pytest.mark.parametrize("typed", ["ca. 5", "fem", "5-6", "=1+1", "nan", "inf", "5 6", True, "5 af 6"])
def test_words_in_a_number_are_no_number(typed):
    assert reading.number_of(typed) == "text"


@pytest.mark.parametrize("typed", [None, "", " ", "-", "–", "..", "n/a"])
def test_what_stands_for_nothing_is_a_gap(typed):
    assert reading.number_of(typed) is None


def test_what_is_too_large_to_keep_is_said():
    assert reading.number_of("1e400") == reading.number_of("999999999999") == "too_large"


@pytest.mark.parametrize(
    ("typed", "day"),
    [("2026-03-09", (2026, 3, 9)), ("09-03-2026", (2026, 3, 9)), ("marts 2026", (2026, 3, 1)), ("2026-03", (2026, 3, 1)),
     ("2026M03", (2026, 3, 1)), ("2026K2", (2026, 4, 1)), ("2026Q4", (2026, 10, 1)), ("uge 12 2026", (2026, 3, 16)),
     ("2. kvartal 2026", (2026, 4, 1)), ("2026", (2026, 1, 1))],
)  # fmt: skip
def test_a_date_is_the_first_day_that_it_means(typed, day):
    assert reading.day_of(typed) == date(*day)


@pytest.mark.parametrize("typed", ["i sommer", "31-02-2026", "april", "2026M13", "2026K5", "", None])
def test_what_may_be_no_date_is_not_guessed(typed):
    assert reading.day_of(typed) is None


def test_a_whole_paste_is_read_and_what_is_wrong_is_said():
    found = read("Måned;Vores;Landet\njan 2026;5,1;4,0\nfeb 2026;;4,1\nmarts 2026;ca. 5;4,2\njan 2026;5,1;4,0\njan 2026;5,3;4,0\ni sommer;4;4")  # fmt: skip
    assert found.header == ("Måned", "Vores", "Landet")
    assert (found.own, found.other, found.gaps, found.same) == (1, 3, 1, 1)
    assert [(left.number, left.why) for left in found.left] == [(4, "text"), (6, "twice"), (7, "no_date")]
    assert "5,1" in found.left[1].sentence


def test_a_dot_divides_thousands_where_every_number_has_three_figures_after_it():
    assert [p.value for p in read("2026-01;1.234\n2026-02;2.500").points] == [1234, 2500]
    assert read("2026-01;1.234\n2026-02;2.500").thousands
    assert [p.value for p in read("2026-01;1.234\n2026-02;2.5").points] == [Decimal("1.234"), Decimal("2.5")]
    assert [p.value for p in read("2026-01;1.234\n2026-02;2,5").points] == [1234, Decimal("2.5")]


def test_a_share_is_a_part_of_its_whole():
    found = read("2026-01;8;10\n2026-02;11;10\n2026-03;3;0\n2026-04;;\n2026-05;3;10;60;100", share=True)
    assert [(p.series, p.value, p.size) for p in found.points] == [
        ("own", 8, 10), ("own", None, None), ("other", 60, 100), ("own", 3, 10),
    ]  # fmt: skip
    assert [left.why for left in found.left] == ["beyond", "no_size"]


def test_a_spreadsheet_is_read_and_can_be_mended_as_text():
    book = Workbook()
    for row in (["Dato", "Tal"], [date(2026, 1, 1), 5.5], [date(2026, 2, 1), "n/a"]):
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    found = reading.read(out.getvalue(), "tal.xlsx")
    assert (found.own, found.gaps) == (1, 1)
    assert read(reading.as_text(out.getvalue(), "tal.xlsx")).points[0].value == found.points[0].value


@pytest.mark.parametrize("data", [b"", b"  ", b"%PDF-1.7 x", b"PK\x03\x04junk", b"\xd0\xcf\x11\xe0old"])
def test_another_kind_of_file_is_refused_in_words(data):
    with pytest.raises(Unreadable) as refused:
        reading.read(data, "tal.xlsx" if data.strip() else "cells.csv")
    assert len(str(refused.value)) > 20


LINES = st.lists(st.text(st.characters(codec="utf-8", exclude_characters="\n\r\0\"'"), max_size=30), min_size=1, max_size=12)  # fmt: skip


@given(LINES)
def test_no_line_is_lost_whatever_it_says(lines):
    """Every line that says something is read, or stands among what was left."""
    rows = [line.split(";") for line in lines]
    found = reading.read_rows(rows)
    said = [row for row in (rows[1:] if found.header else rows) if any(cell.strip() for cell in row)]
    assert len(found.points) + len(found.left) + found.same >= len(
        [r for r in said if any(reading._text(c) for c in r)]
    )
