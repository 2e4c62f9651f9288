"""How processor time of the parser grows when a note that was made to be slow doubles.

    python tests/bench/parser_growth.py [--only NAME] [--limit 2.3]

Each trap repeats a piece of text that makes a careless parser search again and again. A piece is repeated until
its note takes at least 20 ms, then twice as often. The exit status is 1 when a ratio is above the limit.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable

from vaultkit.note.parse import parse_text

Trap = Callable[[int], str]
SHORTEST = 0.02


def repeated(piece: str, head: str = "", tail: str = "") -> Trap:
    """Return the trap of a piece that is repeated."""
    return lambda count: head + piece * count + tail


def nested(opening: str, inside: str, closing: str) -> Trap:
    """Return the trap of a piece in itself."""
    return lambda count: opening * count + inside + closing * count


def root(count: int) -> int:
    """Return the number whose sum from 1 on is about ``count``."""
    return int((2 * count) ** 0.5)


def growing_backticks(count: int) -> str:
    return " a ".join("`" * length for length in range(1, root(count)))


def growing_dollars(count: int) -> str:
    return " a ".join("$" * length for length in range(1, root(count)))


def growing_stars(count: int) -> str:
    return " a ".join("*" * length for length in range(1, root(count)))


def growing_fences(count: int) -> str:
    return "\n\n".join("`" * length for length in range(root(count), 3, -1))


def deep_list(count: int) -> str:
    return "\n".join("  " * (line % 50) + "- a" for line in range(count))


def deeper_list(count: int) -> str:
    return "\n".join("  " * line + "- a" for line in range(root(count)))


def tabbed_list(count: int) -> str:
    return "\n".join("\t" * (line % 30) + "- a" for line in range(count))


def numbered_list(count: int) -> str:
    return "\n".join(f"{line}. a\n    b" for line in range(count))


TRAPS: dict[str, Trap] = {
    "brackets open": repeated("["),
    "brackets open, text": repeated("[a "),
    "brackets closed": repeated("]"),
    "brackets nested": nested("[", "a", "]"),
    "brackets alternate": repeated("[]"),
    "wikilinks open": repeated("[["),
    "wikilinks open, text": repeated("[[a "),
    "wikilinks open, lines": repeated("[[a\n"),
    "wikilinks, one bracket": repeated("[[a]"),
    "wikilinks nested": nested("[[", "a", "]]"),
    "wikilinks three": repeated("[[[a]]"),
    "embeds open": repeated("![["),
    "images open": repeated("![a"),
    "links open": repeated("[a]("),
    "links open, text": repeated("[a](b "),
    "links, angle": repeated("[a](<b"),
    "links, closing": repeated("]("),
    "links nested": nested("[", "a", "](b)"),
    "links in parens": nested("[a](", "b", ")"),
    "links, parens": lambda count: "[a](" + "(" * count,
    "links, parens and text": repeated("[a](b(c"),
    "links, escaped parens": repeated("[a](\\("),
    "links, title": repeated('[a](b "c '),
    "links, single title": repeated("[a](b 'c "),
    "links, paren title": repeated("[a](b (c "),
    "links, long destination": lambda count: "[a](" * count + "b" * count,
    "references": repeated("[a][b"),
    "references nested": nested("[", "a", "][b]"),
    "references after brackets": repeated("[a]["),
    "footnotes open": repeated("[^a"),
    "footnotes": repeated("[^a]"),
    "inline notes": repeated("^["),
    "inline notes, text": repeated("^[a "),
    "inline notes, code": repeated("^[`a "),
    "inline notes nested": nested("^[", "a", "]"),
    "stars": repeated("*"),
    "stars, text": repeated("*a "),
    "stars two": repeated("**a "),
    "stars three": repeated("***a "),
    "stars mixed": repeated("*a **b "),
    "stars left": repeated("a** "),
    "stars nested": nested("*a ", "b", " a*"),
    "stars two nested": nested("**a ", "b", " a**"),
    "stars growing": growing_stars,
    "underlines": repeated("_a "),
    "underlines in words": repeated("a_"),
    "underlines two": repeated("__a "),
    "stars and underlines": repeated("*a _b "),
    "stars and underlines closed": repeated("*a _b* c_ "),
    "tildes": repeated("~~a "),
    "tildes, space": repeated("~~ a"),
    "tildes after": repeated("a ~~"),
    "tildes and stars": repeated("~~a **b "),
    "backticks": repeated("`a "),
    "backticks two": repeated("`` a ` "),
    "backticks growing": growing_backticks,
    "dollars": repeated("$a "),
    "dollars closed by a digit": repeated("a$1 "),
    "dollars, space": repeated("a $"),
    "dollars two": repeated("$$a "),
    "dollars growing": growing_dollars,
    "dollars escaped": repeated("$\\"),
    "math open": repeated("$$\na\n\nb $$ c\n\n"),
    "angles": repeated("<"),
    "angles, letter": repeated("<a "),
    "angles, attribute": repeated("<a b='"),
    "angles, double quotes": repeated('<a b="c '),
    "angles, many attributes": lambda count: "<a" + " b" * count,
    "angles, white space": lambda count: "a <b" + " " * count,
    "angles, comments": repeated("a <!-- b "),
    "angles, comment dashes": repeated("a <!-- -"),
    "angles, instructions": repeated("a <?b "),
    "angles, cdata": repeated("a <![CDATA[b "),
    "angles, declarations": repeated("a <!A "),
    "html blocks": repeated("<div>\n\n"),
    "html blocks, comments": repeated("<!-- a\n\n"),
    "html blocks, scripts": repeated("<script>\n\n"),
    "html blocks, instructions": repeated("<?a\n\n"),
    "html below text": repeated("a\n<b\n"),
    "autolinks": repeated("<https://a "),
    "autolinks, schemes": repeated("<a:b"),
    "autolinks, mail": repeated("<a@b "),
    "e-mails": repeated("a@"),
    "e-mails, dots": repeated("a.a@"),
    "e-mails, underlines": lambda count: "x@ " + "_a" * count,
    "e-mails, one word": lambda count: "x@ " + "a" * count,
    "e-mails, underlines and spaces": lambda count: "x@ " + "_a.b-c" * count + " _",
    "addresses": repeated("https://"),
    "addresses, www": repeated("www."),
    "addresses, hosts": repeated("www.a."),
    "addresses, parens": lambda count: "https://a.b/" + "(" * count + ")" * count,
    "addresses, closing parens": repeated("https://a.b/)"),
    "addresses, entities": repeated("https://a.b/&a;"),
    "addresses and spaces": repeated("https://a.b/c "),
    "addresses then none": lambda count: "https://a.b " + "h w " * count,
    "definitions": repeated("[a\n\n"),
    "definitions, labels": repeated("[a]: \n\n"),
    "definitions, escapes": repeated("[a\\]\n\n"),
    "definitions, titles": repeated('[a]: b "c\n\n'),
    "definitions in quotes": repeated("> [a\n\n"),
    "definitions in items": repeated("- [a\n"),
    "footnote definitions": repeated("[^a]: b\n"),
    "footnote definitions, indent": lambda count: "[^a]: b\n" + "    c\n" * count,
    "footnote definitions, brackets": lambda count: "[^a]: b\n" + "[c\n" * count,
    "quotes nested": lambda count: ">" * count + " a",
    "quotes": repeated("> a\n"),
    "quotes, lazy": lambda count: "> a\n" + "b\n" * count,
    "quotes, many": repeated("> a\n\n"),
    "quotes nested, lines": lambda count: "> > > > > > a\n" * count,
    "quotes, setext": lambda count: "> a\n" + "b\n=" * count,
    "lists on a line": repeated("- "),
    "lists on a line, numbers": repeated("1. "),
    "lists deep": deep_list,
    "lists deeper": deeper_list,
    "lists with tabs": tabbed_list,
    "lists, numbers": numbered_list,
    "lists, blank lines": repeated("- a\n\n\n"),
    "lists, two markers": repeated("- a\n* b\n"),
    "lists, lazy": lambda count: "- a\n" + "b\n" * count,
    "lists, indented blank lines": lambda count: "- a\n" + "  \n" * count,
    "lists, empty items": repeated("-\n"),
    "lists, quotes": repeated("- > "),
    "lists, thematic": repeated("- - a"),
    "lists, headings": repeated("- # a\n  b\n"),
    "tasks": repeated("- [ ] [x] a\n"),
    "tables": lambda count: "|a|b|\n|-|-|\n" + "|a|b|\n" * count,
    "tables, columns": lambda count: "|a" * count + "\n" + "|-" * count + "\n",
    "tables, escapes": lambda count: "|a|b|\n|-|-|\n|" + "\\|" * count,
    "tables, no rule": repeated("| a | b\n"),
    "tables, rules": repeated("|-|-\n"),
    "setext": repeated("a\n- b\n"),
    "setext, equals": repeated("a\n=b\n"),
    "setext, dashes": lambda count: "a\n" + "-" * count + "b",
    "thematic": lambda count: "* " * count + "a",
    "paragraph lines": repeated("a\n"),
    "paragraph, spaces": lambda count: "a\n" + " " * count + "b",
    "paragraph, blank spaces": lambda count: "a\n" + " \n" * count,
    "paragraph, math": repeated("a $$\n"),
    "hashes": repeated("#"),
    "hashes, words": repeated("#a"),
    "hashes closing": lambda count: "# a" + " #" * count + " b",
    "hashes closing, spaces": lambda count: "# a" + " " * count + "b #",
    "tags": repeated("#a "),
    "tags, slashes": lambda count: "#a" + "/" * count,
    "fences": repeated("```\n~~~\n"),
    "fences growing": growing_fences,
    "fences, indented": lambda count: "```\n" + "    ```\n" * count,
    "indented code": repeated("    a\n\n"),
    "indented code, blank": lambda count: "    a\n" + "   \n" * count,
    "comments": repeated("%% a\n\n"),
    "comments in lines": repeated("a %% b\n"),
    "comments, odd": repeated("%%%"),
    "block ids": repeated("a ^b\n"),
    "block ids alone": repeated("^b\n\n"),
    "block ids, carets": repeated("^"),
    "block ids, long": lambda count: ("^" + "a" * 50) * (count // 50 + 1) + "!",
    "block ids, spaces": lambda count: "^a" + " " * count + "b",
    "callouts": repeated("> [!a\n\n"),
    "entities": repeated("&"),
    "entities in links": repeated("[&a"),
    "entities shown": lambda count: "[" + "&amp" * count + "](b)",
    "escapes": repeated("\\"),
    "escaped brackets": repeated("\\["),
    "returns": repeated("a\r\n"),
    "returns, links": repeated("[[a]]\r\n"),
    "returns alone": repeated("\r"),
    "no-break spaces": repeated("\u00a0"),
    "no-break spaces, lines": repeated("\u00a0\n"),
    "wide text": repeated("漢字 [[a "),
    "front matter": lambda count: "---\n" + "a\n" * count,
    "front matter, brackets": lambda count: "---\na: " + "[" * count + "\n---\n",
}


def seconds(text: str, rounds: int) -> float:
    """Return the shortest processor time of reading ``text``."""
    shortest = float("inf")
    for _ in range(rounds):
        started = time.process_time()
        parse_text(text)
        shortest = min(shortest, time.process_time() - started)
    return shortest


def growth(trap: Trap, limit: float) -> tuple[int, float, float]:
    """Return a count that takes long enough, its seconds, and by what twice as many take longer."""
    count = 500
    while (once := seconds(trap(count), 1)) < SHORTEST and count < 4_000_000:
        count = count * 2 if once < SHORTEST / 4 else int(count * 1.3 * SHORTEST / once)
    ratio = float("inf")
    for rounds in (2, 4, 8):  # a busy machine is measured again
        once = min(once, seconds(trap(count), rounds))
        ratio = min(ratio, seconds(trap(2 * count), rounds) / once)
        if ratio <= limit:
            break
    return count, once, ratio


def main() -> int:
    """Measure, print, and return the exit status."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", default="", help="measure the traps whose names contain this")
    parser.add_argument("--limit", type=float, default=2.3)
    options = parser.parse_args()
    above = 0
    for name, trap in TRAPS.items():
        if options.only in name:
            count, once, ratio = growth(trap, options.limit)
            above += ratio > options.limit
            mark = "  ABOVE" if ratio > options.limit else ""
            print(f"{name:<34} {count:>9} {once * 1000:8.1f} ms  x{ratio:.2f}{mark}", flush=True)
    print(f"{above} above {options.limit}")
    return 1 if above else 0


if __name__ == "__main__":
    sys.exit(main())
