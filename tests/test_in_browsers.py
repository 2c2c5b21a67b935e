"""A meeting with several people in real browsers: the screens move together, by the live stream alone."""

import re

import pytest
from playwright.sync_api import expect

from implere.method import reader
from tests.live_room import Room, running_server


@pytest.fixture(scope="module")
def server():
    with running_server() as running:
        yield running


@pytest.fixture
def room(server, browser):
    made = Room(server, browser)
    yield made
    made.close()


@pytest.fixture(scope="module")
def desk(server, browser):
    """The facilitator, signed in by the link of the first line, which is good for once."""
    made = Room(server, browser)
    page = made.desk()
    yield page
    made.close()


def write(phone, text):
    phone.fill("#text", text)
    phone.click(".reach .button.main")


def open_next(desk):
    desk.locator("#stage .head .button.main").click()


def test_a_note_is_kept_and_the_screens_count_it(room, desk):
    screen, phone = room.screen(), room.phone()
    before = int(screen.locator("#note-count .figure").inner_text())
    write(phone, "MitID Erhverv til vikarer")
    expect(phone.locator("#own .note").first).to_contain_text("MitID Erhverv til vikarer")
    for page in (screen, desk, phone):
        expect(page.locator("#note-count .figure")).to_have_text(str(before + 1))
    assert "MitID Erhverv til vikarer" not in screen.content() + desk.content()


def test_a_refresh_makes_no_second_participant(room, desk):
    phone = room.phone()
    expect(desk.locator("#room .figure").nth(1)).not_to_have_text("0")
    here = desk.locator("#room .figure").nth(1).inner_text()
    phone.reload()
    phone.reload()
    expect(phone.locator("#presence")).to_contain_text(re.compile(r"\d+"))
    expect(desk.locator("#room .figure").nth(1)).to_have_text(here)


def test_a_half_written_note_is_never_torn_away(room, desk):
    phone = room.phone()
    phone.fill("#text", "en halv tanke om")
    desk.get_by_role("button", name="Vis sedlerne").click()
    expect(desk.get_by_role("button", name="Skjul sedlerne igen")).to_be_visible()
    expect(phone.locator("#text")).to_have_value("en halv tanke om")
    phone.fill("#text", "")
    phone.reload()
    expect(phone.locator("#others")).to_be_visible()
    desk.get_by_role("button", name="Skjul sedlerne igen").click()
    expect(phone.locator("#others")).to_have_count(0)


def test_a_phone_in_english_reads_english(room):
    phone = room.phone()
    phone.get_by_role("button", name="English").click()
    expect(phone.locator("h1")).to_have_text("What must we have implemented in the next half to whole year?")
    expect(phone.get_by_role("button", name="Send")).to_be_visible()


def test_a_phone_without_javascript_takes_part(room):
    phone = room.phone(java_script_enabled=False)
    write(phone, "Uden JavaScript")
    expect(phone.locator("#own .note")).to_contain_text("Uden JavaScript")
    expect(phone.get_by_role("link", name="Hent nyt").first).to_be_visible()


def test_a_phone_by_keyboard_alone_writes_and_mends(room):
    phone = room.phone()
    phone.locator("#text").focus()
    phone.keyboard.type("Skrevet med taster")
    phone.keyboard.press("Tab")
    phone.keyboard.press("Enter")
    expect(phone.locator("#own .note")).to_contain_text("Skrevet med taster")


def test_text_that_looks_like_html_stays_text(room):
    phone = room.phone()
    write(phone, "<img src=x onerror=alert(1)> =cmd|' /C calc'!A0")
    expect(phone.locator("#own .note-text")).to_have_text("<img src=x onerror=alert(1)> =cmd|' /C calc'!A0")
    assert phone.locator("#own img").count() == 0


def test_everybody_follows_to_the_next_activity_and_back_by_undo(room, desk):
    screen, phone = room.screen(), room.phone()
    here = screen.locator("h1").inner_text()
    open_next(desk)
    expect(screen.locator("h1")).not_to_have_text(here)
    expect(phone.locator("h1")).to_have_text(screen.locator("h1").inner_text())
    desk.get_by_role("button", name="Fortryd").click()
    expect(screen.locator("h1")).to_have_text(here)
    expect(phone.locator("h1")).to_have_text(here)


def test_moving_a_note_by_a_single_tap(room, desk):
    phone = room.phone()
    open_next(desk)
    expect(phone.locator("#dealt")).to_be_visible()
    card = phone.locator("#dealt .note").first
    card.locator("summary", has_text="Flyt til").click()
    theme = card.locator(".menu button").first.inner_text()
    card.locator(".menu button").first.click()
    zone = desk.locator(".zone", has=desk.locator("h2", has_text=theme))
    expect(zone.locator(".note").first).to_be_visible()


def test_moving_a_note_by_keyboard_at_the_desk(desk):
    grip = desk.locator("[data-grip]").first
    note = desk.locator(".note", has=desk.locator("[data-grip]")).first
    before = note.evaluate("note => note.closest('.zone').id")
    note_id = note.get_attribute("id")
    grip.focus()
    for key in ("Space", "ArrowDown", "ArrowDown", "Enter"):
        desk.keyboard.press(key)
    desk.wait_for_function(
        "([id, zone]) => document.getElementById(id).closest('.zone').id !== zone", arg=[note_id, before]
    )


def test_moving_a_note_by_dragging_its_grip(desk):
    note = desk.locator(".zone.loose .note", has=desk.locator("[data-grip]")).first
    note_id = note.get_attribute("id")
    zone = desk.locator(".zone:not(.loose) [data-zone]").first
    desk.set_viewport_size({"width": 1280, "height": 3000})
    desk.wait_for_function("Boolean(window.Sortable)")
    with desk.expect_response(lambda response: "/desk-place/" in response.url) as moved:
        note.locator("[data-grip]").drag_to(zone, target_position={"x": 40, "y": 20})
    assert moved.value.ok
    expect(zone.locator(f"#{note_id}")).to_be_visible()


def test_the_sentence_to_oneself_stays_on_the_phone_and_comes_back(room, desk):
    phone, sentence = room.phone(), "Jeg går med på morgenrunden"
    sent = []
    phone.on("request", lambda request: sent.append((request.url, request.post_data or "")))
    kinds = reader.read().activities.values()
    wanted = next(kind for kind in kinds if kind.config.get("private_sentence")).title.da
    label = ""
    while wanted not in label:
        here = phone.locator("h1").inner_text()
        label = desk.locator("#stage .head .button.main").inner_text()
        open_next(desk)
        expect(phone.locator("h1")).not_to_have_text(here)
    phone.fill("#monday", sentence)
    phone.reload()
    expect(phone.locator("#monday")).to_have_value(sentence)
    assert not [each for each in sent if sentence in str(each) or "morgenrunden" in str(each)]


def test_the_agenda_is_there_whatever_the_windows_width_becomes(desk):
    item = desk.locator(".agenda-item").first
    for width, is_shown in ((1280, True), (900, False), (1280, True)):
        desk.set_viewport_size({"width": width, "height": 900})
        expect(item).to_be_visible(visible=is_shown)
    desk.set_viewport_size({"width": 900, "height": 900})
    desk.locator(".agenda-fold > summary").click()
    expect(item).to_be_visible()
    desk.set_viewport_size({"width": 1280, "height": 900})
