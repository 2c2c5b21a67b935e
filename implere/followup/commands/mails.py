"""Reminders and digests: planned as rows, claimed by one process, sent outside the transaction (docs/decisions/0011)."""

import smtplib
from datetime import date, datetime, timedelta

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.db.models import Q
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from implere.followup import links
from implere.followup.models import Action, Mail
from implere.live.commands import write

FROM_HOUR = 7  # nobody is reminded at night
MONDAY = 0
AHEAD = timedelta(days=7)
LOOKED_BACK = timedelta(days=30)  # a day that passed before that is not written about any more
IN_DIGESTS = timedelta(days=56)
TRIES = 5
WAIT = timedelta(
    minutes=15
)  # times the tries so far; also how long a claim holds, should its process have died
AT_ONCE = 200


def send_what_is_due(now: datetime | None = None) -> int:
    """Plans what is due and sends it; returns how many went out. Any number of processes may do so at once."""
    now = now or timezone.now()
    local = timezone.localtime(now)
    if local.hour < FROM_HOUR:
        return 0
    plan_reminders(now, local.date())
    if local.weekday() == MONDAY:
        plan_digests(now, local.date())
    sent = 0
    try:
        for mail in _waiting(now):
            sent += _send(mail, now)
    except ServerAway:
        pass  # the others wait, and none of their tries is used up
    return sent


class ServerAway(Exception):
    """The mail server takes nothing just now."""


def _open_actions():
    return Action.objects.filter(reflection=None, withdrawn_at=None).exclude(mail="")


def plan_reminders(now: datetime, today: date) -> None:
    """A row for each action whose day has come and whose owner has an address: the database takes one for each."""
    due = _open_actions().filter(due_on__lte=today, due_on__gt=today - LOOKED_BACK)
    new = due.exclude(mails__isnull=False)
    rows = [_row(action.organisation_id, action.mail, now, action=action) for action in new]
    with_another = due.filter(mails__isnull=False).prefetch_related("mails")
    rows += [
        _row(action.organisation_id, action.mail, now, action=action)
        for action in with_another
        if action.mail.casefold() not in {mail.to for mail in action.mails.all()}
    ]
    _keep(rows)


def plan_digests(now: datetime, today: date) -> None:
    """A row for each owner with something to look at; one a week."""
    year, week, _day = today.isocalendar()
    found = _in_digest(today).values_list("organisation_id", "mail")
    owners = {(organisation_id, mail.casefold()) for organisation_id, mail in found}
    _keep(_row(organisation_id, mail, now, week=f"{year}-W{week:02}") for organisation_id, mail in owners)


def _in_digest(today: date):
    """What is ready or comes within the week; what is due today, or was first written about today, has a mail of its own."""
    near = _open_actions().filter(due_on__gt=today - IN_DIGESTS, due_on__lte=today + AHEAD)
    near = near.exclude(due_on=today).exclude(mails__made_at__date=today)
    return near.select_related("initiative").order_by("due_on", "id")


def _row(organisation_id, to: str, now, **more) -> Mail:
    return Mail(organisation_id=organisation_id, to=to.casefold(), made_at=now, **more)


def _keep(rows) -> None:
    if rows := list(rows):
        with write():
            Mail.objects.bulk_create(rows, ignore_conflicts=True)


def _waiting(now: datetime) -> list[Mail]:
    rows = Mail.objects.filter(sent_at=None, dropped_at=None).filter(_free(now)).order_by("made_at", "id")
    return list(rows.select_related("organisation", "action__initiative", "action__reflection")[:AT_ONCE])


def _free(now: datetime) -> Q:
    """Not claimed, or so long ago that it failed or its process died: each try waits longer than the one before."""
    waited = [Q(attempts=n, claimed_at__lt=now - WAIT * n**2) for n in range(1, TRIES)]
    free = Q(claimed_at=None)
    for each in waited:
        free |= each
    return free


def _send(mail: Mail, now: datetime) -> int:
    """1 where this process sent it. The claim is one UPDATE: of two processes one gets the row."""
    with write():
        claimed = Mail.objects.filter(_free(now), pk=mail.pk, sent_at=None, dropped_at=None)
        if not claimed.update(claimed_at=now, attempts=mail.attempts + 1):
            return 0
    message = _message(mail, timezone.localdate(now))
    if message is None:
        return _done(mail, dropped_at=now)
    try:
        get_connection().send_messages([message])
    except (OSError, smtplib.SMTPException) as error:
        gave_up = now if mail.attempts + 1 >= TRIES else None
        _done(mail, fault=f"{type(error).__name__}: {error}"[:200], dropped_at=gave_up)
        if isinstance(error, smtplib.SMTPRecipientsRefused | smtplib.SMTPDataError):
            return 0  # this mail alone
        raise ServerAway from error
    return 1 + _done(mail, sent_at=now, fault="")


def _done(mail: Mail, **outcome) -> int:
    with write():
        Mail.objects.filter(pk=mail.pk).update(**outcome)
    return 0


def _message(mail: Mail, today: date) -> EmailMessage | None:
    """The words, in the organisation's language; None where there is nothing to say any more."""
    with translation.override(mail.organisation.language):
        found = _reminder(mail) if mail.action_id else _digest(mail, today)
        if found is None:
            return None
        subject, text = found
        host = settings.LINKS_BEGIN_WITH.split("://")[-1].split(":")[0].split("/")[0]
        return EmailMessage(
            " ".join(subject.split()),
            text,
            to=[mail.to],
            headers={"Message-ID": f"<{mail.pk}@{host}>", "Auto-Submitted": "auto-generated"},
        )


def _address(name: str, token: str) -> str:
    return settings.LINKS_BEGIN_WITH + reverse(name, args=[token])


def _reminder(mail: Mail) -> tuple[str, str] | None:
    action = mail.action
    gone = hasattr(action, "reflection") or action.withdrawn_at or action.mail.casefold() != mail.to
    if gone:
        return None
    facts = {
        "action": action,
        "organisation": mail.organisation,
        "answer": _address("followup:answer", links.answer_token(action)),
        "mine": _address("followup:mine_by_link", links.mine_token(action.organisation_id, "", mail.to)),
    }
    subject = _("What came of it? %(what)s") % {"what": action.what[:120]}
    return subject, render_to_string("followup/mails/reminder.txt", facts)


def _digest(mail: Mail, today: date) -> tuple[str, str] | None:
    actions = list(_in_digest(today).filter(organisation_id=mail.organisation_id, mail__iexact=mail.to))
    if not actions:
        return None
    facts = {
        "ready": [action for action in actions if action.due_on < today],
        "coming": [action for action in actions if action.due_on > today],
        "organisation": mail.organisation,
        "mine": _address("followup:mine_by_link", links.mine_token(mail.organisation_id, "", mail.to)),
    }
    subject = ngettext("This week: %(n)d action", "This week: %(n)d actions", len(actions)) % {
        "n": len(actions)
    }
    return subject, render_to_string("followup/mails/digest.txt", facts)
