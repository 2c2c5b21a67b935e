"""A phone whose network goes and comes back, against a real server: nothing is lost, and the page opens all the same."""

import pytest
from playwright.sync_api import expect

from implere.accounts.middleware import POLICY
from tests.live_room import FLAGS, Room, running_server

HIDDEN = """() => {
  let hidden = false;
  Object.defineProperty(document, "hidden", { get: () => hidden });
  window.setHidden = (value) => { hidden = value; document.dispatchEvent(new Event("visibilitychange")); };
}"""
KEPT = "async () => Boolean(await caches.match(location.pathname)) && navigator.serviceWorker.controller"


def until(page, true: str) -> None:
    """Waits in the page until this asynchronous question has yes for an answer."""
    page.evaluate(f"async () => {{ while (!(await ({true})())) await new Promise(requestAnimationFrame); }}")


@pytest.fixture(scope="module")
def server():
    with running_server() as running:
        yield running


@pytest.fixture
def room(server, browser):
    made = Room(server, browser)
    yield made
    made.close()


@pytest.fixture
def phone(room):
    """A phone that has been open so long that its page is kept."""
    page = room.phone()
    until(page, KEPT)
    return page


def write(phone, text):
    phone.fill("#text", text)
    phone.locator(".reach .button.main").tap()
    expect(phone.locator("#text")).to_have_value("")


def own(phone, text):
    return phone.locator("#own .note:not(.waiting)", has_text=text)


def waiting(phone, text):
    return phone.locator("#own .note.waiting", has_text=text)


def is_live(phone):
    expect(phone.locator("body")).to_have_attribute("data-stream-state", "here")


def test_the_network_goes_in_the_middle_of_a_note_and_comes_back(room):
    phone = room.phone()
    is_live(phone)
    phone.fill("#text", "Første halvdel")
    phone.context.set_offline(True)
    phone.locator("#text").press_sequentially(", anden halvdel")
    phone.locator(".reach .button.main").tap()
    expect(waiting(phone, "Første halvdel, anden halvdel")).to_contain_text("gemt på din telefon")
    phone.context.set_offline(False)
    expect(own(phone, "Første halvdel, anden halvdel")).to_contain_text("Gemt", timeout=10_000)
    expect(phone.locator("#own .note", has_text="Første halvdel")).to_have_count(1)


def test_the_sign_is_beside_the_text_box(phone):
    is_live(phone)
    phone.evaluate("dispatchEvent(new Event('pagehide'))")
    phone.context.set_offline(True)
    phone.evaluate("dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))")
    sign = phone.locator(".reach [data-connection]")
    expect(sign).to_be_visible(timeout=6000)
    expect(sign).to_be_in_viewport()
    expect(phone.locator("main > [data-connection]")).to_be_hidden()
    gap = phone.locator("#text").bounding_box()["y"] - sign.bounding_box()["y"]
    assert 0 < gap < 150


def test_the_page_opens_without_a_network_with_what_waits(phone):
    phone.context.set_offline(True)
    write(phone, "Skrevet uden net")
    for _time in range(2):
        answer = phone.reload()
        assert answer.from_service_worker and answer.headers["content-security-policy"] == POLICY
        expect(waiting(phone, "Skrevet uden net")).to_be_visible()
        expect(phone.locator(".reach [data-connection]")).to_be_visible()
    write(phone, "Og en til")
    expect(waiting(phone, "Og en til")).to_be_visible()
    phone.context.set_offline(False)
    for text in ("Skrevet uden net", "Og en til"):
        expect(own(phone, text)).to_have_count(1, timeout=15_000)
    is_live(phone)
    expect(phone.locator("[data-waits]")).to_have_count(0)
    expect(phone.locator("body")).not_to_have_attribute("data-kept-page", "")


