// Narrows the lists of messages on the page by kind of order, stage, recipient and language.

(() => {
  const { say, fill } = window.handbook;
  const form = document.querySelector("[data-filter]");
  if (!form) return;
  const lists = [...document.querySelectorAll(".hb-message-list")];
  const items = lists.flatMap((list) => [...list.querySelectorAll("li")]);
  const count = form.querySelector("[data-count]");

  // The heading of a list and what stands between the two.
  function introduction(list) {
    const found = [];
    for (let one = list.previousElementSibling; one; one = one.previousElementSibling) {
      if (one.classList.contains("hb-message-list")) break;
      found.push(one);
      if (/^H[2-3]$/.test(one.tagName)) return found;
    }
    return [];
  }
  const introductions = new Map(lists.map((list) => [list, introduction(list)]));

  function fits(item, name, value) {
    const values = item.dataset[name].split(" ");
    return !value || values.includes(value) || (name === "kind" && values.includes("any"));
  }

  function narrow() {
    const wanted = [...form.querySelectorAll("select")].map((select) => [select.name, select.value]);
    for (const item of items) item.hidden = !wanted.every(([name, value]) => fits(item, name, value));
    for (const list of lists) {
      list.hidden = [...list.querySelectorAll("li")].every((item) => item.hidden);
      for (const element of introductions.get(list)) element.hidden = list.hidden;
    }
    const shown = items.filter((item) => !item.hidden).length;
    say(count, fill(count.dataset.count, { shown, total: items.length }));
  }

  form.addEventListener("change", narrow);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.querySelector("[data-reset]").addEventListener("click", () => {
    form.reset();
    narrow();
  });
  form.hidden = false;
  narrow();
})();
