"""Front matter: where the block stands and what its YAML values are.

Values follow Obsidian: YAML 1.2 core words only (dates and "yes" stay text), a repeated key,
a bare scalar or a list at the top makes the whole block unusable. The usual block, one plain
value or one plain list a line, is read here by patterns that admit only what has one meaning
(measured on 3,070 real blocks: 25 ms, where the C loader needs 174); everything else goes to
python-frontmatter's YAML handler. A test holds the two against each other.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from vaultkit.note.links import markdown_destination, wikilink_parts
from vaultkit.note.model import Frontmatter, PropertyError, PropertyLink
from vaultkit.note.yaml_reading import MAX_NESTING, integer, read_yaml

# Each link that YAML escapes hide costs a walk through the block.
MAX_HIDDEN_LINKS = 100

_OPEN = re.compile(r"---[ \t]*\r?\n")
_CLOSE = re.compile(r"^---[ \t]*$|^---[ \t]*(?=\r$)", re.MULTILINE)

# A plain scalar of one meaning: starts with a letter, digit or other script, holds no character
# that YAML could read as syntax.
# Characters that end a line to YAML 1.1, that YAML refuses, or that it strips: not for a fast path.
_ODD = re.compile("[\x00-\x09\x0b\x0c\x0e-\x1f\x7f-\xa0\u2028\u2029\ufeff\ufffe\uffff]")
_KEY = r"(?!(?:null|Null|NULL|true|True|TRUE|false|False|FALSE)[ ]*+:)[^\W\d][\w -]*+"
_PLAIN = r"[^\s!-.:-@\[-^`{-~][^:#\r\n]*+(?:(?::(?=\S)|(?<=\S)\#)[^:#\r\n]*+)*+"
_QUOTED = r"\"[^\"\\\r\n]*+\"[ ]*+|'[^'\r\n]*+'[ ]*+"
_MEMBER = r"(?:\"[^\"\\,\[\]\r\n]*+\"|'[^',\[\]\r\n]*+'|\w[\w /.-]*+)[ ]*+"
_FLOW = rf"\[[ ]*+(?:{_MEMBER}(?:,[ ]*+{_MEMBER})*+)?+\][ ]*+"
_END = r"(?:\r?\n|\Z)"
_FOLDED = rf">-\r?\n(?:[ ][ ][^\s-](?:[^\n\r]*[^\s])?{_END})*+"
_SIMPLE = re.compile(
    rf"(?:{_KEY}:(?:[ ]++(?:(?:{_QUOTED}|{_PLAIN}|{_FLOW}){_END}|{_FOLDED})"
    rf"|[ ]*+{_END}(?:[ ]*+-(?:[ ]++(?:{_QUOTED}|{_PLAIN})|[ ]*+){_END})*+)|[ ]*+\r?\n)*+"
)
_INDENT = re.compile(r"^([ ]*)-", re.MULTILINE)
_ENTRY = re.compile(
    r"^(?P<key>[^\W\d][\w -]*+):[ ]*+(?P<value>[^\r\n]*+)"
    r"|^[ ]*+-[ ]*+(?P<item>[^\r\n]*+)|^[ ][ ](?P<folded>[^\s-][^\r\n]*+)",
    re.MULTILINE,
)
_NAMES = re.compile(r"^([^\W\d][\w -]*+):", re.MULTILINE)
_WORDS: Mapping[str, Any] = {
    **dict.fromkeys(("null", "Null", "NULL", "~"), None),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}
_INTEGER = re.compile(r"[-+]?[0-9]+")
_FLOAT = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?")
_WHOLE_WIKILINK = re.compile(r"\[\[([^\n]+)\]\]")
_WHOLE_MARKDOWN_LINK = re.compile(r"\[([^\[\]\n]*)\]\(<?([^<>\n]+?)>?\)")


def frontmatter(text: str) -> Frontmatter | None:
    """The property block at the very start of ``text``; None when there is none.

    A block that is opened and never closed is none (Source: Obsidian Help, "Properties").
    """
    opening = _OPEN.match(text)
    if opening is None:
        return None
    closing = _CLOSE.search(text, opening.end())
    if closing is None:
        return None
    start, end = opening.end(), closing.start()
    properties, error = read_properties(text[start:end])
    if error is not None:
        error = PropertyError(error.start + start, error.end + start, error.kind, error.message)
    return Frontmatter(0, closing.start() + 3, start, end, properties, error)


class SimpleProperties(Mapping[str, Any]):
    """The properties of a block of plain lines, taken apart when somebody asks for one.

    Most runs ask for few: the block was found to be sound, and that is all a linter needs of it.
    """

    __slots__ = ("_block", "_values")

    def __init__(self, block: str) -> None:
        self._block = block
        self._values: dict[str, Any] | None = None

    def _read(self) -> dict[str, Any]:
        if self._values is None:
            values: dict[str, Any] = {}
            name = ""
            for key, value, item, folded in _ENTRY.findall(self._block):
                if folded:
                    before = values[name]
                    values[name] = f"{before} {folded}" if before else folded
                elif key:
                    name = key.rstrip()
                    values[name] = "" if value == ">-" else _value(value) if value else None
                else:
                    if values[name] is None:
                        values[name] = []
                    values[name].append(_scalar(item) if item else None)
            self._values = values
        return self._values

    def __getitem__(self, name: str) -> Any:
        return self._read()[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._read())

    def __len__(self) -> int:
        return len(self._read())

    def __reduce__(self) -> tuple[type[SimpleProperties], tuple[str]]:
        return SimpleProperties, (self._block,)

    def __repr__(self) -> str:
        return repr(self._read())

    def only(self, name: str) -> Mapping[str, Any]:
        """The one property of this name (given in lower case) in any case, read without the others."""
        if self._values is not None:
            return self._values
        lowered = self._block.lower()
        at = lowered.find(name)
        while at >= 0:
            if (at == 0 or lowered[at - 1] == "\n") and lowered[at + len(name) :].lstrip(" ").startswith(":"):
                if len(lowered) != len(self._block):  # lower case may be longer: "İ"
                    return self
                following = _NAMES.search(self._block, at + len(name))
                return SimpleProperties(self._block[at : following.start() if following else len(self._block)])
            at = lowered.find(name, at + 1)
        return {}


def read_properties(block: str) -> tuple[Mapping[str, Any], PropertyError | None]:
    """The values of a property block, or no values and why; offsets count from the block's start."""
    if _ODD.search(block) is None and _SIMPLE.fullmatch(block) is not None:
        names = [name.rstrip() for name in _NAMES.findall(block)]
        indents = set(_INDENT.findall(block)) if "- " in block else ()
        if len(set(names)) == len(names) and len(indents) < 2:
            return SimpleProperties(block), None
    return read_yaml(block)


