"""Bringing a list in, on the pages: shown first, accepted, never twice, taken away again."""

import io
from pathlib import Path

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from implere.initiatives.models import BroughtList, Initiative, PendingList

pytestmark = pytest.mark.django_db
LIST = Path(__file__).parent / "files" / "tiltag.xlsx"
CELLS = "Tiltag\tTovholder\tSlut\nNyt vagtplansystem\tKaren\tforår 2027\nFald på plejehjem\tBo\t01-03-2027\n"


@pytest.fixture
def at(desk, cycle):
    """at(path, form) -> the answer of the cycle's own address."""

    def ask(path, form=None):
        address = f"/cycles/{cycle.pk}/{path}"
        return desk.get(address) if form is None else desk.post(address, form)

    return ask


def upload(at, name, data):
    return at("lists/new/", {"file": SimpleUploadedFile(name, data)})


def accept(at, desk, shown):
    """Accepts the page with everything as it is proposed."""
    from lxml import html

    form = html.fromstring(desk.get(shown).content).xpath("//form[contains(@action, 'accepting')]")[0]
    return desk.post(
        form.get("action"), [(k, v) for k, v in form.form_values()] and dict_of(form.form_values())
    )


def dict_of(pairs) -> dict:
    found: dict[str, list] = {}
    for name, value in pairs:
        found.setdefault(name, []).append(value)
    return found


def test_nothing_is_brought_in_before_it_is_accepted(at, desk):
    shown = upload(at, "tiltag.xlsx", LIST.read_bytes())
    assert shown.status_code == 302
    text = desk.get(shown["Location"]).text
    assert not Initiative.objects.exists()
    assert accept(at, desk, shown["Location"]).status_code == 302
    brought = Initiative.objects.filter(removed_at=None)
    assert brought.count() > 30
    assert all(initiative.title.split("&")[0][:20] in text for initiative in brought[:5])
    assert not PendingList.objects.exists()


def test_the_same_file_again_makes_no_duplicates(at, desk):
    for _time in range(2):
        shown = upload(at, "tiltag.xlsx", LIST.read_bytes())["Location"]
        accept(at, desk, shown)
    titles = list(Initiative.objects.filter(removed_at=None).values_list("fingerprint", flat=True))
    assert len(titles) == len(set(titles))
    lists = list(BroughtList.objects.order_by("accepted_at"))
    assert [row.initiatives.exists() for row in lists] == [True, False]


def test_an_import_can_be_undone_and_brought_again(at, desk):
    def bring():
        accept(at, desk, at("lists/new/", {"cells": CELLS})["Location"])

    bring()
    brought = BroughtList.objects.get()
    assert Initiative.objects.filter(removed_at=None).count() == 2
    assert at(f"lists/{brought.pk}/undoing/", {}).status_code == 302
    assert not Initiative.objects.filter(removed_at=None).exists()
    at(f"lists/{brought.pk}/undoing/", {})
    bring()
    assert Initiative.objects.filter(removed_at=None).count() == 2


def test_pasted_cells_are_read_as_a_list(at, desk):
    shown = at("lists/new/", {"cells": CELLS})["Location"]
    text = desk.get(shown).text
    assert "Nyt vagtplansystem" in text and "forår 2027" in text


def test_columns_can_be_corrected(at, desk):
    shown = at("lists/new/", {"cells": "Kolonne A\tKolonne B\nNyt vagtplansystem\tKaren\nFald\tBo\n"})[
        "Location"
    ]
    before = desk.get(shown)
    assert before.status_code == 200
    desk.post(shown, {"column-0-0": "title", "column-0-1": "owner"})
    accept(at, desk, shown)
    assert list(Initiative.objects.values_list("title", "owner")) == [
        ("Nyt vagtplansystem", "Karen"),
        ("Fald", "Bo"),
    ]


def workbook(rows) -> bytes:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("broken.xlsx", b"PK\x03\x04 this is no workbook"),
        ("picture.png", b"\x89PNG\r\n\x1a\n" + b"0" * 100),
        ("secret.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 4096),
        ("empty.csv", b""),
        ("blank.xlsx", workbook([])),
    ],
)
def test_a_file_that_cannot_be_read_is_said_in_words(at, name, data):
    answer = upload(at, name, data)
    assert answer.status_code == 422
    assert 'class="error' in answer.text or "errorlist" in answer.text
    assert not PendingList.objects.exists()


def test_a_list_without_known_columns_asks_for_them(at, desk):
    shown = at("lists/new/", {"cells": "1\t2\n3\t4\n"})
    text = desk.get(shown["Location"]).text if shown.status_code == 302 else shown.text
    assert 'role="alert"' in text or "column-0-0" in text


def test_formulas_and_html_stay_text(at, desk):
    cells = 'Tiltag\n=cmd|"/C calc"!A1\n<script>alert(1)</script>\n'
    shown = at("lists/new/", {"cells": cells})["Location"]
    assert "<script>alert" not in desk.get(shown).text
    accept(at, desk, shown)
    assert set(Initiative.objects.values_list("title", flat=True)) == {
        '=cmd|"/C calc"!A1',
        "<script>alert(1)</script>",
    }
    assert "<script>alert" not in at("initiatives/").text


def test_a_very_long_row_is_brought_in_within_its_limits(at, desk):
    cells = f"Tiltag\tTovholder\tNoter\n{'Meget langt ' * 60}\t{'Navn ' * 100}\t{'ord ' * 3000}\n"
    accept(at, desk, at("lists/new/", {"cells": cells})["Location"])
    row = Initiative.objects.get()
    assert len(row.title) <= 200 and len(row.owner) <= 200 and len(row.description) <= 4000


def test_a_list_of_others_is_not_found(at, desk, stranger, cycle):
    shown = at("lists/new/", {"cells": CELLS})["Location"]
    desk.force_login(stranger)
    assert desk.get(shown).status_code == 404
    assert desk.post(shown + "accepting/", {}).status_code == 404
    assert not Initiative.objects.exists()


def test_what_was_typed_is_still_there_after_an_error(at):
    answer = at("initiatives/new/", {"title": "", "description": "Husk natholdet", "seen_by": "Alle ved det"})
    assert answer.status_code == 422
    assert "Husk natholdet" in answer.text and "Alle ved det" in answer.text
    too_long = at("initiatives/new/", {"title": "x" * 10_000})
    assert too_long.status_code == 422 and "x" * 10_000 in too_long.text


def test_an_initiative_that_was_taken_away_can_be_brought_back(at, cycle, initiatives):
    at(f"initiatives/{initiatives[0].pk}/removal/", {})
    assert Initiative.objects.filter(removed_at=None).count() == 2
    assert initiatives[0].title in at("initiatives/").text
    at(f"initiatives/{initiatives[0].pk}/restoring/", {})
    assert Initiative.objects.filter(removed_at=None).count() == 3
