"""`make pictures`: drives a whole example meeting with several people in headless Chromium, and writes a picture of every screen
to build/pictures/SCREEN--STATE--WIDTH--light|dark--da|en.png."""

import itertools
import re
import sys
from pathlib import Path

from playwright.sync_api import Page

from tests.live_room import Room, chromium, running_server

OUT = Path("build/pictures")
SIZES = {390: 844, 1280: 800, 1920: 1080}
PEOPLE = 12
# Settled: what was begun when the colours or the size changed has ended, and it has been drawn.
DRAWN = """async () => {
  await Promise.all(document.getAnimations().map((each) => each.finished.catch(() => null)));
  await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
}"""
APPROACHES = 4


class Camera:
    """The desk, the screen and a phone in Danish, and the same in English, photographed in every state."""

    def __init__(self, room: Room, wanted: set[str]):
        self.room, self.wanted = room, wanted
        self.desk = room.desk()
        self.screen = room.screen()
        self.phone = room.phone()
        self.others = [room.silent_phone() for _person in range(PEOPLE)]
        self.english = {"screen": room.screen(), "phone": room.phone()}
        for page in self.english.values():
            page.context.add_cookies([{"name": "language", "value": "en", "url": room.server.address}])
            page.reload()

    def take(self, state: str) -> None:
        """Every surface in this state, at every width, light and dark; and in English, light."""
        if self.wanted and state not in self.wanted:
            return
        pages = {"desk": self.desk, "screen": self.screen, "phone": self.phone}
        for surface, page in pages.items():
            self.shoot(page, surface, state, "da", SIZES, ("light", "dark"))
        for surface, page in self.english.items():
            self.shoot(
                page, surface, state, "en", {390: 844} if surface == "phone" else {1920: 1080}, ("light",)
            )

    def shoot(self, page: Page, surface: str, state: str, language: str, sizes: dict, schemes) -> None:
        page.reload()
        for (width, height), scheme in itertools.product(sizes.items(), schemes):
            page.set_viewport_size({"width": width, "height": height})
            page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
            page.evaluate(DRAWN)
            name = f"{surface}--{state}--{width}--{scheme}--{language}.png"
            page.screenshot(path=OUT / name, full_page=surface != "screen")
        page.emulate_media(color_scheme="light")
        page.set_viewport_size({"width": 390 if surface == "phone" else 1280, "height": 900})

    def press(self, name: str) -> None:
        """Presses a button of the desk by its words, and waits for the desk to have changed."""
        with self.desk.expect_response(lambda response: response.request.method == "POST"):
            self.desk.get_by_role("button", name=re.compile(name)).first.click()
        self.desk.reload()

    def next(self) -> str:
        """Opens the next activity; returns its id."""
        button = self.desk.locator("#stage .head .button.main")
        path = button.locator("xpath=..").get_attribute("action")
        with self.desk.expect_response(lambda response: response.request.method == "POST"):
            button.click()
        self.desk.reload()
        self.activity = re.search(r"activities/([0-9a-f-]{36})", path)[1]
        return self.activity

    def everybody(self, path: str, form) -> None:
        for number, phone in enumerate(self.others):
            for each in form(number):
                phone.send(self.activity, path, each)

    def values(self, selector: str, attribute: str) -> list[str]:
        return [each.get_attribute(attribute) for each in self.desk.locator(selector).all()]


def write(camera: Camera, texts: list[str], cells: list[str] | None = None) -> None:
    for number, text in enumerate(texts):
        form = {"text": text} | ({"cell": cells[number % len(cells)]} if cells else {})
        camera.others[number % PEOPLE].send(camera.activity, "notes/", form)


def meeting(camera: Camera) -> None:
    """The example's meeting from its brainstorm to its close."""
    camera.take("01-brainstorm")
    camera.press("Vis sedlerne")
    camera.take("02-brainstorm-shown")
    camera.desk.fill("#group-count", "4")
    camera.press("Del ud")
    camera.next()
    _group(camera)
    camera.take("03-grouping")
    camera.press("side om side")
    camera.take("04-sides")
    camera.next()
    _choose(camera)
    camera.next()
    write(
        camera,
        [
            "Vi begynder for meget på én gang",
            "Ingen følger op efter et halvt år",
            "Natholdet hører det sidst",
        ],
    )
    camera.press("Vis sedlerne")
    camera.take("07-challenges")
    camera.next()
    _place(camera)
    camera.next()
    camera.take("12-break")
    camera.next()
    _five_questions(camera)
    _step_three(camera)


