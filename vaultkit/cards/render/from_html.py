"""HTML of Anki's fields as Markdown for Obsidian.

Markdownify does the general part. Here is what Anki and Obsidian have of their own: gaps, formulas, sounds, pictures,
callouts; and plain text that Markdown would take for markup is escaped.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from functools import cache
from typing import Any
from urllib.parse import unquote

from vaultkit.base.extras import import_extra
from vaultkit.cards.render.delimited import FORMULAS, replace_delimited
from vaultkit.cards.render.gaps import written_gap
from vaultkit.cards.render.html import shown_target

# Stand for an empty line, for none below a paragraph, and for a tab, of which markdownify makes a space.
_EMPTY, _TIGHT, _TAB = "\ue003", "\ue004", "\ue005"
_KEPT = ("u", "sub", "sup", "small", "ins", "kbd")
_EMPHASIS = ("b", "strong", "i", "em")
_TOUCHING = re.compile(r"</(b|strong|i|em|u)>(?:<!--.*?-->)?<\1>")
_CODE = re.compile(r"<(pre|code)\b[^>]*>", re.IGNORECASE)
_DOUBLE = re.compile(r"\[(?=\[|\^)")
_BREAK = re.compile(r"<br\s*/?>|</(?:div|p)>", re.IGNORECASE)
_TAG = re.compile(r"<[^>]*>")


class _Elements:
    """What Markdownify asks for each element, and where it differs from what Markdownify does itself.

    media: the files that the field shows.  dollars, equals, tildes: how many signs its plain text holds.
    """

    media: list[str]
    dollars: int
    equals: int
    tildes: int

    # Plain text

    def escape(self, text: str, parent_tags: set[str]) -> str:
        """Text whose signs Markdown would take for markup, with backslashes before those."""
        if parent_tags & {"vk-math", "vk-raw"}:
            return text
        text = re.sub(r"\\(?=[!-/:-@\[-`{-~])", r"\\\\", text)
        text = re.sub(r"(?<!\s)\*|\*(?!\s)", r"\*", text)
        text = re.sub(r"(?<![^\W_])_|_(?![^\W_])", r"\_", text)
        text = text.replace("`", r"\`")
        text = re.sub(r"<(?=[A-Za-z/!?])", r"\<", text)
        text = re.sub(r"&(?=#?\w+;)", r"\&", text)
        text = _without_links(text)
        if self.dollars > 1:
            text = re.sub(r"\$(?=\S)", r"\$", text)
        if self.equals > 1:
            text = text.replace("==", r"\==")
        if self.tildes > 1:
            text = text.replace("~~", r"\~~")
        return text.replace("|", r"\|") if parent_tags & {"td", "th"} else text

    # Inline elements

    def convert_b(self, el: Any, text: str, parent_tags: set[str]) -> str:
        return _emphasised(el, text, parent_tags, "**", "b")

    convert_strong = convert_b

    def convert_i(self, el: Any, text: str, parent_tags: set[str]) -> str:
        return _emphasised(el, text, parent_tags, "*", "i")

    convert_em = convert_i

    def convert_s(self, el: Any, text: str, parent_tags: set[str]) -> str:
        return _wrapped(text, "~~", "~~")

    convert_del = convert_strike = convert_s

    def convert_mark(self, el: Any, text: str, parent_tags: set[str]) -> str:
        return _wrapped(text, "==", "==")

    def convert_br(self, el: Any, text: str, parent_tags: set[str]) -> str:
        return "<br>" if parent_tags & {"td", "th"} else " " if "_inline" in parent_tags else "\n"

    def convert_code(self, el: Any, text: str, parent_tags: set[str]) -> str:
        if "pre" in parent_tags:
            return text
        return "\n".join(_code(line.strip()) for line in text.split("\n"))

    convert_samp = convert_tt = convert_code

    def convert_a(self, el: Any, text: str, parent_tags: set[str]) -> str:
        href = el.get("href") or ""
        if text.strip() and not re.match(r"(?!javascript:|data:)[a-z][a-z0-9+.-]*:", href, re.IGNORECASE):
            if href and not re.match(r"\w+:", href) and el.get_text() == href:
                self.media.append(href)
                return _embed(href, "", parent_tags)
            return text
        if el.get_text().strip() == href:
            return str(href)
        target = f"<{href}>" if re.search(r"[\s()]", href) else href
        return _wrapped(text, "[", f"]({target})")

    def convert_img(self, el: Any, text: str, parent_tags: set[str]) -> str:
        source = el.get("src") or ""
        width = el.get("width") or ""
        size = width if width.isdigit() else ""
        if re.match(r"https?:|data:", source):
            target = f"<{source}>" if re.search(r"[\s()]", source) else source
            return f"![{size}]({target})"
        name = unquote(source)
        if not name:
            return ""
        self.media.append(name)
        return _embed(name, size, parent_tags)

    def convert_blockquote(self, el: Any, text: str, parent_tags: set[str]) -> str:
        """A quote; what vaultkit wrote for an embedded note comes back as that embed."""
        if not (target := el.get("data-embed")):
            return str(super().convert_blockquote(el, text, parent_tags))  # type: ignore[misc]
        if parent_tags & {"td", "th"}:
            return f"![[{target}]]"
        before, after = str(el.previous_sibling or "\n"), str(el.next_sibling or "\n")
        return f"{_edge(before[-1:])}![[{target}]]{_edge(after[:1])}"

    def convert_input(self, el: Any, text: str, parent_tags: set[str]) -> str:
        if el.get("type") != "checkbox":
            return text
        sign = "[x]" if el.has_attr("checked") else "[ ]"
        return sign if str(el.next_sibling or " ")[:1].isspace() else f"{sign} "

    def convert_span(self, el: Any, text: str, parent_tags: set[str]) -> str:
        """A link into the vault comes back as what it was; other spans have no meaning in Markdown."""
        if target := el.get("data-embed"):
            return f"![[{target}]]"
        pipe = r"\|" if parent_tags & {"td", "th"} else "|"
        shown = text.strip()
        if (to := el.get("data-to")) and shown:
            return f"[[{to}]]" if el.get_text() == shown_target(to) else f"[[{to}{pipe}{el.get_text()}]]"
        if (href := el.get("data-href")) and shown:
            return _wrapped(text, "[", f"](<{href}>)" if re.search(r"[\s()]", href) else f"]({href})")
        return text

    def convert_sup(self, el: Any, text: str, parent_tags: set[str]) -> str:
        if "footnote" in (el.get("class") or ()):
            return f"[^{text}]"
        return _wrapped(text, "<sup>", "</sup>")

    def convert_vk_math(self, el: Any, text: str, parent_tags: set[str]) -> str:
        sign = "$$" if el.get("display") else "$"
        return f"{sign}{text if sign == '$$' else ' '.join(text.split())}{sign}"

    def convert_vk_gap(self, el: Any, text: str, parent_tags: set[str]) -> str:
        return written_gap(text, el.get("name") or "", el.get("hint") or "")

    def convert_vk_sound(self, el: Any, text: str, parent_tags: set[str]) -> str:
        name = el.get("name") or ""
        self.media.append(name)
        return _embed(name, "", parent_tags)

    # Blocks

    def convert_div(self, el: Any, text: str, parent_tags: set[str]) -> str:
        if "_inline" in parent_tags:
            return f"{text.strip()}<br>" if parent_tags & {"td", "th"} and el.next_sibling else text.strip()
        if "callout" in (el.get("class") or ()):
            title, _, body = text.strip().partition("\n")
            lines = [f"[!{el.get('data-callout') or 'note'}] {title.strip()}", *body.strip("\n").split("\n")]
            return "\n\n" + "\n".join(f"> {line}".rstrip() for line in lines if line or body) + "\n\n"
        return f"\n{text.strip(chr(10))}\n" if text.strip() else f"\n{_EMPTY}\n" if el.find("br") else ""

    convert_section = convert_article = convert_div

    def convert_p(self, el: Any, text: str, parent_tags: set[str]) -> str:
        if "_inline" in parent_tags:
            return self.convert_div(el, text, parent_tags)
        if "callout-title" in (el.get("class") or ()):
            return f"\n{text.strip()}\n"
        following = el.find_next_sibling()
        is_tight = following is not None and _may_follow_text(following)
        return f"\n\n{text.strip()}{_TIGHT if is_tight else ''}\n\n" if text.strip() else ""

    def convert_pre(self, el: Any, text: str, parent_tags: set[str]) -> str:
        code = el.find("code")
        names = " ".join((code.get("class") or ()) if code is not None else ())
        language = re.search(r"language-([\w+#.-]+)", names)
        fence = "`" * max(3, *(len(run) + 1 for run in re.findall(r"`{3,}", text)), 3)
        body = re.sub(r"^\n|\n$", "", text.replace("\r", ""))
        if "_inline" in parent_tags:
            return "<br>".join(f"`{line}`" for line in body.split("\n"))
        return f"\n{fence}{language[1] if language else ''}\n{body}\n{fence}\n"

    def convert_ol(self, el: Any, text: str, parent_tags: set[str]) -> str:
        if "footnotes" in (el.get("class") or ()):
            notes = re.sub(r"^([0-9]+)\. ", r"[^\1]: ", text, flags=re.MULTILINE)
            return "\n\n" + notes.strip().replace("\n[^", "\n\n[^") + "\n\n"
        return self._list(el, text, parent_tags)

    def convert_ul(self, el: Any, text: str, parent_tags: set[str]) -> str:
        return self._list(el, text, parent_tags)

    def _list(self, el: Any, text: str, parent_tags: set[str]) -> str:
        """A list goes on right below text where it may; what follows it is another paragraph."""
        if "li" in parent_tags:
            return f"\n{text.rstrip()}"
        if "_inline" in parent_tags:
            return text.strip().replace("\n", "<br>")
        before = "\n" if _may_follow_text(el) else "\n\n"
        return f"{before}{text.rstrip()}\n\n"

    def convert_td(self, el: Any, text: str, parent_tags: set[str]) -> str:
        shown = re.sub(r"(?:<br>)+$", "", text.strip()).replace("\n", "<br>")
        shown = re.sub(r"(?<!\\)\|", r"\|", shown)
        return f" {shown} |" + " |" * (_span_of(el) - 1)

    convert_th = convert_td


def _may_follow_text(el: Any) -> bool:
    """Whether Markdown reads it right below a paragraph: code, a list of bullets, or one that begins with 1."""
    return el.name in ("ul", "pre") or (el.name == "ol" and (el.get("start") or "1") == "1" and not el.get("class"))


def _code(text: str) -> str:
    """Code in a line, between as many backticks as it needs."""
    if not text:
        return ""
    ticks = "`" * (1 + max((len(run) for run in re.findall("`+", text)), default=0))
    space = " " if "`" in text else ""
    return f"{ticks}{space}{text}{space}{ticks}"


def _span_of(cell: Any) -> int:
    span = cell.get("colspan") or ""
    return max(1, min(100, int(span))) if span.isdigit() else 1


def _kept(name: str) -> Callable[[Any, Any, str, set[str]], str]:
    """A converter for an element that Obsidian shows as it is."""

    def convert(self: Any, el: Any, text: str, parent_tags: set[str]) -> str:
        return _wrapped(text, f"<{name}>", f"</{name}>")

    return convert


for _name in _KEPT:
    if not hasattr(_Elements, f"convert_{_name}") or _name in ("sub", "kbd"):
        setattr(_Elements, f"convert_{_name}", _kept(_name))


def _edge(character: str) -> str:
    """What stands between an embed and the text beside it: a line end, a space or nothing."""
    return "\n" if character in "\n<>" else " " if character.isspace() else ""


def _wrapped(text: str, opening: str, closing: str) -> str:
    """Each paragraph of the text between two signs; the space around it stays outside."""
    pieces = re.split(r"(\n[ \t]*\n\s*)", text)
    return "".join(
        f"{head}{opening}{inner}{closing}{tail}" if (inner := piece.strip()) else piece
        for piece in pieces
        for head, tail in ((piece[: len(piece) - len(piece.lstrip())], piece[len(piece.rstrip()) :]),)
    )


def _emphasised(el: Any, text: str, parent_tags: set[str], sign: str, name: str) -> str:
    """Emphasis by signs, or by tags where Markdown reads no signs: between words and beside other emphasis."""
    if "_noformat" in parent_tags:
        return text
    inner = text.strip()
    if not inner:
        return text
    before, after = _neighbour(el, is_before=True), _neighbour(el, is_before=False)
    starts_alone, ends_alone = text[:1].isspace() or not before, text[-1:].isspace() or not after
    is_clear = (starts_alone or (inner[0].isalnum() and before != "*")) and (
        ends_alone or (inner[-1].isalnum() and after != "*")
    )
    return _wrapped(text, sign, sign) if is_clear else _wrapped(text, f"<{name}>", f"</{name}>")


def _neighbour(el: Any, *, is_before: bool) -> str:
    """ "" when nothing or space touches an element on this side, "*" for other emphasis, else the character."""
    other = el.previous_sibling if is_before else el.next_sibling
    if other is None:
        return _neighbour(el.parent, is_before=is_before) if el.parent is not None and el.parent.name == "span" else ""
    if getattr(other, "name", None):
        return "*" if other.name in _EMPHASIS else "" if other.name in ("br", "div", "p", "ul", "ol") else "x"
    text = str(other)
    character = text[-1:] if is_before else text[:1]
    return "" if not character or character.isspace() or not character.isalnum() else character


def _embed(name: str, size: str, parent_tags: set[str]) -> str:
    pipe = r"\|" if parent_tags & {"td", "th"} else "|"
    return f"![[{name}{pipe + size if size else ''}]]"


@cache
def _converter() -> Any:
    markdownify: Any = import_extra("markdownify", "reading cards in HTML")  # slow to load: it brings an HTML parser
    return type("Converter", (_Elements, markdownify.MarkdownConverter), {})


def markdown_of(field: str) -> str:
    """Markdown for one Anki field.

    >>> markdown_of("<b>a</b><br>b &amp; c")
    '**a**\\nb & c'
    """
    return field_to_markdown(field)[0]


def field_to_markdown(field: str) -> tuple[str, tuple[str, ...]]:
    """Markdown for one Anki field, and the media it names.

    Gaps are `<vk-gap name="1" hint="…">`, as `vaultkit.cards.render.gaps` makes them of ``{{c1::…}}``.
    """
    field = field.replace("\u2060", "").replace("\r", "")
    field = _TOUCHING.sub("", field)
    field = _without_open_tag(field)
    pieces = _around_code(field)
    pieces[::2] = [
        replace_delimited(replace_delimited(piece, FORMULAS, _formula_element), {"[sound:": "]"}, _sound_element)
        for piece in pieces[::2]
    ]
    markup = "".join(pieces)
    plain = html.unescape(_TAG.sub("", replace_delimited(markup, {"<vk-math": "</vk-math>"}, lambda *_: "")))
    markup = markup.replace("\t", _TAB)
    converter = _converter()(heading_style="atx", bullets="-", table_infer_header=True, strip_pre=None)
    converter.media = []
    converter.dollars, converter.equals, converter.tildes = plain.count("$"), plain.count("=="), plain.count("~~")
    try:
        text = str(converter.convert(markup)).replace("\u00a0", " ")
    except RecursionError:  # hundreds of elements in each other: no card of a person
        text = html.unescape(_TAG.sub("", markup)).replace("\u00a0", " ")
    text = re.sub(rf"{_TIGHT}\n+", "\n", text).replace(_EMPTY, "").replace(_TAB, "\t")
    text = "\n".join(line.rstrip() for line in text.split("\n")).strip()
    return text, tuple(dict.fromkeys(converter.media))


def _without_open_tag(field: str) -> str:
    """The field with the signs behind its last tag as text: the HTML parser looks for the end of each of them."""
    head, end, tail = field.rpartition(">")
    return head + end + tail.replace("<", "&lt;")


def _without_links(text: str) -> str:
    """The text with a backslash before each bracket that Markdown or Obsidian would take for the begin of a link."""
    parts = text.split("]")
    for at, part in enumerate(parts):
        before, line_end, line = part.rpartition("\n")
        if at + 1 < len(parts) and parts[at + 1].startswith("("):
            parts[at] = _DOUBLE.sub(r"\\[", before) + line_end + line.replace("[", "\\[")
        else:
            parts[at] = _DOUBLE.sub(r"\\[", part)
    return "]".join(parts)


def _around_code(field: str) -> list[str]:
    """Text and code in turn, beginning and ending with text."""
    pieces: list[str] = []
    position = at = 0
    folded = field.lower() if "</" in field else ""
    unclosed: set[str] = set()
    while match := _CODE.search(field, at):
        name = match[1].lower()
        end = -1 if name in unclosed else folded.find(f"</{name}>", match.end())
        if end < 0:
            unclosed.add(name)
            at = match.end()
            continue
        end += len(name) + 3
        pieces += field[position : match.start()], field[match.start() : end]
        position = at = end
    return [*pieces, field[position:]]


def _sound_element(opening: str, name: str, closing: str) -> str:
    return f'<vk-sound name="{html.escape(html.unescape(name))}"></vk-sound>'


def _formula_element(opening: str, source: str, closing: str) -> str:
    source = _without_open_tag(source)
    formula = html.unescape(_TAG.sub("", _BREAK.sub("\n", source))).replace("\u00a0", " ").strip()
    if opening == "[latex]" and formula[:1] == formula[-1:] == "$":
        formula = formula.strip("$").strip()
    display = ' display="1"' if opening in ("\\[", "[$$]", "[latex]") else ""
    return f"<vk-math{display}>{html.escape(formula, quote=False)}</vk-math>"