def test_a_page_that_was_closed_opens_again_without_a_network(phone):
    phone.context.set_offline(True)
    write(phone, "Før den blev lukket")
    address, context = phone.url, phone.context
    phone.close()
    again = context.new_page()
    again.goto(address)
    expect(waiting(again, "Før den blev lukket")).to_be_visible()
    context.set_offline(False)
    expect(own(again, "Før den blev lukket")).to_have_count(1, timeout=15_000)


def test_nothing_but_the_participants_page_and_its_files_is_kept(room, phone):
    phone.goto(room.server.lines["screen"])
    phone.goto(f"{room.server.address}/join/")
    kept = phone.evaluate(
        "async () => (await (await caches.open('implere')).keys()).map(each => new URL(each.url).pathname)"
    )
    assert [path for path in kept if not path.startswith("/static/")] == [f"/m/{room.server.meeting}/"]
    assert any("participant.js" in path for path in kept)


def test_what_is_too_old_is_not_kept(phone):
    phone.evaluate(
        """async () => { const old = Date.now() - 49 * 3600000, cache = await caches.open("implere");
        await cache.put("/m/00000000-0000-4000-8000-000000000000/", new Response("", { headers: { "Kept-At": old } })); }"""
    )
    phone.reload()
    until(phone, "async () => !(await caches.match('/m/00000000-0000-4000-8000-000000000000/'))")


def test_a_meeting_that_is_over_is_not_kept(phone):
    phone.evaluate(
        """() => { const stage = document.getElementById("stage"); stage.innerHTML = "<p data-meeting-over></p>";
        stage.dispatchEvent(new CustomEvent("swapped", { bubbles: true })); }"""
    )
    until(phone, "async () => !(await caches.match(location.pathname))")


def test_eight_tabs_of_one_browser_are_all_live(room):
    """HTTP/1.1 gives a browser six connections to a host. The tabs that are not seen give theirs up."""
    first = room.phone()
    first.context.add_init_script(f"({HIDDEN})()")
    tabs = []
    for _number in range(8):
        for tab in tabs:
            tab.evaluate("setHidden(true)")
        tab = first.context.new_page()
        tab.goto(first.url)
        is_live(tab)
        tabs.append(tab)
    first.close()
    write(tabs[-1], "Fra den ottende fane")
    expect(own(tabs[-1], "Fra den ottende fane")).to_be_visible()
    count = tabs[-1].locator("#note-count .figure").inner_text()
    tabs[-1].evaluate("setHidden(true)")
    for tab in tabs[:3]:
        tab.evaluate("setHidden(false)")
        expect(tab.locator("#note-count .figure")).to_have_text(count)
        tab.evaluate("setHidden(true)")


def test_the_way_back_leads_to_a_page_that_is_live(server, playwright, browser_type_launch_args):
    """Whether the browser kept the page or loads it anew is the browser's own choice."""
    arguments = browser_type_launch_args | {"ignore_default_args": ["--disable-back-forward-cache"]}
    browser = playwright.chromium.launch(**arguments | {"args": FLAGS})
    room = Room(server, browser)
    phone, other = room.phone(), room.phone()
    is_live(phone)
    phone.goto(f"{server.address}/join/?code=")
    write(other, "Mens den var væk")
    expect(own(other, "Mens den var væk")).to_be_visible()
    count = other.locator("#note-count .figure").inner_text()
    phone.go_back(wait_until="commit")
    expect(phone.locator("#note-count .figure")).to_have_text(count)
    is_live(phone)
    browser.close()


def test_a_page_that_the_browser_kept_lets_go_of_its_stream_and_takes_it_up_again(room):
    phone, other = room.phone(), room.phone()
    is_live(phone)
    phone.evaluate("dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true }))")
    write(other, "Mens den lå gemt")
    expect(own(other, "Mens den lå gemt")).to_be_visible()
    count = other.locator("#note-count .figure").inner_text()
    phone.evaluate("dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))")
    expect(phone.locator("#note-count .figure")).to_have_text(count)
    is_live(phone)
