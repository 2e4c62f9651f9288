"""The page's ES modules as one script, so that a page from ``file://`` needs no loader.

The modules share one scope in the script, so their top-level names are unique (a test checks it). They run in the order in
which a browser would run them: what a module imports comes before it.
"""

from __future__ import annotations

import posixpath
import re
from functools import cache
from importlib import resources

from vaultkit.map.packed_text import Packed, packed_bytes

ENTRY = "main.js"
_IMPORT = re.compile(r'^import \{([^}]*)\} from "(\.[^"]+)";\n', re.MULTILINE)
_EXPORT = re.compile(r"^export (?=const |let |function|async |class )", re.MULTILINE)
_COMMENTS = re.compile(r"^(?:[ \t]*(?://[^\n]*\n|/\*\*.*?\*/[ \t]*\n|\n))*[ \t]*", re.DOTALL | re.MULTILINE)


@cache
def page_script() -> str:
    """All modules that the entry module needs, as one script in strict mode."""
    order: list[str] = []
    _visit(ENTRY, order, set())
    return "\n".join(['"use strict";(() => {', *(lean(name) for name in order), "})();"])


@cache
def packed_script() -> Packed:
    """The script, compressed: a third of the page's own weight."""
    return packed_bytes(page_script().encode("ascii"))


def _visit(name: str, order: list[str], seen: set[str]) -> None:
    seen.add(name)
    for _, target in _IMPORT.findall(asset(f"src/{name}")):
        path = posixpath.normpath(posixpath.join(posixpath.dirname(name), target))
        if path not in seen:
            _visit(path, order, seen)
    order.append(name)


@cache
def lean(name: str) -> str:
    """One module without imports, exports, comments and indents of whole lines, and in ASCII.

    A page that is all ASCII is read at one byte a character. No string of ours spans lines (a test checks it).
    """
    script = _EXPORT.sub("", _IMPORT.sub("", asset(f"src/{name}")))
    script = _COMMENTS.sub("", script)
    return re.sub(r"[^\x00-\x7f]", lambda sign: "".join(_units(sign[0])), script)


def _units(sign: str) -> list[str]:
    units = sign.encode("utf-16-be").hex(" ", 2).split(" ")
    return [f"\\u{unit}" for unit in units]


@cache
def asset(name: str) -> str:
    """One of the page's own files."""
    return resources.files("vaultkit.map").joinpath("assets", *name.split("/")).read_text(encoding="utf-8")
