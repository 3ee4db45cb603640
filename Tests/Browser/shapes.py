"""The shapes of the elements of a page, and the fewest pages that show them all.

A shape is what an accessibility rule can see of an element besides its words: its tag, classes and attributes, and
those of everything around it; whether it says anything at all; which heading it follows. Numbers that only place
something are left out, and so are names that must differ (`id` and what points to one: the HTML validator checks
those on every page).
"""

from html.parser import HTMLParser
from pathlib import Path

VOID = frozenset("area base br col embed hr img input link meta source track wbr".split())
HEADINGS = frozenset("h1 h2 h3 h4 h5 h6".split())
# Their value is part of the shape; of any other attribute, only that it is there and not empty.
TELLING = frozenset("role type scope lang hreflang tabindex aria-hidden aria-current open name media".split())
PLACING = frozenset("x y x1 x2 y1 y2 cx cy r d points width height transform id offset dx dy".split())


class Page(HTMLParser):
    """What one page links to, can be linked to by, and is made of."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.targets: list[str] = []
        self.ids: set[str] = set()
        self.shapes: set[str] = set()
        self.language = ""
        self._around: list[list] = []  # tag, path, whether anything was said inside
        self._heading = ""
        self.feed(path.read_text(encoding="utf-8"))
        self.close()

    def handle_starttag(self, tag: str, attributes: list) -> None:
        values = dict(attributes)
        if values.get("id"):
            self.ids.add(values["id"])
        if tag in ("a", "link") and values.get("href"):
            self.targets.append(values["href"])
        if tag == "html":
            self.language = values.get("lang") or ""
        told = [
            name + ("=" + (value or "") if name in TELLING else "" if value else "=")
            for name, value in sorted(values.items())
            if name not in PLACING and name != "class"
        ]
        classes = ".".join(sorted((values.get("class") or "").split()))
        path = f"{self._around[-1][1] if self._around else ''}>{tag}.{classes}[{' '.join(told)}]"
        if tag in HEADINGS:
            self.shapes.add(f"{self._heading} then {tag}")
            self._heading = tag
        if tag in VOID:
            self.shapes.add(path)
        else:
            self._around.append([tag, path, bool(values.get("aria-label") or values.get("alt"))])

    def handle_startendtag(self, tag: str, attributes: list) -> None:
        self.handle_starttag(tag, attributes)
        if tag not in VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in VOID or not any(each[0] == tag for each in self._around):
            return
        while self._around:
            closed, path, says = self._around.pop()
            self.shapes.add(path + ("" if says else " without a word"))
            if self._around:
                self._around[-1][2] |= says
            if closed == tag:
                return

    def handle_data(self, data: str) -> None:
        if self._around and data.strip():
            self._around[-1][2] = True


def representatives(read: dict[Path, Page]) -> set[Path]:
    """The fewest pages, nearly, that show every shape in each language: greedily, the one with most new ones first."""
    chosen: set[Path] = set()
    for language in sorted({page.language for page in read.values()}):
        of_language = {path: page for path, page in read.items() if page.language == language}
        left: set[str] = set().union(*(page.shapes for page in of_language.values()))
        while left:
            best = max(sorted(of_language), key=lambda path: len(of_language[path].shapes & left))
            left -= of_language[best].shapes
            chosen.add(best)
    return chosen
