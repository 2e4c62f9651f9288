"""Card Markdown as safe HTML, for Anki's fields and the quiz page. Every character of the card is escaped."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Sequence

from vaultkit.cards.fences import fence_lines

Embed = Callable[[str, str], str]
"""(target, size or alternative text) -> HTML for a picture or another file."""

_TOKEN = re.compile(
    r"(?P<code>(?P<ticks>`+)(?P<code_text>(?:(?!(?P=ticks)).)+?)(?P=ticks)(?!`))"
    r"|(?P<math>\$\$(?P<display>.+?)\$\$|\$(?P<inline>[^\s$](?:[^$\n]*[^\s$])?)\$(?!\d))"
    r"|(?P<embed>!\[\[(?P<embed_target>[^\[\]|\n]+)(?:\|(?P<embed_size>[^\[\]\n]*))?\]\])"
    r"|(?P<link>\[\[(?P<target>[^\[\]|\n]+)(?:\|(?P<shown>[^\[\]\n]*))?\]\])"
    r"|(?P<image>!\[(?P<alt>[^\]\n]*)\]\((?P<src>[^()\s]+)\))"
    r"|(?P<web>\[(?P<words>[^\[\]\n]+)\]\((?P<href>https?://[^()\s]+)\))"
    r"|(?P<url>https?://[^\s<>\"')\]]+)"
    r"|(?P<strong>\*\*(?=\S)(?P<strong_text>.+?)(?<=\S)\*\*|__(?=\S)(?P<strong_line>[^_\n]+?)(?<=\S)__(?!\w))"
    r"|(?P<mark>==(?=\S)(?P<mark_text>[^=\n]+?)(?<=\S)==)"
    r"|(?P<strike>~~(?=\S)(?P<strike_text>[^~\n]+?)(?<=\S)~~)"
    r"|(?P<em>(?<![\w*])\*(?=[^\s*])(?P<em_text>[^*\n]+?)(?<=[^\s*])\*(?![\w*])|(?<!\w)_(?=[^\s_])(?P<em_line>[^_\n]+?)(?<=[^\s_])_(?!\w))"
    r"|(?P<tag></?(?:u|sub|sup|b|i)>|<br\s*/?>)"
)
_ITEM = re.compile(r"^([ \t]*)([-*+•]|\d+[.)])[ \t]+(.*)$")
_HEADING = re.compile(r"^(#{1,6})[ \t]+(.*)$")
_ROW = re.compile(r"^[ \t]*\|.*\|[ \t]*$")
_RULE = re.compile(r"^[ \t]*\|?(?:[ \t]*:?-+:?[ \t]*\|)+[ \t]*:?-*:?[ \t]*$")
_LANGUAGE = re.compile(r"(?:```|~~~)[`~]*([A-Za-z][\w+#.-]*)$")
_MOST_INLINE = 20_000


def _plain_embed(target: str, size: str) -> str:
    return f'<span class="missing">{html.escape(target)}</span>'


def inline_html(text: str, embed: Embed = _plain_embed) -> str:
    """One run of text. Longer runs than any card has are only escaped, so that no text is slow."""
    if len(text) > _MOST_INLINE:
        return html.escape(text)
    pieces: list[str] = []
    position = 0
    for match in _TOKEN.finditer(text):
        pieces += html.escape(text[position : match.start()]), _token(match, embed)
        position = match.end()
    return "".join(pieces) + html.escape(text[position:])


def _token(match: re.Match[str], embed: Embed) -> str:
    kind = match.lastgroup
    groups = match.groupdict()
    kind = next(
        name
        for name in ("code", "math", "embed", "link", "image", "web", "url", "strong", "mark", "strike", "em", "tag")
        if groups[name] is not None
    )
    if kind == "code":
        return f"<code>{html.escape(match['code_text'])}</code>"
    if kind == "math":
        if match["display"] is not None:
            return f"\\[{html.escape(match['display'])}\\]"
        return f"\\({html.escape(match['inline'])}\\)"
    if kind == "embed":
        return embed(match["embed_target"].strip(), match["embed_size"] or "")
    if kind == "link":
        shown = match["shown"] or match["target"].replace("#", " > ").strip(" >")
        return f'<span class="link">{html.escape(shown)}</span>'
    if kind == "image":
        source = match["src"]
        return html.escape(source) if "://" in source else embed(source, match["alt"])
    if kind in ("web", "url"):
        href = match["href"] or match["url"]
        words = html.escape(match["words"] or match["url"])
        return f'<a href="{html.escape(href, quote=True)}" rel="noreferrer noopener">{words}</a>'
    if kind == "tag":
        return "<br>" if match["tag"].startswith("<br") else match["tag"]
    inner, element = {
        "strong": (match["strong_text"] or match["strong_line"], "strong"),
        "mark": (match["mark_text"], "mark"),
        "strike": (match["strike_text"], "s"),
        "em": (match["em_text"] or match["em_line"], "em"),
    }[kind]
    return f"<{element}>{inline_html(inner or '', embed)}</{element}>"


def card_html(text: str, embed: Embed = _plain_embed) -> str:
    """A side of a card: paragraphs, lists, tables, code, headings, quotes."""
    lines = text.split("\n")
    fenced = fence_lines(lines, only_closed=True)
    pieces: list[str] = []
    at = 0
    while at < len(lines):
        line = lines[at]
        if not line.strip():
            at += 1
        elif fenced[at]:
            last = at
            while last + 1 < len(lines) and fenced[last + 1] and not (last > at and _closes(lines[at], lines[last])):
                last += 1
            language = _LANGUAGE.search(line)
            opening = f'<code class="language-{language[1]}">' if language else "<code>"
            pieces.append(f"<pre>{opening}{html.escape(chr(10).join(lines[at + 1 : last]))}</code></pre>")
            at = last + 1
        elif _ROW.match(line) and at + 1 < len(lines) and _RULE.match(lines[at + 1]):
            last = at
            while last + 1 < len(lines) and _ROW.match(lines[last + 1]):
                last += 1
            pieces.append(_table(lines[at : last + 1], embed))
            at = last + 1
        elif _ITEM.match(line):
            last = at
            while last + 1 < len(lines) and lines[last + 1].strip() and not fenced[last + 1]:
                last += 1
            pieces.append(_list(lines[at : last + 1], embed))
            at = last + 1
        elif match := _HEADING.match(line):
            pieces.append(f"<h4>{inline_html(match[2], embed)}</h4>")
            at += 1
        else:
            last = at
            while (
                last + 1 < len(lines)
                and lines[last + 1].strip()
                and not fenced[last + 1]
                and not _ITEM.match(lines[last + 1])
                and not _HEADING.match(lines[last + 1])
            ):
                last += 1
            run = lines[at : last + 1]
            if all(row.lstrip().startswith(">") for row in run):
                inner = card_html("\n".join(re.sub(r"^[ \t]*>[ \t]?", "", row) for row in run), embed)
                pieces.append(f"<blockquote>{inner}</blockquote>")
            else:
                body = "\n".join(row.strip() for row in run)
                pieces.append("<p>" + inline_html(body, embed).replace("\n", "<br>") + "</p>")
            at = last + 1
    return "".join(pieces)


def _closes(opening: str, line: str) -> bool:
    return line.strip(" \t>").startswith(opening.lstrip(" \t>-*+0123456789.)")[:3]) and not line.strip(" \t>").strip(
        "`~"
    )


def _list(lines: Sequence[str], embed: Embed) -> str:
    """Nested by indent; a line that is no item goes on with the item above."""
    items: list[tuple[int, bool, str]] = []
    for line in lines:
        match = _ITEM.match(line)
        if match:
            items.append((len(match[1].expandtabs(4)), match[2][0].isdigit(), match[3]))
        else:
            indent, ordered, text = items[-1]
            items[-1] = (indent, ordered, f"{text}\n{line.strip()}")
    pieces: list[str] = []
    stack: list[tuple[int, str]] = []
    for indent, ordered, text in items:
        element = "ol" if ordered else "ul"
        while stack and indent < stack[-1][0]:
            pieces.append(f"</li></{stack.pop()[1]}>")
        if not stack or indent > stack[-1][0]:
            stack.append((indent, element))
            pieces.append(f"<{element}>")
        else:
            pieces.append("</li>")
        pieces.append("<li>" + inline_html(text, embed).replace("\n", "<br>"))
    while stack:
        pieces.append(f"</li></{stack.pop()[1]}>")
    return "".join(pieces)


def _table(rows: Sequence[str], embed: Embed) -> str:
    def cells(row: str, element: str) -> str:
        parts = re.split(r"(?<!\\)\|", row.strip().strip("|"))
        return (
            "<tr>" + "".join(f"<{element}>{inline_html(part.strip(), embed)}</{element}>" for part in parts) + "</tr>"
        )

    body = "".join(cells(row, "td") for row in rows[2:])
    return f"<table><thead>{cells(rows[0], 'th')}</thead><tbody>{body}</tbody></table>"
