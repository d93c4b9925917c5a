// A message's text against the rules: what hooks/handbook/messaging does in Python, with the same
// compiled rules. Offsets are those of JavaScript strings. Loaded on first use.

(() => {
  const GONE = "\0";
  const ADDRESS = "\ue000";
  const LIST = "\x88";

  // ---- folding: one spelling for all ----

  function folding(same, dropped) {
    const known = new Map();
    const table = new Map(Object.entries(same));

    function one(character) {
      let folded = known.get(character);
      if (folded === undefined) {
        const plain = character.normalize("NFKD");
        const kept = plain.replace(dropped, "");
        const spelled = kept !== plain ? kept : character.normalize("NFKC");
        folded = [...spelled.toLowerCase()].map((part) => table.get(part) ?? part).join("");
        known.set(character, folded);
      }
      return folded;
    }

    // The folded text and, for each of its units, the range of the text that it came from.
    return (text) => {
      const parts = [];
      const from = [];
      const to = [];
      let offset = 0;
      for (const character of text) {
        const folded = one(character);
        parts.push(folded);
        for (let unit = 0; unit < folded.length; unit += 1) {
          from.push(offset);
          to.push(offset + character.length);
        }
        offset += character.length;
      }
      return { text: parts.join(""), from, to };
    };
  }

  // ---- addresses ----

  function storeOf(host, stores, subdomains) {
    if (Object.hasOwn(stores, host)) return stores[host];
    const dot = host.indexOf(".");
    const rest = host.slice(dot + 1);
    return dot > 0 && subdomains.includes(host.slice(0, dot)) && Object.hasOwn(stores, rest) ? stores[rest] : null;
  }

  function judge(address, rules, store) {
    const [, scheme = "", name = "", path = ""] = address.match(rules.find.parts) || [];
    const host = name.replace(/\.+$/, "");
    if (["tel", "sms", "callto"].includes(scheme)) return ["phone-number"];
    if (scheme === "mailto") return ["email-address"];
    const found = storeOf(host, rules.stores, rules.subdomains);
    const broken = [];
    if (found === null || rules.shorteners.includes(host)) broken.push("external-link");
    if (scheme && scheme !== "https") broken.push("insecure-link");
    if (found !== null) {
      if (rules.products.some((part) => path.includes(part))) broken.push("amazon-product-link");
      if (rules.reviews.some((part) => path.includes(part))) broken.push("review-request");
      if (store && found !== store) broken.push("wrong-store-link");
    }
    return broken.length ? broken : [""];
  }

  // "Thanks.It is": the end of a sentence and the beginning of the next.
  function isMissingSpace(match, capitals, rules) {
    const host = match[0].split(/[/?#:]/)[0];
    const labels = host.split(".");
    const ending = labels.at(-1);
    const begins = match.index + host.length - ending.length;
    if (capitals[begins] && !capitals[begins + 1]) return true;
    const bare = labels.length === 2 && host === match[0] && !/[0-9-]/.test(host);
    return bare && rules.words.includes(ending);
  }

  function* addresses(text, capitals, rules, store) {
    const taken = [];
    // The matches that touch nothing that was found before.
    const free = function* (expression) {
      for (const match of text.matchAll(expression)) {
        const [start, end] = [match.index, match.index + match[0].length];
        if (!taken.every(([first, last]) => end <= first || start >= last)) continue;
        yield match;
        taken.push([start, end]);
      }
    };
    const judged = function* (match) {
      const address = match[0].replace(rules.find.trailing, "");
      for (const rule of judge(address, rules, store)) {
        yield [rule, match.index, match.index + address.length];
      }
    };
    const whole = (rule, match) => [rule, match.index, match.index + match[0].length];
    for (const match of free(rules.find.address)) yield* judged(match);
    for (const match of free(rules.find.email)) {
      yield whole("email-address", match);
      // "at shop dot com" may as well be said of a site.
      if (!/[@[({<]/.test(match[0])) yield whole("external-link", match);
    }
    for (const match of free(rules.find.host)) {
      if (!isMissingSpace(match, capitals, rules)) yield* judged(match);
    }
    for (const match of free(rules.find.hidden_host)) yield whole("external-link", match);
  }

  // ---- telephone numbers ----

  function lastOf(expression, text) {
    let last = -1;
    for (const match of text.matchAll(expression)) last = match.index;
    return last;
  }

  // How sure it is by its writing alone that this is a telephone number.
  function shapeOf(written, digits, shapes) {
    const groups = written.match(/[0-9]+/g);
    const length = digits.length;
    if (/^\(?\+|[(\[][0-9]{2,5}[)\]]/.test(written) && length >= 8) return "sure";
    const mobile = shapes["china-mobile"].test(digits);
    const american = shapes["north-america"].test(digits);
    if (groups.length === 1) {
      return mobile || american || shapes.national.test(digits) ? "likely" : "doubtful";
    }
    if (mobile || (american && groups.at(-1).length === 4)) return "sure";
    if (groups.every((group) => group.length === 1)) return "sure";
    if (digits.startsWith("0") && length >= 9) return "sure";
    const codes = groups.every((group) => group.length === 4); // as on a card or a parcel
    return groups.length >= 3 && length >= 8 && length <= 12 && !codes ? "likely" : "doubtful";
  }

  function isTelephone(text, match, { find, shapes, near }) {
    const extended = shapes.extension.test(match[0]);
    const written = match[0].replace(shapes.extension, "").trim();
    const digits = written.replace(/[^0-9]/g, "");
    const plain = written.replace(/\s+/g, " ");
    if (digits.length < 7 || digits.length > 15) return false;
    if (["order-id", "dates", "years"].some((name) => shapes[name].test(plain))) return false;
    const end = match.index + match[0].length;
    const before = text.slice(Math.max(0, match.index - near), match.index);
    const after = text.slice(end, end + near);
    if (find.money_before.test(before) || find.money_after.test(after)) return false;
    let called = lastOf(find.phone_words, before);
    const explained = lastOf(find.other_words, before);
    if (called < 0 && explained < 0) called = Math.min(0, lastOf(find.phone_words, after.slice(0, near / 2)));
    if (extended || called > explained) return true;
    const shape = shapeOf(written, digits, shapes);
    if (explained >= 0) return shape === "sure" && /^\(?\+/.test(written);
    return shape !== "doubtful" && !(digits.length < 9 && shapes.thousands.test(plain));
  }

  function* telephoneNumbers(text, rules) {
    for (const match of text.matchAll(rules.find.number)) {
      if (isTelephone(text, match, rules)) yield [match.index, match.index + match[0].length];
    }
    for (const match of text.matchAll(rules.find.vanity)) {
      yield [match.index, match.index + match[0].length];
    }
    for (const match of text.matchAll(rules.find.spelled)) {
      const words = count(match[0], rules.find.digit_words);
      if (words >= 2 && words + count(match[0], /[0-9]/g) >= 7) {
        yield [match.index, match.index + match[0].length];
      }
    }
  }

  // ---- phrases and languages ----

  const takenOut = (match) => GONE.repeat(match.length);

  // The text with commas where clauses end and nowhere else, without what is said aside.
  function inClauses(flat, { join, turn, aside, expression }) {
    if (join) flat = flat.replace(expression(join), " ");
    if (turn) flat = flat.replace(expression(turn), ",");
    return aside ? flat.replace(expression(aside, true), takenOut) : flat;
  }

  // What the phrases of a language find; what is fine in the text's own language is never bad in
  // another.
  function* phrases(flat, language, own) {
    const mayMatch = (needs) => !needs.length || needs.some((need) => flat.includes(need));
    for (const [rule, [sure, needs]] of Object.entries(language.sure)) {
      if (!mayMatch(needs)) continue;
      for (const match of flat.matchAll(language.expression(sure))) {
        yield [rule, match.index, match.index + match[0].length];
      }
    }
    for (const rule of new Set([...Object.keys(language.bad), ...Object.keys(language.together)])) {
      const [bad, needs] = language.bad[rule] || [null, []];
      const found = bad && mayMatch(needs) && lastOf(language.expression(bad), flat) >= 0;
      const groups = language.together[rule] || [];
      if (!found && !groups.length) continue;
      let rest = flat;
      for (const one of new Set([own, language])) {
        if (!one.fine[rule]) continue;
        rest = rest.replace(one.expression(one.fine[rule], true), takenOut);
      }
      if (found) {
        for (const match of rest.matchAll(language.expression(bad))) {
          yield [rule, match.index, match.index + match[0].length];
        }
      }
      for (const group of groups) {
        const matches = group.map((part) => rest.matchAll(language.expression(part)).next().value);
        const last = matches.at(-1);
        if (matches.every(Boolean)) yield [rule, last.index, last.index + last[0].length];
      }
    }
  }

  const count = (text, expression) => (text.match(expression) || []).length;

  function isOtherLanguage(flat, tag, common) {
    const han = count(flat, /[\u3400-\u4dbf\u4e00-\u9fff]/g);
    const kana = count(flat, /[\u3041-\u30fa]/g);
    const arabic = count(flat, /[\u0620-\u064a\u0671-\u06d3]/g);
    const words = flat.match(/(?<![a-z0-9])[a-z\u00df-\u024f']+(?![a-z0-9])/g) || [];
    // A word or two are a name or a code.
    const latin = words.length < 3 ? 0 : words.reduce((sum, word) => sum + word.length, 0);
    const east = han + kana;
    if (latin + arabic + east <= 8) return false;
    if (tag === "ja") return east * 12 < latin + arabic || kana * 8 < han;
    if (tag === "zh") return han * 12 < latin + arabic || kana * 8 > han;
    if (tag === "ar") return arabic * 6 < latin + east;
    if ((east + arabic) * 2 > latin) return true;
    let own = 0;
    let other = 0;
    for (const [name, small] of Object.entries(common)) {
      const found = words.filter((word) => small.has(word)).length;
      if (name === tag) own = found;
      else other = Math.max(other, found);
    }
    return other >= 3 && other > 2 * own;
  }

  // ---- all of it ----

  const all = (source) => new RegExp(source, "g");

  // Makes the compiled rules ready for use.
  function prepare(general) {
    const find = {};
    for (const [name, source] of Object.entries(general.expressions)) {
      // Emojis lie beyond the characters of one unit.
      find[name] = new RegExp(source, name === "raw_emoji" ? "gu" : "g");
    }
    // These are asked of one string as a whole.
    for (const name of ["money_before", "money_after", "trailing", "parts", "raw_no_blank"]) {
      find[name] = new RegExp(general.expressions[name], "s");
    }
    const shapes = {};
    for (const [name, source] of Object.entries(general.shapes)) shapes[name] = new RegExp(source);
    const common = {};
    for (const [tag, small] of Object.entries(general.common)) common[tag] = new Set(small);
    const fold = folding(general.same, new RegExp(general.dropped, "g"));
    return { ...general, find, shapes, common, fold };
  }

  // An expression as JavaScript reads it: characters stand for lists, gaps and more, see phrases.py.
  function writtenOut(source, { lists, gap }, clause) {
    let written = source;
    while (written.includes(LIST)) {
      written = written.split(LIST).map((part, index) => (index % 2 ? lists[part] : part)).join("");
    }
    const within = clause ? "[^,:\\n]" : ".";
    const stands = {
      "\x81": `${within}{0,${gap}}?`,
      "\x82": `${within}*`,
      "\x83": '[ \\t,"()]*',
      "\x84": '[ \\t,"()]+',
      "\x86": "\\b",
      "\x87": "(?:",
    };
    return written.replace(/[\x81-\x87]/g, (sign) => stands[sign]);
  }

  // A language's expressions are made when they are first needed: most texts need few of them. What
  // is fine or aside keeps to its clause.
  function prepareLanguage(language) {
    const made = [new Map(), new Map()];
    const expression = (source, clause = false) => {
      const known = made[Number(clause)];
      if (!known.has(source)) known.set(source, all(writtenOut(source, language, clause)));
      return known.get(source);
    };
    return { ...language, expression };
  }

  // The library's language for a BCP 47 tag, or undefined.
  function tagOf(language, tags) {
    const lower = language.toLowerCase();
    const base = lower.split("-")[0];
    return tags.find((tag) => tag.toLowerCase() === lower) ?? tags.find((tag) => tag.split("-")[0] === base);
  }

  // All that is wrong with a text, whatever the kind of order: [{ rule, start, end }].
  //   language: BCP 47 tag · store: code or "" · blanks: ranges of placeholders that are meant to be there
  //   words: the prepared languages that apply, in order
  function examine(text, rules, { language, store = "", blanks = null, words = [] }) {
    const folded = rules.fold(text);
    const hits = [];
    const hit = (rule, start, end) =>
      hits.push({ rule, start: folded.from[start], end: folded.to[end - 1] });
    const important = [];
    for (const match of folded.text.matchAll(rules.find.important)) {
      hit("important-misuse", match.index, match.index + match[0].length);
      important.push(hits.at(-1));
    }
    const raw = (rule, expression) => {
      for (const match of text.matchAll(expression)) {
        hits.push({ rule, start: match.index, end: match.index + match[0].length });
      }
    };
    raw("html", rules.find.raw_html);
    raw("line-breaks", rules.find.raw_breaks);
    const gone = [...(blanks || [])];
    if (!blanks) {
      for (const match of text.matchAll(rules.find.raw_blank)) {
        const [start, end] = [match.index, match.index + match[0].length];
        if (important.some((mark) => mark.start < end && start < mark.end)) continue;
        if (rules.find.raw_no_blank.test(match[0].toLowerCase())) continue;
        hits.push({ rule: "unresolved-placeholder", start, end });
        gone.push([start, end]);
      }
    }
    raw("emoji", rules.find.raw_emoji);
    const points = [...text];
    if (points.length > rules.longest) {
      hits.push({ rule: "too-long", start: points.slice(0, rules.longest).join("").length, end: text.length });
    }

    const units = [...folded.text.split("")];
    for (const [start, end] of gone) {
      for (let unit = 0; unit < units.length; unit += 1) {
        if (folded.from[unit] >= start && folded.from[unit] < end) units[unit] = GONE;
      }
    }
    let flat = units.join("");
    const capitals = folded.from.map((place) => {
      const character = text[place];
      return character !== character.toLowerCase() && character === character.toUpperCase();
    });
    const takeOut = (start, end, sign) => {
      flat = flat.slice(0, start) + sign.repeat(end - start) + flat.slice(end);
    };
    for (const [rule, start, end] of [...addresses(flat, capitals, rules, store)]) {
      if (rule) hit(rule, start, end);
      const outside = ["external-link", "email-address", "phone-number"].includes(rule);
      takeOut(start, end, outside ? ADDRESS : GONE);
    }
    for (const [start, end] of [...telephoneNumbers(flat, rules)]) {
      hit("phone-number", start, end);
      takeOut(start, end, ADDRESS);
    }
    const tag = tagOf(language, rules.tags);
    if (tag) {
      let said = flat
        .replace(rules.find.sentence_end, (found) => "\n".repeat(found.length))
        .replace(rules.find.no_word, (found) => GONE.repeat(found.length));
      for (const one of words) said = inClauses(said, one);
      for (const one of words) {
        for (const [rule, start, end] of phrases(said, one, words[0])) hit(rule, start, end);
      }
      if (isOtherLanguage(flat, tag, rules.common)) {
        hits.push({ rule: "language-mismatch", start: 0, end: text.length });
      }
    }
    return withoutRepeats(hits);
  }

  function withoutRepeats(hits) {
    const ends = {};
    return hits
      .sort((a, b) => a.start - b.start || a.end - b.end || (a.rule < b.rule ? -1 : 1))
      .filter((hit) => {
        if (hit.start < (ends[hit.rule] ?? -1)) return false;
        ends[hit.rule] = Math.max(hit.end, hit.start + 1);
        return true;
      });
  }

  handbook.provide("examine", { prepare, prepareLanguage, examine, tagOf });
})();
