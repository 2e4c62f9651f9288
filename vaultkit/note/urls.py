"""Bare addresses in running text: ``https://…``, ``www.…`` and e-mail. Source: GFM, "Autolinks (extension)"."""

from __future__ import annotations

import re

from vaultkit.note.whitespace import JS_SPACE_CLASS

EMAIL_CLASS = r"A-Za-z0-9+\-._"
_EMAIL = re.compile(rf"[{EMAIL_CLASS}]++@([A-Za-z0-9\-._]*+)")
_START = re.compile(r"(?:www\.|[hH][tT][tT][pP][sS]?://)")
_DOMAIN = re.compile(r"[A-Za-z0-9\-_]+(?:\.[A-Za-z0-9\-_]+)*")
_PATH = re.compile(rf"[^{JS_SPACE_CLASS}<]*")


def email_end(text: str, at: int, end: int) -> int:
    """Return the offset behind the e-mail address at ``at``, -1 when there is none."""
    found = _EMAIL.match(text, at, end)
    if found is None:
        return -1
    domain = found[1]
    dot = domain.find(".")
    if dot < 0 or dot == len(domain) - 1 or domain[-1] in "-_":
        return -1
    return found.end() - (domain[-1] == ".")


def url_end(text: str, at: int, end: int) -> int:
    """Return the offset behind the bare URL at ``at``, -1 when there is none."""
    if text[at : at + 1] not in ("h", "w", "H"):
        return -1
    scheme = _START.match(text, at, end)
    if scheme is None:
        return -1
    domain = _DOMAIN.match(text, scheme.end(), end)
    if domain is None:
        return -1
    domain_end, parts = domain.end(), domain[0].split(".")
    if text.startswith(".", domain_end, end) and domain_end + 1 < end and text[domain_end + 1] != ".":
        domain_end += 1
        parts.append("")
    if len(parts) < 2 or "_" in "".join(parts[-2:]):
        return -1
    path = _PATH.match(text, domain_end, end)
    path_end = path.end() if path else domain_end
    stop = domain_end + len(text[domain_end:path_end].rstrip("!*,.:?_~"))
    return _without_entity(text, _without_surplus_parens(text, domain_end, stop))


def _without_surplus_parens(text: str, start: int, end: int) -> int:
    """Return the end of a path whose closing parentheses are not more than the opening ones."""
    if text[end - 1] != ")":
        return end
    surplus = text.count(")", start, end) - text.count("(", start, end)
    while surplus > 0:
        end = text.rindex(")", start, end)
        surplus -= 1
    return end


def _without_entity(text: str, end: int) -> int:
    """Return the end of a path without a final ``&name;`` or semicolon."""
    if text[end - 1] != ";":
        return end
    end -= 1
    entity = end
    while text[entity - 1 : entity].isascii() and text[entity - 1 : entity].isalpha():
        entity -= 1
    return entity - 1 if entity < end and text[entity - 1] == "&" else end
