"""What a message to a buyer may say: the rules, as data, and the reading of a text by them.

    rules.yml            each rule: what it forbids, why, on whose word, examples
    general.yml          what is looked for in every language
    words/<tag>.yml      what is looked for in one language, as phrases
    memory, verdicts     what need not be worked out again
    folding, phrases     a text and the phrases brought to one spelling
    ruleset              all of it compiled; also as JSON, which the browser reads
    links, numbers       addresses and telephone numbers in a text
    examine              a text against the rules

`overrides/assets/examine.js` does in the browser what folding, links, numbers and examine do here,
with the same compiled rules; the tests run the same texts through both.
"""
