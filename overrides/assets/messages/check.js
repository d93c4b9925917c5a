// The check that a message block and "check my own text" share: finds, judges for the kind of
// order, and says it in the reader's words. Loaded on first use.

(() => {
  const { load, provide, fill } = window.handbook;
  const prepared = new Map(); // language -> expressions, ready

  async function words(examine, tag) {
    if (!prepared.has(tag)) prepared.set(tag, examine.prepareLanguage(await load(`words-${tag}`)));
    return prepared.get(tag);
  }

  let rules;

  // Findings of a text for a reader: [{ rule, severity, title, message, fine, start, end }].
  //   ui: the reader's language · language: the text's · store: code or "" · orders: kinds of order
  //   recipient: buyer or seller-support · blanks: ranges of placeholders that are meant to be there
  async function check(text, { ui, language, store, orders, recipient, blanks = null }) {
    const [examine, general, catalogue] = await Promise.all([
      load("examine"),
      load("rules"),
      load(`catalogue-${ui}`),
    ]);
    rules ??= examine.prepare(general);
    const tag = examine.tagOf(language, rules.tags);
    const tags = tag ? [...new Set([tag, rules.everywhere])] : [];
    const spoken = await Promise.all(tags.map((one) => words(examine, one)));
    const hits = examine.examine(text, rules, { language, store, blanks, words: spoken });
    const count = [...text].length;
    const name = new Intl.DisplayNames([ui], { type: "language", fallback: "code" });
    return hits.flatMap((hit) => {
      const rule = catalogue[hit.rule];
      if (rule.to && rule.to !== recipient) return [];
      const levels = orders.map((order) => rule.severity[order]);
      const severity = ["error", "warning"].find((level) => levels.includes(level));
      if (!severity) return [];
      const found = [...text.slice(hit.start, hit.end).replace(/\s+/g, " ").trim()].slice(0, 40).join("");
      const fields = { found, count, limit: rules.longest, language: name.of(language) };
      return [{ ...hit, severity, title: rule.title, message: fill(rule.message, fields), fine: rule.fine }];
    });
  }

  provide("check", check);
})();
