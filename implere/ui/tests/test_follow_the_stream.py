"""What the browser does with the live stream."""

from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import expect

from implere.ui.tests.conftest import drawn, events

LIVE = 'data-stream="/stream/" data-ticket="t1" data-after="0" data-renew="/ticket/"'
LIST = '<ol id="list"><li id="b" data-order="2">b</li><li id="d" data-order="4">d</li></ol>'
NOTE = '<form id="form"><textarea id="note" data-draft="a1"></textarea></form>'


@pytest.fixture
def stream(site):
    """stream(*bodies): each connection gets the next body, and then ends; the last one again and again."""

    def play(*bodies):
        left = list(bodies)
        site.pages["/stream/"] = lambda request: (200, left.pop(0) if len(left) > 1 else left[0])

    return play


@pytest.mark.parametrize(
    ("fragment", "left"),
    [
        ('<li id="b">B</li>', ["B", "d"]),
        ('<li id="b" data-gone></li>', ["d"]),
        ('<li id="c" data-into="list" data-order="3">c</li>', ["b", "c", "d"]),
        ('<li id="e" data-into="list" data-order="5">e</li>', ["b", "d", "e"]),
        ('<li id="e" data-into="list">e</li>', ["b", "d", "e"]),
        ('<li id="x" data-into="elsewhere">x</li>', ["b", "d"]),
        ('<li id="x" data-gone></li>', ["b", "d"]),
    ],
    ids=["replaced", "gone", "between", "last", "no order", "no place", "already gone"],
)
def test_a_fragment_is_swapped_by_the_rule(site, stream, fragment, left):
    stream(events(fragment, '<p id="told">told</p>'))
    page = site.open(LIST + '<p id="told"></p>', LIVE)
    expect(page.locator("#told")).to_have_text("told")
    assert page.locator("#list li").all_inner_texts() == left


def test_a_dropped_stream_goes_on_where_it_was(site, stream):
    stream(events('<p id="one">1</p>', '<p id="one">2</p>'), events('<p id="one">3</p>', first=3))
    page = site.open('<p id="one"></p>', LIVE)
    expect(page.locator("#one")).to_have_text("3")
    asked = [parse_qs(urlsplit(request.url).query)["after"] for request in site.requests("/stream/")]
    assert asked[:2] == [["0"], ["2"]]


def test_an_event_that_was_seen_is_not_swapped_again(site, stream):
    stream(events('<p id="one">old</p>', first=3) + events('<p id="two">new</p>', first=8))
    page = site.open('<p id="one">page</p><p id="two"></p>', LIVE.replace('after="0"', 'after="7"'))
    expect(page.locator("#two")).to_have_text("new")
    expect(page.locator("#one")).to_have_text("page")


def test_a_spent_ticket_is_renewed(site):
    def answer(request):
        known = parse_qs(urlsplit(request.url).query)["ticket"] == ["t2"]
        return (200, events('<p id="one">in</p>')) if known else (403, "spent")

    site.pages |= {"/stream/": answer, "/ticket/": "t2"}
    page = site.open('<p id="one"></p>', LIVE)
    expect(page.locator("#one")).to_have_text("in")


def test_within_five_seconds_it_says_that_the_connection_is_away(site):
    site.page.clock.install()
    page = site.open('<p id="one"></p>', LIVE)
    expect(page.locator("[data-connection]")).to_be_hidden()
    page.clock.run_for(5000)
    expect(page.locator("[data-connection]")).to_be_visible()


def test_typed_text_and_focus_survive_a_new_drawing(site, stream):
    page = site.open(f'<div id="stage"><h1>Før</h1>{NOTE}</div>', LIVE)
    page.fill("#note", "halvt skrevet")
    stream(events(f'<div id="stage"><h1>Efter</h1>{NOTE}</div>'))
    expect(page.locator("h1")).to_have_text("Efter")
    expect(page.locator("#note")).to_have_value("halvt skrevet")
    expect(page.locator("#note")).to_be_focused()


