"""JSON inside a script element of a page."""

from __future__ import annotations

import json
import re
from typing import Any

_OTHERS = re.compile(r"[^\x00-\x7f]+")


def json_for_script(document: Any) -> str:
    """JSON that cannot end the script element it stands in, nor be read as markup."""
    text = json.dumps(document, ensure_ascii=False, separators=(",", ":"))
    for sign in "<>&\u2028\u2029":
        if sign in text:
            text = text.replace(sign, f"\\u{ord(sign):04x}")
    # A page that is all ASCII is read sooner: the few other signs of most vaults are escaped, those of a Chinese one not.
    others = len(text) - len(text.encode("ascii", "ignore"))
    if others * 50 < len(text):
        return _OTHERS.sub(_escaped, text)
    # A name with undecodable bytes holds lone surrogates, which UTF-8 cannot hold.
    return text.encode("utf-8", "backslashreplace").decode("utf-8") if _has_surrogate(text) else text


def _escaped(signs: re.Match[str]) -> str:
    units = signs[0].encode("utf-16-be", "surrogatepass").hex(" ", 2)
    return "\\u" + units.replace(" ", "\\u")


def _has_surrogate(text: str) -> bool:
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return True
    return False
