// What the message blocks, the library and "check my own text" share: data on demand, what this tab
// remembers, and copying.

window.handbook = (() => {
  const folder = document.currentScript.src.replace(/[^/]*$/, "");
  const asked = new Map(); // name -> { promise, provide }

  // Loads `<name>.js` beside this script, which calls handbook.provide(name, value). A script and
  // not a request for data: it must also work from a file.
  function load(name) {
    let entry = asked.get(name);
    if (entry) return entry.promise;
    entry = {};
    entry.promise = new Promise((resolve, reject) => {
      let given = false;
      entry.provide = (value) => {
        given = true;
        resolve(value);
      };
      const script = document.createElement("script");
      script.src = folder + name + ".js";
      // Not there, or something else in its place; the next time it is asked for anew.
      script.onload = script.onerror = () => {
        if (given) return;
        asked.delete(name);
        reject(new Error(name));
      };
      document.head.append(script);
    });
    asked.set(name, entry);
    return entry.promise;
  }

  function provide(name, value) {
    asked.get(name)?.provide(value);
  }

  // The tab's memory: the store, the language and what was typed. Where the browser keeps none,
  // it lasts as long as the page.
  const key = "handbook-message";
  const memory = { store: "", lang: "", values: {} };
  try {
    Object.assign(memory, JSON.parse(sessionStorage.getItem(key) || "{}"));
  } catch {
    // A broken memory is an empty one.
  }
  const query = new URLSearchParams(location.search);
  for (const name of ["store", "lang"]) {
    if (query.get(name)) memory[name] = query.get(name);
  }

  function remember(change) {
    Object.assign(memory, change);
    try {
      sessionStorage.setItem(key, JSON.stringify(memory));
    } catch {
      // Then it is remembered by this page alone.
    }
  }

  // Copies plain text; resolves to whether it happened. An intranet page over plain http has no
  // navigator.clipboard, so the older way is needed too.
  async function copy(text) {
    if (navigator.clipboard && window.isSecureContext) {
      try {
        await navigator.clipboard.writeText(text);
        return true;
      } catch {
        // Refused, for instance without focus: the older way may still work.
      }
    }
    const focused = document.activeElement;
    const area = document.createElement("textarea");
    area.className = "hb-hidden";
    area.value = text;
    document.body.append(area);
    area.select();
    let done = false;
    try {
      done = document.execCommand("copy");
    } catch {
      done = false;
    }
    area.remove();
    if (focused) focused.focus({ preventScroll: true });
    return done;
  }

  // Puts a sentence where a screen reader hears it, also when it is the same as before.
  function say(element, text) {
    element.textContent = "";
    if (text) setTimeout(() => { element.textContent = text; }, 30);
  }

  // Fills {fields} of a phrase.
  function fill(phrase, fields) {
    return phrase.replace(/\{(\w+)\}/g, (whole, name) => (name in fields ? fields[name] : whole));
  }

  // Runs a function when nothing has called for it for a moment.
  function whenQuiet(work, milliseconds = 120) {
    let timer = 0;
    return () => {
      clearTimeout(timer);
      timer = setTimeout(work, milliseconds);
    };
  }

  // The findings of a text as list items: what is wrong, a link to the rule, and, where the list
  // has the words for it, a text that would be fine.
  function listFindings(list, findings, rulesPage) {
    list.replaceChildren(
      ...findings.map((finding) => {
        const item = document.createElement("li");
        item.className = "hb-finding hb-finding--" + finding.severity;
        item.dataset.rule = finding.rule;
        const link = document.createElement("a");
        link.href = rulesPage + "#" + finding.rule;
        link.textContent = finding.title;
        item.append(link, " ", finding.message);
        if (list.dataset.fine) {
          const fine = document.createElement("span");
          fine.className = "hb-finding__fine";
          fine.textContent = fill(list.dataset.fine, { text: finding.fine });
          item.append(fine);
        }
        return item;
      }),
    );
    list.hidden = !findings.length;
  }

  return { load, provide, memory, remember, copy, say, fill, whenQuiet, listFindings };
})();
