"""In real browsers: a leader translates an initiative on a phone, a director drills down to a single choice, and every page of practice and
insight is readable for all: nothing that axe finds, nothing cut off, on a phone and a desk, light and dark."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.live_room import Room, running_server

AXE = Path(__file__).parents[1] / "node_modules/axe-core/axe.min.js"
DEMENTIA, FKO = "Demensstrategi", "Fælles kommunal omsorgsjournal (FKO)"


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
    page.wait_for_selector("#stage")
    yield page
    made.close()


def start(desk, server):
    desk.set_viewport_size({"width": 1280, "height": 900})
    desk.goto(server.address)


def open_initiative(desk, server, title: str):
    start(desk, server)
    desk.get_by_role("link", name=re.compile("^Fra strategi til hverdag")).first.click()
    desk.get_by_role("link", name=title, exact=True).last.click()
    expect(desk.get_by_role("heading", level=1)).to_have_text(title)


def test_a_leader_translates_on_a_phone_and_the_chain_shows_it(desk, server, room):
    open_initiative(desk, server, FKO)
    desk.get_by_role("link", name="Mening ned gennem ledelseskæden").click()
    desk.get_by_label(re.compile("^Plejecenter Solgården")).check()
    desk.get_by_role("button", name="Lav links").click()
    link = desk.get_by_role("textbox", name="Plejecenter Solgården").input_value()
    phone = room.page(link, 390, 844, is_mobile=True, has_touch=True)
    phone.get_by_label("Hvad gør vi anderledes på mandag?").fill("En superbruger på hver vagt")
    phone.get_by_label("Hvad har vi brug for oppefra?").fill("Hvem tager vagterne imens?")
    phone.get_by_role("button", name="Gem").click()
    expect(phone.get_by_role("status")).to_contain_text("Gemt")
    desk.reload()
    expect(desk.get_by_text("Hvem tager vagterne imens?")).to_be_visible()
    expect(desk.get_by_text("Venter på svar fra Ældre og Sundhed").first).to_be_visible()


def test_a_director_opens_the_traces_and_drills_down_to_a_single_choice(desk, server):
    start(desk, server)
    desk.get_by_role("link", name="Fem spor").click()
    card = desk.locator("[data-trace=simpler]")
    expect(card.get_by_role("heading", level=2)).to_have_text("3 tiltag kan måske gribes enklere an")
    card.get_by_role("link", name="Se grundlaget").click()
    desk.locator(".evidence a").first.click()
    expect(desk.locator("#placements")).to_contain_text("Så sikre var I dengang")
    desk.go_back()
    desk.get_by_label("Delvist").check()
    desk.get_by_role("button", name="Gem svaret").click()
    expect(desk.get_by_text("Jeres svar er gemt ved sporet.")).to_be_visible()


def test_waiting_with_one_is_tried_on_the_picture(desk, server):
    start(desk, server)
    desk.get_by_role("link", name="Kapacitet").click()
    before = desk.get_by_role("heading", level=1).inner_text()
    desk.get_by_label("Tiltag", exact=True).select_option(label=FKO)
    desk.get_by_label("Hvad vi prøver").select_option("drop")
    desk.get_by_role("button", name="Vis det på billedet").click()
    expect(desk.get_by_text("Prøvet på billedet; planen er, som den var")).to_be_visible()
    expect(desk.locator("td.tried").first).to_be_visible()
    desk.get_by_role("link", name="Tilbage til planen").click()
    expect(desk.get_by_role("heading", level=1)).to_have_text(before)


def addresses(desk, server) -> list[str]:
    """The pages of both rooms, found by their links."""
    start(desk, server)
    organisation = desk.get_by_role("link", name="Fem spor").get_attribute("href").removesuffix("traces/")
    found = [f"{organisation}{page}/" for page in ("traces", "traces/simpler", "traces/hours", "traces/meaning", "capacity", "advisor")]  # fmt: skip
    open_initiative(desk, server, DEMENTIA)
    initiative = desk.url.removeprefix(server.address)
    found += [f"{initiative}{page}" for page in ("", "indicators/", "indicators/new/", "capacity/", "meaning/", "advisor/")]  # fmt: skip
    return [*found, desk.locator("#effects h3 a").first.get_attribute("href")]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_and_nothing_is_cut_off(desk, server, scheme):
    wrong = []
    pages = addresses(desk, server)
    desk.emulate_media(color_scheme=scheme)
    for address in pages:
        for width in (320, 1280):
            desk.set_viewport_size({"width": width, "height": 900})
            desk.goto(server.address + address)
            found = desk.evaluate(AXE.read_text() + "; axe.run()")["violations"]
            wrong += [
                (address, width, one["id"], [node["html"][:120] for node in one["nodes"]]) for one in found
            ]
            if desk.evaluate("document.documentElement.scrollWidth") > width:
                wrong.append((address, width, "cut off", []))
    assert not wrong, "\n".join(map(str, wrong))
