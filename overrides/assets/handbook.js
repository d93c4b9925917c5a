// Small things that need a script; every page can be read and used without it. A classic script,
// because browsers run no modules from the file system.
(() => {
  "use strict";

  // Switching the language keeps the section: the heading that the reader is at, by its id, which
  // both languages share.
  function currentSection() {
    const line = 120; // pixels below the top edge: under the header, where reading begins
    let found = "";
    for (const heading of document.querySelectorAll("article h2[id], article h3[id]")) {
      if (heading.getBoundingClientRect().top > line) break;
      found = "#" + heading.id;
    }
    return found;
  }

  for (const link of document.querySelectorAll("[data-hb-language]")) {
    link.addEventListener("click", () => {
      link.hash = location.hash || currentSection();
    });
  }

  // An overdue page says so, by the reader's own clock: an old offline copy warns too.
  const due = document.querySelector("time[data-due]");
  if (due && Date.now() > Date.parse(due.dataset.due) + 24 * 60 * 60 * 1000) {
    for (const banner of document.querySelectorAll(".hb-overdue")) banner.hidden = false;
  }

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
