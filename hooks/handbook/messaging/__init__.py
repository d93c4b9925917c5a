"""What a message to a buyer may say: the rules, as data, and the reading of a text by them.

    rules.yml            each rule: what it forbids, why, on whose word, examples
    general.yml          what is looked for in every language
    words/<tag>.yml      what is looked for in one language, as phrases
    limits.yml           how long a message may be, by Amazon's own definition
    catalogue, limits    these read: for readers, and for each kind of order
    folding, phrases     a text and the phrases brought to one spelling
    expressions          what is looked for in every language, as regular expressions
    ruleset              all of it compiled; also as JSON, which the browser reads
    links, numbers       addresses and telephone numbers in a text
    tongue, sentences    whether it is the language that it should be; how many sentences it has
    examine              a text against the rules
    memory, verdicts     what need not be worked out again

`overrides/assets/messages/examine.js` does in the browser what folding, links, numbers, tongue and
examine do here, with the same compiled rules; the tests run the same texts through both.
"""
