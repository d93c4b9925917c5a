// "Check my own text": every finding marked in the text, with the reason. Nothing is sent or kept.

(() => {
  const { load, memory, remember, say, fill, whenQuiet, listFindings } = window.handbook;
  const form = document.querySelector("[data-own-text]");
  if (!form) return;
  const ui = document.documentElement.lang.startsWith("en") ? "en" : "zh";
  const find = (selector) => form.querySelector(selector);
  const { store, order, language, text } = form.elements;
  const status = find("[data-status]");
  const marked = find("[data-marked]");
  const length = find("[data-length]");

  // The text with each finding marked by its number; findings that overlap share a mark. What is
  // wrong with the text as a whole, such as its language, marks nothing.
  function mark(value, all) {
    const whole = value.trim();
    const findings = all
      .map((one, index) => ({ start: one.start, end: one.end, number: index + 1 }))
      .filter(({ start, end }) => value.slice(start, end).trim() !== whole);
    const edges = new Set([0, value.length]);
    for (const { start, end } of findings) edges.add(start).add(end);
    const places = [...edges].sort((a, b) => a - b);
    const parts = [];
    for (let index = 0; index + 1 < places.length; index += 1) {
      const [start, end] = [places[index], places[index + 1]];
      const piece = document.createTextNode(value.slice(start, end));
      const here = findings.filter((one) => one.start <= start && end <= one.end);
      if (!here.length) {
        parts.push(piece);
        continue;
      }
      const element = document.createElement("mark");
      element.append(piece);
      const begins = findings.filter((one) => one.start === start).map((one) => one.number);
      if (begins.length) {
        const note = document.createElement("sup");
        note.textContent = begins.join(" ");
        element.prepend(note);
      }
      parts.push(element);
    }
    marked.replaceChildren(...parts);
  }

  let asked = 0;
  async function check() {
    const value = text.value;
    asked += 1;
    const turn = asked;
    const empty = !value.trim();
    let findings = [];
    let loaded = true;
    if (!empty) {
      const options = {
        ui,
        language: language.value,
        store: store.value,
        orders: [order.value],
        recipient: "buyer",
      };
      try {
        const checker = await load("check");
        findings = await checker(value, options);
      } catch {
        loaded = false;
      }
    }
    if (turn !== asked) return; // a newer text is being checked
    const count = [...value].length;
    length.textContent = empty ? "" : fill(length.dataset.length, { count });
    listFindings(find("[data-findings]"), findings, find("[data-rules]").href);
    mark(value, findings);
    find("[data-marked-part]").hidden = !findings.length;
    const words = findings.length ? status.dataset.found : status.dataset.none;
    // What was not checked must not read as nothing found.
    if (loaded) say(status, empty ? status.dataset.empty : fill(words, { count: findings.length }));
    else say(status, status.dataset.unloaded);
  }

  const soon = whenQuiet(check);
  text.addEventListener("input", soon);
  for (const select of [order, language]) select.addEventListener("change", soon);
  store.addEventListener("change", () => {
    const option = store.selectedOptions[0];
    if (option.dataset.language) language.value = option.dataset.language;
    remember({ store: store.value, ...(option.dataset.language ? { lang: language.value } : {}) });
    soon();
  });
  form.addEventListener("submit", (event) => event.preventDefault());
  store.value = memory.store;
  if ([...language.options].some((option) => option.value === memory.lang)) language.value = memory.lang;
  form.hidden = false;
  for (const element of document.querySelectorAll("[data-without-script]")) element.hidden = true;
})();
