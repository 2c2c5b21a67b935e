"""Lists as they are: one real shape, row for row, and many that nobody has seen; and files that are no lists."""

import io
import json
import zipfile
from datetime import datetime
from pathlib import Path

import pytest
from openpyxl import Workbook

from implere.initiatives.bringing import files, preview

FILES = Path(__file__).parent / "files"


def book(*sheets, **merged) -> bytes:
    """An .xlsx of these sheets: (name, rows)."""
    made = Workbook()
    made.remove(made.active)
    for name, rows in sheets:
        sheet = made.create_sheet(name)
        for row in rows:
            sheet.append(row)
        for cells in merged.get(name, []):
            sheet.merge_cells(cells)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


@pytest.fixture(scope="module")
def messy():
    return preview.read((FILES / "tiltag.xlsx").read_bytes(), "tiltag.xlsx").as_json()


@pytest.fixture(scope="module")
def expected():
    return json.loads((FILES / "tiltag.expected.json").read_text())


def collapsed(value):
    return " ".join(value.split()) if isinstance(value, str) else value


def test_the_messy_workbook_is_read_row_for_row(messy, expected):
    for got, want in zip(messy["sheets"], expected["sheets"], strict=True):
        rows = {row["row"]: row for row in got["rows"]}
        assert set(rows) == {row["row"] for row in want["rows"]}
        for row in want["rows"]:
            for field in (
                "title",
                "owner",
                "department",
                "notes",
                "hours_per_week",
                "status",
                "problem",
                "duplicate_of_row",
                "period",
            ):
                if field in row:
                    assert collapsed(rows[row["row"]].get(field)) == collapsed(row[field]), (
                        row["row"],
                        field,
                    )
            for field in ("start", "end"):
                for part in ("raw", "from", "to", "ask", "precision"):
                    if field in row:
                        assert rows[row["row"]][field][part] == row[field][part], (row["row"], field, part)


def test_the_notes_keep_their_line_breaks(messy):
    assert "\n- Aftalt i chefgruppen\n" in messy["sheets"][0]["rows"][0]["notes"]


def test_what_must_be_asked_is_asked(messy, expected):
    for want in expected["must_ask"]:
        found = [a for a in messy["ask"] if a["what"] == want["what"] and a.get("sheet") == want.get("sheet")]
        assert found, want["what"]
        for field in ("rows", "row", "values", "title", "sheets"):
            if field in want:
                assert found[0][field] == want[field], want["what"]
        if "cells" in want:
            assert [(c["row"], c["raw"]) for c in found[0]["cells"]] == [
                (c["row"], c["raw"]) for c in want["cells"]
            ]


def test_what_must_be_told_is_told(messy, expected):
    for want in expected["must_report"]:
        begins = want["what"][:12]
        found = [r for r in messy["report"] if r["what"].startswith(begins) and r["sheet"] == want["sheet"]]
        assert found, want["what"]
        for field in ("row", "blocks", "title"):
            if field in want:
                assert found[0][field] == want[field], want["what"]
        if isinstance(want.get("rows"), list):
            assert found[0]["rows"] == want["rows"]
        for why, numbers in want["rows"].items() if isinstance(want.get("rows"), dict) else ():
            assert found[0]["rows"][why] == numbers


def test_english_headers_in_another_order_after_a_preamble():
    rows = [
        ["Portfolio overview"], ["Exported", datetime(2026, 11, 1)], [], [],
        ["Status", "Due date", "Project name", "Project manager", "Start date", "Comments"],
        ["In progress", "Q4 2026", "New journal", "Head of IT", datetime(2026, 3, 1), "a\nb"],
        ["Done", "2026-06-30", "Waste sorting", "", "January 2026", None],
    ]  # fmt: skip
    found = preview.read(book(("Projects", rows)), "p.xlsx").sheets[0]
    assert [
        (r.number, r.title, r.owner, r.status, str(r.start.start), str(r.end.end)) for r in found.rows
    ] == [
        (6, "New journal", "Head of IT", "running", "2026-03-01", "2026-12-31"),
        (7, "Waste sorting", None, "completed", "2026-01-01", "2026-06-30"),
    ]


