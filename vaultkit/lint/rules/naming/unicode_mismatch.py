"""A link that differs from its file by Unicode form only: é as one or as two code points.

Why:     Obsidian finds the file; Git on Linux, exporters and site generators do not.
Fix:     copies the file's spelling. Safe.
Source:  Unicode Standard Annex 15; Obsidian compares names in NFC (measured).
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from vaultkit.base.text import Edit, code_span
from vaultkit.lint.facts.links import severity_of
from vaultkit.lint.facts.source_text import text_of
from vaultkit.lint.finding import Fix, Violation
from vaultkit.lint.rule import vault_rule
from vaultkit.note.links import nfc, wikilink_parts
from vaultkit.note.model import Link
from vaultkit.vault.snapshot import Snapshot

CODE = "NM003"
SEVERITY = "warning"
BAD = {"a.md": "[[Cafe\u0301]]", "Caf\u00e9.md": ""}
GOOD = {"a.md": "[[Caf\u00e9]]", "Caf\u00e9.md": ""}


@vault_rule
def check(vault: Snapshot, options: object) -> Iterator[tuple[str, Violation]]:
    """Report links whose Unicode form differs from the path; a note is read again only if they may differ."""
    texts: dict[str, str | None] = {}
    for path, bound in vault.bound_links():
        link, target = bound.link, bound.target
        if target is None or link.linkpath.isascii():
            continue
        if link.syntax == "markdown":
            if nfc(target) == target and _is_plainly_composed(link):
                continue
            if path not in texts:
                texts[path] = text_of(vault, path)
            yield from _in_markdown(texts[path], path, link, target)
            continue
        length = link.target_end - link.target_start
        is_composed = length == len(link.linktext)  # the cache keeps link texts in NFC
        if is_composed and nfc(target) == target:
            continue
        if path not in texts and not is_composed:
            texts[path] = text_of(vault, path)
        written = link.linktext if is_composed else _written(texts[path], link)
        if written is None:
            continue
        name, mark, subpath = written.partition("#")
        real = _real(name.strip(), target)
        if real is not None:
            fix = Fix(
                "copy the spelling of the file",
                (Edit(link.target_start, link.target_end, real + mark + subpath),),
                is_safe=True,
            )
            message = f"Unicode form of {code_span(link.linkpath)} differs from the file {code_span(target)}; breaks outside Obsidian"
            yield path, Violation(link.start, link.end, message, link.linkpath, fix, (), severity_of(link))
    for path, note in vault.source_notes():
        for entry in note.property_links:
            written = entry.original
            target = None if written.isascii() else vault.resolve(entry.linkpath, path).path
            if (
                target is not None
                and _real(written.strip("[]").partition("|")[0].partition("#")[0], target) is not None
            ):
                what = f"property {code_span(entry.key)}: Unicode form of {code_span(entry.linkpath)}"
                message = f"{what} differs from the file {code_span(target)}; breaks outside Obsidian"
                yield path, Violation(entry.start, entry.end, message, f"{entry.key}:{entry.linkpath}")


def _is_plainly_composed(link: Link) -> bool:
    """Return whether the link's length shows that it is in NFC, without reading the note."""
    length = link.target_end - link.target_start
    if length == len(link.linktext):
        return True
    from urllib.parse import quote  # 2 ms that most runs need not pay

    return length in (len(quote(link.linktext)), len(quote(link.linktext, safe="/!$&'*+,;=:@~()#")))


def _in_markdown(text: str | None, path: str, link: Link, target: str) -> Iterator[tuple[str, Violation]]:
    if text is None:
        return
    from urllib.parse import quote, unquote

    raw = text[link.target_start : link.target_end]
    written, mark, subpath = raw.partition("#")
    real = _real(unquote(written), target)
    if real is not None:
        spelled = quote(real, safe="/!$&'*+,;=:@~()") if "%" in written else real
        edit = Edit(link.target_start, link.target_end, spelled + mark + subpath)
        fix = Fix("copy the spelling of the file", (edit,), is_safe=True)
        message = f"Unicode form of {code_span(link.linkpath)} differs from the file {code_span(target)}; breaks outside Obsidian"
        yield path, Violation(link.start, link.end, message, link.linkpath, fix, (), severity_of(link))


def _written(text: str | None, link: Link) -> str | None:
    """Return the linktext as written in the note; None if the text is not the parsed one."""
    if text is None:
        return None
    raw = text[link.target_start : link.target_end]
    return raw if wikilink_parts(raw)[:2] == (link.linkpath, link.subpath) else None


def _real(name: str, target: str) -> str | None:
    """The end of the path that ``name`` fits but for its Unicode form; None when the form agrees."""
    for whole in (target, target.removesuffix(".md")):
        count = name.count("/") + 1
        tail = "/".join(whole.split("/")[-count:])
        if unicodedata.normalize("NFC", tail).casefold() == unicodedata.normalize("NFC", name).casefold():
            same = unicodedata.is_normalized("NFC", tail) == unicodedata.is_normalized("NFC", name)
            return None if same else tail
    return None
