"""Random Markdown for comparing parsers: made from a grammar, or real notes that are mutated.

Three manners. ``soup``: unrelated lines, each with random containers and indent, which finds what
may interrupt what. ``document``: well-formed blocks inside blocks, then a few faults. ``mutated``:
a few lines of real notes, edited, with lines of other notes between them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from random import Random
from typing import Any

NBSP, WIDE, THIN, BOM, ZERO = "\u00a0", "\u3000", "\u2009", "\ufeff", "\u200b"
INDENTS = ["", "", "", "", "", "", " ", " ", "  ", "  ", "   ", "    ", "    ", "     ", "      ", "        ", "\t", "\t", " \t", "\t\t", "  \t", "\t ", NBSP, WIDE]  # fmt: skip
BULLETS = ["- ", "- ", "- ", "* ", "+ ", "-   ", "-    ", "-     ", "-\t", "*\t", "-  ", "1. ", "1. ", "2. ", "1) ", "10. ", "1.  ", "1.\t", "0. ", "007. ", "123456789. ", "1234567890. ", "- [ ] ", "- [x] ", "* [-] ", "1. [ ] ", "-", "1.", "*", "+", "-" + NBSP]  # fmt: skip
QUOTES = ["> ", "> ", "> ", ">", ">  ", ">\t", ">     ", ">>", "> > "]
WORDS = ["a", "b", "text", "two words", "x y z", "é", "日本", "😀", "A.", "1", "2024", "a:", "a\\", "**bold**", "*em*", "_u_", "__b__", "~~s~~", "==h==", "&amp;", "&nbsp;", "\\*", "\\[", "a|b", "<", ">", "!", "a*b", "2*3*4", "**a", "a**", "_a", "'q'", "...", "--", "->", "+1", "-1", "#", "%", "$", "$5", "`", "\\", "]", "[", "(", ")"]  # fmt: skip
LINKS = ["[[N]]", "[[N|t]]", "[[N\\|t]]", "![[a.png]]", "![[a.png|50]]", "[[N#H]]", "[[#H]]", "[[N#^b]]", "[[[N]]", "[[N]]]", "[[a|[b]]]", "[[a|b|c]]", "[[ N | t ]]", "[[N", "N]]", "[[]]", "[[|a]]", "[[a|]]", "[[a\nb]]", "[[a[b]]", "[[a]b]]", "[[`a`]]", "[[a$b$]]", "[t](N.md)", "[t](<N b.md>)", "[t](N b.md)", "[t](N.md \"title\")", "[t](N.md 'x')", "[t](N.md (x))", "![t](a.png)", "![](a.png)", "![t|100](a.png)", "[t](#h)", "[t](a:b)", "[t](https://e.org/a_(b))", "[t]()", "[](N.md)", "[t](N%20b.md)", "[t](N.md", "[t] (N.md)", "[t]([[N]])", "[[N]](b.md)", "[[t](N.md)](M.md)", "[![t](a.png)](N.md)", "[^1](N.md)", "[t](a(b)c.md)", "[t](a\\)b.md)", "[*t*](N.md)", "[`t`](N.md)", "[`]`](N.md)", "[t][id]", "[id]", "[t][]", "[t](\nN.md)", "[t\nu](N.md)", "[t](N.md\n\"x\")", "<https://e.org>", "<a@b.org>", "https://e.org/a", "www.e.org", "a@b.org"]  # fmt: skip
SPANS = ["`c`", "`` ` ``", "`[[N]]`", "`a\nb`", "``", "`` c", "$x$", "$a [[N]] b$", "$$x$$", "$ x $", "$5 and $6", "$x", "\\$x$", "<b>", "</b>", "<br>", "<br/>", "<i>[[N]]</i>", "<!-- c -->", "<!--", "-->", "<span a=\"b\">", "<a href='[[N]]'>", "<?p?>", "<x-y>", "#tag", "#a/b", "<br>#tag", "#1", "%%c%%", "%% [[N]] %%", "%%", "^id", " ^id", "[^1]", "[^a b]", "^[note]", "^[[[N]]]", "^[a [t](N.md)]", "[[^^x]]", "  \n", "\\\n", "{{x}}", "<% x %>", "::", "~~a~~", "*a [[N]]* b", "**a `b** c`", "*[t*](N.md)", "![[N]](x)"]  # fmt: skip
FENCES = ["```", "```", "~~~", "````", "```js", "``` js", "~~~~", "```a`b", "~~~ a~b", "``", "``` ", "```\t", "~~~\t", "```{a}"]  # fmt: skip
MATHS = ["$$", "$$", "$$$", "$$ ", "$$\t", "x $$", "$$ x", "$$ x $$", "$$x$$", "$$ a $b$", "y $$ z", "$$a", "$", "\\$$", "$$ $"]  # fmt: skip
RULES = ["---", "---", "***", "___", "- - -", "* * *", "--", "-", "=", "===", "=====", "---- ", "---\t", "== =", "_ _ _", "--- a", "-- -", "***a", "+++"]  # fmt: skip
HEADS = ["# H", "## H", "### H ##", "#", "# ", "#H", "####### H", "## H #", "# H \\#", "#\tH", "# [[N]]", "#" + NBSP + "H", "# H  ", "######", "## ##", "# `a` #b", "## H#", "# H ^id"]  # fmt: skip
ROWS = ["| a | b |", "| a | b |", "|-|-|", "| - | - |", "| --- | --- |", "|:-:|:-|", "a | b", "-|-", "- | -", "|-|", "| a |", "|-|-|-|", "| - | - ", " | - | - |", "|a|b|c|", "| [[N|t]] | b |", "| [[N\\|t]] | b |", "| `a|b` | c |", "| a \\| b | c |", "|", "||", "| |", ":-", "--|--", "| $a|b$ | c |", "| ![[a.png|50]] |", "| a | [[N]] | [[M]] |", "|---", "---|", "| :--- | ---: |", "|- -|-|"]  # fmt: skip
HTML = ["<div>", "</div>", "<div>[[N]]</div>", "<!-- c -->", "<!--", "-->", "<!-- [[N]]", "c -->", "<br>", "<b>x</b>", "<script>", "</script>", "<style>a</style>", "<pre>", "</pre>", "<?php", "?>", "<!DOCTYPE html>", "<![CDATA[", "]]>", "<details>", "<summary>s</summary>", "<p align='c'>", "<custom-tag>", "<a href=\"x\">", "<img src='a.png'>", "<table><tr>", "<b", "<1>", "<div", "<hr/>", "</p> x", "<!--SR:!2024-01-01,1,230-->", "<!-->", "<!--->", "<!-- a -- b -->"]  # fmt: skip
DEFINITIONS = ["[id]: N.md", "[id]: <N b.md>", "[id]: https://e.org 't'", "[id]:", "[id]:\nN.md", "[id]: N.md 't", "[id]: N.md x", "[i d]: N", "[^1]: note", "[^1]:", "[^1]: [[N]]", "[^a]: x\n    y", "[^1]: x\n\n    y", "[^1]:\tx", "[^a b]: x", "[id]: N \"t\"", "[]: N", "[id]:N", "[\\]]: N", "[id]: N.md (t)"]  # fmt: skip
COMMENTS = ["%%", "%% c", "c %%", "%% c %%", "%%c%%", "%% c %% d", "%%%", "%%%%", "text %%", "%% [[N]]", "%%a%%b%%", "%% %% %%"]  # fmt: skip
CALLOUTS = ["[!note]", "[!tip] T", "[!x]- T", "[!note]+", "[! a]", "[!]", "[!note] [[N]]", "[!a|b] c", "[!note]x"]
IDS = ["^id", "^id ", " ^id", "^a-1", "^", "^a_b", "text ^id", "text^id", "^id text", "^id\t"]
MATTERS = ["---\na: b\n---\n", "---\n---\n", "---\n\n---\n", "--- \na: b\n---\n", "---\na: b\n--- \n", "---\na: b\n...\n", "---\na: b\n", "----\na: b\n---\n", "---\n: [\n---\n", "\n---\na: b\n---\n", " ---\na: b\n---\n", "---\na: '[[N]]'\n---\n", "---\na: b\n---", BOM + "---\na: b\n---\n", BOM]  # fmt: skip
BLANKS = ["", "", "", "", "", " ", "  ", "    ", "\t", NBSP, ">", "\f", "\u2028", ZERO]
PIECES = [WORDS, WORDS, LINKS, LINKS, SPANS]
LEAVES = [WORDS, WORDS, FENCES, MATHS, RULES, HEADS, ROWS, ROWS, HTML, DEFINITIONS, COMMENTS, IDS, LINKS, CALLOUTS]
INSERTS = [*PIECES, FENCES, MATHS, RULES, HEADS, ROWS, HTML, DEFINITIONS, COMMENTS, BULLETS, QUOTES, INDENTS, BLANKS, IDS]  # fmt: skip
CHARACTERS = " \t\n-*+>#`~$%|[]()!<>^:=_\\\"'1.&" + NBSP + THIN + "\v\f"


class QuickRandom(Random):
    """Random whose `choice` is fast; the tiny bias of a float does not matter here."""

    def choice(self, seq: Sequence[Any]) -> Any:
        """One member of the sequence."""
        return seq[int(self.random() * len(seq))]


def inline(rng: Random, most: int = 4) -> str:
    """A few inline pieces, with or without spaces between them."""
    count = rng.randint(1, most)
    text = ""
    for number in range(count):
        text += (rng.choice((" ", " ", " ", "", "  ")) if number else "") + rng.choice(rng.choice(PIECES))
    return text


def leaf(rng: Random) -> str:
    """One line (rarely two) of a random kind of block."""
    text = inline(rng) if rng.random() < 0.25 else rng.choice(rng.choice(LEAVES))
    if rng.random() < 0.08:
        text += rng.choice((" ", "  ", "\t", " ^id", NBSP, "   ", "\\"))
    if rng.random() < 0.06:
        text += " " + inline(rng, 2)
    return text


def prefix(rng: Random) -> str:
    """Zero to three containers, each with an indent."""
    text = rng.choice(INDENTS) if rng.random() < 0.35 else ""
    while rng.random() < 0.36 and len(text) < 24:
        text += rng.choice(BULLETS) if rng.random() < 0.6 else rng.choice(QUOTES)
        if rng.random() < 0.15:
            text += rng.choice(INDENTS)
    return text


def soup(rng: Random) -> str:
    """Unrelated lines; a line often takes over the indent or the containers of the one before it."""
    lines: list[str] = []
    before = ""
    for _ in range(rng.randint(1, rng.choice((3, 4, 5, 6, 8, 14)))):
        if rng.random() < 0.22:
            lines.append(rng.choice(BLANKS))
            continue
        kept = rng.random()
        if kept < 0.2:
            now = before
        elif kept < 0.35:
            now = "".join(" " if character not in ">\t" else character for character in before)
        else:
            now = prefix(rng)
        lines.append(now + leaf(rng))
        before = now
    return "\n".join(lines)


def block(rng: Random, depth: int) -> list[str]:
    """The lines of one well-formed block."""
    return rng.choice(_BLOCKS if depth > 0 else _FLAT)(rng, depth)


def blocks(rng: Random, depth: int, most: int) -> list[str]:
    """Blocks with blank lines between most of them."""
    lines: list[str] = []
    for number in range(rng.randint(1, most)):
        if number and rng.random() < 0.7:
            lines.append(rng.choice(BLANKS) if rng.random() < 0.2 else "")
        lines.extend(block(rng, depth))
    return lines


def _paragraph(rng: Random, depth: int) -> list[str]:
    return [inline(rng) for _ in range(rng.randint(1, 3))]


def _fence(rng: Random, depth: int) -> list[str]:
    mark = rng.choice(("```", "~~~", "````"))
    body = [leaf(rng) for _ in range(rng.randint(0, 3))]
    return [mark + rng.choice(("", "", "js", " py")), *body, mark + rng.choice(("", "", "", " ", "\t", "`", " x"))]


def _math(rng: Random, depth: int) -> list[str]:
    body = [leaf(rng) for _ in range(rng.randint(0, 2))]
    return [rng.choice(("$$", "$$", "$$$", "$$ x", "x $$")), *body, rng.choice(("$$", "$$", "x $$", "$$ x", "$$$"))]


def _table(rng: Random, depth: int) -> list[str]:
    columns = rng.randint(1, 4)
    bar = rng.choice(("| ", "| ", "|", ""))
    rows = [["h"] * columns, [rng.choice(("-", "---", ":-", ":-:")) for _ in range(columns)]]
    rows += [[inline(rng, 2) for _ in range(rng.choice((columns, columns, columns + 1, 1)))] for _ in range(rng.randint(0, 3))]  # fmt: skip
    return [bar + " | ".join(row) + (" |" if bar else "") for row in rows]


def _html(rng: Random, depth: int) -> list[str]:
    return [rng.choice(HTML), *(leaf(rng) for _ in range(rng.randint(0, 2))), rng.choice(HTML)]


def _comment(rng: Random, depth: int) -> list[str]:
    return ["%%", *(leaf(rng) for _ in range(rng.randint(0, 3))), rng.choice(("%%", "%%", "a %%", "%% a"))]


def _heading(rng: Random, depth: int) -> list[str]:
    if rng.random() < 0.4:
        return [inline(rng, 2), rng.choice(("---", "===", "-", "=", "--- ", "  ---"))]
    return [rng.choice(("#", "##", "###")) + " " + inline(rng, 2)]


def _single(rng: Random, depth: int) -> list[str]:
    return [rng.choice(rng.choice((RULES, DEFINITIONS, IDS, COMMENTS, HEADS)))]


def _list(rng: Random, depth: int) -> list[str]:
    bullet = rng.choice(BULLETS)
    lines: list[str] = []
    for number in range(rng.randint(1, 4)):
        if rng.random() < 0.2:
            bullet = rng.choice(BULLETS)
        inner = blocks(rng, depth - 1, 2) if rng.random() < 0.8 else [""]
        width = rng.choice((len(bullet), len(bullet), len(bullet), 2, 4, 3, 1, 0))
        pad = "\t" if rng.random() < 0.15 else " " * width
        lines.append(bullet + inner[0])
        lines += [pad + line if line or rng.random() < 0.1 else line for line in inner[1:]]
        if number and rng.random() < 0.25:
            lines.append("")
    return lines


def _quote(rng: Random, depth: int) -> list[str]:
    mark = rng.choice(("> ", "> ", "> ", ">", ">\t"))
    inner = blocks(rng, depth - 1, 3)
    if rng.random() < 0.3:
        inner.insert(0, rng.choice(CALLOUTS))
    return [line if rng.random() < 0.07 else mark + line for line in inner]


def _indented(rng: Random, depth: int) -> list[str]:
    return [rng.choice(("    ", "    ", "\t", "     ")) + leaf(rng) for _ in range(rng.randint(1, 3))]


_Block = Callable[[Random, int], list[str]]
_FLAT: list[_Block] = [_paragraph, _paragraph, _fence, _math, _table, _html, _comment, _heading, _single, _indented]
_BLOCKS: list[_Block] = [*_FLAT, _list, _list, _list, _list, _quote, _quote, _quote]


def document(rng: Random) -> str:
    """Well-formed blocks, half of the time with a few mutations."""
    lines = blocks(rng, rng.randint(0, 3), rng.choice((1, 2, 3, 4)))
    lines = [part for line in lines for part in line.split("\n")]
    if rng.random() < 0.5:
        lines = mutate_lines(rng, lines, rng.randint(1, 3))
    return "\n".join(lines)


def mutate_lines(rng: Random, lines: list[str], times: int) -> list[str]:
    """Edit lines: drop, double, swap, indent, unindent, insert pieces and characters."""
    lines = list(lines)
    for _ in range(times):
        if not lines:
            return [leaf(rng)]
        at, what = rng.randrange(len(lines)), rng.randrange(11)
        line = lines[at]
        spot = rng.randint(0, len(line))
        if what == 0:
            del lines[at]
        elif what == 1:
            lines.insert(rng.randrange(len(lines) + 1), line)
        elif what == 2:
            other = rng.randrange(len(lines))
            lines[at], lines[other] = lines[other], lines[at]
        elif what == 3:
            lines[at] = rng.choice(INDENTS) + line
        elif what == 4:
            lines[at] = line[rng.randint(1, 4) :] if line[:1] in " \t>-" else line.lstrip()
        elif what == 5:
            lines[at] = line[:spot] + rng.choice(rng.choice(INSERTS)) + line[spot:]
        elif what == 6:
            lines[at] = line[:spot] + rng.choice(CHARACTERS) + line[spot:]
        elif what == 7:
            lines[at] = line[:spot] + line[spot + rng.randint(1, 3) :]
        elif what == 8:
            lines.insert(at, prefix(rng) + leaf(rng))
        elif what == 9:
            lines.insert(at, rng.choice(BLANKS))
        else:
            lines[at] = prefix(rng) + line
    return lines


def generated(rng: Random) -> str:
    """A note from the grammar: soup or document, now and then with front matter or an odd end."""
    text = soup(rng) if rng.random() < 0.6 else document(rng)
    if rng.random() < 0.02:
        text = rng.choice(MATTERS) + text
    return text + rng.choice(("", "", "\n", "\n", "\n", "\n\n", " \n"))


def read_notes(folders: Sequence[Path], longest: int = 60_000) -> list[list[str]]:
    """The lines of each note below the folders, in the order of their paths; CRLF is read as LF."""
    notes: list[list[str]] = []
    for path in sorted(path for folder in folders for path in folder.rglob("*.md") if path.is_file()):
        data = path.read_bytes()
        if len(data) <= longest and b"\0" not in data:
            text = data.decode("utf-8", errors="replace").replace("\r\n", "\n").replace("\r", "\n")
            notes.append(text.removeprefix(BOM).split("\n"))
    return notes


def mutated(rng: Random, notes: Sequence[list[str]], longest: int = 1500) -> str:
    """A window of a real note, edited, one time in three with lines of another note spliced in."""
    lines = _window(rng, notes, rng.choice((3, 6, 12, 25)))
    if rng.random() < 0.33:
        at = rng.randrange(len(lines) + 1)
        lines[at:at] = _window(rng, notes, rng.choice((1, 2, 4)))
    return "\n".join(line[:longest] for line in mutate_lines(rng, lines, rng.randint(0, 4)))


def _window(rng: Random, notes: Sequence[list[str]], most: int) -> list[str]:
    lines = rng.choice(notes)
    start = 0 if rng.random() < 0.15 else rng.randrange(len(lines))
    return lines[start : start + rng.randint(1, most)]