@pytest.mark.parametrize("sign", [";", ",", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_csv_with_any_sign_and_encoding(sign, encoding):
    text = (
        sign.join(["Indsats", "Tovholder", "Område"])
        + "\r\n"
        + sign.join(["Ældreløft", "Sundhedschef", "Øst"])
        + "\r\n"
    )
    row = preview.read(text.encode(encoding), "liste.csv").sheets[0].rows[0]
    assert (row.title, row.owner, row.department) == ("Ældreløft", "Sundhedschef", "Øst")


def test_pasted_cells_are_read():
    row = preview.read(b'Tiltag\tSlut\n"Ny ""journal"""\t1. maj 2027\n', "cells.csv").sheets[0].rows[0]
    assert (row.title, str(row.end.start)) == ('Ny "journal"', "2027-05-01")


def test_a_list_of_titles_alone_is_a_list():
    found = preview.read(b"Demensstrategi\nNy journal\n", "cells.csv").sheets[0]
    assert [row.title for row in found.rows] == ["Demensstrategi", "Ny journal"]


def test_the_columns_can_be_corrected():
    data = book(("A", [["X", "Y"], ["Chef", "Demensstrategi"], ["Leder", "Ny journal"]]))
    found = preview.read(data, "a.xlsx", {"A": {1: "title", 0: "owner"}}).sheets[0]
    assert [(row.title, row.owner) for row in found.rows] == [
        ("Demensstrategi", "Chef"),
        ("Ny journal", "Leder"),
    ]


def test_a_formula_is_kept_as_text_and_never_run():
    row = preview.read(b"Tiltag;Noter\n=cmd|' /C calc'!A0;=1+1\n", "x.csv").sheets[0].rows[0]
    assert (row.title, row.notes) == ("=cmd|' /C calc'!A0", "=1+1")


def test_any_script_and_direction_is_kept():
    title = "مشروع 🚀 Ærø 漢字"
    assert preview.read(f"Tiltag;Ejer\n{title};x\n".encode(), "x.csv").sheets[0].rows[0].title == title


def bomb() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b"0" * (150 * 2**20))
    return out.getvalue()


BAD = {
    "empty": (b"", files.EMPTY),
    "a picture": (b"\x89PNG\r\n\x1a\n" + b"\x00" * 99, files.BROKEN),
    "a password": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, files.LOCKED),
    "half a zip": (b"PK\x03\x04" + b"x" * 50, files.BROKEN),
    "only headers that name nothing": (book(("A", [["Foo", "Bar", "Baz"], [1, 2, 3]])), preview.NO_TITLE),
    "too large": (b"x" * (files.MOST_BYTES + 1), files.TOO_LARGE),
}


@pytest.mark.parametrize("what", BAD)
def test_a_file_that_is_no_list_is_refused_in_words(what):
    data, words = BAD[what]
    with pytest.raises(files.Unreadable) as refused:
        preview.read(data, "liste.xlsx")
    assert str(refused.value) == str(words)


def test_a_zip_bomb_is_not_opened():
    with pytest.raises(files.Unreadable) as refused:
        preview.read(bomb(), "liste.xlsx")
    assert str(refused.value) == str(files.BOMB)


def test_too_many_rows_are_refused():
    with pytest.raises(files.Unreadable):
        preview.read(("Tiltag;Ejer\n" + "a;b\n" * 6000).encode(), "x.csv")


def test_titles_with_commas_in_them_are_whole():
    cells = "Tiltag\nÆldrelov, helhedspleje og tid\nDemensstrategi\nNy journal, fase 2\nFald\n"
    rows = preview.read(cells.encode(), "cells.csv").sheets[0].rows
    assert [row.title for row in rows][0] == "Ældrelov, helhedspleje og tid"
    assert len(rows) == 4
