"""Rewrite a link so that it opens a file from a new place, with as few changes as possible.

A bare name stays bare if it is unique, a relative path stays relative, a path stays a path, an extension
that was written stays. Only where that cannot work the vault's own setting for new links decides (rule R87).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from html import unescape
from typing import Literal
from urllib.parse import unquote

from vaultkit.note.links import has_scheme, markdown_destination, nfc, wikilink_parts
from vaultkit.note.parse import parse_text
from vaultkit.vault.files import extension
from vaultkit.vault.resolve import Resolver, fold, joined
from vaultkit.vault.settings import Settings

Form = Literal["wiki", "markdown", "angle"]

_PERCENT_LETTERS = re.compile(r"%[89A-Fa-f][0-9A-Fa-f]")
# A destination with a colon is a web address to Obsidian.
_ENCODED = re.compile(r"[\x00-\x20%#:<>\\\x7f]")


def spelling(
    names: Resolver, settings: Settings, source: str, old: str, target: str, raw: str, form: Form, *, is_whole: bool
) -> str | None:
    """Return the text that replaces ``raw``, a linkpath in the file, so that it opens ``target``.

    names, source, target: as they are after the move. old: the target's path before.
    is_whole: the linkpath was the whole path from the root. None when no way of writing opens the file.
    """
    lead, core, tail = _trimmed(raw)
    written = _decoded(core, form)
    case = _case(_stem(written), _stem(nfc(old)))
    for number, way in enumerate(_ways(written, target, source, settings, is_whole=is_whole)):
        path = _recased(way, case)
        found = names.resolve(path, source)
        if found.path != target or found.is_tie:
            continue
        is_bare = number == 0 and "/" not in path
        if is_bare and not found.is_exact and len(found.candidates) > 1:
            continue
        text = _encoded(path, core, form)
        if _reads_back(text, path, form):
            return lead + text + tail
    return None


def _stem(path: str) -> str:
    name = path.rpartition("/")[2]
    return name[:-3] if extension(name) == "md" else name


def _case(written: str, name: str) -> Callable[[str], str] | None:
    """How a name is written within a sentence, "[[layout]]" for "Layout"; None when with its own letters."""
    if written == name:
        return None
    cases = (str.lower, str.upper, str.capitalize, _lower_first, _upper_first, str.title)
    return next((case for case in cases if case(name) == written), None)


def _lower_first(name: str) -> str:
    return name[:1].lower() + name[1:]


def _upper_first(name: str) -> str:
    return name[:1].upper() + name[1:]


def _recased(path: str, case: Callable[[str], str] | None) -> str:
    stem = _stem(path)
    if case is None or not stem:
        return path
    at = path.rfind("/") + 1
    return path[:at] + case(stem) + path[at + len(stem) :]


def _trimmed(raw: str) -> tuple[str, str, str]:
    core = raw.strip()
    at = raw.find(core) if core else len(raw)
    return raw[:at], core, raw[at + len(core) :]


def _decoded(raw: str, form: Form) -> str:
    if form == "wiki":
        return nfc(raw)
    target = markdown_destination(raw)
    return target[0] if target is not None else raw


def respelled_relative(raw: str, form: Form, old_source: str, new_source: str) -> str | None:
    """A relative linkpath that opens nothing, spelled so that it leads to the same empty place from elsewhere."""
    lead, core, tail = _trimmed(raw)
    written = _decoded(core, form)
    if not written.startswith(("./", "../")) or old_source.split("/")[:-1] == new_source.split("/")[:-1]:
        return None
    above = ("\0",) * (written.count("/") + 1)  # the folders above the vault, which have no name here
    place = [*above, *old_source.split("/")[:-1]]
    for part in written.split("/"):
        if part == "..":
            place = place[:-1]
        elif part not in ("", "."):
            place.append(part)
    path = _relative("/".join(place), "/".join((*above, new_source)))
    text = _encoded(path, core, form)
    return lead + text + tail if _reads_back(text, path, form) else None


def _ways(written: str, target: str, source: str, settings: Settings, *, is_whole: bool) -> Iterator[str]:
    """Linkpaths that may open the target, that in the old style first."""
    keeps_extension = extension(target) != "md" or extension(written) == "md"
    path = nfc(target if keeps_extension else target[:-3])
    if written.startswith(("./", "../")):
        folder = written.rpartition("/")[0]
        if joined(source[: source.rfind("/") + 1], folder) == target.rpartition("/")[0]:
            yield f"{folder}/{path.rpartition('/')[2]}"
        yield _relative(path, source)
    elif written.startswith("/"):
        yield "/" + path
    elif "/" in written and not is_whole:
        parts = path.split("/")
        yield "/".join(parts[-written.count("/") - 1 :])
    elif "/" not in written:
        yield path.rpartition("/")[2]
    if settings.new_link_format == "relative":
        yield _relative(path, source)
    yield path
    yield "/" + path
    yield _relative(path, source)


def _relative(path: str, source: str) -> str:
    folder = nfc(source).split("/")[:-1]
    parts = path.split("/")
    shared = 0
    while shared < len(folder) and shared < len(parts) - 1 and fold(folder[shared]) == fold(parts[shared]):
        shared += 1
    up = len(folder) - shared
    return ("../" * up if up else "./") + "/".join(parts[shared:])


def _encoded(path: str, raw: str, form: Form) -> str:
    """The path in the form of the link; last parts that do not change stay as they are written."""
    parts = path.split("/")
    old = raw.split("/")
    texts = [encoded_part(part, raw, form) for part in parts]
    for index in range(1, min(len(parts), len(old)) + 1):
        if fold(_decoded_part(old[-index], form)) != fold(parts[-index]) or parts[-index] in (".", ".."):
            break
        texts[-index] = old[-index]
    text = "/".join(texts)
    if form == "markdown":
        if text.count("(") != text.count(")") or (re.search(r"\)[^()]*\(", text) and not _balanced(text)):
            text = text.replace("(", "%28").replace(")", "%29")
        if has_scheme(text):
            text = text.replace(":", "%3A")
    elif form == "angle" and has_scheme(text):
        text = text.replace(":", "%3A")
    return text


def _balanced(text: str) -> bool:
    depth = 0
    for character in text:
        depth += (character == "(") - (character == ")")
        if depth < 0:
            return False
    return depth == 0


def _decoded_part(raw: str, form: Form) -> str:
    if form == "wiki":
        return nfc(raw)
    return nfc(unquote(unescape(re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", raw))))


def encoded_part(part: str, raw: str, form: Form) -> str:
    """One part of a path or subpath as it is written in a link of this form. raw: what stood there."""
    if form == "wiki":
        return part
    text = _ENCODED.sub(lambda match: f"%{ord(match[0]):02X}", part)
    if form == "angle":
        text = text.replace("%20", " ")
    elif _PERCENT_LETTERS.search(raw):
        text = "".join(
            letter if letter.isascii() else "".join(f"%{byte:02X}" for byte in letter.encode()) for letter in text
        )
    return text.replace("&", "%26") if unescape(text) != text else text


def wikilink_reads_back(text: str, path: str) -> bool:
    """Return whether ``[[text]]`` is one link that names ``path``, with and without more inside the brackets."""
    if not re.search(r"\[|\]|\n", text):
        return wikilink_parts(text)[:3] == (path, "", None)
    for rest in ("", "#x", "|x"):
        written = f"[[{text}{rest}]]"
        links = parse_text(written).links
        if [(link.start, link.end, link.linkpath) for link in links] != [(0, len(written), path)]:
            return False
    return True


def _reads_back(text: str, path: str, form: Form) -> bool:
    """The link would be read as this path, and does not end early."""
    if form == "wiki":
        return wikilink_reads_back(text, path)
    return markdown_destination(text) == (path, "")
