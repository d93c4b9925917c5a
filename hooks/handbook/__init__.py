"""The handbook's own knowledge: its content, how it is checked and how it is shown.

Read, with positions:
    source, yamldoc, document, message   files, parsed once
    models, validation                   schemas, and errors in an editor's words
    directives, anchors                  the blocks that a page may use, the places that it has
    content                              all of it, read once

Checked:
    checks                               what is wrong, one module for each kind
    messaging                            what a message may say
    urls, phones, facts, spelling        what an address, a number, a figure, a word is
    fingerprints, suppressions, fixes    what matched before, what is allowed, what mends itself
    findings, rules.yml, severity.yml    one list, in both languages

Shown:
    render, interface.yml, languages     records on a page: a Python-Markdown extension
    search, scripts                      what the browser loads on demand
    export, feed, sitemap, not_found     what belongs to the site as a whole
    revision                             from which commit, and of what date
    publish                              the finished site: small, cacheable, for every host

Asked for:
    cli, printers, faults                the command `handbook`
    fetching                             do the addresses outside work?
    codeowners                           who is asked about a change

Nothing here knows which site generator builds the pages; `hooks/events.py` does.
"""
