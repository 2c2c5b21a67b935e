"""A whole meeting in real browsers, looked at in every state, on every surface, light and dark: axe finds nothing, no script fails,
nothing is wider than its window, and the taps are few."""

import itertools
import re
from pathlib import Path

import pytest

from tests import pictures
from tests.live_room import Room, running_server

AXE = (Path(__file__).parents[1] / "node_modules/axe-core/axe.min.js").read_text()
TOO_WIDE = "document.documentElement.scrollWidth > document.documentElement.clientWidth + 1"
ASKED = "() => document.getElementById('about').innerText + document.querySelector('#mine [aria-current]').innerText"
WIDTHS = {"phone": 390, "desk": 1280, "screen": 1920}


class Inspector(pictures.Camera):
    """Looks where the camera takes pictures."""

    def __init__(self, room):
        self.found: list[str] = []
        self.states: list[str] = []
        self.taps: dict[str, int] = {}
        super().__init__(room, set())
        for name, page in {"desk": self.desk, "screen": self.screen, "phone": self.phone}.items():
            page.on("pageerror", lambda error, name=name: self.found.append(f"{name}: {error}"))
            page.on("console", lambda said, name=name: self.hear(name, said))

    def hear(self, name, said) -> None:
        if said.type == "error":
            self.found.append(f"{name}: {said.text}")

    def take(self, state) -> None:
        super().take(state)
        if state == "08-placement":
            self.taps["participant"] = self.taps_for_one_initiative()

    def press(self, name) -> None:
        super().press(name)
        self.taps[name] = self.taps.get(name, 0) + 1

    def shoot(self, page, surface, state, language, sizes, schemes) -> None:
        if language != "da":
            return
        self.states.append(f"{surface} {state}")
        page.reload()
        wide = {390: 844} if surface == "phone" else {WIDTHS.get(surface, 1280): 900, 390: 844}
        for (width, height), scheme in itertools.product(wide.items(), schemes):
            if surface == "screen" and width == 390:
                continue
            page.set_viewport_size({"width": width, "height": height})
            page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
            where = f"{surface} {state} {width} {scheme}"
            if page.evaluate(TOO_WIDE):
                self.found.append(f"{where}: wider than the window")
            if width != 390 or surface == "phone":
                page.evaluate(pictures.DRAWN)
                if not page.evaluate("Boolean(window.axe)"):
                    page.evaluate(AXE)
                for each in page.evaluate("axe.run()")["violations"]:
                    self.found.append(f"{where}: {each['id']}: {each['nodes'][0]['html'][:160]}")
        page.emulate_media(color_scheme="light")
        page.set_viewport_size({"width": WIDTHS.get(surface, 1280), "height": 900})

    def taps_for_one_initiative(self) -> int:
        """Answers what the phone asks first, until it asks about the next initiative; how many taps it took."""
        page, taps = self.room.phone(), 0
        title = page.locator("#about").inner_text()
        while page.locator("#about").inner_text() == title:
            asked = page.evaluate(ASKED)
            page.locator("#mine .choice input, #mine .segmented input").first.click(force=True)
            taps += 1
            page.wait_for_function(f"was => ({ASKED})() !== was", arg=asked)
            assert taps < 10
        return taps


@pytest.fixture(scope="module")
def inspected(browser):
    """The inspector, when the whole meeting is over and every page has been looked at."""
    with running_server() as server:
        room = Room(server, browser)
        inspector = Inspector(room)
        pictures.meeting(inspector)
        pictures.pages(inspector)
        room.close()
    return inspector


def test_nothing_is_wrong_on_any_screen_in_any_state(inspected):
    assert len(inspected.states) > 70
    assert not inspected.found, "\n".join(dict.fromkeys(inspected.found))


def test_a_participant_places_an_initiative_in_three_taps_at_most(inspected):
    """Today, from now on, and the forecast."""
    assert 1 <= inspected.taps["participant"] <= 3


def test_the_facilitator_settles_all_that_is_agreed_in_three_taps_at_most(inspected):
    """Shows the answers; settles what is agreed."""
    assert inspected.taps["Aftal alt det"] == 1
    settled = re.compile("Vis svar|Aftal alt det")
    placing = [name for name in inspected.taps if settled.search(name)]
    assert len(placing) <= 3
