"""Preparing a meeting: from a template or an earlier one; its agenda added to, shortened, reordered and reworded; the committee's page."""

import pytest

from implere.conftest import Phone
from implere.meetings import commands
from implere.meetings.models import Meeting
from implere.method import reader

pytestmark = pytest.mark.django_db
FORM = {
    "title": "Direktionen",
    "audience": "leaders",
    "agenda": "template/whole_method_3h",
    "planned_at": "2027-01-12T09:00",
}


def kinds(meeting) -> list[str]:
    return list(meeting.activities.order_by("position").values_list("kind", flat=True))


@pytest.fixture
def send(desk, meeting):
    """send(path, form) -> the answer of an address below the meeting's; path may name an activity's kind in braces."""

    def post(path, form=None):
        ids = {a.kind: f"activities/{a.pk}" for a in meeting.activities.all()}
        return desk.post(f"/m/{meeting.pk}/{path.format(**ids)}", form or {})

    return post


@pytest.mark.parametrize("template", reader.read().templates.values(), ids=lambda t: t.id)
def test_a_meeting_is_made_from_each_template(desk, cycle, template):
    made = desk.post(f"/cycles/{cycle.pk}/meetings/new/", FORM | {"agenda": f"template/{template.id}"})
    meeting = Meeting.objects.get(title="Direktionen")
    assert made["Location"] == f"/m/{meeting.pk}/prepare/"
    assert kinds(meeting) == [item.kind for item in template.items]
    assert meeting.planned_minutes == template.duration
    page = desk.get(made["Location"]).text
    assert f"{template.minutes} af {template.duration} min" in page


def test_a_copy_has_the_edited_agenda_and_nothing_of_what_was_said(
    desk, cycle, meeting, send, activity, phones
):
    send(
        "{brainstorm}/words/",
        {"title": "Vores brainstorm", "question": "Hvad haster?", "minutes": "20", "anonymous": "on"},
    )
    board = activity("brainstorm")
    phones(1)[0].send(f"activities/{board.pk}/notes/", {"text": "En hemmelig seddel"})
    desk.post(
        f"/cycles/{cycle.pk}/meetings/new/", FORM | {"agenda": f"copy/{meeting.pk}", "audience": "employees"}
    )
    copy = Meeting.objects.get(title="Direktionen")
    assert kinds(copy) == kinds(meeting) and copy.audience == "employees"
    copied = copy.activities.get(kind="brainstorm")
    assert (copied.title, copied.minutes, copied.opened_at) == ("Vores brainstorm", 20, None)
    assert not copied.notes.exists() and copy.code != meeting.code


def test_a_meeting_of_others_is_not_copied(desk, cycle, stranger, meeting):
    desk.force_login(stranger)
    answer = desk.post(f"/cycles/{cycle.pk}/meetings/new/", FORM | {"agenda": f"copy/{meeting.pk}"})
    assert answer.status_code == 404


def test_bad_input_keeps_what_was_typed(desk, cycle):
    answer = desk.post(
        f"/cycles/{cycle.pk}/meetings/new/", FORM | {"title": "", "planned_at": "1926-01-12T09:00"}
    )
    assert answer.status_code == 422 and not Meeting.objects.exists()
    assert "1926-01-12T09:00" in answer.text


def test_activities_are_added_removed_and_moved(send, meeting):
    before = kinds(meeting)
    send("activities/", {"kind": "break"})
    assert kinds(meeting) == [*before, "break"]
    send("{arrival}/removal/")
    assert kinds(meeting) == [*before[1:], "break"]
    send("{closing}/place/", {"place": "1"})
    assert kinds(meeting)[0] == "closing"
    assert list(meeting.activities.values_list("position", flat=True).order_by("position")) == list(
        range(1, len(before) + 1)
    )


def test_what_has_been_used_is_not_removed(send, meeting, activity):
    activity("brainstorm")
    answer = send("{brainstorm}/removal/")
    assert answer.status_code == 409 and "brainstorm" in kinds(meeting)


