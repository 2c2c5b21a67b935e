"""What this room shows on an initiative's own page, through the registry."""

from django.template.loader import render_to_string

from implere.practice.queries import capacity as capacity_queries
from implere.practice.queries import effects as effects_queries
from implere.practice.queries import knowing
from implere.practice.queries import meaning as meaning_queries
from implere.rooms import Viewer

EFFECTS, CAPACITY, MEANING = 50, 60, 70  # places in the page's order


def effects(initiative, viewer: Viewer):
    facts = {"initiative": initiative, "indicators": effects_queries.indicators(initiative), "part": True}
    return EFFECTS, render_to_string("practice/part_effects.html", facts)


def capacity(initiative, viewer: Viewer):
    facts = {
        "initiative": initiative,
        "needs": capacity_queries.needs(initiative),
        "lacks": knowing.lacks(initiative.organisation, initiative),
    }
    return CAPACITY, render_to_string("practice/part_capacity.html", facts)


def meaning(initiative, viewer: Viewer):
    facts = {"initiative": initiative, "chain": meaning_queries.chain(initiative)}
    return MEANING, render_to_string("practice/part_meaning.html", facts)
