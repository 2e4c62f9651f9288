"""Which names a note's links end in, found without reading the note: enough to say who cannot be concerned.

A commit that deletes one note concerns only notes whose links end in its name. Finding those among ten thousand
takes these names, kept by content hash in the user's cache folder; the few that remain are read in full. The
names are a superset: a link in code counts, too.
"""

from __future__ import annotations

import logging
import os
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from urllib.parse import unquote

from vaultkit.index.cache import cache_folder
from vaultkit.index.resolve import fold
from vaultkit.index.write import write_whole

log = logging.getLogger(__name__)

HEAD = "vaultkit names 1"
MAX_KEPT = 200_000
_WIKI = re.compile(r"\[\[((?:(?!\]\])[^\n|#])*)(\]{3,})?")
# Looked at ahead, so that one destination does not swallow the next; the cap keeps long lines linear.
_MARKDOWN = re.compile(r"\](?:\(\s*|:[ \t]*)(?=(<[^>\n]{0,1000}>|[^\s#]{0,1000}))")
_JSON_PATH = re.compile(r'"(?:file|background)"\s*:\s*"((?:[^"\\]|\\.)*)"')
_ALIASES = re.compile(r"^aliases?[ \t]*:", re.MULTILINE | re.IGNORECASE)
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")
ALIAS = "\x02"


def key(path: str) -> str:
    """What the last part of a link to this file must be, as it is compared.

    >>> key("Models/LoRA.md") == key("lora")
    True
    """
    name = fold(path[path.rfind("/") + 1 :].strip().replace("\t", " ").replace("\n", " "))
    return name[:-3] if name.endswith(".md") else name


def names_in(text: str, *, is_canvas: bool = False) -> frozenset[str]:
    """Keys of all links in a note or canvas, and of its aliases with a mark before them."""
    found = set(_wiki_names(text))
    for destination in _MARKDOWN.findall(text):
        found.update(map(key, _destinations(destination)))
    if is_canvas:
        import json

        for raw in _JSON_PATH.findall(text):
            found.add(key(json.loads(f'"{raw}"', strict=False)))
        if "[[" in text and "\\u" in text:
            unescaped = re.sub(r"\\u([0-9a-fA-F]{4})", lambda match: chr(int(match[1], 16)), text)
            found |= set(_wiki_names(unescaped.replace("\\/", "/")))
    elif text.startswith("---") and _ALIASES.search(text[: text.find("\n---", 3) + 1 or None]):
        from vaultkit.note.properties import aliases, frontmatter

        matter = frontmatter(text)
        if matter is not None:
            found |= {ALIAS + key(alias) for alias in aliases(matter.properties)}
    return frozenset(found)


def _wiki_names(text: str) -> Iterator[str]:
    """Brackets within brackets count each; "]]]" may close the name's own bracket."""
    for content, closing in _WIKI.findall(text):
        for name in content.split("[["):
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


def cache_path() -> str | None:
    """The file of names; None when there is no place for caches."""
    folder = cache_folder()
    return None if folder is None else os.path.join(folder, "hook")


def names_of(
    wanted: Mapping[str, bool], vault_key: str, read: Callable[[Iterable[str]], Mapping[str, bytes]]
) -> Mapping[str, str]:
    """Blob -> its names, joined by tabs with one before and behind.

    wanted: blob -> whether it is a canvas.  vault_key: names the vault's file in the cache.
    read: contents of blobs, asked for those only that the cache does not have.
    """
    folder = cache_path()
    file = os.path.join(folder, f"{vault_key}.txt") if folder else ""
    known = _load(file)
    missing = [blob for blob in wanted if blob not in known]
    if not missing:
        return known
    for blob, data in read(missing).items():
        text = data.decode("utf-8-sig", "replace")
        known[blob] = "\t".join(("", *sorted(names_in(text, is_canvas=wanted[blob])), ""))
    _save(file, known if len(known) < MAX_KEPT else {blob: known[blob] for blob in wanted})
    return known


def _load(file: str) -> dict[str, str]:
    try:
        with open(file, encoding="utf-8", errors="surrogateescape", newline="\n") as handle:
            lines = handle.read().split("\n")
    except (OSError, ValueError) as error:
        log.debug("no names in %s: %s", file, error)
        return {}
    if lines[0] != HEAD or lines[-1] != "end":
        return {}
    return {line[:separator]: line[separator:] for line in lines[1:-1] if (separator := line.find("\t")) > 0}


def _save(file: str, known: Mapping[str, str]) -> None:
    if not file:
        return
    body = "\n".join([HEAD, *(blob + names for blob, names in known.items()), "end"])
    try:
        os.makedirs(os.path.dirname(file), exist_ok=True)
        write_whole(file, body.encode("utf-8", "surrogateescape"))
    except OSError as error:
        log.debug("names are not kept in %s: %s", file, error)


def concerned(names: Mapping[str, str], blobs: Mapping[str, str], keys: frozenset[str]) -> list[str]:
    """Paths (of ``blobs``: path -> blob) whose links end in one of the keys."""
    if not keys:
        return []
    if len(keys) <= 8:
        marks = [f"\t{key}\t" for key in keys]
        found = {path for mark in marks for path, blob in blobs.items() if mark in names.get(blob, "")}
        return sorted(found)
    return [path for path, blob in blobs.items() if not keys.isdisjoint(names.get(blob, "").split("\t"))]
