"""Which names a note's links end in, found without reading the note: enough to say who cannot be concerned.

A commit that deletes one note concerns only notes whose links end in its name. Finding those among ten thousand
takes these names, kept by content hash in the store; the few that remain are read in full. The
names are a superset: a link in code counts, too.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from urllib.parse import unquote

from vaultkit.base.store import Store
from vaultkit.vault.resolve import fold

_KIND = "link names"
MAX_KEPT = 200_000
_WIKI = re.compile(r"\[\[((?:(?!\]\])[^\n|#])*)(\]{3,})?")
# Looked at ahead, so that one destination does not swallow the next; the cap keeps long lines linear.
_MARKDOWN = re.compile(r"\](?:\(\s*|:\s*)(?=(<[^>\n]{0,1000}>|[^\s#]{0,1000}))")
_SPACED = re.compile(r"\]\(([^()<>\n]{0,200} [^()<>\n]{0,200})\)")
_ALIASES = re.compile(r"^aliases?[ \t]*:", re.MULTILINE | re.IGNORECASE)
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")
ALIAS = "\x02"
CARDS = "\x03"


def key(path: str) -> str:
    """What the last part of a link to this file must be, as it is compared.

    >>> key("Models/LoRA.md") == key("lora")
    True
    """
    name = fold(path[path.rfind("/") + 1 :].strip().replace("\t", " ").replace("\n", " "))
    return name[:-3] if name.endswith(".md") else name


def names_in(text: str, *, is_canvas: bool = False) -> frozenset[str]:
    """Keys of all links in a note or canvas, and of its aliases with a mark before them."""
    if is_canvas:
        return frozenset(_canvas_names(text))
    found = set(_wiki_names(text))
    for destination in _MARKDOWN.findall(text):
        found.update(map(key, _destinations(destination)))
    found.update(key(destination.partition("#")[0]) for destination in _SPACED.findall(text))
    if _may_ask(text):
        found.add(CARDS)
    if text.startswith("---") and _ALIASES.search(text[: text.find("\n---", 3) + 1 or None]):
        from vaultkit.note.properties import aliases, frontmatter

        matter = frontmatter(text)
        if matter is not None:
            found |= {ALIAS + key(alias) for alias in aliases(matter.properties)}
    return frozenset(found)


def _canvas_names(text: str) -> Iterator[str]:
    import json

    try:
        value = json.loads(text)
        nodes = value["nodes"]
    except (ValueError, RecursionError, LookupError, TypeError):
        return
    for node in nodes if isinstance(nodes, list) else ():
        if isinstance(node, dict):
            yield from (key(node[field]) for field in ("file", "background") if isinstance(node.get(field), str))
            if isinstance(node.get("text"), str):
                yield from names_in(node["text"])


def _may_ask(text: str) -> bool:
    """The note may have flashcards by the usual tags, or is an export of some."""
    if "lashcard" in text or "LASHCARD" in text:
        return True
    if "\nQ" not in text and "uizwiz" not in text and "View Set" not in text and "nswer" not in text:
        return False
    from vaultkit.lint.facts.cards import may_be_export

    return may_be_export(text)


def _wiki_names(text: str) -> Iterator[str]:
    """Brackets within brackets count each; "]]]" may close the name's own bracket."""
    for content, closing in _WIKI.findall(text):
        pieces = content.split("[[")
        for name in (*pieces, *("[" + piece for piece in pieces)) if "[" in content else pieces:
            yield key(name.rstrip("\\"))
            yield key(name)
            if closing:
                yield key(name + closing[2:])
        if "[[" in content:
            yield key(content)


def _destinations(raw: str) -> Iterable[str]:
    """What a destination may decode to, for every place where it may end."""
    if raw.startswith("<"):
        ends = [raw[1:-1].partition("#")[0]]
    else:
        pieces = raw.split(")")
        ends = [")".join(pieces[:count]) for count in range(1, min(len(pieces), 6) + 1)]
    for end in ends:
        if "&" in end:
            from html import unescape

            end = unescape(end)
        yield unquote(_ESCAPE.sub(r"\1", end)) if "%" in end or "\\" in end else end


def names_of(
    wanted: Mapping[str, bool],
    store: Store | None,
    read: Callable[[Iterable[str]], Mapping[str, bytes]],
    extract: Callable[[str], Iterable[str]] | None = None,
    *,
    purpose: str = "",
) -> Mapping[str, str]:
    """Return blob -> its names, joined by tabs with one before and one behind.

    wanted:  blob -> whether it is a canvas.
    store:   the store of the vault; None if nothing is to be kept.
    read:    contents of blobs; it is called for those that the store does not have.
    extract: what to keep of a blob that was read; None for the names of its links.
    purpose: all that the names depend on besides the blobs.
    """
    known = _load(store, purpose)
    missing = [blob for blob in wanted if blob not in known]
    if not missing:
        return known
    for blob, data in read(missing).items():
        if extract is None:
            found = names_in(data.decode("utf-8-sig", "replace"), is_canvas=wanted[blob])
        else:
            found = frozenset(extract(blob))
        known[blob] = "\t".join(("", *sorted(found), ""))
    kept = known if len(known) < MAX_KEPT else {blob: known[blob] for blob in wanted if blob in known}
    if store is not None:
        body = "\n".join(blob + names for blob, names in kept.items())
        store.write(_KIND, [(purpose, b"", body.encode("utf-8", "surrogateescape"))])
    return known


def _load(store: Store | None, purpose: str) -> dict[str, str]:
    """One text for all blobs: it is read four times as fast as a row for each."""
    row = store.get(_KIND, purpose) if store is not None else None
    if row is None:
        return {}
    lines = row[1].decode("utf-8", "surrogateescape").split("\n")
    return {line[:separator]: line[separator:] for line in lines if (separator := line.find("\t")) > 0}


def concerned(names: Mapping[str, str], blobs: Mapping[str, str], keys: frozenset[str]) -> list[str]:
    """Paths (of ``blobs``: path -> blob) whose links end in one of the keys."""
    if not keys:
        return []
    if len(keys) <= 8:
        marks = [f"\t{key}\t" for key in keys]
        found = {path for mark in marks for path, blob in blobs.items() if mark in names.get(blob, "")}
        return sorted(found)
    return [path for path, blob in blobs.items() if not keys.isdisjoint(names.get(blob, "").split("\t"))]
