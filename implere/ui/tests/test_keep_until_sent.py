"""The outbox: what somebody writes, moves or answers is on the phone first, and arrives once."""

import json
import re
from urllib.parse import parse_qs

import pytest
from playwright.sync_api import expect

NOTE = """<ol id="notes"></ol><form id="form" {% command_to "/note/" %} data-outbox="notes">{% command_id %}
<textarea id="text" name="text" data-draft="a1"></textarea><button>Send</button></form>"""
BALLOT = """<div id="mine" data-private data-src="/mine/"><form id="form" {% command_to "/answer/" %}>{% command_id %}
<input type="hidden" name="subject" value="s1"><fieldset>
<label><input type="radio" name="today" id="a" value="a" data-advance="submit">A</label>
<label><input type="radio" name="today" id="b" value="b" data-advance="submit">B</label></fieldset></form></div>"""
WAITING = ".note.waiting"
TAKEN = '<li id="n1" data-into="notes">taget</li>'
PORTAL = "<!doctype html><title>Hotel</title><main id='main'>Log in on our network</main>"


def posted(site, path="/note/") -> list[dict]:
    return [parse_qs(request.post_data) for request in site.requests(path)]


def write(page, *texts):
    for text in texts:
        page.fill("#text", text)
        page.click("#form button")
        expect(page.locator("#text")).to_have_value("")


@pytest.fixture
def waiting(site):
    """waiting(*texts) -> a phone where these notes wait for the network."""

    def wait_with(*texts):
        page = site.open(NOTE)
        write(page, *texts)
        expect(page.locator(WAITING)).to_have_count(len(texts))
        expect(page.locator(WAITING).last).to_contain_text("Venter på nettet")
        return page

    return wait_with


def test_a_note_without_a_network_waits_on_the_phone_and_arrives_once(site, waiting):
    page = waiting("venter")
    site.pages["/note/"] = TAKEN
    page.reload()
    expect(page.locator("#n1")).to_have_text("taget")
    expect(page.locator(WAITING)).to_have_count(0)
    assert len({form["command_id"][0] for form in posted(site)}) == 1


def test_it_is_sent_by_itself_when_the_network_is_back(site, waiting):
    page = waiting("venter")
    site.pages["/note/"] = TAKEN
    expect(page.locator("#n1")).to_be_visible()
    expect(page.locator(WAITING)).to_have_count(0)


def test_it_survives_that_the_page_is_closed(site, waiting):
    page = waiting("venter")
    other = page.context.new_page()
    page.close()
    other.route("**/*", site._answer)
    other.goto("http://implere.test/page")
    expect(other.locator(WAITING)).to_contain_text("venter")


def test_notes_that_waited_are_sent_in_their_order(site, waiting):
    page = waiting("første", "anden", "tredje")
    before = len(posted(site))
    site.pages["/note/"] = ""
    page.reload()
    expect(page.locator(WAITING)).to_have_count(0)
    sent = [form["text"][0] for form in posted(site)[before:]]
    assert list(dict.fromkeys(sent)) == ["første", "anden", "tredje"]


@pytest.mark.parametrize("status", [429, 500, 502, 503])
def test_what_a_server_that_is_ill_or_busy_did_not_take_goes_on_waiting(site, waiting, status):
    page = waiting("vigtig")
    site.pages["/note/"] = lambda request: (status, "<p>nej</p>")
    with page.expect_response("**/note/"):
        page.reload()
    expect(page.locator(WAITING)).to_contain_text("vigtig")


@pytest.mark.parametrize("status", [200, 403, 404, 511])
def test_the_answer_of_a_portal_or_a_proxy_is_nobodys(site, waiting, status):
    page = waiting("vigtig")
    site.headers = {}
    site.pages["/note/"] = lambda request: (status, PORTAL)
    with page.expect_response("**/note/"):
        page.reload()
    expect(page.locator(WAITING)).to_contain_text("vigtig")
    expect(page.locator("body")).not_to_contain_text("Log in on our network")


