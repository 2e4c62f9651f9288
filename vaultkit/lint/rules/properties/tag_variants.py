"""Tags that differ only by case, plural, hyphen or one typing error: ``#multimodal`` and ``#mulitmodal``.

Why:     a search for one spelling misses the notes with the other. Tags that differ by case only are the same tag in
         Obsidian but not in every other program; they are reported once per vault.
Fix:     writes the more frequent spelling in this note. Unsafe: the tags may differ in meaning.
Options: distance: typing errors in a long tag: swapped letters, or in a rare tag a missing or doubled letter; with 2, a
         rare tag may have two. 0 for case, plural and hyphen only.
         allow: tags that are not reported.
Source:  real flashcards.

A different letter does not count as a typing error: ``#alkanes`` and ``#alkenes``, ``#cpu`` and ``#gpu``.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from vaultkit.base.record import record
from vaultkit.base.text import Edit
from vaultkit.lint.did_you_mean import NameIndex, edit_distance
from vaultkit.lint.finding import Fix, RelatedPlace, Violation
from vaultkit.lint.rule import vault_rule
from vaultkit.note.properties import property_tags
from vaultkit.vault.aspects import TAGS
from vaultkit.vault.resolve import fold
from vaultkit.vault.snapshot import Snapshot

CODE = "PR010"
SEVERITY = "info"
WHOLE = True
DEPENDS = (TAGS,)
PRESETS = ("learning",)
COMPARES_ALL = True
BAD = {"a.md": "#multimodal", "b.md": "#multimodal", "c.md": "#mulitmodal"}
GOOD = {"a.md": "#multimodal", "b.md": "#multimodal", "c.md": "#multitask"}


# A tag in which a letter is missing is a slip of one that occurs so many times as often.
RARE = 5
# Shorter words have too many neighbours that are words, too ("trail" and "trial").
LONG = 6
# "c" and "cs" are no singular and plural.
MIN_SINGULAR = 3


@record
class Options:
    """distance: 0 to 2; allow: tags without "#"."""

    distance: int = 2
    allow: tuple[str, ...] = ()


@vault_rule
def check(vault: Snapshot, options: Options) -> Iterator[tuple[str, Violation]]:
    """Report the rarer of two spellings, once per note."""
    counts: Counter[str] = Counter()
    first: dict[str, tuple[str, int]] = {}
    for path, note in vault.notes.items():
        for name in property_tags(note.properties):
            counts[name] += 1
            first.setdefault(name, (path, 0))
        for tag in note.tags:
            counts[tag.tag[1:]] += 1
            first.setdefault(tag.tag[1:], (path, tag.start))
    better = _better(counts, first, options)
    if not better:
        return
    reported: set[str] = set()
    for path, note in vault.notes.items():
        spans: dict[str, list[tuple[int, int]]] = {}
        for tag in note.tags:
            if tag.tag[1:] in better:
                spans.setdefault(tag.tag[1:], []).append((tag.start, tag.end))
        for name in property_tags(note.properties):
            if name in better and name not in spans:
                spans[name] = []
        for name, places in spans.items():
            good = better[name]
            start, end = places[0] if places else (0, 0)
            fix = None
            if places:
                fix = Fix(f"write `#{good}`", tuple(Edit(at + 1, stop, good) for at, stop in places), is_safe=False)
            message = f"similar tags `#{name}` ({counts[name]}×) and `#{good}` ({counts[good]}×)"
            if fold(name) == fold(good):
                if name in reported:
                    continue
                reported.add(name)
                message = f"`#{name}` ({counts[name]}×) and `#{good}` ({counts[good]}×) differ by case only: the same tag in Obsidian"
            yield path, Violation(start, end, message, name, fix, (RelatedPlace(*first[good], "the other spelling"),))


def _better(counts: Counter[str], first: dict[str, tuple[str, int]], options: Options) -> dict[str, str]:
    """Rarer spelling -> commoner one; of equally common ones the one met first."""
    allowed = set(options.allow)
    names = [name for name in counts if name not in allowed]
    order = {name: (-counts[name], first[name]) for name in names}
    depths = {name.count("/") for name in names}  # a nested tag is no slip of its parent
    nearest = {depth: NameIndex((name for name in names if name.count("/") == depth), LONG) for depth in depths}
    found = {}
    for name in names:
        near = [
            other
            for other in nearest[name.count("/")].nearest(name)
            if other != name and order[other] < order[name] and _is_slip(name, other, counts, options.distance)
        ]
        if near:
            found[name] = min(near, key=lambda other: order[other])
    return found


def _is_slip(name: str, other: str, counts: Counter[str], distance: int) -> bool:
    """The two are one word, or letters of one are swapped; in a tag that is rare beside the other, missing or doubled."""
    parts = list(zip(fold(name).split("/"), fold(other).split("/"), strict=True))
    if all(_is_same_word(*pair) for pair in parts):
        return True
    differing = [pair for pair in parts if not _is_same_word(*pair)]
    if len(differing) > 1 or min(map(len, differing[0])) < LONG:
        return False
    one, two = differing[0]
    missing, added = Counter(two) - Counter(one), Counter(one) - Counter(two)
    if (missing and added) or one[:1] != two[:1] or any(letter.isdigit() for letter in missing + added):
        return False
    is_rare = counts[name] * RARE <= counts[other]
    if (missing or added) and (not is_rare or one.startswith(two) or two.startswith(one)):
        return False
    apart = edit_distance(one, two, 2)
    return apart <= min(distance, 1) or (apart <= distance and is_rare)


def _is_same_word(one: str, other: str) -> bool:
    keys = ["".join(filter(str.isalnum, word)) for word in (one, other)]
    short, long = sorted(keys, key=len)
    return short == long or (long == short + "s" and len(short) >= MIN_SINGULAR)
