"""What a new participant's phone loads from the QR picture to the open brainstorm, and how soon it is drawn on a slow one."""

import shutil
import tempfile

from tests import live_room

# Chromium's own "Slow 4G": 562.5 ms there and back, 1.44 Mbit/s down, 0.675 up.
SLOW_4G = {
    "offline": False,
    "latency": 562.5,
    "downloadThroughput": 1.44 * 1024 * 1024 / 8,
    "uploadThroughput": 675 * 1024 / 8,
}
PAINTS = """() => {
  window.largest = 0; window.blocked = 0;
  new PerformanceObserver((list) => { for (const each of list.getEntries()) window.largest = each.startTime; })
    .observe({ type: "largest-contentful-paint", buffered: true });
  new PerformanceObserver((list) => { for (const each of list.getEntries()) window.blocked += Math.max(0, each.duration - 50); })
    .observe({ type: "longtask", buffered: true });
}"""


def page_weight() -> dict:
    """{kB, requests} as the browser counts them, cold; {largest_paint_ms, blocking_ms} on slow 4G with the processor slowed 4x."""
    data = tempfile.mkdtemp(prefix="implere-bench-weight-")
    server = live_room.start(data)
    try:
        with live_room.chromium() as browser:
            weighed, drawn = _weigh(browser, server), _draw(browser, server)
    finally:
        server.stop()
        shutil.rmtree(data, ignore_errors=True)
    return weighed | drawn


def _phone(browser):
    context = browser.new_context(viewport={"width": 390, "height": 844}, is_mobile=True, has_touch=True)
    page = context.new_page()
    session = context.new_cdp_session(page)
    session.send("Network.enable")
    session.send("Network.setCacheDisabled", {"cacheDisabled": True})
    return page, session


def _weigh(browser, server) -> dict:
    page, session = _phone(browser)
    sizes, redirects, streams = {}, [], set()

    def asked(event):
        if "/stream/" in event["request"]["url"]:
            streams.add(event["requestId"])
        if "redirectResponse" in event:  # its own bytes are told nowhere else
            redirects.append(event["redirectResponse"]["encodedDataLength"])

    def heard(event):
        if event["requestId"] in streams:  # a stream does not finish: what has come of it so far
            sizes[event["requestId"]] = sizes.get(event["requestId"], 0) + event["encodedDataLength"]

    session.on("Network.requestWillBeSent", asked)
    session.on("Network.dataReceived", heard)
    session.on(
        "Network.loadingFinished",
        lambda event: sizes.update({event["requestId"]: event["encodedDataLength"]}),
    )
    page.goto(server.lines["join"])
    page.wait_for_load_state("load")
    page.locator("#text").wait_for()
    page.wait_for_function("document.fonts.status === 'loaded'")
    page.wait_for_timeout(1000)  # the stream's first words are counted too
    page.context.close()
    return {"kB": (sum(sizes.values()) + sum(redirects)) / 1000, "requests": len(sizes) + len(redirects)}


def _draw(browser, server) -> dict:
    page, session = _phone(browser)
    session.send("Network.emulateNetworkConditions", SLOW_4G)
    session.send("Emulation.setCPUThrottlingRate", {"rate": 4})
    page.goto(server.lines["join"])
    page.locator("#text").wait_for()
    page.evaluate(PAINTS)
    page.wait_for_timeout(2000)  # blocking time is counted until the page is calm
    figures = {
        "largest_paint_ms": page.evaluate("window.largest"),
        "blocking_ms": page.evaluate("window.blocked"),
    }
    page.context.close()
    return figures
