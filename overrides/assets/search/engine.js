// What the search knows about words, and its ranking on top of MiniSearch. It touches no page.
//
//   const index = new HandbookIndex(data);  data: what search/zh.js brings (hooks/handbook/search)
//   while (index.add(20)) {}                takes in the entries, 20 at a time
//   index.search("FBA发错货").hits          the best first
"use strict";

const HandbookIndex = (() => {
  // A telephone number: 7 to 15 digits, with what people put between them.
  const PHONE = /(?<![\da-z])(?:\+|00)?\d(?:[\s()./–-]{0,2}\d){6,14}(?![\da-z])/gu;
  // A word: Han characters one by one, everything else by runs of letters and digits.
  const ATOM = /\p{Script=Han}|(?!\p{Script=Han})[\p{L}\p{N}](?:(?!\p{Script=Han})[\p{L}\p{N}\p{M}]|(?<=\p{L})['’](?=\p{L}))*/gu;
  const LATIN = /^[a-z]{3,}$/;
  const HAN = /\p{Script=Han}/u;
  const LETTER = /(?!\p{Script=Han})[\p{L}\p{N}]/u;

  // A function that computes each answer once.
  function once(compute) {
    const known = new Map();
    return (from) => {
      let to = known.get(from);
      if (to === undefined) known.set(from, (to = compute(from)));
      return to;
    };
  }

  const stem = once((word) => porter.stemmer(word.replace(/['’]/g, "").normalize("NFD").replace(/\p{M}/gu, "")));

  // What Han characters are looked up by. MiniSearch goes through all that can follow: thousands of
  // characters, were they not in groups of 128.
  const grouped = (characters) => String.fromCharCode(characters.charCodeAt(0) >> 7) + characters;
  const single = (key) => key.length === 2 && HAN.test(key);

  // Edits that turn one word into the other (a swap of neighbours is one), up to a limit.
  function edits(one, other, limit) {
    if (Math.abs(one.length - other.length) > limit) return limit + 1;
    let [before, row] = [[], Array.from({ length: other.length + 1 }, (_, at) => at)];
    for (let i = 1; i <= one.length; i++) {
      const next = [i];
      for (let j = 1; j <= other.length; j++) {
        const same = one[i - 1] === other[j - 1];
        next[j] = Math.min(row[j] + 1, next[j - 1] + 1, row[j - 1] + (same ? 0 : 1));
        if (i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1]) {
          next[j] = Math.min(next[j], before[j - 2] + 1);
        }
      }
      [before, row] = [row, next];
      if (Math.min(...row) > limit) return limit + 1;
    }
    return row[other.length];
  }

  class Words {
    // terms: the spellings of each term; fold: pairs of traditional and simplified characters;
    // particles: words that a term may be spelled with or without; asked: words of a question
    // that say nothing about its subject.
    constructor({ terms, fold, particles, asked }) {
      this.simplified = new Map();
      const pairs = [...fold];
      for (let at = 0; at < pairs.length; at += 2) this.simplified.set(pairs[at], pairs[at + 1]);
      this.folded = once((character) => {
        const folded = character.normalize("NFKC").toLowerCase();
        const plain = folded.length === character.length ? folded : character;
        return this.simplified.get(plain) ?? plain;
      });
      this.particles = new Map();
      this.asked = new Map();
      this.terms = new Map();
      for (const word of particles) this.learn(this.particles, this.atoms(word), 0);
      for (const phrase of [...particles, ...asked]) this.learn(this.asked, this.atoms(phrase), 0);
      terms.forEach((spellings, number) => {
        for (const spelling of spellings) {
          const atoms = this.atoms(spelling);
          const content = this.content(atoms);
          // 少了 without its particle would be found in every 少.
          if (content.length > 1 || content.length === atoms.length || !HAN.test(content[0].key)) this.learn(this.terms, content, number);
        }
      });
    }

    learn(tree, atoms, number) {
      let node = tree;
      for (const { key } of atoms) {
        if (!node.has(key)) node.set(key, new Map());
        node = node.get(key);
      }
      const numbers = node.get("") ?? [];
      if (!numbers.includes(number)) node.set("", [...numbers, number]);
    }

    // Lower case, half width, simplified characters; as long as the text, character by character,
    // so that a place in it is a place in the text.
    normal(text) {
      let out = "";
      for (const character of text) out += this.folded(character);
      return out;
    }

    // The words of a text in order: {key, start, end}; the key of a Latin word is its stem.
    atoms(text) {
      const found = [];
      for (const match of this.normal(text).matchAll(ATOM)) {
        const [word] = match;
        const key = HAN.test(word) ? word : stem(word);
        found.push({ key, start: match.index, end: match.index + word.length });
      }
      return found;
    }

    // The longest phrase of a tree that begins at an atom: {numbers, length in atoms}, or null.
    longest(tree, atoms, at) {
      let node = tree;
      let best = null;
      for (let next = at; next < atoms.length; next++) {
        node = node.get(atoms[next].key);
        if (!node) break;
        if (node.has("")) best = { numbers: node.get(""), length: next + 1 - at };
      }
      return best;
    }

    // Atoms without particles, unless there is nothing else.
    content(atoms) {
      const kept = atoms.filter((atom) => !this.particles.get(atom.key)?.has(""));
      return kept.length ? kept : atoms;
    }

    // The terms of the glossary that a text names, by any of their spellings: {key: "#3", start, end}.
    named(atoms) {
      const content = this.content(atoms);
      const found = [];
      for (let at = 0; at < content.length; ) {
        const phrase = this.longest(this.terms, content, at);
        const length = phrase ? phrase.length : 1;
        for (const number of phrase?.numbers ?? []) {
          found.push({ key: `#${number}`, start: content[at].start, end: content[at + length - 1].end });
        }
        at += length;
      }
      return found;
    }

    // Telephone numbers with and without what stands before them (+1, 0, 00); nine digits are
    // enough to tell them apart.
    phones(text) {
      const found = [];
      for (const match of this.normal(text).matchAll(PHONE)) {
        const digits = match[0].replace(/\D/g, "").replace(/^00/, "");
        for (const key of new Set([digits, digits.slice(-10), digits.slice(-9)])) {
          found.push({ key: `tel${key}`, start: match.index, end: match.index + match[0].length });
        }
      }
      return found;
    }

    // Words as they are, Han characters by twos; with `ends`, the last of a run by itself too, so
    // that each one can be found alone.
    plain(atoms, ends) {
      const follows = (one, other) => one && other && one.end === other.start && HAN.test(one.key) && HAN.test(other.key);
      const found = [];
      atoms.forEach((atom, at) => {
        const next = atoms[at + 1];
        if (follows(atom, next)) {
          found.push({ key: grouped(atom.key + next.key), start: atom.start, end: next.end });
        } else if (ends || !follows(atoms[at - 1], atom)) {
          found.push(HAN.test(atom.key) ? { ...atom, key: grouped(atom.key) } : atom);
        }
      });
      return found;
    }

    // All that an entry's text is found by.
    tokens(text) {
      const atoms = this.atoms(text);
      return [...this.phones(text), ...this.named(atoms), ...this.plain(atoms, true)];
    }

    // What a query looks for; what stands `within` a term is said by it already. Words of the
    // question count only if nothing else is there.
    query(text) {
      const atoms = this.atoms(text);
      const named = this.named(atoms);
      const within = (atom) => named.some((term) => term.start <= atom.start && atom.end <= term.end);
      const kept = [];
      for (let at = 0; at < atoms.length; ) {
        const asked = within(atoms[at]) ? null : this.longest(this.asked, atoms, at);
        if (!asked) kept.push(atoms[at]);
        at += asked ? asked.length : 1;
      }
      // The parts of a telephone number are no words.
      const phones = this.phones(text);
      const words = (kept.length ? kept : atoms).filter((atom) => !phones.some(({ start, end }) => start <= atom.start && atom.end <= end));
      const plain = this.plain(words, false);
      for (const token of plain) token.within = within(token);
      return [...phones, ...named, ...plain];
    }
  }

  // The ranking is BM25 over these fields, each with what a match in it counts.
  const FIELDS = {
    title: 2.4,
    page: 0.9, // the title of the page that a section stands on
    terms: 8, // terms of the glossary that are explained here
    names: 5, // topics that are answered here, situations of the home page that lead here
    text: 2.3,
  };
  const WEIGHTS = {
    fields: FIELDS,
    // What answers a question comes before what lists, explains a word or is about the handbook.
    kinds: { guide: 1, library: 1, faq: 1.3, more: 0.22, message: 0.35, store: 0.15, term: 0.2 },
    // Who asks for a template wants a message.
    forms: { library: 4, message: 4 },
    otherOrder: 0.16, // an entry about another kind of order than the query's
    term: 4, // a term of the glossary, by any spelling, against a plain word
    within: 0.45, // a plain word that is part of a term
    rare: 1.2, // what a word must tell to count in full; FBA and 买家 stand nearly everywhere
    coverage: 0.85, // exponent: how much it matters that all of the query is found
    samePage: 0.8, // each further result of the same page
    bm25: { k: 1.1, b: 0.93, d: 0.3 },
    least: 0.04, // of the best score; what is below is not shown
    most: 40,
  };

  class Index {
    constructor(data, weights = WEIGHTS) {
      this.weights = weights;
      this.words = new Words(data);
      this.names = data.terms.flat().map((text) => ({ text, plain: this.words.normal(text) }));
      this.orders = data.orders;
      this.template = `#${data.template}`;
      this.entries = data.entries.map(([url, kind, orders, title, page, terms, names, text]) => ({
        url, kind, orders: orders.split(" "), title, page, terms, names, text,
      }));
      this.taken = 0;
      this.holding = new Map(); // key → in how many entries it stands
      this.written = new Map(); // stem of a Latin word → the word as it is written somewhere
      this.engine = new MiniSearch({
        fields: Object.keys(weights.fields),
        tokenize: (text) => this.take(text),
        processTerm: (key) => key,
      });
    }

    // Take in the next entries; true while there are more.
    add(count) {
      const upto = Math.min(this.entries.length, this.taken + count);
      for (; this.taken < upto; this.taken++) {
        this.keys = new Set();
        // An empty field is left out: it would make every other one look long.
        const fields = Object.entries(this.entries[this.taken]).filter(([, value]) => value);
        this.engine.add({ id: this.taken, ...Object.fromEntries(fields) });
        for (const key of this.keys) this.holding.set(key, (this.holding.get(key) ?? 0) + 1);
      }
      return this.taken < this.entries.length;
    }

    take(text) {
      const tokens = this.words.tokens(text);
      for (const { key, start, end } of tokens) {
        this.keys.add(key);
        if (LATIN.test(key) && !this.written.has(key)) this.written.set(key, text.slice(start, end).toLowerCase());
      }
      return tokens.map((token) => token.key);
    }

    // How much a key tells: rare ones more.
    tells(key) {
      const holding = this.holding.get(key) ?? 0;
      return Math.log(1 + (this.entries.length - holding + 0.5) / (holding + 0.5));
    }

    // {hits: [{entry, score, keys}], instead, lacking, nearest}
    //   instead  the query that was answered, where it is another than the one that was put
    //   lacking  the best hit has not even half of what was asked for
    //   nearest  with no hit: the term that is written most like the query
    search(query) {
      const answered = this.corrected(query);
      const tokens = this.words.query(answered);
      const counts = new Map();
      for (const { key, within } of tokens) {
        counts.set(key, Math.max(counts.get(key) ?? 0, within ? this.weights.within : 1));
      }
      const keys = [...counts.keys()];
      // The last word may be unfinished.
      const last = answered === query && tokens.findLast(({ key, end }) => !key.startsWith("#") && end === query.length)?.key;
      // What of the query a hit has: a word within a term is said by the term. Two Han characters
      // that stand together nowhere are two words more often than an unknown one.
      const worth = (key) => (counts.get(key) < 1 ? 0 : this.tells(key) * (HAN.test(key) && !this.holding.has(key) ? 0.5 : 1));
      const asked = keys.reduce((sum, key) => sum + worth(key), 0);
      const suits = this.suits(counts);
      const found = this.engine.search(answered, {
        tokenize: () => keys,
        boost: this.weights.fields,
        bm25: this.weights.bm25,
        boostTerm: (key) => counts.get(key) * (key.startsWith("#") ? this.weights.term : 1) * Math.min(1, this.tells(key) / this.weights.rare),
        boostDocument: (id) => suits(this.entries[id]),
        prefix: (key) => (key === last && key.length > 1) || single(key) || /^tel\d{7}/.test(key),
      });
      const hits = this.spread(found.map(({ id, score, queryTerms }) => {
        const covered = queryTerms.reduce((sum, key) => sum + worth(key), 0) / asked;
        // MiniSearch multiplies by the number of keys found; what they tell counts here.
        return { entry: this.entries[id], score: (score / queryTerms.length) * covered ** this.weights.coverage, covered, keys, last };
      }));
      return {
        hits,
        instead: answered === query ? "" : answered,
        lacking: !hits.length || hits[0].covered < 0.5,
        nearest: hits.length ? "" : this.nearest(query),
      };
    }

    // How well an entry suits what a query names, whatever its words: a function of the entry.
    suits(counts) {
      const named = Object.keys(this.orders).filter((kind) => counts.has(`#${this.orders[kind]}`));
      // Without a word about it an order is FBA: that is what the handbook is for. With two kinds
      // named, the question is which of them it is.
      const kinds = named.length > 1 ? [] : named.length ? named : ["fba"];
      const forms = counts.has(this.template) ? this.weights.forms : {};
      return ({ kind, orders }) => {
        const right = orders.includes("any") || orders.some((order) => kinds.includes(order));
        return this.weights.kinds[kind] * (forms[kind] ?? 1) * (right ? 1 : this.weights.otherOrder);
      };
    }

    // The best first, each further one of the same page a little later.
    spread(hits) {
      const byScore = (one, other) => other.score - one.score;
      const best = hits.sort(byScore).slice(0, 2 * this.weights.most);
      const pages = new Map();
      for (const hit of best) {
        const [page] = hit.entry.url.split("#");
        const before = pages.get(page) ?? 0;
        hit.score *= this.weights.samePage ** before;
        pages.set(page, before + 1);
      }
      best.sort(byScore);
      return best.filter(({ score }) => score >= best[0].score * this.weights.least).slice(0, this.weights.most);
    }

    // The query with each word that stands nowhere replaced by the nearest that does.
    corrected(query) {
      let out = query;
      for (const { key, start, end } of this.words.atoms(query).reverse()) {
        if (!LATIN.test(key) || this.holding.has(key) || this.words.asked.has(key) || this.words.terms.has(key)) continue;
        const known = [...this.holding].filter(([word]) => LATIN.test(word));
        if (end === query.length && known.some(([word]) => word.startsWith(key))) continue;
        const limit = key.length < 7 ? 1 : 2;
        let best = null;
        for (const [word, count] of known) {
          const distance = edits(key, word, limit);
          if (distance > limit) continue;
          if (!best || distance < best.distance || (distance === best.distance && count > best.count)) best = { word, distance, count };
        }
        if (best) out = out.slice(0, start) + this.written.get(best.word) + out.slice(end);
      }
      return out;
    }

    nearest(query) {
      const plain = this.words.normal(query);
      let [best, least] = ["", Math.floor(plain.length * 0.4) + 1];
      for (const name of this.names) {
        const distance = edits(plain, name.plain, least - 1);
        if (distance < least) [best, least] = [name.text, distance];
      }
      return best;
    }

    // The rest of what is being typed: of the shortest spelling of a term that begins so, else of
    // the most frequent word.
    completion(query) {
      const typed = this.words.normal(query);
      if (typed.trim().length < 2) return "";
      const names = this.names.filter(({ plain }) => plain.startsWith(typed) && plain.length > typed.length);
      names.sort((one, other) => one.plain.length - other.plain.length);
      if (names.length) return names[0].text.slice(query.length);
      const begun = typed.match(/[a-z]{3,}$/)?.[0];
      if (!begun) return "";
      let best = { text: begun, count: 0 };
      for (const [key, text] of this.written) {
        const count = this.holding.get(key);
        if (text.startsWith(begun) && text !== begun && count > best.count) best = { text, count };
      }
      return best.text.slice(begun.length);
    }

    // What is shown of a hit: the places of its matches in the title, an excerpt with the places of
    // its matches, and every text that matched.
    shown({ entry, keys, last }) {
      const title = this.places(entry.title, keys, last);
      const text = entry.text.replaceAll("\n", " ");
      const all = this.places(text, keys, last);
      const { start, end } = this.excerpt(text, all, title);
      const inside = all.filter((place) => place.start >= start && place.end <= end);
      const [before, after] = [start > 0 ? "…" : "", end < text.length ? "…" : ""];
      const matches = [
        ...title.map((place) => entry.title.slice(place.start, place.end)),
        ...inside.map((place) => text.slice(place.start, place.end)),
      ];
      return {
        title,
        excerpt: before + text.slice(start, end).replace(after ? /[\s.。…,，、;；:：]+$/u : /\s+$/, "") + after,
        places: inside.map((place) => ({ start: place.start - start + before.length, end: place.end - start + before.length })),
        matches: [...new Set(matches)].filter((match) => match.length > 1 || HAN.test(match)),
      };
    }

    // Where a text matches, in order and without overlaps; `tells` is how much a match says.
    places(text, keys, last) {
      const wanted = new Set(keys);
      const begins = (key) => (last && LATIN.test(last) && LATIN.test(key) && key.startsWith(last)) || (key.startsWith("tel") && keys.some((one) => key.startsWith(one)));
      const found = this.words.tokens(text)
        .filter(({ key }) => wanted.has(key) || begins(key))
        .map(({ key, start, end }) => ({ start, end, tells: this.tells(key) }))
        .sort((one, other) => one.start - other.start || other.end - one.end);
      const joined = [];
      for (const place of found) {
        const before = joined.at(-1);
        if (before && place.start < before.end) {
          before.end = Math.max(before.end, place.end);
          before.tells = Math.max(before.tells, place.tells);
        } else {
          joined.push(place);
        }
      }
      return joined;
    }

    // The stretch of a text whose matches tell most, from the beginning of a sentence if one is
    // near; the beginning of the text if the title tells as much.
    excerpt(text, places, title) {
      const width = HAN.test(text) ? 90 : 190; // characters: two lines of the list
      const told = (some) => some.reduce((sum, place) => sum + place.tells, 0);
      let best = { start: 0, tells: told(title) };
      places.forEach((place, at) => {
        const tells = told(places.slice(at).filter((other) => other.end <= place.start + width * 0.8));
        if (tells > best.tells) best = { start: place.start, tells };
      });
      const inWord = (at) => at > 0 && at < text.length && LETTER.test(text[at - 1]) && LETTER.test(text[at]);
      const from = Math.max(0, best.start - Math.round(width * 0.4));
      const sentence = text.slice(from, best.start).match(/^.*(?:[。！？；]|[.?!:] )/u)?.[0].length ?? 0;
      let start = from === 0 ? 0 : sentence ? from + sentence : best.start - Math.round(width * 0.15);
      while (start < best.start && (inWord(start) || text[start] === " ")) start++;
      let end = Math.min(text.length, start + width);
      while (end > start + width / 2 && inWord(end)) end--;
      return { start, end };
    }
  }
  Index.WEIGHTS = WEIGHTS;
  return Index;
})();
