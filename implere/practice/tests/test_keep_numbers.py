"""An indicator's numbers over HTTP: pasted, uploaded, pasted again; what could not be read is kept."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from implere.practice.models import Indicator, Mark, Point

pytestmark = pytest.mark.django_db
ANHOEJ = [
    "62",
    "58",
    "65",
    "60",
    "57",
    "63",
    "59",
    "64",
    "61",
    "58",
    "66",
    "60",
    "63",
    "68",
    "71",
    "67",
    "73",
    "70",
    "69",
    "74",
    "72",
    "75",
    "71",
    "76",
]


def keep(desk, indicator, cells: str):
    answer = desk.post(f"/indicators/{indicator.pk}/numbers/accepting/", {"cells": cells})
    assert answer.status_code == 302, answer.text
    return desk.get(f"/indicators/{indicator.pk}/")


def monthly(values) -> str:
    return "\n".join(f"{2024 + n // 12}-{n % 12 + 1:02};{value}" for n, value in enumerate(values))


def standing(indicator) -> dict:
    return {p.on: p.value for p in indicator.points.filter(replaced_at=None, series="own")}


def test_looking_at_what_was_read_keeps_nothing(desk, indicator):
    page = desk.post(f"/indicators/{indicator.pk}/numbers/", {"cells": "2026-01;5,1\n2026-02;ca. 6"})
    assert "1 tal blev læst" in page.text and "ca. 6" in page.text
    assert not Point.objects.exists()


def test_a_file_is_shown_as_text_that_can_be_mended(desk, indicator):
    file = SimpleUploadedFile("tal.csv", "Måned;Tal\njan 2026;5,1\nfeb 2026;fem".encode("cp1252"))
    page = desk.post(f"/indicators/{indicator.pk}/numbers/", {"file": file})
    assert "feb 2026\tfem" in page.text and "1 linje kunne ikke læses" in page.text


def test_a_file_of_another_kind_is_refused_in_words(desk, indicator):
    file = SimpleUploadedFile("billede.xlsx", b"\x89PNG\r\n\x1a\n")
    page = desk.post(f"/indicators/{indicator.pk}/numbers/", {"file": file})
    assert page.status_code == 422 and "beskadiget" in page.text


def test_the_same_numbers_again_are_not_doubled(desk, indicator):
    keep(desk, indicator, "2026-01;5,1\n2026-02;5,2")
    page = keep(desk, indicator, "2026-01;5,1\n2026-02;5,2")
    assert len(standing(indicator)) == 2 and "2 var der i forvejen" in page.text


def test_another_number_takes_the_place_and_the_first_is_kept(desk, indicator):
    keep(desk, indicator, "2026-01;5,1")
    keep(desk, indicator, "2026-01;5,4")
    assert standing(indicator) == {date(2026, 1, 1): Decimal("5.4")}
    assert indicator.points.get(replaced_at__isnull=False).raw == "5,1"


def test_a_gap_takes_no_number_away(desk, indicator):
    keep(desk, indicator, "2026-01;5,1")
    keep(desk, indicator, "2026-01;")
    assert standing(indicator) == {date(2026, 1, 1): Decimal("5.1")}


def test_a_line_that_could_not_be_read_stays_until_somebody_has_looked_at_it(desk, indicator):
    page = keep(desk, indicator, "2026-01;5,1\ni sommer;4\n2026-02;ca. 5")
    assert "i sommer · 4" in page.text and "2026-02 · ca. 5" in page.text
    keep(desk, indicator, "2026-01;5,1\ni sommer;4")
    assert indicator.leftovers.count() == 2
    leftover = indicator.leftovers.first()
    desk.post(f"/indicators/{indicator.pk}/leftovers/{leftover.pk}/removal/")
    assert indicator.leftovers.count() == 1


def test_too_few_numbers_are_said_to_be_too_few(desk, indicator):
    assert "For få til at vurdere: 2 brugbare tal" in keep(desk, indicator, "2026-01;5\n2026-02;6").text


def test_the_worked_example_has_changed_and_not_the_way_that_is_wanted(desk, indicator):
    page = keep(desk, indicator, monthly(ANHOEJ))
    assert "Noget har ændret sig, og ikke den vej, I vil" in page.text
    assert "Af 24 brugbare tal er den længste række på samme side 11 (tilfældigt: højst 8), og linjen krydses 3 gange (tilfældigt: mindst 8)." in page.text  # fmt: skip


def test_a_series_that_only_varies_shows_no_sign_of_change(desk, indicator):
    page = keep(desk, indicator, monthly([5, 7, 4, 8, 5, 7, 6, 8, 4, 7, 5, 8, 4, 7]))
    assert "Intet tegn på ændring" in page.text


def test_a_single_number_that_stands_out_is_named(desk, indicator):
    page = keep(
        desk, indicator, monthly(["23", "25", "22", "27", "24", "26", "23", "25", "24", "38", "25", "24"])
    )
    assert "ét tal skiller sig ud: 1. oktober 2024" in page.text


def test_the_difference_to_others_is_told_with_its_caution(desk, indicator):
    Indicator.objects.filter(pk=indicator.pk).update(changed_on=date(2024, 7, 1), compared_with="Landet")
    own, other = [6.9] * 6 + [5.75] * 6, [4.15] * 6 + [3.85] * 6
    rows = [f"2024-{n + 1:02};{str(a).replace('.', ',')};{str(b).replace('.', ',')}" for n, (a, b) in enumerate(zip(own, other, strict=True))]  # fmt: skip
    page = keep(desk, indicator, "\n".join(rows))
    assert "Vi gik fra 6,9 til 5,75 i snit, Landet fra 4,15 til 3,85: 0,85 mere end sammenligningen, og den vej, I vil." in page.text  # fmt: skip
    assert "ikke på grund af hvad" in page.text


def test_a_share_is_drawn_in_per_cent_with_its_limits(desk, share):
    page = keep(desk, share, "\n".join(f"2025-{n + 1:02};{c};50" for n, c in enumerate([24, 25, 23, 26, 24, 25, 27, 23, 25, 24, 26, 22])))  # fmt: skip
    assert 'class="limit"' in page.text and "(24 / 50)" in page.text


def test_the_picture_breaks_where_a_number_is_missing(desk, indicator):
    page = keep(desk, indicator, "2026-01;5\n2026-02;6\n2026-03;\n2026-04;6\n2026-05;5")
    assert page.text.count('class="own" d="M') == 4 + 1  # two stretches, wide and narrow, and the key


def test_a_mark_stands_on_the_axis_and_once(desk, indicator):
    keep(desk, indicator, "2026-01;5\n2026-02;6\n2026-03;4")
    for _again in range(2):
        desk.post(f"/initiatives/{indicator.initiative_id}/marks/", {"on": "2026-02-10", "text": "Kursus"})
    assert Mark.objects.count() == 1
    assert "10. februar 2026: Kursus" in desk.get(f"/indicators/{indicator.pk}/").text
    desk.post(f"/marks/{Mark.objects.get().pk}/removal/")
    assert not Mark.objects.exists()


def test_an_indicator_is_made_changed_put_away_and_taken_back(desk, initiative):
    form = {
        "title": "Fravær",
        "kind": "number",
        "direction": "down",
        "target": "5,5",
        "changed_on": "2026-03-01",
    }
    assert (
        desk.post(f"/initiatives/{initiative.pk}/indicators/new/", form | {"direction": ""}).status_code
        == 422
    )
    assert desk.post(f"/initiatives/{initiative.pk}/indicators/new/", form | {"changed_on": "1026-03-01"}).status_code == 422  # fmt: skip
    desk.post(f"/initiatives/{initiative.pk}/indicators/new/", form)
    made = Indicator.objects.get()
    assert made.target == Decimal("5.5")
    assert 'value="5,5' in desk.get(f"/indicators/{made.pk}/words/").text
    desk.post(f"/indicators/{made.pk}/removal/")
    page = desk.get(f"/initiatives/{initiative.pk}/indicators/")
    assert "Der tælles ikke noget endnu" in page.text and "Tag den frem igen" in page.text
    desk.post(f"/indicators/{made.pk}/restoring/")
    assert "Tag den frem igen" not in desk.get(f"/initiatives/{initiative.pk}/indicators/").text


def test_a_stranger_keeps_nothing(stranger, indicator):
    client = Client(headers={"origin": "http://testserver"})
    client.force_login(stranger)
    for path in ("numbers/", "numbers/accepting/", "removal/", "words/"):
        assert client.post(f"/indicators/{indicator.pk}/{path}", {"cells": "2026-01;5"}).status_code == 404
    assert not Point.objects.exists()
