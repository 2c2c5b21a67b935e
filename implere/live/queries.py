"""What the log holds."""

from implere.live.models import Channel, Event


def position(channel: str) -> int:
    """The number of the last event of the channel; 0 for a new one."""
    return Channel.objects.filter(name=channel).values_list("last_seq", flat=True).first() or 0


def events_after(channel: str, seq: int, limit: int = 1000) -> list[Event]:
    """At most `limit` events after `seq`, in order."""
    rows = Event.objects.filter(channel__name=channel, seq__gt=seq).select_related("channel")
    return list(rows.order_by("seq")[:limit])


def positions(channels) -> dict[str, int]:
    """The positions of several channels. One query."""
    return dict(Channel.objects.filter(name__in=list(channels)).values_list("name", "last_seq"))