def test_a_portals_redirect_is_nobodys(site, waiting):
    page = waiting("vigtig")
    page.route(
        "**/note/", lambda route: route.fulfill(status=302, headers={"Location": "http://hotel.test/"})
    )
    page.reload()
    expect(page.locator(WAITING)).to_contain_text("vigtig")
    expect(page).to_have_url(re.compile("implere.test"))


@pytest.mark.parametrize("status", [403, 404, 413])
def test_what_is_refused_stands_with_the_servers_words_until_it_is_taken_away(site, waiting, status):
    page = waiting("afvist")
    site.pages["/note/"] = lambda request: (status, "<!doctype html><html><h1>Siden er her ikke</h1></html>")
    page.reload()
    for _time in ("at once", "after a reload"):
        expect(page.locator("#outbox")).to_contain_text("Siden er her ikke")
        expect(page.locator("#outbox blockquote")).to_have_text("afvist")
        page.reload()
    expect(page.locator(WAITING)).to_have_count(0)
    page.get_by_role("button", name="Fjern det fra telefonen").click()
    expect(page.locator("#outbox > *")).to_have_count(0)


def test_a_note_that_came_too_late_stands_with_its_words(site, waiting):
    page = waiting("for sent")
    site.pages["/note/"] = lambda request: (
        409,
        '<div id="late-1" data-into="late" role="alert"><p data-refusal>Aktiviteten er lukket</p></div>',
    )
    page.reload()
    expect(page.locator("#outbox")).to_contain_text("Aktiviteten er lukket")
    expect(page.locator("#outbox blockquote")).to_have_text("for sent")
    expect(page.locator(WAITING)).to_have_count(0)


def test_a_refused_note_does_not_take_away_what_is_being_written(site):
    held = []
    page = site.open(NOTE)
    page.route("**/note/", lambda route: held.append(route))
    with page.expect_request("**/note/"):
        write(page, "den første")
    page.fill("#text", "den næste er halvt")
    held[0].fulfill(status=409, body='<p class="error" id="x">For lang</p>', headers=site.headers)
    expect(page.locator("#outbox")).to_contain_text("For lang")
    expect(page.locator("#outbox blockquote")).to_have_text("den første")
    expect(page.locator("#text")).to_have_value("den næste er halvt")


def test_one_answer_of_the_server_takes_one_note_away(site, waiting):
    page = waiting("første", "anden")
    answers = iter([(200, "")])
    site.pages["/note/"] = lambda request: next(answers, (502, ""))
    page.reload()
    expect(page.locator(WAITING)).to_have_count(1)
    expect(page.locator(WAITING)).to_contain_text("anden")


def test_two_tabs_send_the_same_outbox_once(site, waiting):
    page = waiting("første", "anden", "tredje")
    other = page.context.new_page()
    other.route("**/*", site._answer)
    other.goto("http://implere.test/page")
    expect(other.locator(WAITING)).to_have_count(3)
    before = len(posted(site))
    site.pages["/note/"] = ""
    for tab in (page, other):
        expect(tab.locator(WAITING)).to_have_count(0)
    ids = [form["command_id"][0] for form in posted(site)[before:]]
    assert len(set(ids)) == 3
    assert len(ids) <= 4  # one may have been on its way already


def test_another_meetings_notes_are_not_mixed_in(site, waiting):
    page = waiting("hører til det første møde")
    site.pages["/other"] = site.pages["/page"]
    page.goto("http://implere.test/other")
    write(page, "det andet møde")
    expect(page.locator(WAITING)).to_have_count(1)
    expect(page.locator(WAITING)).to_contain_text("det andet møde")


def test_a_second_tap_on_send_makes_no_second_note(site):
    site.pages["/note/"] = ""
    page = site.open(NOTE)
    page.fill("#text", "en gang")
    with page.expect_response("**/note/"):
        page.dblclick("#form button")
    expect(page.locator(WAITING)).to_have_count(0)
    assert [form["text"] for form in posted(site)] == [["en gang"]]


