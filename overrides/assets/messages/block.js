// A message block: choose the store and the language, fill in the blanks, see what Amazon would
// block, copy. The words are in the page; texts in other languages and the rules come on demand.

(() => {
  const { load, memory, remember, copy, say, fill, whenQuiet, listFindings } = window.handbook;
  const ui = document.documentElement.lang.startsWith("en") ? "en" : "zh";
  const STORE_LINK = "contact_link"; // filled in by the store, not by typing
  const blocks = [];

  // The text of a shown message as it was written, blanks as {name}.
  function written(element) {
    return [...element.childNodes]
      .map((node) => (node.dataset?.blank ? `{${node.dataset.blank}}` : node.textContent))
      .join("");
  }

  class Block {
    constructor(box) {
      this.box = box;
      this.id = box.dataset.message;
      const find = (selector) => box.querySelector(selector);
      this.preview = find("[data-preview]");
      this.tabs = [...box.querySelectorAll("[role=tab]")];
      this.store = find("select[name=store]");
      this.fields = [...box.querySelectorAll("input[name]")];
      this.status = find("[data-status]");
      this.findings = find("[data-findings]");
      this.length = find("[data-length]");
      this.label = find("[data-label]");
      this.native = find("[data-native]");
      this.readings = [...box.querySelectorAll("[data-reading]")];
      this.texts = { en: written(this.preview) };
      for (const pane of this.readings) {
        this.texts[pane.dataset.reading] ??= written(pane.querySelector("pre"));
      }
      for (const details of box.querySelectorAll("[data-text]")) {
        this.texts[details.dataset.text] = written(details.querySelector("pre"));
      }
      this.blankLabels = Object.fromEntries(
        this.fields.map((field) => [field.name, field.previousElementSibling.textContent]),
      );
      this.blankLabels[STORE_LINK] = this.status.dataset.store;
      this.language = "en";
      this.pressedOnce = false;
      this.shown = 0; // how often it was shown and checked: what comes late is not the latest
      this.checked = 0;
      this.checkSoon = whenQuiet(() => this.check());
      this.listen();
      for (const element of box.querySelectorAll("[data-without-script]")) element.hidden = true;
      for (const element of box.querySelectorAll("[data-compose],[data-actions]")) element.hidden = false;
    }

    listen() {
      this.store?.addEventListener("change", () => {
        const language = this.store.selectedOptions[0].dataset.language;
        remember({ store: this.store.value, ...(language ? { lang: language } : {}) });
        changed();
      });
      for (const field of this.fields) {
        field.addEventListener("input", () => {
          remember({ values: { ...memory.values, [field.name]: field.value } });
          changed(field);
        });
        // Enter copies, as if the button were pressed: the hand is at the keyboard already.
        field.addEventListener("keydown", (event) => {
          if (event.key !== "Enter" || event.isComposing) return;
          event.preventDefault();
          this.press();
        });
      }
      this.box.querySelector("[data-clear]").addEventListener("click", () => {
        remember({ values: {} });
        changed();
        this.fields[0]?.focus();
      });
      for (const tab of this.tabs) {
        tab.addEventListener("click", () => choose(tab.dataset.lang));
        tab.addEventListener("keydown", (event) => this.move(event, tab));
      }
      this.box.querySelector("[data-copy]").addEventListener("click", () => this.press());
    }

    // Arrow keys walk through the languages, as in any list of tabs.
    move(event, tab) {
      const last = this.tabs.length - 1;
      const place = this.tabs.indexOf(tab);
      const after = place === last ? 0 : place + 1;
      const before = place === 0 ? last : place - 1;
      const next = {
        Home: 0,
        End: last,
        ArrowRight: after,
        ArrowDown: after,
        ArrowLeft: before,
        ArrowUp: before,
      }[event.key];
      if (next === undefined) return;
      event.preventDefault();
      choose(this.tabs[next].dataset.lang);
      this.tabs[next].focus();
    }

    get option() {
      return this.store?.value ? this.store.selectedOptions[0] : null;
    }

    // The value of a blank; null where it is not filled in.
    value(name) {
      if (name !== STORE_LINK) return memory.values[name]?.trim() || null;
      return this.option ? this.option.dataset.contact ?? "" : null;
    }

    // The text with the blanks filled in: parts, some of them blanks still open.
    parts(language) {
      let text = this.texts[language];
      // A store without a confirmed link has the path in words and no line for the link.
      if (this.value(STORE_LINK) === "") text = text.replace(/\n?[^\S\n]*\{contact_link\}[^\S\n]*(?=\n|$)/g, "");
      return text.split(/(\{\w+\})/).filter(Boolean).map((part) => {
        const name = part.match(/^\{(\w+)\}$/)?.[1];
        if (!name) return { text: part };
        const value = this.value(name);
        return value === null ? { text: `[${name}]`, open: name } : { text: value };
      });
    }

    fillIn(element, parts) {
      element.replaceChildren(
        ...parts.map((part) => {
          if (!part.open) return document.createTextNode(part.text);
          const mark = document.createElement("mark");
          mark.textContent = part.text;
          mark.dataset.blank = part.open;
          mark.title = this.blankLabels[part.open] ?? part.open;
          return mark;
        }),
      );
    }

    show(except) {
      this.ready = this.render(except);
    }

    async render(except) {
      this.shown += 1;
      const turn = this.shown;
      if (this.store) this.store.value = memory.store;
      for (const field of this.fields) {
        if (field !== except) field.value = memory.values[field.name] ?? "";
      }
      const wanted = this.tabs.find((tab) => tab.dataset.lang === memory.lang);
      const language = wanted ? wanted.dataset.lang : "en";
      if (!(language in this.texts)) {
        try {
          Object.assign(this.texts, await load(`text-${this.id}`));
        } catch {
          if (turn === this.shown) this.warn(this.status.dataset.unloaded);
          return;
        }
        if (turn !== this.shown) return;
      }
      this.language = language;
      for (const tab of this.tabs) {
        const selected = tab.dataset.lang === language;
        tab.setAttribute("aria-selected", String(selected));
        tab.tabIndex = selected ? 0 : -1;
        if (!selected) continue;
        // On a phone the languages are one line that scrolls sideways.
        const line = tab.parentElement;
        line.scrollLeft = tab.offsetLeft - line.offsetLeft - (line.clientWidth - tab.offsetWidth) / 2;
        this.preview.dir = tab.dataset.direction;
        this.label.textContent = fill(this.label.dataset.label, { name: tab.textContent });
        this.native.textContent = tab.dataset.read;
      }
      this.preview.lang = language;
      const parts = this.parts(language);
      this.fillIn(this.preview, parts);
      for (const pane of this.readings) {
        const reading = pane.dataset.reading;
        pane.hidden = reading === language;
        if (!pane.hidden) this.fillIn(pane.querySelector("pre"), this.parts(reading));
      }
      const count = [...this.preview.textContent].length;
      this.length.textContent = fill(this.length.dataset.length, { count });
      this.pressedOnce = false;
      if (this.checking) this.checkSoon();
    }

    warn(text) {
      this.status.classList.add("hb-message__status--open");
      say(this.status, text);
    }

    async press() {
      await this.ready; // a text in another language may still be on its way
      const open = [...new Set(this.parts(this.language).map((part) => part.open).filter(Boolean))];
      if (open.length && !this.pressedOnce) {
        this.pressedOnce = true;
        const fields = open.map((name) => this.blankLabels[name] ?? name).join(this.status.dataset.separator);
        this.warn(fill(this.status.dataset.empty, { fields }));
        const first = this.fields.find((field) => field.name === open[0]) ?? this.store;
        first?.focus();
        return;
      }
      this.pressedOnce = false;
      const text = this.preview.textContent;
      const done = await copy(text);
      this.status.classList.toggle("hb-message__status--open", !done);
      if (!done) getSelection().selectAllChildren(this.preview);
      const count = [...text].length;
      say(this.status, fill(done ? this.status.dataset.copied : this.status.dataset.failed, { count }));
    }

    // What Amazon would block in the text as it is filled in; blanks that are still open are none.
    async check() {
      this.checked += 1;
      const turn = this.checked;
      const blanks = [];
      let offset = 0;
      for (const part of this.parts(this.language)) {
        if (part.open) blanks.push([offset, offset + part.text.length]);
        offset += part.text.length;
      }
      const orders = this.box.dataset.orders.split(" ").map((kind) => (kind === "any" ? "fba" : kind));
      const text = this.preview.textContent;
      const options = {
        ui,
        language: this.language,
        store: this.store?.value ?? "",
        orders,
        recipient: this.box.dataset.recipient,
        blanks,
      };
      let findings = [];
      try {
        const checker = await load("check");
        findings = await checker(text, options);
      } catch {
        // That nothing is listed must not read as nothing found.
        if (turn === this.checked) this.warn(this.status.dataset.unloaded);
      }
      if (turn !== this.checked) return;
      listFindings(this.findings, findings, this.box.querySelector("[data-rules]").href);
    }
  }

  function choose(language) {
    remember({ lang: language });
    changed();
  }

  // Everything on the page shows the same store, language and values.
  function changed(except) {
    for (const block of blocks) {
      block.checking = true;
      say(block.status, "");
      block.show(except);
    }
  }

  for (const box of document.querySelectorAll("[data-message]")) blocks.push(new Block(box));
  // A link that names a store and no language means the store's, as choosing it by hand does.
  const query = new URLSearchParams(location.search);
  const named = blocks.flatMap((block) => [...(block.store?.options ?? [])]).find(
    (option) => option.value && option.value === query.get("store"),
  );
  if (named && !query.get("lang")) memory.lang = named.dataset.language;
  for (const block of blocks) block.show();
})();
