"""What the browser does with forms: nothing that was typed is lost, and nothing is done twice."""

from urllib.parse import parse_qs

import pytest
from playwright.sync_api import expect

FORM = """<ol id="notes"></ol>
<form id="form" {%% command_to "/note/" %%} %s>{%% command_id %%}
<textarea id="text" name="text" data-draft="a1" data-enter-sends></textarea><button>Send</button></form>"""
ZONE = '<section class="zone"><ol class="notes" data-zone="{0}" id="z{0}">{1}</ol></section>'
NOTE = """<li class="note" id="n1" data-moves><button class="grip" data-grip aria-label="Tag fat">x</button>
<details data-move open><summary>Flyt til</summary><form {% command_to "/note/" %}>
<button name="zone" value="1" aria-current="true">Et</button><button name="zone" value="2">To</button></form>
</details></li>"""


def posted(site) -> list[dict]:
    return [parse_qs(request.post_data) for request in site.requests("/note/")]


@pytest.mark.parametrize("base", ["phone", "desk"])
@pytest.mark.parametrize("status", [200, 409])
def test_an_answer_is_swapped_and_an_error_keeps_the_text(site, status, base):
    site.pages["/note/"] = lambda request: (status, '<li id="n1" data-into="notes">svar</li>')
    page = site.open(FORM % "", base=base)
    page.fill("#text", "en seddel")
    page.click("#form button")
    expect(page.locator("#n1")).to_have_text("svar")
    expect(page.locator("#text")).to_have_value("" if status == 200 else "en seddel")


def test_what_could_not_be_sent_is_sent_again_under_the_same_id(site):
    page = site.open(FORM % "", base="desk")
    page.fill("#text", "en seddel")
    page.click("#form button")
    expect(page.locator("[data-not-sent]")).to_be_visible()
    expect(page.locator("#text")).to_have_value("en seddel")
    site.pages["/note/"] = '<li id="n1" data-into="notes">en seddel</li>'
    page.click("#form button")
    expect(page.locator("#n1")).to_be_visible()
    first, second = posted(site)
    assert first["command_id"] == second["command_id"] != [""]


@pytest.mark.parametrize("attribute", ["", 'data-outbox="notes"'])
def test_two_notes_alike_have_an_id_each(site, attribute):
    site.pages["/note/"] = ""
    page = site.open(FORM % attribute)
    for _time in (1, 2):
        page.fill("#text", "det samme")
        with page.expect_response("**/note/"):
            page.click("button")
        expect(page.locator("#text")).to_have_value("")
    first, second = posted(site)
    assert first["command_id"] != second["command_id"]


def test_a_draft_is_there_after_a_reload(site):
    page = site.open(FORM % "")
    page.fill("#text", "halvt")
    page.reload()
    expect(page.locator("#text")).to_have_value("halvt")


def test_a_sentence_that_is_kept_here_is_never_sent(site):
    site.pages["/note/"] = ""
    kept = '<input id="mine" name="mine" data-keep="monday"></form>'
    page = site.open((FORM % "").replace("</form>", kept))
    page.fill("#mine", "Jeg går med på stuegang")
    page.fill("#text", "x")
    page.click("button")
    page.reload()
    expect(page.locator("#mine")).to_have_value("Jeg går med på stuegang")
    assert all("mine" not in fields for fields in posted(site))


def test_a_question_is_asked_before_what_matters(site):
    site.pages["/note/"] = ""
    page = site.open(FORM % 'data-confirm="Er du sikker?"')
    page.fill("#text", "x")
    page.click("#form button")
    page.click("dialog .button:not(.main)")
    assert not site.requests("/note/")
    page.click("#form button")
    with page.expect_response("**/note/"):
        page.click("dialog .button.main")


def test_the_room_left_is_said_before_the_limit(site):
    box = '{% include "ui/parts/textbox.html" with id="t" label="Seddel" max=140 %}'
    page = site.open(box)
    page.fill("#t", "x" * 25)
    expect(page.locator("[data-counter]")).to_have_text("25 af 140")
    page.fill("#t", "x" * 130)
    expect(page.locator("[data-counter]")).to_contain_text("10 tegn tilbage")


def test_a_tap_on_the_slider_answers_and_goes_on(site):
    site.pages["/note/"] = ""
    scale = '{% include "ui/parts/probability.html" with legend="Hvor?" name="p" value="" advance="submit" %}'
    page = site.open((FORM % "").replace("</form>", scale + "</form>"))
    with page.expect_response("**/note/"):
        page.locator("label:has(#p-70)").click()
    expect(page.locator("[data-probability-face]")).to_have_text("70\N{NO-BREAK SPACE}%")
    assert posted(site)[0]["p"] == ["70"]


def test_a_note_is_moved_by_keys_alone(site):
    site.pages["/note/"] = ""
    page = site.open(ZONE.format(1, NOTE), base="desk")
    page.focus("[data-grip]")
    page.keyboard.press("Space")
    page.keyboard.press("ArrowDown")
    with page.expect_response("**/note/"):
        page.keyboard.press("Enter")
    assert posted(site)[0]["zone"] == ["2"]


def test_a_note_is_dragged_by_its_grip(site):
    script = """<script data-sortable="{% static 'ui/built/sortable.js' %}"></script>"""
    site.pages["/note/"] = ""
    page = site.open(
        ZONE.format(1, NOTE) + ZONE.format(2, '<li class="note">anden</li>') + script, base="desk"
    )
    page.wait_for_function("() => Boolean(window.Sortable)")
    with page.expect_response("**/note/"):
        page.drag_and_drop("[data-grip]", "#z2 .note")
    assert posted(site)[0]["zone"] == ["2"]
