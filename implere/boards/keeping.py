"""What is kept of a board: in the minutes, in the workbook, in the exchange file; and what is cut when the meeting closes."""

import random
import uuid
from secrets import token_hex

from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _

from implere.boards import queries
from implere.boards.models import Merge, Note, NoteSubject, Origin, Showing, Zone
from implere.meetings.models import Activity, Meeting, Participant

COPIED = (
    "text",
    "by_hand",
    "late",
    "struck",
    "removed_at",
    "version",
    "organisation_id",
    "activity_id",
    "zone_id",
)


def shred(meeting: Meeting) -> None:
    """Writes the notes of the anonymous activities anew, with fresh keys in shuffled order: the hidden row numbers and the old
    keys told an order. What points to a note is carried over."""
    notes = list(Note.objects.filter(activity__meeting=meeting, activity__anonymous=True))
    random.SystemRandom().shuffle(notes)
    keys = {note.pk: uuid.uuid4() for note in notes}
    fresh = [
        Note(
            pk=keys[n.pk],
            **{f: getattr(n, f) for f in COPIED}
            | {"removed_at": meeting.closed_at if n.removed_at else None},
        )
        for n in notes
    ]
    links = [
        (model, names, list(model.objects.filter(**{f"{names[0]}__in": list(keys)})))
        for model, names in ((Merge, ("note", "into")), (Origin, ("note",)), (NoteSubject, ("note",)))
    ]
    Note.objects.filter(pk__in=list(keys)).delete()
    Note.objects.bulk_create(fresh)
    for model, names, rows in links:
        random.SystemRandom().shuffle(rows)
        for row in rows:
            row.pk = uuid.uuid4()
            for name in names:
                setattr(row, f"{name}_id", keys.get(getattr(row, f"{name}_id"), getattr(row, f"{name}_id")))
        model.objects.bulk_create(rows)


def minutes(activity: Activity) -> str:
    """The counts, the themes and what became of them; the notes themselves where the facilitator adds them."""
    board = queries.board(activity)
    if not board.count and not any(zone.initiatives for zone in board.zones):
        return ""
    facts = {
        "activity": activity,
        "board": board,
        "notes": activity.meeting.notes_in_minutes and queries.may_be_kept(activity),
        "matrix": bool(board.rows),
        "themes": activity.config.get("zones") == "themes",
    }
    return render_to_string("boards/minutes.html", facts)


def paper(activity: Activity) -> str:
    """Room to write by hand: a field for each cell of a matrix, else lines. Nothing where nobody writes."""
    if not activity.config.get("write"):
        return ""
    facts = {"rows": [], "columns": [], "lines": "12345678"}
    if isinstance(activity.config.get("zones"), dict):
        facts |= {side: queries.matrix_entries(activity, side) for side in ("rows", "columns")}
    return render_to_string("boards/paper_sheet.html", facts)


def sheet(activity: Activity):
    if not queries.may_be_kept(activity):
        return None
    board = queries.board(activity)
    titles = {row.code: row.title for row in board.rows}
    rows = [
        [
            text,
            titles.get(zone.row, ""),
            zone.title,
            ", ".join(note.about),
            ", ".join(note.became),
            _("yes") if note.by_hand else "",
        ]
        for zone in board.zones
        for note in zone.notes
        for text in [note.text, *(under.text for under in note.under)]
    ]
    header = [_("Note"), _("Row"), _("Theme or field"), _("Is about"), _("Became"), _("By hand")]
    return (header, rows) if rows else None


def export(activity: Activity) -> dict:
    """Zones and notes, the ones taken away among them; no notes that are still hidden."""
    zones = [
        {
            "id": str(z.pk),
            "theme": _key(z.theme_id),
            "row": z.row,
            "column": z.column,
            "position": z.position,
            "removed": z.removed_at is not None,
        }
        for z in Zone.objects.filter(activity=activity)
    ]
    rows = (
        Note.objects.filter(activity=activity)
        .select_related("merge", "participant")
        .prefetch_related("origins", "about")
        .order_by("pk")
    )
    return {
        "zones": zones,
        "notes": [_note(row) for row in rows] if queries.may_be_kept(activity) else [],
        "shown": Showing.objects.filter(activity=activity).exists(),
    }


def _key(pk) -> str | None:
    return str(pk) if pk else None


def _note(row: Note) -> dict:
    merge = getattr(row, "merge", None)
    return {
        "id": str(row.pk),
        "zone": _key(row.zone_id),
        "text": row.text,
        "by_hand": row.by_hand,
        "name": row.participant.name if row.participant else "",
        "late": row.late,
        "struck": row.struck,
        "removed": row.removed_at is not None,
        "under": {"note": str(merge.into_id), "home": _key(merge.home_id)} if merge else None,
        "initiatives": sorted(str(o.initiative_id) for o in row.origins.all()),
        "about": sorted(str(a.initiative_id) for a in row.about.all()),
    }


def restore(activity: Activity, data: dict, found: dict) -> None:
    """The inverse of export. A note may lie in a zone of a board that comes later on the agenda, so zones go first for all."""
    own = {"organisation_id": activity.organisation_id}
    for row in data["zones"]:
        found[row["id"]] = Zone.objects.create(
            **own, activity=activity, theme=found.get(row["theme"]), row=row["row"], column=row["column"], position=row["position"],
            removed_at=activity.closed_at if row["removed"] else None,
        )  # fmt: skip
    if data["shown"]:
        Showing.objects.create(**own, activity=activity)
    for row in data["notes"]:
        found[row["id"]] = Note.objects.create(
            **own, activity=activity, text=row["text"], participant=_named(activity, row["name"], found), by_hand=row["by_hand"], struck=row["struck"],
            late=row.get("late", ""), removed_at=(activity.closed_at or timezone.now()) if row["removed"] else None,
        )  # fmt: skip
    found.setdefault("later", []).append(lambda: _restore_links(data, found, own))


def _named(activity: Activity, name: str, found: dict) -> Participant | None:
    """Who wrote it, where the activity had names; the same name is the same person."""
    if not name:
        return None
    if ("named", name) not in found:
        found["named", name] = Participant.objects.create(
            organisation_id=activity.organisation_id,
            meeting=activity.meeting,
            name=name,
            device_hash=token_hex(32),
        )
    return found["named", name]


def _restore_links(data: dict, found: dict, own: dict) -> None:
    for row in data["notes"]:
        note = found[row["id"]]
        Note.objects.filter(pk=note.pk).update(zone=found.get(row["zone"]))
        if row["under"]:
            Merge.objects.create(
                **own, note=note, into=found[row["under"]["note"]], home=found.get(row["under"]["home"])
            )
        for key in row["initiatives"]:
            if key in found:
                Origin.objects.create(**own, note=note, initiative=found[key])
        for key in row["about"]:
            if key in found:
                NoteSubject.objects.create(**own, note=note, initiative=found[key])
