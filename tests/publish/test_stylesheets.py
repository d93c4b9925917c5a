"""What no page uses goes out of a style sheet; what a page or a script names stays."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from handbook.publish.pages import SitePage
from handbook.publish.stylesheets import Names, Sheet, trim

PAGE = """<!doctype html><html lang="zh"><body class="a b" id="top" data-md-color-scheme="slate">
<p class="text" dir="ltr">words <a href="x">link</a></p><input type="checkbox"></body></html>"""
SCRIPT = 'element.className = "made-by-script"; kind = "chip--" + name; e=t;'


def names(html: str = PAGE, *scripts: str) -> Names:
    return Names.of([SitePage("index.html", LexborHTMLParser(html))], scripts)


@pytest.mark.parametrize(
    ("css", "kept"),
    [
        pytest.param(".a{color:red}", ".a{color:red}", id="class on a page"),
        pytest.param(".zz{color:red}", "", id="class on no page"),
        pytest.param("#top{top:0}", "#top{top:0}", id="id on a page"),
        pytest.param("#bottom{top:0}", "", id="id on no page"),
        pytest.param("p a{top:0}", "p a{top:0}", id="elements"),
        pytest.param("video{top:0}", "", id="element on no page"),
        pytest.param(".a .zz,.b{top:0}", ".b{top:0}", id="one selector of two"),
        pytest.param("[dir=ltr] p{top:0}", "[dir=ltr] p{top:0}", id="attribute and value"),
        pytest.param("[dir=rtl] p{top:0}", "", id="value on no page"),
        pytest.param("[open] p{top:0}", "", id="attribute on no page"),
        pytest.param('[href^="http"]{top:0}', '[href^="http"]{top:0}', id="part of a value"),
        pytest.param(".a:not(.zz){top:0}", ".a:not(.zz){top:0}", id="what must not be there"),
        pytest.param("p:is(.zz,.text){top:0}", "p:is(.zz,.text){top:0}", id="one of several"),
        pytest.param("p:is(.zz,.yy){top:0}", "", id="none of several"),
        pytest.param("p::before{top:0}", "p::before{top:0}", id="pseudo-element"),
        pytest.param("@media print{.a{top:0}.zz{top:0}}", "@media print{.a{top:0}}", id="media"),
        pytest.param("@media print{.zz{top:0}}", "", id="media that is empty then"),
        pytest.param("/* why */ .a { top : 0 ; }", ".a{top:0}", id="comments and white space"),
        pytest.param(".a{top:0!important}", ".a{top:0!important}", id="important"),
        pytest.param(
            "@keyframes spin{from{top:0}to{top:1px}}",
            "@keyframes spin{from{top:0}to{top:1px}}",
            id="other blocks stay",
        ),
        pytest.param(
            ".a{--x:1;--y:2;top:var( --x )}", ".a{--x:1;top:var( --x )}", id="variable that is read"
        ),
        pytest.param(
            ".a{--x:var(--y);--y:2;top:0}", ".a{top:0}", id="variables that only each other read"
        ),
        pytest.param(
            ".a{margin:-1px 0 calc(1px + 2%)}", ".a{margin:-1px 0 calc(1px + 2%)}", id="values"
        ),
    ],
)
def test_what_stays(css: str, kept: str) -> None:
    assert trim([Sheet(css)], names()) == kept


def test_what_a_script_names_stays() -> None:
    css = ".made-by-script{top:0}.chip--fba{top:0}.chop--fba{top:0}"
    assert trim([Sheet(css)], names(PAGE, SCRIPT)) == ".made-by-script{top:0}.chip--fba{top:0}"


def test_scripts_in_pages_count_too() -> None:
    html = PAGE.replace("</body>", '<script>box.id = "made-inline"</script></body>')
    assert trim([Sheet("#made-inline{top:0}")], names(html)) == "#made-inline{top:0}"


def test_what_one_sheet_sets_another_may_read() -> None:
    theme = ".a{--x:1;--y:2;color:var(--x)}"
    own = ".b{--x:3;--z:4}"
    assert trim([Sheet(theme), Sheet(own)], names()) == ".a{--x:1;color:var(--x)}.b{--x:3}"


def test_addresses_are_given_anew_and_data_is_left_alone() -> None:
    css = '.a{background:url(x.svg)}.b{background:url("data:image/svg+xml,<svg/>")}'
    sheet = Sheet(css, lambda address: address.replace("x.svg", "../y.svg"))
    assert trim([sheet], names()) == (
        '.a{background:url("../y.svg")}.b{background:url("data:image/svg+xml,<svg/>")}'
    )


@given(st.lists(st.sampled_from(["a", "b", "zz", "yy"]), min_size=1, max_size=4))
def test_a_rule_stays_exactly_if_one_of_its_selectors_can_match(classes: list[str]) -> None:
    css = ",".join(f".{name}" for name in classes) + "{top:0}"
    used = [f".{name}" for name in classes if name in ("a", "b")]
    assert trim([Sheet(css)], names()) == (f"{','.join(used)}{{top:0}}" if used else "")


RULES = st.lists(
    st.sampled_from(
        [
            ".a{top:0}",
            ".zz,p::before{--x:1;content:'{'}",
            "@media print{.b{top:var(--x)}}",
            "@font-face{src:url(f.woff2)}",
            "} broken {",
            "/* a comment */",
            "p > a:not(.zz)[href$='.svg']{color:#Ff0000ff}",
        ]
    )
)


@given(RULES)
def test_twice_is_once(rules: list[str]) -> None:
    once = trim([Sheet("\n".join(rules))], names())
    assert trim([Sheet(once)], names()) == once


@given(st.text(alphabet=".#a{}[]();:,@\"'/* \\\n-1", max_size=40))
def test_no_text_breaks_it(css: str) -> None:
    assert isinstance(trim([Sheet(css)], names()), str)
