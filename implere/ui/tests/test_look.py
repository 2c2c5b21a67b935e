"""The look holds together: colours in one place, small files, pages that everybody can use."""

import gzip
import re
from pathlib import Path

import pytest
from django.test import RequestFactory

from implere.ui.tests.catalogue import PAGES, catalogue

UI = Path(__file__).parents[1]
AXE = UI.parents[1] / "node_modules/axe-core/axe.min.js"
COLOUR = re.compile(r"#[0-9a-f]{3,8}\b|\b(?:rgb|hsl|oklch|color-mix)a?\(|:\s*(?:white|black|red)\b", re.I)


@pytest.mark.parametrize("file", sorted(UI.glob("css/*.css")), ids=lambda file: file.name)
def test_colours_are_named_in_the_tokens_alone(file):
    if file.name != "tokens.css":
        assert not COLOUR.findall(file.read_text())


def test_a_behaviour_is_small():
    long = {
        file.name: lines for file in UI.glob("ts/*.ts") if (lines := len(file.read_text().splitlines())) > 85
    }
    assert not long


def test_every_icon_that_is_asked_for_is_in_the_sprite():
    known = set(re.findall(r'<symbol id="([^"]+)"', (UI / "static/ui/icons.svg").read_text()))
    asked = set()
    for file in UI.parent.glob("*/templates/**/*.html"):
        asked |= set(re.findall(r'{% icon "([^"]+)"|icon_name="([^"]+)"|sign="([^"]+)"', file.read_text()))
    assert {name for names in asked for name in names if name} <= known


def test_the_phones_files_leave_room_for_its_page():
    """kB, compressed as the server does: style, script, font, signs; the page has the rest of the 60."""
    built = UI / "static/ui/built"
    files = [built / "main.css", built / "participant.js", UI / "static/ui/icons.svg"]
    weight = sum(len(gzip.compress(file.read_bytes(), 6)) for file in files)
    assert (weight + (built / "figtree.woff2").stat().st_size) / 1000 < 54


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing(site, name, scheme):
    request = RequestFactory().get(f"/parts/{name}.html")
    site.pages["/page"] = catalogue(request, name).content.decode()
    site.page.emulate_media(color_scheme=scheme)
    site.page.goto("http://implere.test/page")
    found = site.page.evaluate(AXE.read_text() + "; axe.run()")["violations"]
    assert not [(one["id"], [node["html"] for node in one["nodes"]]) for one in found]


@pytest.mark.parametrize("name", PAGES)
def test_nothing_is_cut_off_at_320_points(site, name):
    site.pages["/page"] = catalogue(RequestFactory().get("/"), name).content.decode()
    site.page.set_viewport_size({"width": 320, "height": 640})
    site.page.goto("http://implere.test/page")
    assert site.page.evaluate("document.documentElement.scrollWidth") <= 320


def test_nothing_on_the_projector_is_under_22_points(site):
    site.pages["/page"] = catalogue(RequestFactory().get("/"), "themes").content.decode()
    site.page.set_viewport_size({"width": 1920, "height": 1080})
    site.page.goto("http://implere.test/page")
    sizes = site.page.evaluate(
        """[...document.querySelectorAll("main *")]
        .filter(one => [...one.childNodes].some(node => node.nodeType === 3 && node.data.trim()))
        .filter(one => one.checkVisibility()).map(one => parseFloat(getComputedStyle(one).fontSize))"""
    )
    assert min(sizes) >= 22


def test_a_changed_file_has_another_address(client, db):
    page = client.get("/join/").text
    assert re.search(r'href="/static/ui/built/main\.css\?v=[0-9a-f]{8}"', page)
    assert re.search(r'src="/static/ui/built/participant\.js\?v=[0-9a-f]{8}"', page)
    assert 'href="/static/ui/built/figtree.woff2"' in page
