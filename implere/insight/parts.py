"""What this room shows on an initiative's own page, through the same registry as the other rooms."""

from django.template.loader import render_to_string

from implere.insight import about, advising, story
from implere.rooms import Viewer

ORIGIN, PLACEMENTS, ADVICE, NEXT_STEPS = 10, 20, 30, 40  # places in the page's order


def origin(initiative, viewer: Viewer):
    facts = {"initiative": initiative, "sources": story.origin(initiative)}
    return ORIGIN, render_to_string("insight/part_origin.html", facts)


def placements(initiative, viewer: Viewer):
    facts = {"initiative": initiative, "placements": story.placements(story.decisions(initiative))}
    return PLACEMENTS, render_to_string("insight/part_placements.html", facts)


def advice(initiative, viewer: Viewer):
    facts = {"initiative": initiative, "advice": advising.advise(*about.known(initiative))}
    return ADVICE, render_to_string("insight/part_advice.html", facts)


def next_steps(initiative, viewer: Viewer):
    facts = {"initiative": initiative, "steps": story.next_steps(story.decisions(initiative))}
    return NEXT_STEPS, render_to_string("insight/part_next_steps.html", facts)
