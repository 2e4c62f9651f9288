"""A Markdown link, a path, a canvas node or a link in a property points to a file that is not there.

Why:     unlike a bare name, which may be a note to be written one day, a path or a file extension says
         that there was a file: it was moved, renamed or never added. A bare name in a property may be a
         note to be written and is told as a warning.
Fix:     points to the only file of the vault that has this file name. Unsafe: it may be another file.
Options: allow: patterns of paths not to be told.  check-properties, check-canvas: look there, too.
Source:  Obsidian Help, "Internal links", "Properties"; JSON Canvas 1.0, file nodes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from vaultkit.index.files import file_kind
from vaultkit.index.linktext import destination, linktext
from vaultkit.index.vault import Vault, basename
from vaultkit.lint.finding import Fault, Fix, Severity
from vaultkit.lint.rule import vault_rule
from vaultkit.lint.rules._links import (
    fix_in,
    is_allowed,
    leaves_vault,
    missing_kind_of_name,
    note_names,
    severity_of,
    unresolved_links,
)
from vaultkit.lint.rules._meant import meant
from vaultkit.lint.rules._references import used_references
from vaultkit.note.model import Link, PropertyLink
from vaultkit.record import record
from vaultkit.text import Edit

CODE = "LK002"
SEVERITY = "error"
BAD = {"a.md": "The [summary](Papers/Old%20summary.md).", "Papers/Summary.md": ""}
GOOD = {"a.md": "The [summary](Papers/Summary.md).", "Papers/Summary.md": ""}


_ADDRESS = re.compile(r"www\.[\w.-]+(?:/\S*)?|[\w.+-]+(?P<at>@)[\w-]+\.[\w.-]+")


@record
class Options:
    """allow: patterns of paths that may be missing."""

    allow: tuple[str, ...] = ()
    check_properties: bool = True
    check_canvas: bool = True


@vault_rule
def check(vault: Vault, options: Options) -> Iterator[tuple[str, Fault]]:
    """Links with a path, an extension or in Markdown, property links and canvas nodes that open nothing."""
    for path, link in unresolved_links(vault, "file"):
        if path in vault.canvases and not options.check_canvas:
            continue
        if not is_allowed(link.linkpath, options.allow):
            hint, fix = _mend(vault, path, link)
            message = f"{link.linkpath} is no file of the vault{hint}"
            yield (
                path,
                Fault(link.start, link.end, message, link.linkpath, fix_in(vault, path, fix), (), severity_of(link)),
            )
    for path, note in vault.notes.items():
        used = used_references(vault, path)
        for definition in note.reference_definitions:
            target = definition.linkpath
            if (
                definition.id.lower() not in used
                or not _is_path(target)
                or vault.resolve(target, path).path is not None
            ):
                continue
            if not leaves_vault(path, target) and not is_allowed(target, options.allow):
                message = f"{target} is no file of the vault{_elsewhere(vault, target)}"
                yield path, Fault(definition.start, definition.end, message, target)
    if options.check_properties:
        for path, note in vault.notes.items():
            for entry in note.property_links:
                if _is_missing(vault, path, entry) and not is_allowed(entry.linkpath, options.allow):
                    message = f"property {entry.key}: {entry.original} names no file{_near(vault, entry.linkpath)}"
                    about = f"{entry.key}:{entry.linkpath}"
                    # A bare name may be a note that is yet to be written, as in the text.
                    level: Severity | None = "warning" if missing_kind_of_name(entry.linkpath) == "note" else None
                    yield path, Fault(entry.start, entry.end, message, about, severity=level)
    if options.check_canvas:
        for path, canvas in vault.canvases.items():
            for node in canvas.nodes:
                if vault.file_at(node.path) is None and not is_allowed(node.path, options.allow):
                    hint = _elsewhere(vault, node.path)
                    yield (
                        path,
                        Fault(node.start, node.end, f"a card shows {node.path}, which is no file{hint}", node.path),
                    )


def _is_path(linkpath: str) -> bool:
    """It has a folder or an extension; a lone word behind ``[x]:`` may be a remark."""
    return "/" in linkpath or file_kind(linkpath.strip()) != "unsupported"


def _is_missing(vault: Vault, path: str, entry: PropertyLink) -> bool:
    linkpath = entry.linkpath
    is_template = "{{" in linkpath or "<%" in linkpath
    return bool(linkpath.strip()) and not is_template and vault.resolve(linkpath, path).path is None


def _mend(vault: Vault, source: str, link: Link) -> tuple[str, Fix | None]:
    if link.syntax == "markdown" and (address := _ADDRESS.fullmatch(link.linkpath.strip())):
        return f"; for the address write {'mailto:' if address['at'] else 'https://'}{address[0]}", None
    written_so = meant(vault, source, link)
    if written_so is not None:
        fix = Fix(f"link to {written_so}", (Edit(link.target_start, link.target_end, written_so),), is_safe=False)
        return f"; did you mean [[{written_so}]]?", fix
    paths = _same_name(vault, link.linkpath)
    if len(paths) == 1:
        text = (destination(paths[0]) if link.syntax == "markdown" else linktext(vault, paths[0])) + link.subpath
        fix = Fix(f"point to {paths[0]}", (Edit(link.target_start, link.target_end, text),), is_safe=False)
        return f"; {paths[0]} has the same name", fix
    return _elsewhere(vault, link.linkpath) or _near(vault, basename(link.linkpath)), None


def _same_name(vault: Vault, linkpath: str) -> tuple[str, ...]:
    name = linkpath.strip().rpartition("/")[2]
    return vault.files_named(name) or (vault.files_named(f"{name}.md") if file_kind(name) == "unsupported" else ())


def _elsewhere(vault: Vault, path: str) -> str:
    found = _same_name(vault, path)
    return f"; did you mean {' or '.join(found[:3])}?" if found else ""


def _near(vault: Vault, name: str) -> str:
    near = note_names(vault).nearest(name.rpartition("/")[2].removesuffix(".md"))
    return f"; did you mean {' or '.join(near[:3])}?" if near else ""
