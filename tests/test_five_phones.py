"""One meeting with a facilitator, a screen and five phones: by thumb, by keyboard alone, in English, without JavaScript, and one
that comes late. All of them write, choose, place, and see the same."""

import re

import pytest
from playwright.sync_api import expect

from tests.live_room import Room, running_server


@pytest.fixture(scope="module")
def room(browser):
    with running_server() as server:
        made = Room(server, browser)
        yield made
        made.close()


@pytest.fixture(scope="module")
def desk(room):
    return room.desk()


@pytest.fixture(scope="module")
def phones(room):
    """{how: page}."""
    found = {how: room.phone() for how in ("thumb", "keys", "english")}
    found["plain"] = room.phone(java_script_enabled=False)
    found["english"].get_by_role("button", name="English").click()
    return found


def press(desk, name):
    desk.get_by_role("button", name=re.compile(name)).first.click()


def open_next(desk, screen):
    here = screen.locator("h1").first.inner_text()
    desk.locator("#stage .head .button.main").click()
    expect(screen.locator("h1").first).not_to_have_text(here)


def tab_to(page, selector):
    """Tabs until the thing has the focus, as one who has no pointer does."""
    for _press in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    raise AssertionError(f"{selector} can't be reached by keyboard")


def fetch_what_is_new(page):
    page.get_by_role("link", name="Hent nyt").first.click()


def asked(page) -> str:
    """What the phone asks now: the initiative and the question."""
    return page.locator("#about").inner_text() + " · " + page.locator("#mine [aria-current]").inner_text()


def answer_one_initiative(page, how) -> None:
    """Takes the first answer to each question, until it is about the next initiative."""
    title = page.locator("#about").inner_text()
    while page.locator("#about").inner_text() == title:
        before = asked(page)
        if how == "keys":
            tab_to(page, "#mine input[type=radio]")
            page.keyboard.press("Space")
        elif how == "plain":
            page.locator("#mine .choice input").first.check(force=True)
            page.locator(".reach .button.main").click()
        else:
            page.locator("#mine .choice input").first.click(force=True)
        wait_until(page, lambda before=before: asked(page) != before)


def wait_until(page, true) -> None:
    for _try in range(200):
        if true():
            return
        page.wait_for_timeout(50)
    raise AssertionError("it did not come")


def test_all_write(phones):
    phones["thumb"].fill("#text", "Skrevet med tommel")
    phones["thumb"].locator(".reach .button.main").tap()
    tab_to(phones["keys"], "#text")
    phones["keys"].keyboard.type("Skrevet med taster")
    phones["keys"].keyboard.press("Tab")
    phones["keys"].keyboard.press("Enter")
    phones["english"].fill("#text", "Written in English")
    phones["english"].get_by_role("button", name="Send").click()
    phones["plain"].fill("#text", "Skrevet uden JavaScript")
    phones["plain"].get_by_role("button", name="Send").click()
    for how, text in (
        ("thumb", "tommel"),
        ("keys", "taster"),
        ("english", "English"),
        ("plain", "JavaScript"),
    ):
        expect(phones[how].locator("#own .note").first).to_contain_text(text)


def test_all_see_what_the_facilitator_shows(room, desk, phones):
    screen = room.screen()
    press(desk, "Vis sedlerne")
    late = phones["late"] = room.phone()
    fetch_what_is_new(phones["plain"])
    for page in (screen, *phones.values()):
        for words in ("tommel", "taster", "English", "JavaScript"):
            expect(page.locator("#stage")).to_contain_text(words)
    late.fill("#text", "Skrevet for sent ankommet")
    late.locator(".reach .button.main").tap()
    expect(screen.locator("#stage")).to_contain_text("for sent ankommet")


def test_all_choose(room, desk, phones):
    screen = room.screen()
    open_next(desk, screen)
    open_next(desk, screen)
    fetch_what_is_new(phones["plain"])
    for how, page in phones.items():
        button = page.locator("#dots button").first
        expect(button).to_be_visible()
        if how == "keys":
            tab_to(page, "#dots button")
            page.keyboard.press("Enter")
        else:
            button.click()
        expect(page.locator('#dots [aria-pressed="true"]')).to_have_count(1)
    press(desk, "Vis svar")
    press(desk, "Gå videre med disse")
    expect(screen.locator("h1").first).to_contain_text("går videre")


def test_all_place_and_the_answers_come_at_once(room, desk, phones):
    screen = room.screen()
    open_next(desk, screen)
    open_next(desk, screen)
    fetch_what_is_new(phones["plain"])
    for how, page in phones.items():
        answer_one_initiative(page, how)
    expect(desk.locator("#answered")).to_contain_text("5")
    assert "Gør det! 5" not in screen.content()
    press(desk, "Vis svar")
    fetch_what_is_new(phones["plain"])
    for how, page in phones.items():
        words = "The answers are on the screen" if how == "english" else "Svarene er på skærmen"
        expect(page.locator("#stage")).to_contain_text(words)
    expect(screen.locator("#stage")).to_contain_text("I er enige om")
