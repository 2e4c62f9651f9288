"""A link to a file outside the vault: ``file:///``, a drive letter, an absolute path, or too many ``../``.

Why:     it works on one computer only; in a clone, on a phone and on a published site the link is broken. A path
         with too many ``../`` whose file exists in the vault is reported as info: some programs stop at the vault's
         root and find it.
Fix:     none: the file must be moved into the vault first.
Options: allow: patterns of destinations that are not reported.
Source:  Obsidian Help, "Internal links": links are resolved inside the vault.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from vaultkit.base.lazy_pattern import lazy_pattern
from vaultkit.base.record import record
from vaultkit.base.text import code_span
from vaultkit.lint.facts.links import is_allowed, leaves_vault, severity_of
from vaultkit.lint.facts.reference_definitions import used_references
from vaultkit.lint.finding import Severity, Violation
from vaultkit.lint.rule import vault_rule
from vaultkit.vault.snapshot import Snapshot

CODE = "LK011"
SEVERITY = "warning"
BAD = {"Notes/a.md": "The [scan](file:///C:/Users/me/scan.pdf) and [[../../other/b]]."}
GOOD = {"Notes/a.md": "The [scan](../scan.pdf).", "scan.pdf": None}

_LOCAL = lazy_pattern(r"file:|[A-Za-z]:[/\\]", re.IGNORECASE)


@record
class Options:
    """allow: patterns of destinations, such as ``file:///srv/**``."""

    allow: tuple[str, ...] = ()


@vault_rule
def check(vault: Snapshot, options: Options) -> Iterator[tuple[str, Violation]]:
    """Report links to files outside the vault."""
    for path, note in vault.source_notes():
        for external in note.external_links:
            destination = external.destination
            if _LOCAL.match(destination) and not is_allowed(destination, options.allow):
                message = f"link to a local file {code_span(destination)}: works on this computer only"
                yield path, Violation(external.start, external.end, message, destination)
        used = used_references(vault, path)
        for definition in note.reference_definitions:
            away = definition.linkpath
            if definition.id.lower() in used and leaves_vault(path, away) and not is_allowed(away, options.allow):
                message = f"link to a path outside the vault {code_span(away)}: Obsidian cannot open it"
                yield path, Violation(definition.start, definition.end, message, away)
    for path, bound in vault.written_links():
        link = bound.link
        if bound.target is None and leaves_vault(path, link.linkpath) and not is_allowed(link.linkpath, options.allow):
            inside = link.linkpath.strip().lstrip("./")
            is_near = link.linkpath.strip().startswith("..") and vault.resolve("/" + inside, path).path is not None
            message = f"link to a path outside the vault {code_span(link.linkpath)}: Obsidian cannot open it"
            if is_near:
                message = f"too many `../` in the link {code_span(link.linkpath)}"
            help_ = f"{code_span(inside)} is in the vault" if is_near else ""
            severity: Severity | None = "info" if is_near else severity_of(link)
            yield path, Violation(link.start, link.end, message, link.linkpath, None, (), severity, help_)