def _group(camera: Camera) -> None:
    for text, place in (("#dealt", 0), ("#dealt", 1), ("#dealt", 2)):
        camera.phone.reload()
        card = camera.phone.locator(f"{text} .note").nth(place)
        if card.count():
            card.locator("summary").first.click()
            card.locator(".menu button").nth(place).click()
    ticks = camera.desk.locator("input[name=note]")
    for place in range(2):
        ticks.nth(place).check()
    camera.desk.fill("#initiative-title", "Rehabilitering i hjemmeplejen")
    camera.press("Gør til tiltag")


def _subjects(camera: Camera) -> list[str]:
    """The ids of what the ballot is about, as a phone has them."""
    camera.phone.reload()
    return [each.get_attribute("value") for each in camera.phone.locator("input[name=subject]").all()]


def _choose(camera: Camera) -> None:
    subjects = _subjects(camera)
    camera.take("05-choice")
    camera.everybody(
        "answers/",
        lambda n: [
            {"subject": subjects[(n * 3 + k * (1 + n % 2)) % len(subjects)], "dots": "1"} for k in range(5)
        ],
    )
    camera.press("Vis svar")
    camera.press("Gå videre med disse")
    camera.take("06-chosen")


def _place(camera: Camera) -> None:
    camera.take("08-placement")
    camera.phone.reload()
    approaches = [
        each.get_attribute("value") for each in camera.phone.locator(".choice[data-approach] input").all()
    ]
    ids = _all_subjects(camera)
    for place, subject in enumerate(ids):
        for number, phone in enumerate(camera.others):
            today = approaches[(number % 2 if place % 3 == 0 else place) % APPROACHES]
            onwards = approaches[(2 if place % 3 else (number + place) % 3) % APPROACHES]
            said = {"today": today, "onwards": onwards, "forecast": str(40 + 10 * ((number + place) % 5))}
            phone.send(camera.activity, "answers/", {"subject": subject} | said)
    camera.take("09-placement-answers")
    camera.press("Vis svar")
    camera.press("På skærmen")
    camera.take("10-placement-revealed")
    camera.press("Aftal alt det")
    camera.press("Vis kortet")
    camera.take("11-map")


def _all_subjects(camera: Camera) -> list[str]:
    """Walks a phone of its own through the ballot to learn the ids, answering as it goes."""
    page = camera.room.phone()
    found = []
    while page.locator("input[name=subject]").count():
        found.append(page.locator("input[name=subject]").first.get_attribute("value"))
        with page.expect_response(lambda response: response.request.method == "POST"):
            page.locator("#mine .choice input").first.click(force=True)
        page.reload()
    return list(dict.fromkeys(found))


def _five_questions(camera: Camera) -> None:
    camera.take("13-five-questions")
    camera.phone.reload()
    cells = [each.get_attribute("value") for each in camera.phone.locator("#cell option").all()][:4]
    write(
        camera,
        [
            "MitID: dato meldt ud, alle skulle være på",
            "når lederen selv gør det",
            "når ingen har tid til at spørge",
        ],
        cells,
    )
    camera.press("Vis sedlerne")
    camera.take("14-five-questions-shown")
    camera.next()
    cells = [each.get_attribute("value") for each in _reloaded(camera).locator("#cell option").all()]
    write(
        camera,
        [
            "Et klart hvorfor fra start",
            "vi hørte det i avisen først",
            "superbruger i hver vagt",
            "for få vikarer til at komme på kursus",
            "fast punkt på LokalMED",
            "ingen fulgte op",
        ],
        cells,
    )
    camera.press("Vis sedlerne")
    camera.take("15-experience")
    camera.next()
    write(camera, ["At vi selv er der de første uger", "At vi siger nej til noget"])
    camera.press("Vis sedlerne")
    camera.take("16-leadership")


def _reloaded(camera: Camera) -> Page:
    camera.phone.reload()
    return camera.phone


