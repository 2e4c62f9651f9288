"""A Markdown link, a path, a canvas card or a link in a property to a file that does not exist.

Why:     a link by name may be a note to be written later. A path or a file extension refers to a file that was
         moved, renamed or never added. Links to folders, and URLs without a scheme, do not open anything either.
         A name in a property is a warning if there is a likely target, else info. The examples of a manual, such as
         ``Example.md``, are info. So are names with a slash that is not a folder, such as ``[[in/out]]``, and tag
         pages of site generators, such as ``[[tags/physics]]`` in a vault with ``#physics``.
Fix:     links to the path that Git renamed the file to, or to the only file in the vault with this file name, in the
         link format of the vault's settings. Unsafe: it may be another file. No fix writes a link to the web.
Options: allow: patterns of paths that are not reported.  check-properties, check-canvas: also check these.
Source:  Obsidian Help, "Internal links", "Properties"; JSON Canvas 1.0, file nodes.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping

from vaultkit.base.lazy_pattern import lazy_pattern
from vaultkit.base.record import record
from vaultkit.base.text import Edit, code_span
from vaultkit.lint.facts.intended_target import meant
from vaultkit.lint.facts.leads import (
    Lead,
    files_of_stem,
    git_lead,
    gone,
    is_illustration,
    near_notes,
    one_of,
    ranked,
)
from vaultkit.lint.facts.links import (
    fix_in,
    is_allowed,
    leaves_vault,
    missing_kind_of_name,
    severity_of,
    unresolved_links,
)
from vaultkit.lint.facts.reference_definitions import used_references
from vaultkit.lint.finding import Fix, Violation
from vaultkit.lint.folder_causes import folder_ends
from vaultkit.lint.rule import vault_rule
from vaultkit.note.model import Link, PropertyLink
from vaultkit.note.properties import property_tags
from vaultkit.vault.aspects import ALIASES, PLACES, TAGS, WANTED
from vaultkit.vault.files import extension, file_kind
from vaultkit.vault.linktext import link_target
from vaultkit.vault.memo import depends_on
from vaultkit.vault.resolve import fold, joined
from vaultkit.vault.snapshot import Snapshot, basename

CODE = "LK002"
SEVERITY = "error"
DEPENDS = (
    ALIASES,
    PLACES,
    TAGS,
    WANTED,
)
REWORDS = DEPENDS
BAD = {"a.md": "The [summary](Papers/Old%20summary.md).", "Papers/Summary.md": ""}
GOOD = {"a.md": "The [summary](Papers/Summary.md).", "Papers/Summary.md": ""}

_MAIL = lazy_pattern(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
# "https//x", "https:x" and "http;//x" are an address whose scheme is misspelt; "www.x.org" and "x.org/y" have none.
_SCHEME = lazy_pattern(r"(?:https?|ftp)(?:[:;]/{0,2}|//)(?=[\w-]+\.)", re.IGNORECASE)
_HOST = lazy_pattern(
    r"www\.[\w-]+(?:\.[\w-]+)+(?:[/?#:].*)?|(?:[\w-]+\.)+"
    r"(?:(?:com|org|net|edu|gov|io)(?::\d+)?(?:/.*)?"
    r"|(?:dev|app|ai|info|wiki|blog|uk|de|fr|it|es|nl|eu|ch|at|ru|cn|jp|kr|br|in)(?::\d+)?/.*)",
    re.IGNORECASE,
)
_DOUBLED = lazy_pattern(r"(?:\.md){2,}$", re.IGNORECASE)
# Names that every other folder has: the same name elsewhere is no evidence.
_COMMON = frozenset("readme index home todo untitled image notes note overview license changelog contributing".split())


@record
class Options:
    """allow: patterns of paths that may be missing."""

    allow: tuple[str, ...] = ()
    check_properties: bool = True
    check_canvas: bool = True


@vault_rule
def check(vault: Snapshot, options: Options) -> Iterator[tuple[str, Violation]]:
    """Report links with a path, an extension or in Markdown, property links and canvas cards without a file."""
    for path, link in unresolved_links(vault, "file"):
        if path in vault.canvases and not options.check_canvas:
            continue
        if not is_allowed(link.linkpath, options.allow):
            lead = _lead(vault, path, link.linkpath, link)
            fix = fix_in(vault, path, lead.fix)
            severity = severity_of(link) or lead.severity
            yield path, Violation(link.start, link.end, lead.message, link.linkpath, fix, (), severity, lead.help)
    yield from _references(vault, options)
    if options.check_properties:
        yield from _properties(vault, options)
    if options.check_canvas:
        for path, canvas in vault.source_canvases():
            for node in canvas.nodes:
                if vault.file_at(node.path) is None and not is_allowed(node.path, options.allow):
                    lead = _lead(vault, path, node.path)
                    message = f"canvas card: {lead.message}"
                    yield path, Violation(node.start, node.end, message, node.path, help=lead.help)


def _references(vault: Snapshot, options: Options) -> Iterator[tuple[str, Violation]]:
    for path, note in vault.source_notes():
        used = used_references(vault, path)
        for definition in note.reference_definitions:
            target = definition.linkpath
            is_used = definition.id.lower() in used and _is_path(target)
            if not is_used or vault.resolve(target, path).path is not None:
                continue
            if not leaves_vault(path, target) and not is_allowed(target, options.allow):
                lead = _lead(vault, path, target)
                yield (
                    path,
                    Violation(
                        definition.start, definition.end, lead.message, target, None, (), lead.severity, lead.help
                    ),
                )


def _properties(vault: Snapshot, options: Options) -> Iterator[tuple[str, Violation]]:
    for path, note in vault.source_notes():
        for entry in note.property_links:
            if not _is_missing(vault, path, entry) or is_allowed(entry.linkpath, options.allow):
                continue
            # A bare name may be a note that is yet to be written, as in the text.
            is_name = missing_kind_of_name(entry.linkpath) == "note"
            lead = _lead_of_name(vault, path, entry.linkpath) if is_name else _lead(vault, path, entry.linkpath)
            message = f"{property_at(entry.key)}: {lead.message}"
            about = f"{entry.key}:{entry.linkpath}"
            yield path, Violation(entry.start, entry.end, message, about, None, (), lead.severity, lead.help)


def property_at(key: str) -> str:
    """A property as messages name it.

    >>> property_at("parents.0")
    'property `parents`, item 1'
    """
    name, dot, rest = key.rpartition(".")
    if dot and rest.isdecimal():
        return f"property {code_span(name)}, item {int(rest) + 1}"
    return f"property {code_span(key)}"


def _is_path(linkpath: str) -> bool:
    """It has a folder or an extension; a lone word behind ``[x]:`` may be a remark."""
    return "/" in linkpath or file_kind(linkpath.strip()) != "unsupported"


def _is_missing(vault: Snapshot, path: str, entry: PropertyLink) -> bool:
    linkpath = entry.linkpath
    is_template = "{{" in linkpath or "<%" in linkpath
    return bool(linkpath.strip()) and not is_template and vault.resolve(linkpath, path).path is None


def _lead_of_name(vault: Snapshot, path: str, linkpath: str) -> Lead:
    name = linkpath.strip()
    aliased = vault.aliases.get(fold(name), ())
    if aliased:
        message = f"{code_span(name)} is an alias of {code_span(basename(aliased[0]))}; links cannot use aliases"
        return Lead(message, f"write {code_span(f'[[{basename(aliased[0])}]]')}", severity="warning")
    missing = f"no note named {code_span(name)}"
    near = near_notes(vault, name, path)
    if near:
        return Lead(missing, f"did you mean {one_of(near)}?", severity="warning")
    event = gone(vault, name, path)
    if event is not None:
        fact, help_ = git_lead(event)
        return Lead(f"{missing}: {fact}", help_, severity="warning")
    return Lead(missing, severity="info")


def _lead(vault: Snapshot, path: str, linkpath: str, link: Link | None = None) -> Lead:
    """Return the message, help and fix for a missing path. link: the link to fix; None for no fix."""
    wanted = linkpath.strip()
    address = _address(wanted)
    if address:
        text = address + (link.subpath if link is not None else "")
        return Lead(f"URL without a scheme: {code_span(wanted)}", f"write {code_span(text)}")
    folder = _folder(vault, path, wanted)
    if folder:
        inside = next((file for file in _front_notes(folder) if file in vault.files), "")
        help_ = f"link to a note, such as {code_span(inside)}" if inside else "link to a note in the folder"
        return Lead(f"{code_span(wanted)} is a folder; a link cannot open a folder", help_, severity="warning")
    missing = f"{code_span(wanted)} does not exist in this vault"
    written = meant(vault, path, link) if link is not None else None
    if link is not None and written is not None:
        fix = Fix(f"link to {code_span(written)}", (_edit(link, written),), is_safe=False)
        return Lead(missing, f"did you mean {code_span(f'[[{written}]]')}?", fix)
    if is_illustration(wanted) or _is_tag_page(vault, wanted):
        return Lead(missing, severity="info")
    event = gone(vault, wanted, path)
    if event is not None and event.now:
        return Lead(f"{missing}: {git_lead(event)[0]}", *_to(vault, path, link, event.now))
    same = _same_name(vault, path, wanted)
    if len(same) == 1:
        return Lead(missing, *_to(vault, path, link, same[0]))
    if same:
        return Lead(missing, f"did you mean {one_of(same)}?")
    if event is not None:
        fact, help_ = git_lead(event)
        return Lead(f"{missing}: {fact}", help_)
    files = files_of_stem(vault, basename(wanted), path) if extension(wanted) in ("", "md") else ()
    near = files or near_notes(vault, basename(wanted), path)
    if not near and link is not None and _is_phrase(vault, wanted, link):
        return Lead(missing, severity="info")
    return Lead(missing, f"did you mean {one_of(near)}?" if near else "")


def _to(vault: Snapshot, path: str, link: Link | None, target: str) -> tuple[str, Fix | None]:
    """Help and fix that lead to the file ``target``."""
    help_ = f"did you mean {code_span(target)}?"
    if link is None:
        return help_, None
    text = link_target(vault, path, target, link.syntax, link.linkpath)
    return help_, Fix(f"link to {code_span(text)}", (_edit(link, text + link.subpath),), is_safe=False)


def _edit(link: Link, text: str) -> Edit:
    return Edit(link.target_start, link.target_end, text)


def _address(wanted: str) -> str:
    """Return the URL with its scheme; "" when the path is not a URL."""
    if _MAIL.fullmatch(wanted):
        return f"mailto:{wanted}"
    scheme = _SCHEME.match(wanted)
    if scheme is not None and "." in wanted[scheme.end() :].partition("/")[0]:
        return f"{scheme[0].rstrip(':;/').lower()}://{wanted[scheme.end() :]}"
    return f"https://{wanted}" if _HOST.fullmatch(wanted) else ""


def _is_phrase(vault: Snapshot, wanted: str, link: Link) -> bool:
    """The slash is part of a name, as in ``[[input/output]]``: no folder is called so, and no other link names one."""
    if link.syntax != "wiki" or extension(wanted) or wanted.startswith((".", "/")):
        return False
    folder = fold(wanted.rpartition("/")[0])
    return bool(folder) and folder not in vault.get(_folder_ends) and vault.get(_wanted_folders).get(folder, 0) < 2


@depends_on()
def _folder_ends(vault: Snapshot) -> frozenset[str]:
    return folder_ends(vault)


def _update_wanted_folders(
    known: Mapping[str, int], before: Snapshot, after: Snapshot, paths: frozenset[str]
) -> Mapping[str, int]:
    found = Counter(known)
    found.subtract(_folder_names(before.narrowed(paths)))
    found.update(_folder_names(after.narrowed(paths)))
    return +found


@depends_on(WANTED, stored_as=dict[str, int], update=_update_wanted_folders)
def _wanted_folders(vault: Snapshot) -> Mapping[str, int]:
    """Folded folder -> how many links to missing files name it."""
    return Counter(_folder_names(vault))


def _folder_names(vault: Snapshot) -> list[str]:
    return [fold(link.linkpath.strip().rpartition("/")[0]) for _, link in unresolved_links(vault, "file")]


@depends_on()
def _folders(vault: Snapshot) -> dict[str, str]:
    """Folded path -> path of every folder that holds a file."""
    found: dict[str, str] = {}
    for path in vault.files:
        folder = path.rpartition("/")[0]
        while folder and fold(folder) not in found:
            found[fold(folder)] = folder
            folder = folder.rpartition("/")[0]
    return found


def _folder(vault: Snapshot, path: str, wanted: str) -> str:
    """The folder that the path names, from the root or from the note; "" when it names none."""
    own = path[: path.rfind("/") + 1]
    if wanted.startswith(("./", "../")) or wanted in (".", ".."):
        places = [joined(own, wanted) or ""]
    else:
        places = [wanted.strip("/"), own + wanted.strip("/")]
    found = (vault.get(_folders).get(fold(place)) for place in places if place)
    return next((folder for folder in found if folder), "")


def _front_notes(folder: str) -> tuple[str, ...]:
    name = folder.rpartition("/")[2]
    return tuple(f"{folder}/{file}.md" for file in (name, "README", "index", "Index", "_index", "readme", "Home"))


def _is_tag_page(vault: Snapshot, wanted: str) -> bool:
    """A page that site generators make of a tag of the vault: ``tags/plugin/filter`` for ``plugin/filter``."""
    folder, _, tag = wanted.strip("/").partition("/")
    return fold(folder) == "tags" and fold(tag.removesuffix(".md")) in vault.get(_tags)


@depends_on(TAGS)
def _tags(vault: Snapshot) -> frozenset[str]:
    """Folded tags of the vault, without ``#``, with those above them: ``a`` and ``a/b`` for ``#a/b``."""
    found = [tag.tag.lstrip("#") for note in vault.notes.values() for tag in note.tags]
    found += [tag for note in vault.notes.values() for tag in property_tags(note.properties)]
    return frozenset("/".join(fold(tag).split("/")[:depth]) for tag in found for depth in range(1, tag.count("/") + 2))


def _same_name(vault: Snapshot, path: str, wanted: str) -> tuple[str, ...]:
    """Files of this file name, those in shared folders first."""
    name = _DOUBLED.sub(".md", wanted.rpartition("/")[2])
    found = vault.files_named(name) or (vault.files_named(f"{name}.md") if file_kind(name) == "unsupported" else ())
    if basename(name).lower() in _COMMON:
        asked = {fold(part) for part in wanted.split("/")[:-1]} - {".", "..", ""}
        found = tuple(file for file in found if asked & {fold(part) for part in file.split("/")[:-1]})
    return ranked((file for file in found if file != path or name != wanted.rpartition("/")[2]), path, wanted)
