"""Following up in a real browser: an owner answers a reminder on a phone without signing in; every page of it is looked at, light and
dark, wide and narrow: axe finds nothing, nothing is wider than its window."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.live_room import Room, running_server
from tests.pictures import DRAWN

AXE = (Path(__file__).parents[1] / "node_modules/axe-core/axe.min.js").read_text()
TOO_WIDE = "document.documentElement.scrollWidth > document.documentElement.clientWidth + 1"


@pytest.fixture(scope="module")
def server():
    with running_server() as running:
        yield running


@pytest.fixture(scope="module")
def desk(server, browser):
    made = Room(server, browser)
    yield made.desk()
    made.close()


@pytest.fixture
def room(server, browser):
    made = Room(server, browser)
    yield made
    made.close()


@pytest.fixture(scope="module")
def earlier(server, desk) -> str:
    """The address of the example's earlier cycle."""
    desk.goto(server.address)
    return desk.locator('h2 a[href^="/cycles/"]').last.get_attribute("href")


def first(page, selector: str) -> str:
    return page.locator(selector).first.get_attribute("href")


def owners_link(server, desk, earlier) -> str:
    """The link that the owner of the first action would get by mail."""
    desk.goto(f"{server.address}{earlier}actions/")
    desk.goto(server.address + first(desk, "#action-list a, main li strong a"))
    return desk.locator("#link").input_value()


def test_an_owner_answers_a_reminder_on_a_phone(server, desk, earlier, room):
    link = owners_link(server, desk, earlier)
    phone = room.page(link, 390, 844, is_mobile=True, has_touch=True)
    phone.goto(link)
    phone.get_by_label("Gjort", exact=True).check()
    phone.get_by_label("Hvad skete der?").fill("Nattevagten var med hele ugen")
    phone.get_by_role("button", name="Gem").click()
    expect(phone.get_by_text("Én af delene er nok").last).to_be_visible()
    expect(phone.get_by_label("Hvad skete der?")).to_have_value("Nattevagten var med hele ugen")
    phone.get_by_label("Hvornår?").fill("om to uger")
    phone.get_by_role("button", name="Gem").click()
    expect(phone.get_by_text("Tak, det er skrevet ned")).to_be_visible()
    phone.goto(link)
    expect(phone.get_by_text("Linket er brugt")).to_be_visible()
    phone.get_by_role("link", name="Se alle dine").click()
    expect(phone.get_by_text(re.compile("omgang"))).not_to_have_count(0)


def pages(server, desk, earlier) -> list[str]:
    link = owners_link(server, desk, earlier)
    mine = desk.locator("#mine").input_value()
    action = desk.url.removeprefix(server.address)
    desk.goto(f"{server.address}{earlier}reviews/")
    review = first(desk, 'a[href$="/review/"]')
    desk.goto(f"{server.address}{earlier}anchoring/")
    initiative = first(desk, 'main a[href*="/initiatives/"]')
    desk.goto(server.address + initiative)
    step = first(desk, 'main a[href*="/steps/"]')
    desk.goto(server.address)
    organisation = first(desk, 'a[href^="/organisations/"]')
    ours = [earlier, f"{earlier}actions/", f"{earlier}actions/new/", f"{earlier}reviews/", f"{earlier}anchoring/", action,
            f"{action}reflection/", review, initiative, step, "/mine/", f"{organisation}forgetting/?who=HR-chef"]  # fmt: skip
    return [link, mine, *(server.address + path for path in ours)]


def test_every_page_can_be_used_by_everybody(server, desk, earlier):
    found = []
    for address in pages(server, desk, earlier):
        desk.goto(address)
        for width in (390, 1280):
            desk.set_viewport_size({"width": width, "height": 900})
            for scheme in ("light", "dark"):
                desk.emulate_media(color_scheme=scheme, reduced_motion="reduce")
                desk.evaluate(DRAWN)
                where = f"{address.removeprefix(server.address)[:60]} {width} {scheme}"
                if desk.evaluate(TOO_WIDE):
                    found.append(f"{where}: too wide")
                if not desk.evaluate("Boolean(window.axe)"):
                    desk.evaluate(AXE)
                for each in desk.evaluate("axe.run()")["violations"]:
                    found.append(f"{where}: {each['id']}: {each['nodes'][0]['html'][:160]}")
    assert not found, "\n".join(found)
