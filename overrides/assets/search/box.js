// The search box: loads the engine and the reader's index when the box is first used, and shows
// what they find. Scripts, not requests for data, so that a page opened as a file can search too.
"use strict";

(() => {
  const box = document.querySelector("[data-hb-search]");
  if (!box) return;
  const home = new URL("../../", document.currentScript.src);
  const language = box.dataset.hbSearch;
  const input = box.querySelector(".md-search__input");
  const suggestion = box.querySelector(".md-search__suggest");
  const meta = box.querySelector(".md-search-result__meta");
  const list = box.querySelector(".md-search-result__list");
  const share = box.querySelector("[data-hb-share]");
  const toggle = document.getElementById("__search");
  const hint = meta.textContent;
  const FIRST = 10; // results that are shown at once
  const SCRIPTS = ["vendor/minisearch", "vendor/stemmer", "search/words", "search/topics", "search/engine"];
  const SLICE = 24; // milliseconds of work between two looks at what the reader does

  // ---- loading

  const script = (path) => new Promise((resolve, reject) => {
    const element = document.createElement("script");
    element.src = new URL(path, home).href;
    element.async = false;
    element.onload = resolve;
    element.onerror = () => reject(new Error(path));
    document.head.append(element);
  });

  const taken = new Map();
  globalThis.handbookSearch = { take: (data) => taken.set(data.language, data) };

  const pause = () => new Promise((resolve) => setTimeout(resolve));

  let engine = null;
  async function load(tag) {
    engine ??= Promise.all(SCRIPTS.map((name) => script(`assets/${name}.js`)));
    engine.catch(() => { engine = null; });
    await Promise.all([engine, script(`search/${tag}.js`)]);
    const data = taken.get(tag);
    const index = new HandbookIndex(data);
    for (let end = performance.now() + SLICE; index.add(20); ) {
      if (performance.now() < end) continue;
      await pause();
      end = performance.now() + SLICE;
    }
    return { index, words: data.words };
  }

  const indexes = new Map();
  function indexOf(tag) {
    if (!indexes.has(tag)) {
      const loading = load(tag);
      loading.catch(() => indexes.delete(tag));
      indexes.set(tag, loading);
    }
    return indexes.get(tag);
  }

  // ---- showing

  const say = (phrase, fields = {}) => phrase.replace(/\{(\w+)\}/g, (_, name) => fields[name]);

  function element(tag, className, ...children) {
    const made = document.createElement(tag);
    if (className) made.className = className;
    made.append(...children);
    return made;
  }

  // A text with the places of its matches in <mark>.
  function marked(text, places) {
    const parts = [];
    let at = 0;
    for (const { start, end } of places) {
      parts.push(text.slice(at, start), element("mark", "", text.slice(start, end)));
      at = end;
    }
    parts.push(text.slice(at));
    return parts.filter((part) => part !== "");
  }

  function item(found, index, words, tag) {
    const { entry } = found;
    const shown = index.shown(found);
    const link = element("a", "md-search-result__link hb-hit");
    link.href = new URL(entry.url, home).href;
    if (location.protocol === "file:") link.href = link.href.replace(/\/(#|$)/, "/index.html$1");
    const head = element("span", "hb-hit__head", element("span", `hb-hit__kind hb-hit__kind--${entry.kind}`, words[`kind.${entry.kind}`]));
    // The kind says already which page these stand on.
    if (entry.page && !["faq", "library", "message", "term"].includes(entry.kind)) head.append(element("span", "hb-hit__page", entry.page));
    link.append(head, element("span", "hb-hit__title", ...marked(entry.title, shown.title)));
    if (shown.excerpt) link.append(element("span", "hb-hit__text", ...marked(shown.excerpt, shown.places)));
    link.addEventListener("click", () => remember(link.href, shown.matches));
    const made = element("li", "md-search-result__item", link);
    if (tag !== language) made.lang = tag;
    return made;
  }

  function ways(words) {
    const paths = [["", words.start], ["faq/", words["kind.faq"]], ["messages/", words["kind.library"]]];
    const root = language === "en" ? "en/" : "";
    const made = paths.map(([path, text]) => {
      const link = element("a", "", text);
      link.href = new URL(root + path, home).href;
      if (location.protocol === "file:") link.href += "index.html";
      return link;
    });
    return element("p", "hb-search__ways", words.ways, ...made);
  }

  function again(query, words) {
    const button = element("button", "hb-search__again", query);
    button.type = "button";
    button.addEventListener("click", () => {
      input.value = query;
      input.focus();
      answer();
    });
    return element("p", "hb-search__ways", words.maybe, " ", button);
  }

  function show(hits, index, words, tag) {
    const made = hits.map((found) => () => item(found, index, words, tag));
    list.append(...made.splice(0, FIRST).map((make) => make()));
    if (!made.length) return;
    const more = element("button", "hb-search__more", say(words.more, { count: made.length }));
    more.type = "button";
    const place = element("li", "", more);
    more.addEventListener("click", () => {
      const rest = made.map((make) => make());
      place.replaceWith(...rest);
      rest[0].querySelector("a").focus();
    });
    list.append(place);
  }

  // ---- answering

  let turn = 0;
  async function answer() {
    const mine = ++turn;
    const query = input.value.trim();
    share.href = `?q=${encodeURIComponent(query)}`;
    suggestion.textContent = "";
    if (!query) {
      list.replaceChildren();
      reachable();
      meta.textContent = hint;
      return;
    }
    if (!list.childElementCount) meta.textContent = box.dataset.loading;
    try {
      const { index, words } = await indexOf(language);
      if (mine !== turn) return;
      const { hits, instead, lacking, nearest } = index.search(query);
      list.replaceChildren();
      scrolled.scrollTop = 0;
      list.parentElement.querySelectorAll(".hb-search__ways").forEach((old) => old.remove());
      show(hits, index, words, language);
      const count = hits.length === 1 ? words["found.one"] : say(words.found, { count: hits.length });
      meta.textContent = hits.length
        ? [instead && say(words.instead, { query: instead }), count].filter(Boolean).join(" · ")
        : say(words.none, { query });
      // In a text that has scrolled away under the box it would stand beside its place.
      const fits = input.scrollWidth <= input.clientWidth;
      suggestion.textContent = hits.length && fits ? query + index.completion(input.value) : "";
      box.dataset.answered = query;
      if (lacking) await fromTheOther(query, mine, words);
      if (mine !== turn || list.childElementCount) return;
      if (nearest) list.after(again(nearest, words));
      list.parentElement.append(ways(words));
    } catch (error) {
      if (mine === turn) meta.textContent = box.dataset.failed;
      if (!String(error.message).endsWith(".js")) throw error;
    } finally {
      reachable();
    }
  }

  // The list scrolls by itself: with results a keyboard reaches them, without it needs the list.
  const scrolled = list.closest(".md-search__scrollwrap");
  const reachable = () => { scrolled.tabIndex = list.childElementCount ? -1 : 0; };

  // What only the other language has stands after what this one has.
  async function fromTheOther(query, mine, words) {
    const other = language === "zh" ? "en" : "zh";
    const { index } = await indexOf(other);
    if (mine !== turn) return;
    const { hits, lacking } = index.search(query);
    if (lacking) return;
    if (list.childElementCount) list.append(element("li", "hb-search__other", words.other));
    else meta.textContent = words.other;
    list.append(...hits.slice(0, 3).map((found) => item(found, index, words, other)));
  }

  let composing = false;
  input.addEventListener("compositionstart", () => { composing = true; });
  input.addEventListener("compositionend", () => { composing = false; answer(); });
  input.addEventListener("input", () => { if (!composing) answer(); });

  // ---- opening, closing, keys

  function open() {
    toggle.checked = true;
    indexOf(language).catch(() => { meta.textContent = box.dataset.failed; });
  }
  function close() {
    toggle.checked = false;
    input.blur();
  }

  input.addEventListener("focus", open);
  toggle.addEventListener("change", () => { if (toggle.checked) input.focus(); });
  document.addEventListener("pointerdown", (event) => {
    if (toggle.checked && matchMedia("(min-width: 60em)").matches && !box.contains(event.target)) toggle.checked = false;
  });
  box.addEventListener("focusout", ({ relatedTarget }) => {
    if (relatedTarget && !box.contains(relatedTarget)) toggle.checked = false;
  });

  const typing = (target) => target.isContentEditable || /^(INPUT|SELECT|TEXTAREA)$/.test(target.tagName);
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (event.key === "/" && !typing(event.target)) {
      event.preventDefault();
      input.focus();
      input.select();
    }
  });

  box.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    const stops = [input, ...list.querySelectorAll("a, button")];
    const at = stops.indexOf(document.activeElement);
    if (event.key === "Escape") {
      close();
    } else if ((event.key === "ArrowDown" || event.key === "ArrowUp") && at >= 0) {
      event.preventDefault();
      const step = event.key === "ArrowDown" ? 1 : -1;
      stops[(at + step + stops.length) % stops.length].focus();
    } else if (event.key === "ArrowRight" && event.target === input) {
      const whole = suggestion.textContent;
      if (input.selectionStart < input.value.length || whole.length <= input.value.length) return;
      input.value = whole;
      answer();
    }
  });

  const form = box.querySelector("form");
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    answer().then(() => list.querySelector("a")?.click());
  });
  form.addEventListener("reset", () => {
    setTimeout(() => { answer(); input.focus(); });
  });

  // ---- the link to a search

  share.addEventListener("click", async (event) => {
    event.preventDefault();
    const address = share.href;
    const { words } = await indexOf(language);
    // On plain http there is no clipboard: the link then stands in the address bar.
    try {
      await navigator.clipboard.writeText(address);
      meta.textContent = words.copied;
    } catch {
      history.replaceState(null, "", address);
    }
  });

  const asked = new URLSearchParams(location.search).get("q");
  if (asked) {
    input.value = asked;
    input.focus();
    answer();
  }

  // ---- the match on the page that was opened

  const KEY = "handbook-match";
  function remember(url, matches) {
    try {
      sessionStorage.setItem(KEY, JSON.stringify({ url, matches }));
    } catch {
      // Without storage the page opens all the same, unmarked.
    }
    toggle.checked = false;
  }

  function markMatches() {
    let kept;
    try {
      kept = JSON.parse(sessionStorage.getItem(KEY));
      sessionStorage.removeItem(KEY);
    } catch {
      return;
    }
    if (!kept || kept.url !== location.href || !kept.matches.length) return;
    const pattern = new RegExp(kept.matches.map((match) => match.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")).join("|"), "gi");
    const article = document.querySelector("article");
    const walker = document.createTreeWalker(article, NodeFilter.SHOW_TEXT, (node) =>
      node.parentElement.closest("[data-message], .hb-contents, .hb-sources, .hb-cite, .headerlink, script, button, select") ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT);
    const nodes = [];
    while (walker.nextNode()) nodes.push(walker.currentNode);
    for (const node of nodes) {
      const places = [...node.data.matchAll(pattern)].map((match) => ({ start: match.index, end: match.index + match[0].length }));
      if (places.length) node.replaceWith(...marked(node.data, places));
    }
  }
  markMatches();
  // The same page, another section: nothing is loaded anew.
  addEventListener("hashchange", markMatches);
})();
