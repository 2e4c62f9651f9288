"""Changes as a unified diff, which ``patch -p1`` and ``git apply`` understand."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator

from vaultkit.base.atomic_write import FileChange

_PLAIN = re.compile(r"[\w ./@+-]+")
_SHORT = {"\\": r"\\", '"': r"\"", "\t": r"\t", "\n": r"\n", "\r": r"\r", "\a": r"\a"}
_NO_NEWLINE = "\\ No newline at end of file\n"


def diff(change: FileChange, new_path: str | None = None) -> Iterator[str]:
    """Lines, each with its line end, of one file's difference. new_path: where the file moves to, too."""
    before, after = _lines(change.before or b""), _lines(change.after)
    old, new = _name("a/" + change.path), _name("b/" + (new_path or change.path))
    if new_path is not None:
        yield f"diff --git {old.rstrip()} {new.rstrip()}\n"
        yield f"rename from {_name(change.path).rstrip()}\nrename to {_name(new_path).rstrip()}\n"
    for line in difflib.unified_diff(before, after, old, new):
        yield line
        if not line.endswith("\n"):
            yield "\n" + _NO_NEWLINE


def _lines(data: bytes) -> list[str]:
    """Lines as git counts them: only ``\\n`` ends one."""
    lines = data.decode("utf-8", "surrogateescape").split("\n")
    return [line + "\n" for line in lines[:-1]] + lines[-1:] * bool(lines[-1])


def _name(path: str) -> str:
    """Return a path as in the head of a diff: quoted as in C if needed, with a tab after it if it has spaces."""
    if _PLAIN.fullmatch(path):
        return path + ("\t" if " " in path else "")
    return '"' + "".join(map(_quoted, path)) + '"'


def _quoted(character: str) -> str:
    if character in _SHORT:
        return _SHORT[character]
    if character.isprintable() and not "\ud800" <= character <= "\udfff":
        return character
    return "".join(f"\\{byte:03o}" for byte in character.encode("utf-8", "surrogateescape"))
