"""A page with one fault is always among those that axe judges; a page like the others is not."""

import tempfile
import unittest
from pathlib import Path

from shapes import Page, representatives

PAGE = """<!DOCTYPE html><html lang="fr"><head><title>Page {number}</title></head><body><main>
<h1>Titre {number}</h1><h2>Partie</h2><p class="stat">Texte {number}</p><p><a href="page-{number}.html">Lien</a></p>
<div class="scroll" role="region" tabindex="0" aria-label="Tableau"><table><tr><th scope="row">{number}</th><td>1</td></tr></table></div>
<svg class="ico" aria-hidden="true"><path d="M0 0L{number} 1"/></svg><p lang="en">word</p></main></body></html>"""

FAULTS = {
    "an image without a text": ("</main>", '<img src="data:,"></main>'),
    "a link without words": (">Lien<", "><"),
    "a heading that skips a level": ("h2", "h3"),
    "a header cell without its scope": (' scope="row"', ""),
    "a region out of reach of the keyboard": (' tabindex="0"', ""),
    "a drawing read aloud": (' aria-hidden="true"', ""),
    "a class that no other page has": ('class="stat"', 'class="faint"'),
    "a language nobody speaks": ('lang="en"', 'lang="xx"'),
    "a role that does not exist": ("region", "regoin"),
    "a label emptied": ('aria-label="Tableau"', 'aria-label=""'),
}


class Shapes(unittest.TestCase):
    def chosen(self, change=None) -> set[str]:
        with tempfile.TemporaryDirectory() as folder:
            read = {}
            for number in range(1, 6):
                text = PAGE.format(number=number)
                if number == 4 and change:
                    self.assertIn(change[0], text)
                    text = text.replace(*change)
                path = Path(folder, f"page-{number}.html")
                path.write_text(text, encoding="utf-8")
                read[path] = Page(path)
            return {path.name for path in representatives(read)}

    def test_pages_that_differ_in_words_and_numbers_have_one_representative(self) -> None:
        self.assertEqual(len(self.chosen()), 1)
        self.assertNotIn("page-4.html", self.chosen())

    def test_a_page_with_one_fault_is_judged(self) -> None:
        for name, change in FAULTS.items():
            with self.subTest(name):
                self.assertIn("page-4.html", self.chosen(change))


if __name__ == "__main__":
    unittest.main()
