"""One mail when the day comes, at most one digest a week, none when there is nothing, and never two of the same."""

import re
import smtplib
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from implere.configuration import ConfigurationError, mail_server
from implere.followup.commands import actions, mails
from implere.followup.models import Action, Mail
from implere.meetings.errors import Refused

pytestmark = pytest.mark.django_db
MONDAY, TUESDAY = date(2027, 3, 1), date(2027, 3, 2)


def at(day: date, hour=9) -> datetime:
    return datetime(day.year, day.month, day.day, hour, tzinfo=ZoneInfo("Europe/Copenhagen"))


@pytest.fixture
def agreed(cycle):
    """agreed(day) -> an action of Bente's with that day."""

    def make(day: date, what="Tavlemøde", address="bente@egelund.example"):
        made = actions.make_action(cycle, {"what": what, "owner": "Bente", "mail": address, "due": "i dag"})
        Action.objects.filter(pk=made.pk).update(due_on=day)
        made.refresh_from_db()
        return made

    return make


def test_the_day_gives_one_mail_and_no_more(agreed):
    agreed(TUESDAY)
    assert mails.send_what_is_due(at(TUESDAY - timedelta(days=1))) == 1  # Monday's digest
    for hour in (7, 8, 9, 23):
        mails.send_what_is_due(at(TUESDAY, hour))
    mails.send_what_is_due(at(TUESDAY + timedelta(days=2)))
    assert [m.subject for m in mail.outbox] == ["Denne uge: 1 handling", "Hvad blev det til? Tavlemøde"]
    assert mail.outbox[1].to == ["bente@egelund.example"] and mail.outbox[1].from_email


def test_nobody_is_reminded_at_night_and_nobody_without_an_address(agreed):
    agreed(TUESDAY)
    assert mails.send_what_is_due(at(TUESDAY, 6)) == 0
    Action.objects.update(mail="")
    assert mails.send_what_is_due(at(TUESDAY)) == 0 and not Mail.objects.exists()


def test_the_mails_links_work_without_signing_in(agreed):
    made = agreed(TUESDAY)
    mails.send_what_is_due(at(TUESDAY))
    owner = Client(headers={"origin": "http://testserver"})
    for path in re.findall(r"https?://[^/]+(/\S+)", mail.outbox[0].body):
        page = owner.get(path)
        assert page.status_code == 200 and "Tavlemøde" in page.text
    made.refresh_from_db()
    assert not hasattr(made, "reflection")


def test_one_digest_a_week_of_what_is_ready_and_what_comes(agreed):
    agreed(MONDAY - timedelta(days=3), "Lidt gammel")
    agreed(MONDAY + timedelta(days=4), "På vej")
    agreed(MONDAY + timedelta(days=40), "Langt ude")
    Mail.objects.create(
        organisation_id=Action.objects.first().organisation_id, action=Action.objects.get(what="Lidt gammel"),
        to="bente@egelund.example", made_at=at(MONDAY - timedelta(days=3)), sent_at=at(MONDAY - timedelta(days=3)),
    )  # fmt: skip
    for hour in (7, 12):
        mails.send_what_is_due(at(MONDAY, hour))
    (digest,) = mail.outbox
    assert "Lidt gammel" in digest.body and "På vej" in digest.body and "Langt ude" not in digest.body
    mails.send_what_is_due(at(MONDAY + timedelta(days=7)))
    assert [m.subject[:10] for m in mail.outbox].count("Denne uge:") == 2


def test_there_is_no_digest_when_there_is_nothing_and_none_for_what_has_its_own_mail(agreed):
    agreed(MONDAY)
    mails.send_what_is_due(at(MONDAY))
    assert [m.subject for m in mail.outbox] == ["Hvad blev det til? Tavlemøde"]


def test_what_is_first_written_about_on_a_monday_is_not_in_the_digest_too(agreed):
    agreed(MONDAY - timedelta(days=2))
    mails.send_what_is_due(at(MONDAY))
    assert [m.subject for m in mail.outbox] == ["Hvad blev det til? Tavlemøde"]
    mails.send_what_is_due(at(MONDAY + timedelta(days=7)))
    assert len(mail.outbox) == 2


def test_what_was_answered_in_the_meantime_is_not_sent(agreed):
    made = agreed(TUESDAY)
    mails.plan_reminders(at(TUESDAY), TUESDAY)
    actions.reflect(made, {"outcome": "done", "happened": "Ja", "stopped_because": "Færdig"})
    assert mails.send_what_is_due(at(TUESDAY)) == 0 and not mail.outbox
    assert Mail.objects.get().dropped_at