def _value(raw: str) -> Any:
    if raw[0] == "[":
        inside = raw.rstrip(" ")[1:-1].strip(" ")
        return [_scalar(member.strip(" ")) for member in inside.split(",")] if inside else []
    return _scalar(raw)


def _scalar(raw: str) -> Any:
    raw = raw.rstrip(" ")
    if raw[0] in "\"'":
        return raw[1:-1]
    if raw in _WORDS:
        return _WORDS[raw]
    if raw[0] in "0123456789.":
        if _INTEGER.fullmatch(raw):
            return integer(raw)
        if _FLOAT.fullmatch(raw):
            return float(raw)
        if raw[:2] in ("0x", "0o", ".i", ".n", ".I", ".N"):
            return read_yaml(f"k: {raw}")[0].get("k", raw)
    return raw


def property_links(properties: Mapping[str, Any], text: str, start: int, end: int) -> tuple[PropertyLink, ...]:
    """The values, and members of lists, that are one whole link.

    ``text[start:end]`` is the block they were read from.
    Source: Obsidian's metadata cache (``frontmatterLinks``); release notes 1.4 and 1.11.
    """
    found: list[PropertyLink] = []
    position = start
    hidden = 0
    for key, value in _texts_within("", properties, MAX_NESTING):
        if value[:1] != "[":
            continue
        written = text.find(value, position, end) if hidden < MAX_HIDDEN_LINKS else -1
        hidden += written < 0
        if written >= 0:
            position = written + len(value)
        at = (written, position) if written >= 0 else (start, start)
        link = _property_link(*at, key, value)
        if link is not None:
            found.append(link)
    return tuple(found)


def _texts_within(prefix: str, value: Any, depth: int) -> Iterator[tuple[str, str]]:
    """Texts among the values, with keys such as "up" and "up.0"."""
    if depth == 0:
        return
    members = value.items() if isinstance(value, Mapping) else enumerate(value)
    for key, member in members:
        if isinstance(member, str):
            yield f"{prefix}{key}", member
        elif isinstance(member, list | dict):
            yield from _texts_within(f"{prefix}{key}.", member, depth - 1)


def _property_link(start: int, end: int, key: str, value: str) -> PropertyLink | None:
    wiki = _WHOLE_WIKILINK.fullmatch(value)
    if wiki and "[[" not in wiki[1] and "]]" not in wiki[1]:
        linkpath, subpath, display, _ = wikilink_parts(wiki[1])
        return PropertyLink(start, end, key, linkpath, subpath, display, value, "wiki")
    markdown = _WHOLE_MARKDOWN_LINK.fullmatch(value)
    target = markdown_destination(markdown[2]) if markdown else None
    if markdown is None or target is None:
        return None
    return PropertyLink(start, end, key, *target, markdown[1], value, "markdown")


def text_list(properties: Mapping[str, Any], name: str) -> tuple[str, ...]:
    """The texts of a property that is one text or a list of texts; its name in any case.

    A single ``tags`` text with a comma counts for nothing since Obsidian 1.9 (see `property_tags`).
    """
    if isinstance(properties, SimpleProperties):
        properties = properties.only(name)
    for key, value in properties.items():
        if key.lower() == name:
            if isinstance(value, str):
                return (value,) if value.strip() else ()
            if isinstance(value, list):
                return tuple(str(member) for member in value if isinstance(member, str | int | float) and str(member))
    return ()


def aliases(properties: Mapping[str, Any]) -> tuple[str, ...]:
    """The other names a note gives itself; no link target in Obsidian."""
    return text_list(properties, "aliases")


def property_tags(properties: Mapping[str, Any]) -> tuple[str, ...]:
    """The tags of the ``tags`` property, without ``#``. Source: Obsidian 1.9 release notes and cache."""
    found = []
    for raw in text_list(properties, "tags"):
        tag = raw.strip().removeprefix("#")
        if "," not in tag and tag.split() == [tag]:
            found.append(tag)
    return tuple(found)
