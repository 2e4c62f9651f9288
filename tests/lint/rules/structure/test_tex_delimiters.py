"""ST012: math between TeX delimiters."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize(
    "files",
    [
        pytest.param(
            {"a.md": "See \\[15\\], \\[citation needed\\], \\[sic\\] and \\(above\\), \\(see below\\), \\(2020\\)."},
            id="escaped brackets in prose",
        ),
        pytest.param({"a.md": "- \\[x\\] done\n- \\[ \\] open\n\\(a\\) first\n\\(b\\) second\n"}, id="tasks and items"),
        pytest.param({"a.md": "`\\(x^2\\)`\n\n```\n\\[x^2\\]\n```\n\n    \\(x^2\\)\n"}, id="code"),
        pytest.param(
            {"a.md": "$\\left\\(x\\right\\)$ and $$\n\\begin{aligned} a \\\\[2pt] b \\end{aligned}\n$$\n"},
            id="inside math",
        ),
        pytest.param(
            {"a.md": "The regex \\(\\d+\\) and \\(\\w\\s\\S*\\), \\(my_var\\), \\(foo_bar_baz\\)"},
            id="a regular expression, names with underscores",
        ),
        pytest.param(
            {"a.md": "Copyright \\(C\\) 2020, file\\(s\\), sad :\\( and glad :\\), \\(x\\)"},
            id="lone letters and faces",
        ),
        pytest.param(
            {"a.md": "so $$\nA=\\begin{pmatrix}\n1\n\\end{pmatrix}\n$$ so $$\n\\begin{cases}x\\end{cases}\n"},
            id="dollars near",
        ),
        pytest.param({"a.md": "\\\\(x = 1\\\\)"}, id="escaped backslashes"),
        pytest.param({"a.md": "\\[[link]\\](https://example.org/x_1)"}, id="an escaped link"),
        pytest.param({"a.md": "\\(no\\), \\(US\\), \\(I am\\), \\[a or b\\]"}, id="words"),
    ],
)
def test_tex_delimiters_is_silent(lint, files):
    assert lint(files, "ST012") == []


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        pytest.param(
            {"a.md": "The loss is \\(L = \\sum_i l_i\\)."},
            [
                "a.md:1:13: ST012 tex-delimiters: unsupported math delimiters: `\\(L = \\sum_i l_i\\)` is shown as text; write `$…$` or `$$…$$`"
            ],
            id="inline",
        ),
        pytest.param(
            {"a.md": "so\n\\[\nE = mc^2\n\\]\n"},
            [
                "a.md:2:1: ST012 tex-delimiters: unsupported math delimiters: `\\[ E = mc^2 \\]` is shown as text; write `$…$` or `$$…$$`"
            ],
            id="display",
        ),
        pytest.param(
            {"a.md": "Let \\(x\\) be in \\(O(n)\\), \\(a + b\\) and \\(\\alpha\\)."},
            [
                "a.md:1:5: ST012 tex-delimiters: unsupported math delimiters: `\\(x\\)` is shown as text; the same in 3 more formulas of this note; write `$…$` or `$$…$$`"
            ],
            id="once a note",
        ),
        pytest.param(
            {"a.md": "> - \\[ x_{1}^2 \\]\n"},
            [
                "a.md:1:5: ST012 tex-delimiters: unsupported math delimiters: `\\[ x_{1}^2 \\]` is shown as text; write `$…$` or `$$…$$`"
            ],
            id="in a quote and a list",
        ),
        pytest.param(
            {"a.md": "so\n\\begin{align}\na &= b\n\\end{align}\n"},
            [
                "a.md:2:1: ST012 tex-delimiters: unsupported math delimiters: `\\begin{align} a &= b \\end{align}` is shown as text; write `$…$` or `$$…$$`"
            ],
            id="an environment",
        ),
    ],
)
def test_tex_delimiters_is_found(lint, files, expected):
    assert lint(files, "ST012") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "The loss \\( L = \\sum_i l_i \\), \\(x\\)", "The loss $L = \\sum_i l_i$, $x$", id="spaces inside"
        ),
        pytest.param(
            "so\n\\begin{align}\na &= b\n\\end{align}\n",
            "so\n$$\\begin{align}\na &= b\n\\end{align}$$\n",
            id="an environment",
        ),
        pytest.param("so\n\\[\nE = mc^2\n\\]\n", "so\n$$\nE = mc^2\n$$\n", id="display"),
    ],
)
def test_tex_delimiters_is_fixed(fixed, lint, text, expected):
    assert fixed({"a.md": text}, "ST012") == {"a.md": expected}
    assert lint({"a.md": expected}, "ST012") == []


@pytest.mark.parametrize(
    "text", [pytest.param("\\(x^2\\)5", id="a digit behind"), pytest.param("\\(x^2 = $5\\)", id="a dollar inside")]
)
def test_math_that_dollars_cannot_hold_has_no_fix(findings, text):
    assert [(one.line, one.fix) for one in findings({"a.md": text}, "ST012")] == [(1, None)]
