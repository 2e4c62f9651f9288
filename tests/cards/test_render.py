"""Markdown features one by one: what Obsidian shows, as HTML for Anki and the quiz page and as plain text."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vaultkit.cards.render.html import card_html, field_html
from vaultkit.cards.render.plain import card_text

LINK = '<span class="link" data-{}="{}">{}</span>'
CALLOUT = '<div class="callout" data-callout="{}"><p class="callout-title">{}</p>{}</div>'


@pytest.mark.parametrize(
    ("markdown", "html", "plain"),
    [
        # Paragraphs and lines
        pytest.param("a\nb", "a<br>b", "a\nb", id="a line end is a line break"),
        pytest.param("a\n\nb", "<p>a</p><p>b</p>", "a\n\nb", id="paragraphs"),
        pytest.param("a\\\nb", "a<br>b", "a\nb", id="a backslash at the end of a line"),
        pytest.param("a<br>b", "a<br>b", "a\nb", id="a break in HTML"),
        pytest.param("# A\n### B", "<h1>A</h1><h3>B</h3>", "A\n\nB", id="headings"),
        pytest.param("a\n\n---\n\nb", "<p>a</p><hr><p>b</p>", "a\n\n---\n\nb", id="a rule"),
        # Emphasis
        pytest.param("**a** *b* __c__ _d_", "<strong>a</strong> <em>b</em> <strong>c</strong> <em>d</em>", "a b c d", id="emphasis"),
        pytest.param("***very***", "<em><strong>very</strong></em>", "very", id="bold italic"),
        pytest.param("**a\nb**", "<strong>a<br>b</strong>", "a\nb", id="bold across lines"),
        pytest.param("snake_case_name 2 * 3 * 4", "snake_case_name 2 * 3 * 4", "snake_case_name 2 * 3 * 4", id="signs within words"),
        pytest.param("~~a~~ ~b~", "<s>a</s> ~b~", "a b", id="struck through by two tildes"),
        pytest.param("==a== ==**b** c==", "<mark>a</mark> <mark><strong>b</strong> c</mark>", "a b c", id="highlights"),
        pytest.param("==_x_== **==y==**", "<mark><em>x</em></mark> <strong><mark>y</mark></strong>", "x y", id="emphasis and highlight"),
        pytest.param("a == b and c==d", "a == b and c==d", "a == b and c==d", id="comparisons are none"),
        pytest.param("`a == b` \\==c==", "<code>a == b</code> ==c==", None, id="nor is code or an escaped sign"),
        # Escapes and entities
        pytest.param(r"\[1, 2\] \(x\)", "[1, 2] (x)", "[1, 2] (x)", id="escaped brackets are no formula"),
        pytest.param(r"2 \* 3 \$5 \_x\_", "2 * 3 $5 _x_", "2 * 3 $5 _x_", id="escapes"),
        pytest.param(r"\\(x\\) \\[y\\]", "\\\u2060(x\\) \\\u2060[y\\]", r"\(x\) \[y\]", id="a backslash begins no formula"),
        pytest.param("&lt;b&gt; &amp; AT&T &copy;", "&lt;b&gt; &amp; AT&amp;T ©", "<b> & AT&T ©", id="entities"),
        pytest.param("1 < 2 > 0", "1 &lt; 2 &gt; 0", "1 < 2 > 0", id="comparisons"),
        # Code
        pytest.param("`` a`b `` `<i>`", "<code>a`b</code> <code>&lt;i&gt;</code>", "a`b <i>", id="code"),
        pytest.param("`$x$ [[y]] %%z%% #t`", "<code>$x$ [[y]] %%z%% #t</code>", "$x$ [[y]] %%z%% #t", id="nothing in code"),
        pytest.param("```py\nif a < b:\n\n    ==c==\n```", '<pre><code class="language-py">if a &lt; b:\n\n    ==c==</code></pre>', "if a < b:\n\n    ==c==", id="a fence"),
        pytest.param("~~~\n```\n~~~", "<pre><code>```</code></pre>", "```", id="another fence"),
        # Formulas
        pytest.param("$x^2$ and $$y$$", r"\(x^2\) and \[y\]", "$x^2$ and $$y$$", id="formulas"),
        pytest.param("$$\ne^{i\\pi} + 1 = 0\n$$", r"\[e^{i\pi} + 1 = 0\]", "$$e^{i\\pi} + 1 = 0$$", id="in lines of their own"),
        pytest.param("f =\n$$\\begin{cases} a & b \\\\\n c_1 & d_1 \\end{cases}$$", "f =<br>\\[\\begin{cases} a &amp; b \\\\\n c_1 &amp; d_1 \\end{cases}\\]", None, id="in several lines"),
        pytest.param("$a_1 * b_2 * c$ $\\{x\\}$", r"\(a_1 * b_2 * c\) \(\{x\}\)", "$a_1 * b_2 * c$ $\\{x\\}$", id="no Markdown within"),
        pytest.param("$5 and $6, \\$7", "$5 and $6, $7", "$5 and $6, $7", id="dollars"),
        pytest.param("2 * 3 $$y*z$$ * $a*b$", r"2 * 3 \[y*z\] * \(a*b\)", "2 * 3 $$y*z$$ * $a*b$", id="between stars"),
        pytest.param("`$a` $b$ `c$` \\$d$ $$e", r"<code>$a</code> \(b\) <code>c$</code> $d$ $$e", None, id="beside code, escaped, open"),
        pytest.param("$a < b$", r"\(a &lt; b\)", "$a < b$", id="escaped for HTML"),
        pytest.param("> $$\n> x\n> $$", r"<blockquote><p>\[x\]</p></blockquote>", None, id="in a quote"),
        # Lists
        pytest.param("- a\n    - b\n- c", "<ul><li>a<ul><li>b</li></ul></li><li>c</li></ul>", "- a\n  - b\n- c", id="nested items"),
        pytest.param("3. mix\n4. bake", '<ol start="3"><li>mix</li><li>bake</li></ol>', "3. mix\n4. bake", id="a list that begins with 3"),
        pytest.param("1. a\n\n2. b", "<ol><li><p>a</p></li><li><p>b</p></li></ol>", "1. a\n2. b", id="a blank line ends no list"),
        pytest.param("1. a\n   ```\n   x\n   ```\n2. b", "<ol><li>a<pre><code>x</code></pre></li><li>b</li></ol>", None, id="nor does code"),
        pytest.param("- [ ] a\n- [x] b\n- [/] c", '<ul><li><input type="checkbox" disabled> a</li><li><input type="checkbox" disabled checked> b</li><li><input type="checkbox" disabled checked> c</li></ul>', "- [ ] a\n- [x] b\n- [x] c", id="tasks"),
        pytest.param("1. a\n- [ ] b", '<ol><li>a</li></ol><ul><li><input type="checkbox" disabled> b</li></ul>', "1. a\n- [ ] b", id="a task below a number"),
        # Tables
        pytest.param("| a | b |\n| - | :-: |\n| 1 | 2 |", '<table><thead><tr><th>a</th><th style="text-align:center">b</th></tr></thead><tbody><tr><td>1</td><td style="text-align:center">2</td></tr></tbody></table>', "a | b\n1 | 2", id="a table"),
        pytest.param("| a |\n| - |\n| 1 \\| 2 |", "<table><thead><tr><th>a</th></tr></thead><tbody><tr><td>1 | 2</td></tr></tbody></table>", "a\n1 | 2", id="a pipe in a cell"),
        pytest.param("| a |\n| - |\n| [[B\\|c]] |", f"<table><thead><tr><th>a</th></tr></thead><tbody><tr><td>{LINK.format('to', 'B', 'c')}</td></tr></tbody></table>", "a\nc", id="a link in a cell"),
        pytest.param("Text\n| a |\n| - |\n| 1 |", "<p>Text</p><table><thead><tr><th>a</th></tr></thead><tbody><tr><td>1</td></tr></tbody></table>", "Text\n\na\n1", id="right below text"),
        # Links
        pytest.param("[[Note]] [[Note|word]] [[A#B]] [[#B]]", " ".join(LINK.format("to", *pair) for pair in (("Note", "Note"), ("Note", "word"), ("A#B", "A &gt; B"), ("#B", "B"))), "Note word A > B B", id="wikilinks"),
        pytest.param("[x](note.md) [y](my%20note.md \"t\") [z](<a b.md>)", " ".join(LINK.format("href", *pair) for pair in (("note.md", "x"), ("my%20note.md", "y"), ("a b.md", "z"))), "x y z", id="links to notes"),
        pytest.param("[x](https://e.org/a_b \"t\")", '<a href="https://e.org/a_b" rel="noreferrer noopener">x</a>', "x (https://e.org/a_b)", id="links to the web"),
        pytest.param("https://e.org/a_b_c. (https://e.org/x(1))", '<a href="https://e.org/a_b_c" rel="noreferrer noopener">https://e.org/a_b_c</a>. (<a href="https://e.org/x(1)" rel="noreferrer noopener">https://e.org/x(1)</a>)', "https://e.org/a_b_c. (https://e.org/x(1))", id="bare addresses"),
        pytest.param("[x](javascript:alert(1))", '<span class="link">x</span>', "x", id="a script is no link"),
        pytest.param("#tag #a/b", '<span class="tag">#tag</span> <span class="tag">#a/b</span>', "#tag #a/b", id="tags"),
        # Hidden
        pytest.param("a %%note to self%% b", "a  b", "a  b", id="a comment"),
        pytest.param("a\n%%\nb\n%%\nc", "a<br>c", "a\nc", id="a comment in lines of its own"),
        pytest.param("a <!-- x --> b", "a  b", "a  b", id="a comment in HTML"),
        pytest.param("a ^id-1", "a", "a", id="a block id"),
        # Callouts, quotes, footnotes
        pytest.param("> a\n> b", "<blockquote><p>a<br>b</p></blockquote>", "> a\n> b", id="a quote"),
        pytest.param("> [!warning] Mind *this*\n> body", CALLOUT.format("warning", "Mind <em>this</em>", "<p>body</p>"), "> Mind this\n>\n> body", id="a callout"),
        pytest.param("> [!note]-\n> - x", CALLOUT.format("note", "Note", "<ul><li>x</li></ul>"), None, id="a folded callout without a title"),
        pytest.param("a[^1]\n\n[^1]: *b*", '<p>a<sup class="footnote">1</sup></p><ol class="footnotes"><li><em>b</em></li></ol>', "a[1]\n\n[1] b", id="a footnote"),
        pytest.param("a^[b]", '<p>a<sup class="footnote">1</sup></p><ol class="footnotes"><li>b</li></ol>', "a[1]\n\n[1] b", id="a footnote in the line"),
        pytest.param("a[^9]", "a[^9]", "a[^9]", id="a footnote that is not in the card"),
        # HTML
        pytest.param("<u>a</u> H<sub>2</sub>O", "<u>a</u> H<sub>2</sub>O", "a H2O", id="kept tags"),
        pytest.param("<b>a", "<b>a</b>", "a", id="an open tag is closed"),
        pytest.param("a</div></b>", "a", "a", id="a tag that nothing opened"),
        pytest.param('x <span style="color:red;background:url(x)" onclick="y">z</span>', 'x <span style="color:red">z</span>', "x z", id="safe attributes"),
        pytest.param("x <script>y</script>", "x &lt;script&gt;y&lt;/script&gt;", "x <script>y</script>", id="a script is text"),
        pytest.param('x <img src=x onerror=y>', "x &lt;img src=x onerror=y&gt;", None, id="so is a picture"),
        pytest.param("a⸢1⸣b ==c==", "a⸢1⸣b <mark>c</mark>", "a⸢1⸣b c", id="the renderer's own signs"),
    ],
)  # fmt: skip
def test_features(markdown: str, html: str, plain: str | None) -> None:
    assert field_html(markdown) == html
    assert plain is None or card_text(markdown) == plain


@pytest.mark.parametrize(
    ("markdown", "expected"),
    [
        ("![](img/my%20pic.png)", [("img/my pic.png", "")]),
        ("![alt](<img/my pic.png>)", [("img/my pic.png", "alt")]),
        ('![alt](img/pic.png "title")', [("img/pic.png", "alt")]),
        ("![alt|100](p.png) ![60](p.png)", [("p.png", "100"), ("p.png", "60")]),
        ("![[p.png]] ![[p.png|100]] ![[p.png\\|100]]", [("p.png", ""), ("p.png", "100"), ("p.png", "100")]),
        ("![[p.png|alt|100x50]]", [("p.png", "100x50")]),
        ("![[doc.pdf#page=2]] ![[Note#Part]]", [("doc.pdf#page=2", ""), ("Note#Part", "")]),
        ("![](https://e.org/a_b.png)", [("https://e.org/a_b.png", "")]),
        ("[![](p.png)](https://e.org)", [("p.png", "")]),
        ("`![[p.png]]` %%![[q.png]]%%", []),
        ("| a |\n| - |\n| ![[p.png\\|100]] |", [("p.png", "100")]),
        ("> [!note] ![[p.png]]", [("p.png", "")]),
    ],
)
def test_embeds(markdown: str, expected: list[tuple[str, str]]) -> None:
    asked: list[tuple[str, str]] = []

    def embed(target: str, size: str) -> str:
        asked.append((target, size))
        return "PICTURE"

    assert card_html(markdown, embed).count("PICTURE") == len(expected)
    assert asked == expected


@given(st.text(alphabet="ab *_`$=[]()|!#%^~<>\\&\n-1.:>⸢⸣", max_size=60))
def test_any_text_is_shown_and_safe(text: str) -> None:
    import lxml.html

    markup = card_html(text)
    lxml.html.fragment_fromstring(markup, create_parent=True)
    assert "<script" not in markup and "onerror" not in markup
    card_text(text)


@pytest.mark.parametrize(
    "text",
    ["`" * 5000, "[" * 5000, "**a" * 2000, "$" * 5001, "> " * 500 + "x", "- " * 500, "==a " * 3000, "<b>" * 2000],
)
def test_no_text_is_slow(text: str) -> None:
    start = time.perf_counter()
    card_html(text)
    card_text(text)
    assert time.perf_counter() - start < 4