def test_of_two_processes_one_sends(agreed):
    agreed(TUESDAY)
    mails.plan_reminders(at(TUESDAY), TUESDAY)
    seen = mails._waiting(at(TUESDAY)), mails._waiting(at(TUESDAY))
    assert [sum(mails._send(m, at(TUESDAY)) for m in rows) for rows in seen] == [1, 0]
    assert len(mail.outbox) == 1


def test_a_server_that_is_away_is_tried_again_later_and_not_for_ever(agreed, monkeypatch):
    agreed(TUESDAY)

    class Away:
        def send_messages(self, messages):
            raise smtplib.SMTPServerDisconnected("gone")

    monkeypatch.setattr(mails, "get_connection", Away)
    now = at(TUESDAY)
    mails.send_what_is_due(now)
    assert mails.send_what_is_due(now + timedelta(minutes=5)) == 0
    assert Mail.objects.get().attempts == 1 and "gone" in Mail.objects.get().fault
    for _time in range(10):
        now += timedelta(hours=5)
        if timezone.localtime(now).hour >= 7:
            mails.send_what_is_due(now)
    kept = Mail.objects.get()
    assert kept.attempts == mails.TRIES and kept.dropped_at and not kept.sent_at


def test_one_mail_that_is_refused_holds_up_no_other_and_a_server_that_is_away_is_asked_once(
    agreed, monkeypatch
):
    agreed(TUESDAY, address="nobody@egelund.example")
    agreed(TUESDAY, address="bente@egelund.example")
    asked = []

    class Picky:
        fault = smtplib.SMTPRecipientsRefused({})

        def send_messages(self, messages):
            asked.append(messages[0].to[0])
            if asked[-1].startswith("nobody") or not isinstance(self.fault, smtplib.SMTPRecipientsRefused):
                raise self.fault

    monkeypatch.setattr(mails, "get_connection", Picky)
    assert mails.send_what_is_due(at(TUESDAY)) == 1 and len(asked) == 2
    Mail.objects.update(sent_at=None, claimed_at=None, attempts=0)
    Picky.fault = ConnectionRefusedError()
    assert mails.send_what_is_due(at(TUESDAY)) == 0 and len(asked) == 3


def test_a_process_that_died_with_a_mail_in_hand_is_followed_by_another(agreed):
    agreed(TUESDAY)
    mails.plan_reminders(at(TUESDAY), TUESDAY)
    Mail.objects.update(claimed_at=at(TUESDAY, 8), attempts=1)
    assert mails.send_what_is_due(at(TUESDAY)) == 1


def test_the_new_owner_of_an_action_gets_a_mail_too(agreed):
    made = agreed(TUESDAY)
    mails.send_what_is_due(at(TUESDAY))
    actions.hand_over(made, owner="Bo", mail="Bo@egelund.example")
    mails.send_what_is_due(at(TUESDAY, 10))
    mails.send_what_is_due(at(TUESDAY, 11))
    assert [m.to[0] for m in mail.outbox] == ["bente@egelund.example", "bo@egelund.example"]


def test_a_subject_of_several_lines_is_one_line(agreed):
    agreed(TUESDAY, "To\r\nBcc: alle@egelund.example")
    assert mails.send_what_is_due(at(TUESDAY)) == 1
    assert "\n" not in mail.outbox[0].subject and mail.outbox[0].recipients() == ["bente@egelund.example"]


def test_an_address_that_is_none_is_refused(agreed):
    with pytest.raises(Refused, match="not_a_mail"):
        agreed(TUESDAY, address="bente")


def test_without_a_server_a_mail_is_a_file_of_its_owners_alone(agreed, settings, tmp_path):
    settings.EMAIL_BACKEND = "implere.followup.folder.Backend"
    settings.EMAIL_FILE_PATH = tmp_path / "mail"
    agreed(TUESDAY, "Æblekage")
    assert mails.send_what_is_due(at(TUESDAY)) == 1
    (file,) = (tmp_path / "mail").glob("*.eml")
    assert file.stat().st_mode & 0o077 == 0 and b"Message-ID" in file.read_bytes()


def test_the_mail_servers_address():
    full = mail_server("smtp://navn:hem%40lig@mail.egelund.example:2525/?from=implere@egelund.example")
    assert (full.host, full.port, full.user, full.password) == (
        "mail.egelund.example",
        2525,
        "navn",
        "hem@lig",
    )
    assert full.sender == "implere@egelund.example" and not full.tls
    assert mail_server("smtps://m.example").port == 465 and mail_server("smtp://m.example").port == 25
    assert (
        mail_server("smtp://m.example", "https://implere.example.dk").sender == "implere@implere.example.dk"
    )
    for wrong in ("mail.example", "http://m.example", "smtp://m.example:99999"):
        with pytest.raises(ConfigurationError, match="IMPLERE_MAIL"):
            mail_server(wrong)
