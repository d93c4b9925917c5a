"""What a first visit costs, and that nothing is missing for it."""

from __future__ import annotations

import gzip
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import material
import pytest

from conftest import DAY

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page, Response

    from conftest import ServedSite

GUIDES = 70 * 1024
MESSAGES = 80 * 1024
ROOT = Path(__file__).resolve().parents[2]
THEME = Path(next(iter(material.__path__))) / "templates" / "assets" / "stylesheets"

# How everything on the page is painted: each element's box and what matters of its style, and of
# what stands before and after it.
PAINTED = (
    "display position visibility opacity color background-color background-image border-top-width "
    "border-top-style border-top-color border-left-width border-left-color border-bottom-color "
    "border-radius outline-style font-family font-size font-weight font-style line-height "
    "letter-spacing text-align text-decoration-line text-decoration-color white-space margin "
    "padding box-shadow transform z-index overflow cursor list-style-type mask-image content "
    "fill order flex-grow grid-template-columns column-count break-inside pointer-events"
).split()
LOOK = """(names) => {
  const look = [];
  for (const element of document.querySelectorAll("body, body *")) {
    const box = element.getBoundingClientRect();
    const facts = [element.tagName, element.className, box.x, box.y, box.width, box.height];
    for (const part of [null, "::before", "::after"]) {
      const style = getComputedStyle(element, part);
      if (part && style.content === "none") continue;
      for (const name of names) facts.push(name + ":" + style.getPropertyValue(name));
    }
    look.push(facts.join("|"));
  }
  return look;
}"""


def weigh(browser: Browser, address: str) -> tuple[dict[str, int], dict[str, Any]]:
    """The bytes of a cold visit by file, gzip, and what the browser saw of it."""
    context = browser.new_context(viewport={"width": 360, "height": 740})
    # By a later day the page would say that it is overdue, and move for it.
    context.add_init_script(f"Date.now = () => Date.parse('{DAY}')")
    page = context.new_page()
    answers: list[Response] = []
    page.on("response", lambda answer: answers.append(answer))  # noqa: PLW0108 - as it asks
    page.goto(address, wait_until="networkidle")
    weights = {answer.url: len(gzip.compress(answer.body(), 9)) for answer in answers}
    seen: dict[str, Any] = page.evaluate(
        """() => new Promise((resolve) => new PerformanceObserver((list) => resolve({
          shift: list.getEntries().reduce((sum, entry) => sum + entry.value, 0),
        })).observe({ type: "layout-shift", buffered: true })
          || setTimeout(() => resolve({ shift: 0 }), 100))"""
    )
    seen["blocking"] = page.evaluate(
        """performance.getEntriesByType("resource")
          .filter((entry) => entry.renderBlockingStatus === "blocking")
          .map((entry) => entry.name)"""
    )
    context.close()
    return weights, seen


@pytest.mark.parametrize(
    ("address", "limit"),
    [
        ("", GUIDES),
        ("refund/", GUIDES),
        ("first-reply/", GUIDES),
        ("faq/", GUIDES),
        ("stores/", GUIDES),
        ("en/refund/", GUIDES),
        ("en/first-reply/", GUIDES),
        ("messages/fba-first-reply/", MESSAGES),
        ("en/messages/fba-contact-path/", MESSAGES),
    ],
)
def test_a_first_visit_is_light_and_still(
    address: str, limit: int, site: ServedSite, browser: Browser
) -> None:
    weights, seen = weigh(browser, site.address + address)
    assert sum(weights.values()) <= limit, weights
    assert not [name for name in weights if "/search/zh" in name or "/search/en" in name]
    assert seen["shift"] == 0
    # The one style sheet; scripts wait.
    assert [name.rpartition("/")[2].partition(".")[0] for name in seen["blocking"]] == ["style"]


@pytest.mark.parametrize("address", ["", "refund/", "en/messages/fba-refund/", "stores/"])
def test_pictures_say_their_size(address: str, site: ServedSite, browser: Browser) -> None:
    page = browser.new_page()
    page.goto(site.address + address)
    sizeless = page.locator("img:not([width][height])").count()
    assert sizeless == 0
    page.close()


def whole_styles() -> str:
    """The style sheets as the theme and the handbook wrote them, before the build trims them."""
    sheets = [next(THEME.glob("main.*.min.css")), next(THEME.glob("palette.*.min.css"))]
    sheets.append(ROOT / "overrides" / "assets" / "handbook.css")
    return "\n".join(sheet.read_text(encoding="utf-8") for sheet in sheets)


def looks(page: Page, media: str) -> list[str]:
    """How the page looks as it is opened, with its drawer open, and while it is searched."""
    page.emulate_media(media=media)  # type: ignore[arg-type]
    page.add_style_tag(content="* { transition: none !important; animation: none !important; }")
    found: list[str] = page.evaluate(LOOK, PAINTED)
    for toggle in ("__drawer", "__search"):
        page.evaluate("name => { document.getElementById(name).checked = true }", toggle)
        found += page.evaluate(LOOK, PAINTED)
        page.evaluate("name => { document.getElementById(name).checked = false }", toggle)
    if media == "print":
        return found
    page.locator(".md-search__input").evaluate("box => box.focus()")
    page.keyboard.insert_text("退款")
    page.locator(".md-search-result__item a").first.wait_for(state="attached")
    page.wait_for_timeout(200)
    return found + list(page.evaluate(LOOK, PAINTED))


PHONE, DESKTOP = {"width": 360, "height": 740}, {"width": 1280, "height": 900}


@pytest.mark.parametrize(
    ("address", "media", "options"),
    [
        ("", "screen", {"viewport": DESKTOP}),
        ("refund/", "screen", {"viewport": PHONE, "color_scheme": "dark"}),
        ("messages/fba-refund/", "screen", {"viewport": DESKTOP, "color_scheme": "dark"}),
        ("stores/", "screen", {"viewport": PHONE}),
        ("refund/", "print", {"viewport": DESKTOP}),
    ],
)
def test_what_is_trimmed_from_the_styles_is_not_missed(
    address: str, media: str, options: dict[str, Any], site: ServedSite, browser: Browser
) -> None:
    """With the theme's whole style sheets in the place of the trimmed one nothing looks different.

    A new release of the theme whose styles or pages the trimming does not understand fails here.
    """
    found = []
    for whole in (False, True):
        context = browser.new_context(**options)
        page = context.new_page()
        if whole:
            page.route(
                re.compile(r"/assets/style\.[0-9a-f]+\.css"),
                lambda route: route.fulfill(content_type="text/css", body=whole_styles()),
            )
        page.goto(site.address + address, wait_until="networkidle")
        found.append(looks(page, media))
        context.close()
    trimmed, untrimmed = found
    assert len(trimmed) == len(untrimmed) > 1000
    different = [pair for pair in zip(trimmed, untrimmed, strict=True) if pair[0] != pair[1]]
    assert [difference(*pair) for pair in different[:3]] == []


def difference(one: str, other: str) -> str:
    """The element, and what is different about it."""
    facts = [
        pair for pair in zip(one.split("|"), other.split("|"), strict=False) if len(set(pair)) > 1
    ]
    return f"{one.split('|')[:2]}: {facts[:4]}"
