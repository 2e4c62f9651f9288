"""Likely targets of a broken link: a similar name, a file of another type, a rename in Git."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping

from vaultkit.base.lazy_pattern import lazy_pattern
from vaultkit.base.record import record
from vaultkit.base.text import code_span
from vaultkit.lint.did_you_mean import NameIndex
from vaultkit.lint.facts.links import unresolved_links
from vaultkit.lint.finding import Fix, Severity
from vaultkit.vault.aspects import WANTED
from vaultkit.vault.files import extension
from vaultkit.vault.git_history import Gone, History, history_of
from vaultkit.vault.memo import depends_on
from vaultkit.vault.resolve import fold, joined
from vaultkit.vault.snapshot import Snapshot, basename

SHOWN = 3


@record
class Lead:
    """A finding about a broken link. message: the fault; help: the remedy; fix: None when it is not certain enough."""

    message: str
    help: str = ""
    fix: Fix | None = None
    severity: Severity | None = None


@depends_on()
def _note_names(vault: Snapshot) -> NameIndex:
    return NameIndex(basename(path) for path in vault.notes)


def _update_wanted(
    known: Mapping[str, int], before: Snapshot, after: Snapshot, paths: frozenset[str]
) -> Mapping[str, int]:
    found = Counter(known)
    found.subtract(_wanted_names(before.narrowed(paths)))
    found.update(_wanted_names(after.narrowed(paths)))
    return +found


@depends_on(WANTED, stored_as=dict[str, int], update=_update_wanted)
def _wanted(vault: Snapshot) -> Mapping[str, int]:
    """Folded name -> how many links of the vault name it, with or without a folder, of names without a note."""
    return Counter(_wanted_names(vault))


def _wanted_names(vault: Snapshot) -> list[str]:
    names = [_last_name(link.linkpath) for kind in ("note", "file") for _, link in unresolved_links(vault, kind)]
    for path, note in vault.source_notes():
        names += [
            _last_name(entry.linkpath)
            for entry in note.property_links
            if vault.resolve(entry.linkpath, path).path is None
        ]
    return names


def _last_name(linkpath: str) -> str:
    name = fold(linkpath.strip().rpartition("/")[2])
    return name.removesuffix(".md")


def near_notes(vault: Snapshot, name: str, source: str) -> tuple[str, ...]:
    """Return similar names of notes, the nearest to the note ``source`` first.

    A name that several links use is not treated as a typing error.
    """
    if vault.get(_wanted).get(_last_name(name), 0) > 1:
        return ()
    near = tuple(one for one in vault.get(_note_names).nearest(name) if vault.files_named(one + ".md") != (source,))
    if len(near) < 2:
        return near
    return tuple(
        sorted(near, key=lambda one: min(_distance(path, source, name) for path in vault.files_named(one + ".md")))
    )


def ranked(paths: Iterable[str], source: str, wanted: str) -> tuple[str, ...]:
    """The paths, those first that share most folders with the wanted path and with the note ``source``."""
    return tuple(sorted(paths, key=lambda path: _distance(path, source, wanted)))


def _distance(path: str, source: str, wanted: str) -> tuple[int, int, int, str]:
    folders = fold(path).split("/")[:-1]
    asked = [part for part in fold(wanted).split("/")[:-1] if part not in (".", "..", "")]
    own = fold(source).split("/")[:-1]
    return -sum(part in folders for part in asked), -_shared(folders, own), len(folders), path


def _shared(one: list[str], other: list[str]) -> int:
    """How many folders both begin with."""
    count = 0
    for a, b in zip(one, other, strict=False):
        if a != b:
            break
        count += 1
    return count


def files_of_stem(vault: Snapshot, name: str, source: str) -> tuple[str, ...]:
    """Return attachments named ``name`` apart from their extension, the nearest first."""
    found = vault.get(_stems).get(fold(name.strip()), ())
    return ranked(found, source, name)


@depends_on()
def _stems(vault: Snapshot) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for path, file in vault.files.items():
        if file.kind != "note" and extension(path):
            found.setdefault(fold(basename(path)), []).append(path)
    return found


@depends_on()
def _history(vault: Snapshot) -> History:
    return history_of(vault.root)


def gone(vault: Snapshot, linkpath: str, source: str) -> Gone | None:
    """Return what happened in Git to the target of a link in the note ``source``; None if unknown."""
    path = linkpath.strip()
    if path.startswith(("./", "../")):
        path = joined(source[: source.rfind("/") + 1], path) or ""
    return vault.get(_history).find(path, vault.files) if path.strip("/") else None


def git_lead(gone: Gone) -> tuple[str, str]:
    """Return what Git knows about a missing file, for the message, and the help."""
    if gone.now:
        return f"renamed to {code_span(gone.now)} in {gone.commit}", ""
    if gone.was_renamed:
        return f"{code_span(gone.path)} was renamed in {gone.commit} and no longer exists", ""
    from shlex import quote

    return (
        f"{code_span(gone.path)} was deleted in {gone.commit} on {gone.date}",
        f"run `git checkout {gone.commit}^ -- {quote(gone.path)}` to restore it",
    )


# Names of example notes in manuals, in the languages with most vaults.
_EXAMPLE = lazy_pattern(
    r"(?:an? )?(?:example|sample|beispiel|exemple|ejemplo|esempio|exemplo|voorbeeld|przykład|příklad|örnek|пример|"
    r"приклад|示例|例子|範例|例|예시|예제|مثال)(?:[ _-]?(?:note|file|image|notiz|nota|\d+))?",
    re.IGNORECASE,
)


def is_illustration(linkpath: str) -> bool:
    """Return whether the link is the example of a manual: its file is named Example, in some language."""
    return _EXAMPLE.fullmatch(basename(linkpath.strip())) is not None


def one_of(names: Iterable[str]) -> str:
    """Return names for a question: "`a`", "`a` or `b`"."""
    shown = [code_span(name) for name in names][:SHOWN]
    return " or ".join((", ".join(shown[:-1]), shown[-1])) if len(shown) > 1 else "".join(shown)
