"""Card text reduced to what it says: for identities, duplicates and comparisons."""

from __future__ import annotations

import hashlib
import re
import unicodedata

_LINK = re.compile(r"!?\[\[([^\[\]|#\n]*)(?:#[^\[\]|\n]*)?(?:\|([^\[\]\n]*))?\]\]")
_MARKDOWN_LINK = re.compile(r"!?\[([^\[\]\n]*)\]\([^()\n]*\)")
_TAG = re.compile(r"(?:(?<=\s)|^)#[^\s#]+")
_LIST = re.compile(r"^[ \t]*(?:>[ \t]?)*(?:(?:[-*+•]|\d+[.)])[ \t]+)?(?:\[.\][ \t]+)?", re.MULTILINE)
_NOT_WORD = re.compile(r"[^\w]+|_+")
# The same for ASCII, in a tenth of the time.
_SPACED = "".join(chr(code) if chr(code).isalnum() else " " for code in range(128))
_EMBED = re.compile(r"!\[\[[^\[\]\n]+\]\]|!\[[^\[\]\n]*\]\([^()\n]+\)|<img\b", re.IGNORECASE)
_MARKERS = re.compile(
    r"\bIMPORTANT!+|\bCOME BACK(?: AND FINISH)?(?: TO)?(?: THIS(?: ONE)?)?\b|\bMOVE THIS ONE\b|\bFINISH THIS(?: ONE)?\b"
)


def has_embed(text: str) -> bool:
    """Whether the text shows a picture or another file."""
    return _EMBED.search(text) is not None


def unlinked(text: str) -> str:
    """The text with links replaced by what they show; embeds stay.

    >>> unlinked("a [[Note|word]] and [[Other]]")
    'a word and Other'
    """
    if "[[" not in text:
        return text
    return _LINK.sub(lambda m: m[0] if m[0].startswith("!") else (m[2] if m[2] is not None else m[1]), text)


def normal(text: str) -> str:
    """Folded words of the text, one space apart: no tags, notes to self, links, marks or punctuation.

    >>> normal("#nlp What is **RAG**?")
    'what is rag'
    """
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text)
    if "IMPORTANT!" in text or " BACK" in text or " THIS" in text:
        text = _MARKERS.sub(" ", text)
    if "[" in text:
        text = _LINK.sub(lambda m: m[2] if m[2] is not None else m[1], text)
        text = _MARKDOWN_LINK.sub(r"\1", text)
    if "#" in text:
        text = _TAG.sub(" ", text)
    if "\n" in text or not text[:1].isalpha():  # nothing else can begin with a list mark or a quote
        text = _LIST.sub("", text)
    text = text.casefold()
    return " ".join((text.translate(_SPACED) if text.isascii() else _NOT_WORD.sub(" ", text)).split())


def digest(text: str, length: int = 16) -> str:
    """A short, stable hash of the text."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:length]


def clean(text: str) -> str:
    """Card text as notes can hold it: ``\\n`` line ends, no space at line ends, nothing blank around it.

    >>> clean(" a  \\r\\nb \\n")
    'a\\nb'
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "\ufffd").replace("\ufeff", "")
    text = text.encode("utf-8", "replace").decode("utf-8")
    return "\n".join(line.rstrip() for line in text.split("\n")).strip()