def test_a_half_written_note_is_never_torn_away(site, stream):
    page = site.open(f'<div id="stage">{NOTE}</div>', LIVE)
    page.fill("#note", "halvt skrevet")
    site.pages["/page"] = drawn(
        '<div id="stage"><h1>Videre</h1></div>', LIVE.replace('after="0"', 'after="1"')
    )
    stream(events('<div id="stage"><h1>Videre</h1></div>'))
    expect(page.locator("#moved-on")).to_be_visible()
    expect(page.locator("#note")).to_have_value("halvt skrevet")
    page.click("#moved-on button")
    expect(page.locator("h1")).to_have_text("Videre")
    expect(page.locator("#moved-on")).to_have_count(0)
    stream(events(f'<div id="stage">{NOTE}</div>', first=2))
    expect(page.locator("#note")).to_have_value("halvt skrevet")


def test_what_is_private_stays_and_is_fetched_again(site, stream):
    mine = '<div id="mine" data-private data-src="/mine/">{}</div>'
    site.pages["/mine/"] = mine.format("<p id='answer'>nyt svar</p>")
    page = site.open(
        f'<div id="stage"><h1>Før</h1>{mine.format("<p id=answer>mit svar</p>" + NOTE)}</div>', LIVE
    )
    expect(page.locator("#answer")).to_have_text("mit svar")
    stream(events(f'<div id="stage"><h1>Efter</h1>{mine.format("")}</div>'))
    expect(page.locator("h1")).to_have_text("Efter")
    expect(page.locator("#answer")).to_have_text("nyt svar")


def test_too_far_behind_the_page_is_fetched_anew(site, stream):
    page = site.open('<div id="stage"><p id="one">gammel</p></div>', LIVE)
    site.pages["/page"] = drawn(
        '<div id="stage"><p id="one">ny</p></div>', LIVE.replace('after="0"', 'after="900"')
    )
    stream("event: fresh\ndata: 900\n\n")
    expect(page.locator("#one")).to_have_text("ny")
    expect(page.locator("body")).to_have_attribute("data-after", "900")


def test_what_is_unfolded_stays_unfolded(site, stream):
    fold = '<div id="stage"><h1>{}</h1><details><summary>Mere</summary>indhold</details></div>'
    page = site.open(fold.format("Før"), LIVE)
    page.click("summary")
    stream(events(fold.format("Efter")))
    expect(page.locator("h1")).to_have_text("Efter")
    expect(page.locator("#stage details")).to_have_attribute("open", "")


def test_a_portals_answer_is_no_connection(site):
    site.page.clock.install()
    site.page.route(
        "**/stream/*", lambda route: route.fulfill(body="<p>Log in</p>", content_type="text/html")
    )
    page = site.open('<p id="one"></p>', LIVE)
    page.clock.run_for(5000)
    expect(page.locator("[data-connection]")).to_be_visible()


@pytest.mark.parametrize("status", [200, 404])
def test_a_portal_in_place_of_the_page_changes_nothing(site, stream, status):
    page = site.open('<div id="stage"><p id="one">vores</p></div>', LIVE)
    site.headers = {}
    site.pages["/page"] = site.pages["/ticket/"] = lambda request: (
        status,
        drawn('<p id="one">hotellets</p>'),
    )
    with page.expect_response("**/page"):
        stream("event: fresh\ndata: 900\n\n")
    expect(page.locator("#one")).to_have_text("vores")


def test_the_sign_is_in_sight_wherever_one_is_on_a_long_page(site):
    site.page.clock.install()
    page = site.open('<div id="stage">' + "<p>svar</p>" * 200 + '<p id="last">sidst</p></div>', LIVE)
    page.locator("#last").scroll_into_view_if_needed()
    page.clock.run_for(5000)
    expect(page.locator("[data-connection]")).to_be_in_viewport()
