"""Tags and filters that templates of all rooms use: signs, fills, numbers, dates in the reader's language."""

import uuid
from math import sqrt

from django import template
from django.templatetags.static import static
from django.urls import reverse
from django.utils import formats, timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

register = template.Library()

SPACE = "\N{NO-BREAK SPACE}"


def _told(label: str):
    """What a picture says to a screen reader; nothing where it is decoration."""
    return format_html('role="img" aria-label="{}"', label) if label else mark_safe('aria-hidden="true"')


@register.simple_tag
def icon(name: str, label: str = "", classes: str = ""):
    """A sign from the sprite. Without a label it is decoration, left out for a screen reader."""
    return format_html(
        '<svg class="icon {}" {}><use href="{}#{}"/></svg>',
        classes,
        _told(label),
        static("ui/icons.svg"),
        name,
    )


@register.simple_tag
def fill(amount, of=100, label: str | None = None, classes: str = ""):
    """The circle that fills: `amount` of `of`. Says what it shows, unless label is ""."""
    share = _share(amount, of)
    state = "full" if share == 1 else "begun" if share else ""
    return format_html(
        '<svg class="fill {} {}" viewBox="0 0 20 20" {}><circle class="rim" cx="10" cy="10" r="9"/>{}</svg>',
        state,
        classes,
        _told(_fill_words(share) if label is None else label),
        _segment(share),
    )


def _share(amount, of) -> float:
    return min(1.0, max(0.0, float(amount or 0) / float(of))) if of else 0.0


def _fill_words(share: float) -> str:
    return _("Done") if share == 1 else _("Under way") if share else _("Not begun")


def _segment(share: float):
    """The filled part of a circle of radius 7 round (10, 10), from the bottom up to `share` of its height."""
    if share == 0:
        return ""
    if share == 1:
        return mark_safe('<circle class="content" cx="10" cy="10" r="7"/>')
    level = 17 - 14 * share
    half = sqrt(49 - (level - 10) ** 2)
    points = [f"{number:.2f}" for number in (10 - half, level, 10 + half, level)]
    return format_html(
        '<path class="content" d="M{} {}A7 7 0 {} 0 {} {}Z"/>', *points[:2], int(share > 0.5), *points[2:]
    )


@register.simple_tag
def bar(amount, of=100, label: str = "", classes: str = ""):
    """A bar filled to `amount` of `of`. Its number stands beside it, so it is decoration unless labelled."""
    return format_html(
        '<svg class="bar {}" preserveAspectRatio="none" viewBox="0 0 100 1" {}>'
        '<rect width="{}" height="1"/></svg>',
        classes,
        _told(label),
        f"{_share(amount, of) * 100:.1f}",
    )


@register.simple_tag
def split_bar(parts, classes: str = ""):
    """One bar of several approaches: `parts` is [(slot, count)]. Decoration: the counts stand beside it."""
    total = sum(count for _slot, count in parts) or 1
    rects, start = [], 0.0
    for slot, count in parts:
        width = 100 * count / total
        rects.append((slot, f"{start:.2f}", f"{max(width - 0.6, 0):.2f}"))
        start += width
    return format_html(
        '<svg class="split-bar {}" viewBox="0 0 100 1" preserveAspectRatio="none" aria-hidden="true">'
        "{}</svg>",
        classes,
        format_html_join("", '<rect data-approach="{}" x="{}" width="{}" height="1"/>', rects),
    )


@register.simple_tag
def command(name: str, *args, **kwargs):
    """The attributes of a form that runs a command: `<form {% command "boards:add_note" meeting.pk %}>`. The
    script posts it and swaps the answer; without the script it is a plain form."""
    url = reverse(name, args=args, kwargs=kwargs)
    return command_to(url)


@register.simple_tag
def command_to(url: str):
    """The same, to an address that is already known."""
    return format_html('method="post" action="{0}" hx-post="{0}" hx-swap="none" data-command', url)


@register.simple_tag(takes_context=True)
def command_id(context):
    """The hidden field with the command's id. It is empty where many get the same drawing (the stream);
    the script gives each form an id of its own when it is sent."""
    own = uuid.uuid4().hex if context.get("request") else ""
    return format_html('<input type="hidden" name="command_id" value="{}">', own)


@register.filter
def percent(value):
    """70 -> "70 %", as Danish and English typography of this program has it; "–" for no value."""
    return "–" if value in (None, "") else f"{formats.number_format(round(float(value)))}{SPACE}%"


@register.filter
def number(value, decimals: int = 0):
    """A figure in the reader's language: 3,0 in Danish."""
    if value in (None, ""):
        return "–"
    rounded = value if isinstance(value, str) else round(value, decimals)  # Django's own cuts the rest off
    return formats.number_format(rounded, decimals, force_grouping=True)


@register.filter
def day(value):
    """24. november 2026."""
    return formats.date_format(_local(value), "DATE_FORMAT") if value else ""


@register.filter
def short_day(value):
    """24. nov."""
    # Translators: how a day without its year is written, by the letters of Django's date filter.
    return formats.date_format(_local(value), _("j N")) if value else ""


@register.filter
def clock(value):
    """9.00 in Danish, 9:00 in English."""
    # Translators: how a time of day is written, by the letters of Django's date filter.
    return formats.date_format(_local(value), _("G:i")) if value else ""


@register.simple_tag
def period(start, end=None):
    """24. november 2026, 9.00–12.00; with the day of the end too when it is another."""
    if not end:
        return f"{day(start)}, {clock(start)}"
    if _local(start).date() == _local(end).date():
        return f"{day(start)}, {clock(start)}–{clock(end)}"
    return f"{day(start)} – {day(end)}"


def _local(value):
    return timezone.localtime(value) if hasattr(value, "tzinfo") and value.tzinfo else value


@register.filter
def join_code(value: str):
    """4F7K2M -> "4F7 K2M": read aloud in two halves."""
    text = str(value)
    return f"{text[:3]}{SPACE}{text[3:]}" if len(text) == 6 else text


@register.filter
def milliseconds(value):
    """A moment as milliseconds since 1970, for the browser's clock."""
    return int(value.timestamp() * 1000) if value else ""


@register.simple_tag
def now_ms():
    """The server's clock, so that a page with no stream can tell the time too."""
    return milliseconds(timezone.now())


@register.filter
def words(text: str):
    """The words of a text, to go through in a template."""
    return str(text).split()
