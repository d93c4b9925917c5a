// What the search knows about words: how a text is cut into what it is found by, and which of these
// a query looks for. A token is {key, start, end}: what is looked up, and where it stands.
"use strict";

const HandbookWords = (() => {
  // A telephone number: 7 to 15 digits, with what people put between them.
  const PHONE = /(?<![\da-z])(?:\+|00)?\d(?:[\s()./–-]{0,2}\d){6,14}(?![\da-z])/gu;
  // A word: Han characters one by one, everything else by runs of letters and digits.
  const ATOM = /\p{Script=Han}|(?!\p{Script=Han})[\p{L}\p{N}](?:(?!\p{Script=Han})[\p{L}\p{N}\p{M}]|(?<=\p{L})['’](?=\p{L}))*/gu;
  const HAN = /\p{Script=Han}/u;

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

  return class {
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

    // Whether a key is one Han character, to be found in every pair that begins with it.
    static single(key) {
      return key.length === 2 && HAN.test(key);
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
  };
})();