def _step_three(camera: Camera) -> None:
    camera.next()
    write(
        camera,
        [
            "Superbruger i alle vagter de første seks uger",
            "Stop to projekter før helhedspleje",
            "Omsorgssamtale senest dag 10",
            "Tavlemøde hver mandag",
        ],
    )
    camera.press("Vis sedlerne")
    camera.take("17-proposals")
    camera.next()
    subjects = list(dict.fromkeys(_subjects(camera)))
    camera.take("18-rating")
    camera.everybody(
        "answers/",
        lambda n: [
            {"subject": s, "visible": str(5 - k), "resources": str(2 + (n + k) % 3), "help": str(3 + n % 2)}
            for k, s in enumerate(subjects)
        ],
    )
    camera.press("Vis svar")
    camera.take("19-rating-shown")
    camera.next()
    camera.press("Tag stilling til dette")
    camera.take("20-next-step")
    subject = _subjects(camera)[0]
    camera.everybody("answers/", lambda n: [{"subject": subject, "sure": str(50 + 10 * (n % 4))}])
    camera.press("Vis, hvor sikre")
    for field, text in {
        "owner": "Chef for hjemmeplejen",
        "due": "om to uger",
        "effect": "Færre fejl og færre opkald",
        "seen_by": "Aftenvagten opretter en borger uden at ringe",
    }.items():
        camera.desk.fill(f"#{field}", text)
    camera.press("Aftal næste skridt")
    camera.take("21-next-step-settled")
    camera.next()
    subjects = list(dict.fromkeys(_subjects(camera)))
    camera.everybody(
        "answers/",
        lambda n: [{"subject": s, "met": "yes" if (n + k) % 3 else "no"} for k, s in enumerate(subjects)],
    )
    camera.press("Vis svar")
    camera.take("22-realisations")
    camera.next()
    camera.take("23-closing")
    camera.desk.once("dialog", lambda dialog: dialog.accept())


PAGES = {
    "start": "/",
    "prepare": "/m/{meeting}/prepare/",
    "committee": "/m/{meeting}/committee/",
    "paper": "/m/{meeting}/paper/",
    "minutes": "/m/{meeting}/minutes/",
    "cycle": "{cycle}",
    "initiatives": "{cycle}initiatives/",
    "new-list": "{cycle}lists/new/",
    "new-meeting": "{cycle}meetings/new/",
    "join": "/join/",
    "earlier-cycle": "{earlier}",
    "actions": "{earlier}actions/",
    "reviews": "{earlier}reviews/",
    "anchoring": "{earlier}anchoring/",
    "mine": "/mine/",
}


def pages(camera: Camera) -> None:
    """The pages of who prepares; the minutes also as A4."""
    page = camera.desk
    address, meeting = camera.room.server.address, camera.room.server.meeting
    page.goto(f"{address}/m/{meeting}/prepare/")
    cycle = page.locator(".eyebrow a").first.get_attribute("href")
    page.goto(address)
    earlier = page.locator('h2 a[href^="/cycles/"]').last.get_attribute("href")
    for name, path in PAGES.items():
        page.goto(address + path.format(meeting=meeting, cycle=cycle, earlier=earlier))
        camera.shoot(page, name, "page", "da", SIZES, ("light", "dark"))
    page.goto(f"{address}{cycle}lists/new/")
    page.set_input_files("input[type=file]", "implere/initiatives/tests/files/tiltag.xlsx")
    page.get_by_role("button", name="Se, hvad").click()
    camera.shoot(page, "list", "preview", "da", SIZES, ("light", "dark"))
    page.goto(f"{address}/m/{meeting}/minutes/")
    page.pdf(path=OUT / "minutes.pdf", format="A4")
    page.emulate_media(media="print", color_scheme="light")
    page.set_viewport_size({"width": 794, "height": 1123})
    page.screenshot(path=OUT / "minutes--print--794--light--da.png", full_page=True)


def main(wanted: set[str]) -> None:
    OUT.mkdir(parents=True, exist_ok=True)
    with running_server() as server, chromium() as browser:
        camera = Camera(Room(server, browser), wanted)
        meeting(camera)
        pages(camera)
    print(f"{len(list(OUT.glob('*.png')))} pictures in {OUT}")


if __name__ == "__main__":
    main(set(sys.argv[1:]))
