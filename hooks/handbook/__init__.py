"""The handbook's own knowledge: its content, how it is checked and how it is shown.

    source, yamldoc, document, message   files, parsed once, with positions
    models, validation                   schemas, and errors in an editor's words
    content                              all of it, read once
    checks, findings, rules.yml          what is wrong, in both languages
    render, interface.yml                records on a page: a Python-Markdown extension
    export, feed, sitemap, not_found     what belongs to the site as a whole
    revision                             from which commit, and of what date
    publish                              the finished site: small, cacheable, for every host
    printers, cli                        the command `handbook`

Nothing here knows which site generator builds the pages; `hooks/events.py` does.
"""
