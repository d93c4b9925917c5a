// Small things that need a script; every page can be read and used without it. A classic script,
// because browsers run no modules from the file system.
(() => {
  "use strict";

  const headings = [...document.querySelectorAll("article h2[id], article h3[id]")];

  // The heading that the reader is at: the last one that has passed under the header.
  function currentHeading() {
    const line = 120; // pixels below the top edge: under the header, where reading begins
    return headings.findLast((heading) => heading.getBoundingClientRect().top <= line);
  }

  // Switching the language keeps the section, by the heading's id, which both languages share.
  for (const link of document.querySelectorAll("[data-hb-language]")) {
    link.addEventListener("click", () => {
      link.hash = location.hash || currentHeading()?.id || "";
    });
  }

  // The table of contents shows where the reader is.
  const contents = new Map();
  for (const link of document.querySelectorAll(".hb-toc a")) contents.set(link.hash.slice(1), link);
  if (contents.size) {
    let shown;
    let waiting = false;
    const follow = () => {
      waiting = false;
      const passed = headings.slice(0, headings.indexOf(currentHeading()) + 1);
      const link = contents.get(passed.findLast((heading) => contents.has(heading.id))?.id);
      if (link === shown) return;
      shown?.classList.remove("md-nav__link--active");
      link?.classList.add("md-nav__link--active");
      shown = link;
      if (link) reveal(link);
    };
    addEventListener(
      "scroll",
      () => {
        if (!waiting) requestAnimationFrame(follow);
        waiting = true;
      },
      { passive: true },
    );
    follow();
  }

  // Scrolls a side column, and nothing around it, until one of its links is in sight.
  function reveal(link) {
    const column = link.closest(".md-sidebar__scrollwrap");
    const { top, bottom } = column.getBoundingClientRect();
    const place = link.getBoundingClientRect();
    if (place.top < top || place.bottom > bottom) {
      column.scrollTop += place.top - top - column.clientHeight / 3;
    }
  }
  const here = document.querySelector(".hb-nav [aria-current]");
  if (here) reveal(here);

  // Light or dark: the reader's choice is kept; without one the machine's is followed.
  const scheme = document.querySelector("[data-hb-scheme]");
  if (scheme) {
    const isDark = () => document.body.dataset.mdColorScheme === "slate";
    const show = (dark) => {
      document.body.dataset.mdColorScheme = dark ? "slate" : "default";
      scheme.title = dark ? scheme.dataset.toLight : scheme.dataset.toDark;
      scheme.setAttribute("aria-label", scheme.title);
    };
    show(isDark());
    scheme.addEventListener("click", () => {
      show(!isDark());
      try {
        localStorage.setItem("handbook-scheme", document.body.dataset.mdColorScheme);
      } catch {
        // Then it lasts as long as the page.
      }
    });
  }

  // The drawer and the search of a phone open by the keyboard too; Escape closes the drawer.
  const drawer = document.getElementById("__drawer");
  if (here) drawer?.addEventListener("change", () => reveal(here));
  for (const label of document.querySelectorAll("label[role=button]")) {
    label.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" && event.key !== " ") return;
      event.preventDefault();
      label.click();
    });
  }
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !drawer?.checked) return;
    drawer.checked = false;
    document.querySelector("label[for=__drawer][role=button]").focus();
  });

  // An overdue page says so, by the reader's own clock: an old offline copy warns too.
  const due = document.querySelector("time[data-due]");
  if (due && Date.now() > Date.parse(due.dataset.due) + 24 * 60 * 60 * 1000) {
    for (const banner of document.querySelectorAll(".hb-overdue")) banner.hidden = false;
  }

  // On paper every fold is open.
  const folded = new Set();
  addEventListener("beforeprint", () => {
    for (const fold of document.querySelectorAll("details:not([open])")) folded.add(fold);
    for (const fold of folded) fold.open = true;
  });
  addEventListener("afterprint", () => {
    for (const fold of folded) fold.open = false;
    folded.clear();
  });

  for (const button of document.querySelectorAll("[data-hb-print]")) {
    button.addEventListener("click", () => window.print());
  }

  // From the file system a folder shows its list of files; its page is what is meant. Links that a
  // script makes, such as search results, are caught here too.
  if (location.protocol === "file:") {
    document.addEventListener(
      "click",
      (event) => {
        const link = event.target instanceof Element && event.target.closest("a[href]");
        if (link && link.protocol === "file:" && link.pathname.endsWith("/")) {
          link.pathname += "index.html";
        }
      },
      true,
    );
  }
})();