def test_the_participants_read_the_facilitators_words(send, meeting, activity):
    send(
        "{brainstorm}/words/",
        {"title": "Brainstorm", "question": "Hvad haster <b>mest</b>?", "minutes": "9", "anonymous": "on"},
    )
    activity("brainstorm")
    page = Phone(meeting).page.text
    assert "Hvad haster &lt;b&gt;mest&lt;/b&gt;?" in page


def test_anonymity_is_fixed_when_the_activity_has_been_opened(send, meeting, activity):
    assert send("{brainstorm}/words/", {"title": "B", "minutes": "9"}).status_code == 302
    assert not meeting.activities.get(kind="brainstorm").anonymous
    activity("brainstorm")
    answer = send("{brainstorm}/words/", {"title": "B", "minutes": "9", "anonymous": "on"})
    assert answer.status_code == 422
    assert not meeting.activities.get(kind="brainstorm").anonymous


def test_an_agenda_that_overruns_says_so_and_what_to_shorten(send, desk, meeting):
    send("{placement}/words/", {"title": "Placering", "minutes": "70", "anonymous": "on"})
    page = desk.get(f"/m/{meeting.pk}/prepare/")
    assert page.context["sum"].over == 24
    assert sum(each["shorten"] or 0 for each in page.context["items"]) > 0
    assert "204 af 180 min" in page.text


def test_a_preview_moves_nobody_and_shows_what_a_phone_will(desk, meeting):
    placement = meeting.activities.get(kind="placement")
    page = desk.get(f"/m/{meeting.pk}/activities/{placement.pk}/preview/")
    assert placement.question in page.text
    placement.refresh_from_db()
    assert placement.opened_at is None


def test_the_committees_page_says_what_is_asked_and_what_is_cut_when(desk, meeting):
    page = desk.get(f"/m/{meeting.pk}/committee/").text
    for each in meeting.activities.exclude(mechanism="none"):
        assert each.question in page
    assert "aktindsigt" in page and "24 timer" in page


def test_a_colleague_who_is_named_can_run_the_meeting_from_any_device(
    send, desk, meeting, municipality, client
):
    from implere.organisation.commands import add_member

    colleague, _secret = add_member(municipality, name="Bente", username="bente", role="facilitator")
    client.force_login(colleague)
    assert client.get(f"/m/{meeting.pk}/desk/").status_code == 404
    send("facilitators/", {"user": str(colleague.pk)})
    assert client.get(f"/m/{meeting.pk}/desk/").status_code == 200


def test_a_closed_meetings_agenda_stays_as_it_was(send, meeting):
    commands.close_meeting(meeting)
    before = kinds(meeting)
    for path, form in (
        ("activities/", {"kind": "break"}),
        ("{arrival}/removal/", {}),
        ("{closing}/place/", {"place": "1"}),
    ):
        assert send(path, form).status_code == 409
    assert send("{brainstorm}/words/", {"title": "Nyt", "minutes": "9"}).status_code == 422
    assert kinds(meeting) == before
    assert meeting.activities.get(kind="brainstorm").title != "Nyt"


def test_how_many_go_on_is_set_by_who_prepares(send, meeting):
    form = {"title": "Valg", "minutes": "5", "anonymous": "on"}
    send("{choice}/words/", form | {"chooses": "6"})
    assert meeting.activities.get(kind="choice").config["chooses"] == 6
    assert send("{choice}/words/", form | {"chooses": "0"}).status_code == 422
    send("{brainstorm}/words/", form | {"chooses": "6"})
    assert "chooses" not in meeting.activities.get(kind="brainstorm").config


def test_there_is_a_sheet_of_paper_for_what_is_written_and_answered(desk, meeting):
    page = desk.get(f"/m/{meeting.pk}/paper/")
    kinds = [sheet["words"].title for sheet in page.context["sheets"]]
    assert len(kinds) == 10  # all but the welcome, the themes, the break, the decision and the end
    assert "Gør det!" in page.text and "☐ 70 %" in page.text
