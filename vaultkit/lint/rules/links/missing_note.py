"""A wikilink to a note that does not exist.

Why:     Obsidian shows it faded, and a click on it creates an empty note. Renaming a note outside Obsidian
         breaks every link to the old name.
         A warning if there is a likely target: a similar name, an alias, a rename in Git, a file of the same name.
         Else info: most such links are for notes that do not exist yet; `vaultkit wanted` lists them.
Fix:     writes the likely target: the similar name, the new name in Git, or, for an alias, ``[[Note|alias]]``, since
         links cannot use aliases. Unsafe: it guesses. No fix writes a link to the web.
Options: allow: patterns of planned notes that are not reported.
         planned-after: report as info if at least this many notes link to the missing note; 0 disables.
Source:  Obsidian Help, "Internal links" and "Aliases"; the `unresolved` list of Obsidian's own CLI.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from vaultkit.base.lazy_pattern import lazy_pattern
from vaultkit.base.record import record
from vaultkit.base.text import Edit, code_span
from vaultkit.lint.facts.intended_target import meant
from vaultkit.lint.facts.leads import Lead, files_of_stem, git_lead, gone, near_notes, one_of
from vaultkit.lint.facts.links import bar_at, fix_in, is_allowed, only_note_named, severity_of, unresolved_links
from vaultkit.lint.finding import Fix, Violation
from vaultkit.lint.rule import gathering_rule
from vaultkit.note.model import Link, Note
from vaultkit.vault.aspects import ALIASES, PLACES, WANTED
from vaultkit.vault.linktext import link_target, linktext
from vaultkit.vault.memo import depends_on
from vaultkit.vault.resolve import fold
from vaultkit.vault.snapshot import Snapshot

CODE = "LK001"
SEVERITY = "warning"
DEPENDS = (
    ALIASES,
    PLACES,
    WANTED,
)
REWORDS = DEPENDS
BAD = {"Cell.md": "See [[Mitocondria]].", "Mitochondria.md": "The power house."}
GOOD = {"Cell.md": "See [[Mitochondria]].", "Mitochondria.md": "The power house."}

# The target of a Markdown link behind double brackets: ``[[15]](https://…)``.
_TARGET = lazy_pattern(
    r"""\((?:<[^<>\n]*>|(?=[^\s()]*(?:://|[/.]))[^\s()]+(?:\([^\s()]*\)[^\s()]*)*)(?:[ \t]+"[^"\n]*")?\)"""
)


@record
class Options:
    """allow: patterns such as ``2026-*`` or ``People/*``; planned_after: number of notes."""

    allow: tuple[str, ...] = ()
    planned_after: int = 0


def has_links(note: Note, text: str) -> bool:
    """The note has links, and Markdown targets behind double brackets."""
    return bool(note.links) and "]](" in text


NEEDS = has_links


def gather(note: Note, text: str) -> frozenset[int] | None:
    """Where links in double brackets begin that have the target of a Markdown link behind them."""
    return (
        frozenset(
            link.start
            for link in note.links
            if link.syntax == "wiki" and not link.is_embed and _TARGET.match(text, link.end)
        )
        or None
    )


@gathering_rule(gather)
def check(vault: Snapshot, options: Options, gathered: Mapping[str, frozenset[int]]) -> Iterator[tuple[str, Violation]]:
    """Unresolved links to notes."""
    wanting = vault.get(_wanting) if options.planned_after > 0 else {}
    for path, link in unresolved_links(vault, "note"):
        if is_allowed(link.linkpath, options.allow):
            continue
        lead = _bracketed(link) if link.start in gathered.get(path, ()) else _lead(vault, path, link)
        is_planned = 0 < options.planned_after <= wanting.get(fold(link.linkpath.strip()), 0)
        severity = severity_of(link) or ("info" if is_planned else lead.severity)
        fix = fix_in(vault, path, lead.fix)
        yield path, Violation(link.start, link.end, lead.message, link.linkpath, fix, (), severity, lead.help)


@depends_on(WANTED)
def _wanting(vault: Snapshot) -> dict[str, int]:
    """Return folded name -> how many notes link to it, of names without a note."""
    wanting: dict[str, set[str]] = {}
    for path, link in unresolved_links(vault, "note"):
        wanting.setdefault(fold(link.linkpath.strip()), set()).add(path)
    return {name: len(paths) for name, paths in wanting.items()}


def _bracketed(link: Link) -> Lead:
    """``[[15]](https://…)``: to Obsidian a wikilink with a URL in parentheses behind it."""
    written = f"[[{link.linktext}]]"
    escaped = rf"[\[{link.linktext}\]]"
    message = f"{code_span(written)} before a URL is a wikilink: Obsidian shows the URL as text"
    return Lead(message, f"write {code_span(escaped + '(…)')}")


def _lead(vault: Snapshot, path: str, link: Link) -> Lead:
    name = link.linkpath.strip()
    if "://" in name:
        return Lead(f"{code_span(name)} is a URL, not a note", "write `[text](URL)`")
    missing = f"no note named {code_span(name)}"
    written = meant(vault, path, link)
    if written is not None:
        return Lead(missing, f"did you mean {code_span(f'[[{written}]]')}?", _replace(link, written))
    aliased = vault.aliases.get(fold(name), ())
    if aliased:
        return _of_alias(vault, path, link, aliased)
    near = near_notes(vault, name, path)
    if near:
        target = only_note_named(vault, near[0]) if len(near) == 1 else None
        return Lead(missing, f"did you mean {one_of(near)}?", _replace(link, target + link.subpath) if target else None)
    event = gone(vault, name, path)
    if event is not None:
        fact, help_ = git_lead(event)
        fix = None
        if event.now:
            target = link_target(vault, path, event.now, "wiki")
            help_, fix = f"write {code_span(f'[[{target}]]')}", _replace(link, target + link.subpath)
        return Lead(f"{missing}: {fact}", help_, fix)
    files = files_of_stem(vault, name, path)
    if files:
        targets = [link_target(vault, path, file, "wiki") for file in files]
        fix = _replace(link, targets[0]) if len(files) == 1 and not link.subpath and not link.is_embed else None
        return Lead(
            f"{missing}, but {code_span(files[0])} exists", f"write {one_of(f'[[{one}]]' for one in targets)}", fix
        )
    return Lead(missing, severity="info")


def _of_alias(vault: Snapshot, path: str, link: Link, aliased: tuple[str, ...]) -> Lead:
    names = [linktext(vault, note) for note in aliased[:2]]
    shown = " and ".join(code_span(name) for name in names[:2])
    message = f"{code_span(link.linkpath)} is an alias of {shown if len(aliased) < 3 else f'{len(aliased)} notes'}"
    message += "; links cannot use aliases"
    if len(names) > 1:
        return Lead(message, "write the name of one of them")
    bar = bar_at(vault.notes[path], link.start) if path in vault.notes else "|"
    label = "" if link.display is not None or link.is_embed else bar + link.linkpath
    example = f"[[{names[0]}|{link.linkpath}]]" if not link.is_embed else f"![[{names[0]}]]"
    return Lead(message, f"write {code_span(example)}", _replace(link, names[0] + link.subpath + label))


def _replace(link: Link, text: str) -> Fix:
    title = f"link to {code_span(text.partition('|')[0].rstrip(chr(92)))}"
    return Fix(title, (Edit(link.target_start, link.target_end, text),), is_safe=False)
