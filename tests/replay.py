"""The browser's swap rule in Python (implere/ui/ts/swap.ts), to hold *page + stream = fresh page* against."""

from lxml import html

from implere import rooms
from implere.live import queries as log


class ReplayedPage:
    """A page as a browser has it: loaded once, then only told what the stream tells."""

    def __init__(self, text: str, view: str, language: str = "da"):
        self.tree = html.document_fromstring(text)
        self.view = view
        self.language = language
        self.after = int(self.tree.xpath("//body")[0].get("data-after"))

    def listen(self, meeting, audiences=("room",)) -> list[str]:
        """Applies every event since the page was drawn; returns the kinds that came."""
        kinds = []
        for event in log.events_after(meeting.channel, self.after, 10_000):
            self.after = event.seq
            if event.audience in audiences:
                kinds.append(event.kind)
                self.swap(rooms.render_event(event, self.view, self.language))
        return kinds

    def swap(self, fragments: str) -> None:
        for element in html.fragments_fromstring(fragments) if fragments.strip() else []:
            if not isinstance(element, str):
                self._swap_one(element)

    def _swap_one(self, element) -> None:
        assert element.get("id"), html.tostring(element)[:200]
        found = self.tree.xpath("//*[@id=$id]", id=element.get("id"))
        if element.get("data-gone") is not None:
            for each in found:
                each.drop_tree()
        elif found:
            element.tail = found[0].tail
            found[0].getparent().replace(found[0], element)
        elif into := element.get("data-into"):
            for container in self.tree.xpath("//*[@id=$id]", id=into):
                _insert_in_order(container, element)

    def text(self) -> str:
        return normal(self.tree)


def _insert_in_order(container, element) -> None:
    order = element.get("data-order") or ""
    for place, child in enumerate(container):
        if (child.get("data-order") or "") > order:
            container.insert(place, element)
            return
    container.append(element)


def normal(tree) -> str:
    """The page's main part and its asides without what is private, white space collapsed."""
    return "\n".join(_normal(part) for part in tree.xpath("//main | //aside"))


def _normal(part) -> str:
    part = html.fromstring(html.tostring(part, with_tail=False))
    for private in part.xpath("//*[@data-private]"):
        private.text = None
        for child in list(private):
            private.remove(child)
    for field in part.xpath("//input[@name='command_id']"):
        field.drop_tree()
    for element in part.iter():
        element.text = " ".join((element.text or "").split())
        element.tail = " ".join((element.tail or "").split())
    return html.tostring(part, encoding="unicode")


def fresh(text: str) -> str:
    return normal(html.document_fromstring(text))