def test_an_answer_to_a_ballot_waits_and_is_sent(site):
    site.pages["/mine/"] = lambda request: (503, "")
    page = site.open(BALLOT)
    page.click("#b")
    expect(page.locator("#form [data-waits]")).to_contain_text("Venter på nettet")
    page.reload()
    expect(page.locator("#b")).to_be_checked()
    site.pages["/answer/"] = '<div id="mine" data-private data-src="/mine/"><p id="next">næste</p></div>'
    expect(page.locator("#next")).to_be_visible()
    expect(page.locator("[data-waits]")).to_have_count(0)
    assert posted(site, "/answer/")[-1]["today"] == ["b"]


def test_an_answer_to_what_is_over_is_not_drawn_over_what_is_going_on(site):
    site.pages["/mine/"] = lambda request: (503, "")
    page = site.open(BALLOT)
    page.click("#b")
    expect(page.locator("#form [data-waits]")).to_be_visible()
    page.evaluate("document.getElementById('mine').dataset.src = '/another/'")
    site.pages["/answer/"] = '<div id="mine" data-private data-src="/mine/"><p id="next">gammelt</p></div>'
    expect(page.locator("[data-waits]")).to_have_count(0)
    expect(page.locator("#form")).to_be_visible()
    expect(page.locator("#next")).to_have_count(0)


def test_where_nothing_can_be_kept_it_is_sent_straight_and_said(site):
    site.page.add_init_script("Object.defineProperty(window, 'indexedDB', { value: undefined })")
    page = site.open(NOTE)
    page.fill("#text", "uden lager")
    page.click("#form button")
    expect(page.locator("[data-not-sent]")).to_contain_text("din browser kan ikke gemme det")
    expect(page.locator("#text")).to_have_value("uden lager")
    site.pages["/note/"] = TAKEN
    page.click("#form button")
    expect(page.locator("#n1")).to_be_visible()
    expect(page.locator("#text")).to_have_value("")
    expect(page.locator("[data-not-sent]")).to_have_count(0)
    assert len({form["command_id"][0] for form in posted(site)}) == 1


def test_what_is_written_while_the_note_is_being_kept_stays(site):
    site.pages["/note/"] = ""
    page = site.open(NOTE)
    page.fill("#text", "sendt")
    with page.expect_response("**/note/"):
        page.evaluate(
            """() => { const field = document.getElementById("text");
            document.getElementById("form").requestSubmit(); setTimeout(() => { field.value = "sendt og mere"; }); }"""
        )
    expect(page.locator(WAITING)).to_have_count(0)
    expect(page.locator("#text")).to_have_value("sendt og mere")


def test_where_the_page_cannot_be_opened_again_the_sign_says_so(site):
    site.page.clock.install()
    page = site.open(
        NOTE, 'data-stream="/stream/" data-ticket="t" data-after="0" data-renew="/t/" data-worker="/m/sw.js"'
    )
    page.clock.run_for(5000)
    expect(page.locator("[data-connection]")).to_contain_text("Lad siden stå åben")


def box(page) -> list:
    """What stands in the phone's own memory."""
    return json.loads(
        page.evaluate(
            """() => new Promise(resolve => { indexedDB.open("implere").onsuccess = ({ target }) =>
            target.result.transaction("entries").objectStore("entries").getAll().onsuccess =
            (event) => resolve(JSON.stringify(event.target.result)); })"""
        )
    )


def test_the_box_is_emptied_when_the_server_has_taken_it(site, waiting):
    page = waiting("i hukommelsen")
    assert [entry["text"] for entry in box(page)] == ["i hukommelsen"]
    site.pages["/note/"] = ""
    expect(page.locator(WAITING)).to_have_count(0)
    assert box(page) == []
