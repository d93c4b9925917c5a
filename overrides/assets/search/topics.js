// What a query asks about, learned from questions whose topic is known: naive Bayes over their keys.
// Topics are numbers from 0.
"use strict";

class HandbookTopics {
  // questions: for each topic, questions that ask about it, one a line.
  constructor(questions, words) {
    this.asked = questions.map((lines) => lines.split("\n").filter(Boolean).length);
    this.holding = new Map(); // key → how many questions of each topic hold it
    questions.forEach((lines, topic) => {
      for (const question of lines.split("\n")) {
        for (const key of new Set(words.query(question).map((token) => token.key))) {
          if (!this.holding.has(key)) this.holding.set(key, questions.map(() => 0));
          this.holding.get(key)[topic]++;
        }
      }
    });
  }

  // How likely each topic is what these keys ask about, together 1; null if none of them is known.
  likely(keys) {
    const known = keys.map((key) => this.holding.get(key)).filter(Boolean);
    if (!known.length) return null;
    const sum = (numbers) => numbers.reduce((all, one) => all + one, 0);
    const total = sum(this.asked);
    // Each key stands in as many questions of a topic as were seen, and in one more by its share of
    // all: an unseen one makes a topic unlikely, not impossible.
    const logs = this.asked.map((asked, topic) => known.reduce((log, holding) => {
      const share = sum(holding) / total;
      return log + Math.log((holding[topic] + share) / (asked + 1) / share);
    }, Math.log(asked + 1)));
    const most = Math.max(...logs);
    const odds = logs.map((log) => Math.exp(log - most));
    return odds.map((one) => one / sum(odds));
  }
}
