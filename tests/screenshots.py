"""`make screenshots`: the main pages as readers see them, for a person to look at.

Both languages, desktop and phone, light and dark, into build/screenshots/; and the picture of
the README.
"""

from __future__ import annotations

from itertools import product
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import ViewportSize, sync_playwright

from conftest import ROOT, build, launch, serve

PAGES = (
    "",
    "first-reply/",
    "order-type/",
    "stores/",
    "messages/",
    "messages/fba-first-reply/",
    "check-text/",
)
VIEWS = {
    "desktop": ViewportSize(width=1280, height=900),
    "phone": ViewportSize(width=390, height=844),
}


def main() -> None:
    """Build the site aside, and take every picture."""
    target = ROOT / "build" / "screenshots"
    target.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory() as folder, sync_playwright() as playwright:
        if problem := build(Path(folder) / "site"):
            raise SystemExit(problem)
        site = next(serving := serve(Path(folder) / "site"))
        browser = launch(playwright)
        for (view, size), scheme in product(VIEWS.items(), ("light", "dark")):
            context = browser.new_context(
                viewport=size, color_scheme="dark" if scheme == "dark" else "light"
            )
            page = context.new_page()
            for language, address in product(("zh", "en"), PAGES):
                page.goto(site.address + ("" if language == "zh" else "en/") + address)
                page.wait_for_load_state("networkidle")
                name = address.strip("/").replace("/", "-") or "home"
                page.screenshot(path=target / f"{name}-{language}-{view}-{scheme}.png")
                if (name, language, view, scheme) == ("home", "zh", "desktop", "light"):
                    page.screenshot(path=ROOT / "docs" / "_assets" / "home.png")
            context.close()
        browser.close()
        serving.close()


if __name__ == "__main__":
    main()
