"""The desk in a real browser: undo and redo by keys, late notes, and what happened on the slider."""

import re

import pytest
from playwright.sync_api import expect

from tests.live_room import Room, running_server


@pytest.fixture(scope="module")
def server():
    with running_server() as running:
        yield running


@pytest.fixture(scope="module")
def room(server, browser):
    made = Room(server, browser)
    yield made
    made.close()


@pytest.fixture(scope="module")
def desk(room):
    """At the grouping, the notes shown before."""
    page = room.desk()
    page.get_by_role("button", name="Vis sedlerne").click()
    expect(page.get_by_role("button", name="Skjul sedlerne igen")).to_be_visible()
    page.locator("#stage .head .button.main").click()
    expect(page.locator("#title-" + page.locator(".zone.loose .notes").get_attribute("id"))).to_be_visible()
    return page


def move_first(desk, place=0):
    """Moves the first loose note to a theme by its own button; the note's id and the theme's list."""
    card = desk.locator(".zone.loose .note").first
    name = card.get_attribute("id")
    card.locator("summary", has_text="Flyt til").click()
    card.locator(".menu button").nth(place).click()
    expect(desk.locator(".zone.loose").locator(f"#{name}")).to_have_count(0)
    return name


def test_undo_and_redo_by_keys_and_not_while_one_writes(desk):
    name = move_first(desk)
    loose = desk.locator(".zone.loose").locator(f"#{name}")
    desk.locator("h1").click()
    desk.keyboard.press("Control+z")
    expect(loose).to_have_count(1)
    expect(desk.locator("#said")).to_have_text("Fortrudt.")
    expect(desk.locator("#redo-button")).to_be_visible()
    desk.keyboard.press("Control+Shift+z")
    expect(loose).to_have_count(0)
    desk.keyboard.press("Control+z")
    expect(loose).to_have_count(1)
    desk.keyboard.press("Control+y")
    expect(loose).to_have_count(0)
    expect(desk.locator("#redo-button")).to_have_count(0)
    field = desk.locator("#group-count")
    field.focus()
    desk.keyboard.press("Control+z")
    expect(desk.locator("#undo-button")).to_be_visible()
    expect(loose).to_have_count(0)


def test_the_slider_by_keys(desk, room):
    names = [move_first(desk) for _time in range(2)]
    desk.locator("#stage").get_by_role("link", name="Hvad skete der").click()
    slider = desk.get_by_role("slider", name="Trin")
    last = int(slider.get_attribute("max"))
    loose = desk.locator("#then .zone.loose")
    expect(loose.locator(f"#{names[1]}")).to_have_count(0)
    slider.focus()
    desk.keyboard.press("ArrowLeft")
    expect(loose.locator(f"#{names[1]}")).to_have_count(1)
    expect(loose.locator(f"#{names[0]}")).to_have_count(0)
    expect(slider).to_be_focused()
    expect(slider).to_have_attribute(
        "aria-valuetext", re.compile(f"{last - 1} af {last} · en seddel flyttet")
    )
    desk.keyboard.press("ArrowLeft")
    expect(loose.locator(f"#{names[0]}")).to_have_count(1)
    expect(desk).to_have_url(re.compile(rf"step={last - 2}$"))
    desk.get_by_role("link", name="Et trin frem").click()
    expect(desk.locator("#then .zone.loose").locator(f"#{names[0]}")).to_have_count(0)
    desk.set_viewport_size({"width": 390, "height": 844})
    assert desk.evaluate("document.documentElement.scrollWidth <= innerWidth")
    desk.set_viewport_size({"width": 1280, "height": 900})
    desk.get_by_role("link", name="Tilbage til rummet").click()
    expect(desk.locator("#stage")).to_be_visible()


def test_without_the_script_there_are_links(desk, room):
    address = desk.evaluate("document.querySelector('#stage a[href*=history]').href")
    context = room.browser.new_context(java_script_enabled=False, storage_state=desk.context.storage_state())
    room.contexts.append(context)
    page = context.new_page()
    page.goto(address)
    last = int(page.locator("#step").get_attribute("max"))
    page.get_by_role("link", name="Et trin tilbage").click()
    expect(page.locator("#moment-words")).to_contain_text(f"{last - 1} af {last}")
    expect(page.get_by_role("button", name="Vis det")).to_be_visible()


def test_a_late_note_from_a_phone_is_offered_at_the_desk(desk, room, server):
    desk.locator(".agenda-item").filter(has_text="Brainstorm").first.click()
    desk.get_by_role("button", name="Åbn igen").click()
    expect(desk.get_by_role("button", name="Skjul sedlerne igen")).to_be_visible()
    phone = room.phone()
    expect(phone.locator("body")).to_have_attribute("data-stream-state", "here")
    phone.context.set_offline(True)
    phone.fill("#text", "Den lå i lommen")
    phone.locator(".reach .button.main").tap()
    expect(phone.locator("#own .note.waiting")).to_be_visible()
    desk.locator("#undo-button").click()
    expect(desk.locator(".zone.loose")).to_be_visible()
    phone.context.set_offline(False)
    expect(phone.locator("#late")).to_contain_text("Facilitatoren har fået det", timeout=15_000)
    expect(phone.locator("#late blockquote")).to_have_text("Den lå i lommen")
    expect(phone.locator(".note.waiting")).to_have_count(0)
    waiting = desk.locator("#late-notes .note", has_text="Den lå i lommen")
    expect(desk.locator("#late-notes h2")).to_have_text("1 seddel kom for sent")
    waiting.get_by_role("button", name="Tag den med").click()
    expect(desk.locator("#late-notes .note")).to_have_count(0)
    expect(desk.locator(".zone.loose")).to_contain_text("Den lå i lommen")
    desk.locator("#undo-button").click()
    expect(waiting).to_be_visible()
