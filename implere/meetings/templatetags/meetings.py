"""Words for what the facilitator did, kept as code and facts in the steps."""

from django import template
from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from implere import rooms

register = template.Library()

rooms.verbs |= {
    "open_activity": _("opened “%(title)s”"),
    "close_activity": _("closed “%(title)s”"),
    "deal_groups": _("dealt out small groups"),
    "release": _("released the picture"),
}


@register.filter
def step_words(step) -> str:
    """What a step did, in the reader's language."""
    sentence = str(rooms.verbs[step.verb])
    return sentence % {"title": step.activity.title if step.activity else "", **step.facts}


@register.simple_tag(takes_context=True)
def stream_attributes(context):
    """Where the page's stream is, where in the log the page stands, and where a fresh ticket comes from."""
    renew = reverse("meetings:ticket", args=[context["meeting"].pk, context["surface"]])
    if key := context.get("screen_key"):
        renew += f"?key={key}" if context["surface"] == "screen" else ""
    return format_html(
        'data-stream="/stream/" data-ticket="{}" data-after="{}" data-renew="{}"',
        context["ticket"],
        context["after"],
        renew,
    )


@register.simple_tag
def worker_attributes():
    """Where the page's worker is, and the script that keeps the page for it."""
    offline = static("ui/built/offline.js")
    return format_html('data-worker="{}" data-offline="{}"', reverse("meetings:worker"), offline)
