"""An alias that is also the name of another note, or an alias of another note.

Why:     the editor suggests both under the same name, so a link may open the wrong note.
Fix:     none: only the author knows which note should keep the name.
Source:  Obsidian Help, "Aliases".

An alias that two notes share is reported as info, since homonyms are a valid use of aliases. The same holds for an alias
that is the name of a note in another folder, unless each of the two notes has the other's name as an alias. Notes with
different ``url``, ``isbn`` or ``doi`` count as different subjects.
"""

from __future__ import annotations

from collections.abc import Iterator

from vaultkit.lint.facts.property_spans import value_span
from vaultkit.lint.facts.source_text import text_of
from vaultkit.lint.finding import RelatedPlace, Violation
from vaultkit.lint.rule import vault_rule
from vaultkit.note.properties import aliases
from vaultkit.vault.aspects import ALIASES, PROPERTIES
from vaultkit.vault.resolve import fold
from vaultkit.vault.snapshot import Snapshot, basename

CODE = "PR008"
SEVERITY = "warning"
WHOLE = True
DEPENDS = (
    ALIASES,
    PROPERTIES,
)
BAD = {"Softmax.md": "", "Normalization.md": "---\naliases: [softmax]\n---\n"}
GOOD = {"Softmax.md": "", "Normalization.md": "---\naliases: [normalized exponential]\n---\n"}

# Properties that say which book, film, paper or page a note is about.
_IDENTITIES = ("url", "isbn", "isbn13", "doi", "imdb", "imdbId")
NAME, ALIAS = "the name of", "an alias of"


@vault_rule
def check(vault: Snapshot, options: object) -> Iterator[tuple[str, Violation]]:
    """Aliases that another note has as name or alias; of two equal ones the later by path is reported."""
    for key, paths in vault.aliases.items():
        named = [path for path in vault.files_named(key + ".md") if path in vault.notes]
        if not named and len(paths) == 1:
            continue
        for path in dict.fromkeys(paths):
            others = [other for other in named if other != path]
            what = NAME
            if not others and path not in named:
                others = [other for other in paths if other < path]
                what = ALIAS
            if others:
                alias = next(alias for alias in aliases(vault.notes[path].properties) if fold(alias.strip()) == key)
                start, end = _place(vault, path, alias)
                related = tuple(RelatedPlace(other, 0, "has the same name") for other in others[:3])
                message = f"ambiguous alias `{alias}`: also {what} `{others[0]}`"
                is_likely = what == NAME and any(_are_of_one_subject(vault, path, other) for other in others)
                yield path, Violation(start, end, message, alias, None, related, None if is_likely else "info")


def _are_of_one_subject(vault: Snapshot, path: str, other: str) -> bool:
    """Return whether the notes are in one folder, or each has the other's name as an alias."""
    one, two = vault.notes[path].properties, vault.notes[other].properties
    if any(one.get(key) and two.get(key) and one[key] != two[key] for key in _IDENTITIES):
        return False
    if path.rpartition("/")[0] == other.rpartition("/")[0]:
        return True
    return path in vault.aliases.get(fold(basename(other)), ()) and other in vault.aliases.get(fold(basename(path)), ())


def _place(vault: Snapshot, path: str, alias: str) -> tuple[int, int]:
    matter = vault.notes[path].frontmatter
    assert matter is not None
    text = text_of(vault, path)
    key = next(name for name in matter.properties if name.lower() == "aliases")
    if text is None:
        return matter.start, matter.start + 3
    start, end = value_span(text, matter, key)
    at = text.find(alias, start, end)
    return (at, at + len(alias)) if at >= 0 else (start, end)
