"""An embed of a picture, PDF, recording, canvas or base that does not exist.

Why:     Obsidian shows a grey box. The usual causes are a picture that was never added to Git and a missing
         attachment folder. If Git has the history, the message names the commit that renamed or deleted the file.
Fix:     writes the path that Git renamed the file to, the only file of the same name with another extension, or the
         only picture pasted within a few seconds of the same time. Unsafe: it may be another picture.
Options: allow: patterns of names that are not reported.  group-above: group more missing files as one cause; 0 for
         never.
Source:  Obsidian Help, "Embed files" and "Accepted file formats".
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping
from datetime import datetime
from itertools import takewhile

from vaultkit.base.lazy_pattern import lazy_pattern
from vaultkit.base.record import record
from vaultkit.base.text import Edit, code_span
from vaultkit.lint.facts.intended_target import meant
from vaultkit.lint.facts.leads import git_lead, gone, is_illustration, one_of, ranked
from vaultkit.lint.facts.links import fix_in, is_allowed, severity_of, unresolved_links
from vaultkit.lint.finding import GROUP_ABOVE, Fix, Violation
from vaultkit.lint.rule import vault_rule
from vaultkit.note.model import Link
from vaultkit.vault.aspects import PLACES
from vaultkit.vault.linktext import link_target
from vaultkit.vault.resolve import fold
from vaultkit.vault.snapshot import Snapshot, basename

CODE = "EM001"
SEVERITY = "error"
DEPENDS = (PLACES,)
BAD = {"a.md": "![[Pasted image 20240528225721.png]]"}
GOOD = {"a.md": "![[Pasted image 20240528225721.png]]", "Pasted image 20240528225721.png": ""}

_STAMP = lazy_pattern(r"(?<!\d)20\d{12}(?!\d)")
SECONDS = 5


@record
class Options:
    """allow: patterns of names that may be missing.  group_above: reports show more as one cause."""

    allow: tuple[str, ...] = ()
    group_above: int = GROUP_ABOVE


@vault_rule
def check(vault: Snapshot, options: Options) -> Iterator[tuple[str, Violation]]:
    """Report embeds of missing attachments."""
    missing = unresolved_links(vault, "attachment")
    stems = _stems(vault) if missing else {}
    pasted = _pasted(stems)
    for path, link in missing:
        if is_allowed(link.linkpath, options.allow):
            continue
        wanted = link.linkpath.strip()
        name = fold(basename(wanted))
        event = gone(vault, wanted, path)
        near = stems.get(name, [])
        fact = help_ = ""
        if event is not None and event.now:
            fact, near = f": {git_lead(event)[0]}", [event.now]
        elif near:
            near = list(ranked(near, path, wanted))
            help_ = f"did you mean {one_of(near)}?"
        elif near := _pasted_near(pasted, name):
            help_ = f"{code_span(near[0])} was pasted within seconds of it" if len(near) == 1 else ""
        elif event is not None:
            fact, help_ = git_lead(event)
            fact = f": {fact}"
        fix = _replace(vault, path, link, near[0]) if len(near) == 1 else None
        written = meant(vault, path, link)
        if written is not None:
            help_ = f"did you mean {code_span(f'![[{written}]]')}?"
            edit = Edit(link.target_start, link.target_end, written)
            fix = Fix(f"embed {code_span(written)}", (edit,), is_safe=False)
        message = f"missing attachment {code_span(wanted)}{fact}"
        severity = severity_of(link) or ("info" if is_illustration(wanted) else None)
        yield (
            path,
            Violation(link.start, link.end, message, link.linkpath, fix_in(vault, path, fix), (), severity, help_),
        )


def _stems(vault: Snapshot) -> dict[str, list[str]]:
    """File name without extension -> attachments of that name."""
    found: dict[str, list[str]] = {}
    for path, file in vault.files.items():
        if file.kind == "attachment":
            found.setdefault(fold(basename(path)), []).append(path)
    return found


def _pasted(stems: Mapping[str, list[str]]) -> dict[str, list[tuple[int, str]]]:
    """File name with "*" for its stamp -> (second, path) of the attachments of that name, in order of time."""
    found: dict[str, list[tuple[int, str]]] = {}
    for name, paths in stems.items():
        stamp = _STAMP.search(name)
        second = _second(stamp[0]) if stamp else None
        if stamp and second is not None:
            found.setdefault(name.replace(stamp[0], "*"), []).extend((second, path) for path in paths)
    return {name: sorted(pasted) for name, pasted in found.items()}


def _pasted_near(pasted: Mapping[str, list[tuple[int, str]]], name: str) -> list[str]:
    """Files whose name has the same words and a moment at most `SECONDS` away."""
    stamp = _STAMP.search(name)
    second = _second(stamp[0]) if stamp else None
    if stamp is None or second is None:
        return []
    alike = pasted.get(name.replace(stamp[0], "*"), [])
    first = bisect_left(alike, (second - SECONDS, ""))
    return [path for _, path in takewhile(lambda entry: entry[0] <= second + SECONDS, alike[first:])]


def _second(stamp: str) -> int | None:
    """The moment ``YYYYMMDDHHMMSS`` on a scale of seconds; None when there is no such moment."""
    year, month, day = int(stamp[:4]), int(stamp[4:6]), int(stamp[6:8])
    hour, minute, second = int(stamp[8:10]), int(stamp[10:12]), int(stamp[12:])
    try:
        moment = datetime(year, month, day, hour, minute, second)
    except ValueError:
        return None
    return moment.toordinal() * 86_400 + hour * 3600 + minute * 60 + second


def _replace(vault: Snapshot, source: str, link: Link, path: str) -> Fix:
    text = link_target(vault, source, path, link.syntax, link.linkpath)
    edit = Edit(link.target_start, link.target_end, text + link.subpath)
    return Fix(f"embed {code_span(path)}", (edit,), is_safe=False)
