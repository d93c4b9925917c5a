// What is found for a query, and in which order: MiniSearch's ranking of words, and what an entry is
// and answers on top of it. It touches no page.
//
//   const index = new HandbookIndex(data);  data: what search/zh.js brings (hooks/handbook/search)
//   while (index.add(20)) {}                takes in the entries, 20 at a time
//   index.search("FBA发错货").hits          the best first
"use strict";

const HandbookIndex = (() => {
  const LATIN = /^[a-z]{3,}$/; // a key that is a word
  const HAN = /\p{Script=Han}/u;
  const LETTER = /(?!\p{Script=Han})[\p{L}\p{N}]/u;

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

  // The ranking: BM25 over fields, and what an entry is and answers.
  const WEIGHTS = {
    // What a match in each counts.
    fields: {
      title: 3,
      page: 0.9, // the title of the page that a section stands on
      terms: 5, // terms of the glossary that are explained here
      names: 5, // topics that are answered here, situations of the home page that lead here
      text: 2.3,
    },
    bm25: { k: 1.1, b: 0.93, d: 0.3 },
    // What answers a question comes before what lists, explains a word or is about the handbook.
    kinds: { guide: 1, library: 1, faq: 1.3, more: 0.22, message: 0.35, store: 0.15, term: 0.2 },
    // Who asks for a template wants a message.
    forms: { library: 4, message: 4 },
    otherOrder: 0.16, // an entry about another kind of order than the query's
    term: 3, // a term of the glossary, by any spelling, against a plain word
    within: 0.45, // a plain word that is part of a term
    rare: 1.2, // what a word must tell to count in full; FBA and 买家 stand nearly everywhere
    likely: 0.35, // exponent: how much it matters that a topic is likely asked about
    unlikely: 0.01, // what a topic is taken for at least, and an entry without one
    asked: 0.2, // a topic as likely as this is asked about: its pages have …
    page: 6, // … this beforehand
    samePage: 0.8, // each further result of the same page …
    sameTopic: 0.4, // … and of the same topics, among the first
    first: 3, // how many those are
    least: 0.005, // of the best score; what is below is not shown
    most: 40,
  };

  class Index {
    constructor(data) {
      this.language = data.language;
      this.words = new HandbookWords(data);
      this.names = data.terms.flat().map((text) => ({ text, plain: this.words.normal(text) }));
      this.orders = data.orders;
      this.template = `#${data.template}`;
      this.topics = new HandbookTopics(data.questions, this.words);
      this.entries = data.entries.map(([url, kind, orders, topics, title, page, terms, names, text]) => ({
        url, kind, orders: orders.split(" "), topics, title, page, terms, names, text,
      }));
      this.pages = this.entries.filter(({ url, topics }) => topics.length && !url.includes("#"));
      this.taken = 0;
      this.holding = new Map(); // key → in how many entries it stands
      this.written = new Map(); // stem of a Latin word → the word as it is written somewhere
      this.engine = new MiniSearch({
        fields: Object.keys(WEIGHTS.fields),
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

    // {hits: [{entry, score, covered, keys, last}], instead, lacking, nearest}
    //   covered  how much of what was asked for the hit has: 0 to 1
    //   keys     what was looked up; `last` the one that may be unfinished
    //   instead  the query that was answered, where it is another than the one that was put
    //   lacking  there is no hit, or a word is only in the other language and the best hit has not
    //            even half of what was asked for
    //   nearest  with no hit: the term that is written most like the query
    search(query) {
      const answered = this.corrected(query);
      const tokens = this.words.query(answered);
      const counts = new Map();
      for (const { key, within } of tokens) {
        counts.set(key, Math.max(counts.get(key) ?? 0, within ? WEIGHTS.within : 1));
      }
      const keys = [...counts.keys()];
      const last = answered === query && tokens.findLast(({ key, end }) => !key.startsWith("#") && end === query.length)?.key;
      const likely = this.topics.likely(keys);
      const found = this.found(counts, last);
      const hits = this.ranked(likely ? this.withPages(found, likely) : found, likely).map((hit) => ({ ...hit, keys, last }));
      return {
        hits,
        instead: answered === query ? "" : answered,
        lacking: !hits.length || (hits[0].covered < 0.5 && keys.some((key) => this.foreign(key))),
        nearest: hits.length ? "" : this.nearest(query),
      };
    }

    // Hits by their words alone. counts: key → how much it counts; last: the key that may be unfinished.
    found(counts, last) {
      const keys = [...counts.keys()];
      // What of the query a hit has: a word within a term is said by the term. Two Han characters
      // that stand together nowhere are two words more often than an unknown one.
      const worth = new Map(keys.map((key) => [key, counts.get(key) < 1 ? 0 : this.tells(key) * (HAN.test(key) && !this.holding.has(key) ? 0.5 : 1)]));
      const sum = (some) => some.reduce((all, key) => all + worth.get(key), 0);
      const asked = sum(keys);
      const suits = this.suits(counts);
      const found = this.engine.search("", {
        tokenize: () => keys,
        boost: WEIGHTS.fields,
        bm25: WEIGHTS.bm25,
        boostTerm: (key) => counts.get(key) * (key.startsWith("#") ? WEIGHTS.term : 1) * Math.min(1, this.tells(key) / WEIGHTS.rare),
        boostDocument: (id) => suits(this.entries[id]),
        prefix: (key) => (key === last && key.length > 1) || HandbookWords.single(key) || /^tel\d{7}/.test(key),
      });
      return found.map(({ id, score, queryTerms }) => {
        const covered = sum(queryTerms) / asked;
        // MiniSearch multiplies by the number of keys found; what they tell counts here.
        return { entry: this.entries[id], score: (score / queryTerms.length) * covered, covered };
      });
    }

    // Hits with the pages on likely topics, for what is asked in words that stand nowhere.
    withPages(hits, likely) {
      const { asked, page } = WEIGHTS;
      const pages = this.pages.filter(({ topics }) => topics.some((topic) => likely[topic] > asked));
      for (const hit of hits) if (pages.includes(hit.entry)) hit.score += page;
      const had = new Set(hits.map(({ entry }) => entry));
      return [...hits, ...pages.filter((entry) => !had.has(entry)).map((entry) => ({ entry, score: page, covered: 0 }))];
    }

    // How well an entry suits what a query names, whatever its words: a function of the entry.
    suits(counts) {
      const named = Object.keys(this.orders).filter((kind) => counts.has(`#${this.orders[kind]}`));
      // Without a word about it an order is FBA: that is what the handbook is for. With two kinds
      // named, the question is which of them it is.
      const kinds = named.length > 1 ? [] : named.length ? named : ["fba"];
      const forms = counts.has(this.template) ? WEIGHTS.forms : {};
      return ({ kind, orders }) => {
        const right = orders.includes("any") || orders.some((order) => kinds.includes(order));
        return WEIGHTS.kinds[kind] * (forms[kind] ?? 1) * (right ? 1 : WEIGHTS.otherOrder);
      };
    }

    // The best first: by their words, and by how likely their topics are what is asked about.
    ranked(hits, likely) {
      const { unlikely, most, least } = WEIGHTS;
      for (const hit of likely ? hits : []) {
        hit.score *= Math.max(unlikely, ...hit.entry.topics.map((topic) => likely[topic])) ** WEIGHTS.likely;
      }
      const best = hits.sort((one, other) => other.score - one.score).slice(0, most);
      return this.spread(best.filter(({ score }) => score >= best[0].score * least));
    }

    // Hits with the first ones on different pages and topics, where others come near.
    spread(hits) {
      const { samePage, sameTopic } = WEIGHTS;
      const [first, rest] = [[], [...hits]];
      const page = ({ entry }) => entry.url.split("#")[0];
      const worth = (hit) => {
        const pages = first.filter((other) => page(other) === page(hit)).length;
        const topics = hit.entry.topics.map((topic) => first.filter(({ entry }) => entry.topics.includes(topic)).length);
        return hit.score * samePage ** pages * sameTopic ** (topics.length ? Math.min(...topics) : 0);
      };
      while (first.length < WEIGHTS.first && rest.length) {
        const best = rest.reduce((one, other) => (worth(other) > worth(one) ? other : one));
        first.push(...rest.splice(rest.indexOf(best), 1));
      }
      return [...first, ...rest];
    }

    // Whether a key is a word of the other language that stands nowhere in this one.
    foreign(key) {
      return !this.known(key) && (this.language === "zh" ? LATIN.test(key) : HAN.test(key));
    }

    known(key) {
      return this.holding.has(key) || this.topics.holding.has(key) || this.words.asked.has(key) || this.words.terms.has(key);
    }

    // The query with each word that is not known replaced by the nearest that stands somewhere.
    corrected(query) {
      let out = query;
      for (const { key, start, end } of this.words.atoms(query).reverse()) {
        if (!LATIN.test(key) || this.known(key)) continue;
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
  return Index;
})();
