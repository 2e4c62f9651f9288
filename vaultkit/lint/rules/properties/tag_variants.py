"""Tags that differ by case, plural, hyphen or one slip: ``#multimodal`` and ``#mulitmodal``.

Why:     half of the notes is missing from each list, and nobody notices.
Fix:     writes the commoner spelling in this note. Unsafe: they may be two things.
Options: distance: letters that may differ in long tags, two only in a tag that is rare beside the other; 0 for
         case, plural and hyphen only.
         allow: tags that are meant to be alike.
Source:  seen in real flashcards.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from vaultkit.index.resolve import fold
from vaultkit.index.vault import Vault
from vaultkit.lint.finding import Fault, Fix, Related
from vaultkit.lint.nearest import Names, edit_distance
from vaultkit.lint.rule import vault_rule
from vaultkit.note.properties import property_tags
from vaultkit.record import record
from vaultkit.text import Edit

CODE = "PR010"
SEVERITY = "info"
PRESETS = ("learning",)
COMPARES_ALL = True
BAD = {"a.md": "#multimodal", "b.md": "#multimodal", "c.md": "#mulitmodal"}
GOOD = {"a.md": "#multimodal", "b.md": "#multimodal", "c.md": "#multitask"}


# A tag with two other letters is a slip of one that stands so many times as often.
RARE = 5


@record
class Options:
    """distance: 0 to 2; allow: tags without "#"."""

    distance: int = 2
    allow: tuple[str, ...] = ()


@vault_rule
def check(vault: Vault, options: Options) -> Iterator[tuple[str, Fault]]:
    """The rarer of two spellings, once a note."""
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
                fix = Fix(f"write #{good}", tuple(Edit(at + 1, stop, good) for at, stop in places), is_safe=False)
            message = f"#{name} ({counts[name]}) is almost #{good} ({counts[good]})"
            yield path, Fault(start, end, message, name, fix, (Related(*first[good], "the other spelling"),))


def _better(counts: Counter[str], first: dict[str, tuple[str, int]], options: Options) -> dict[str, str]:
    """Rarer spelling -> commoner one; of equally common ones the one met first."""
    allowed = set(options.allow)
    names = [name for name in counts if name not in allowed]
    order = {name: (-counts[name], first[name]) for name in names}
    depths = {name.count("/") for name in names}  # a nested tag is no slip of its parent
    nearest = {depth: Names(name for name in names if name.count("/") == depth) for depth in depths}
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
    """The two are one word, or so many letters apart; two letters are a slip only in a tag that is rare beside it."""
    if _is_same_word(name, other):
        return True
    apart = edit_distance(fold(name), fold(other), 2)
    is_rare = counts[name] * RARE <= counts[other] and fold(name)[:1] == fold(other)[:1]
    return apart <= min(distance, 1) or (apart <= distance and is_rare)


def _is_same_word(one: str, other: str) -> bool:
    keys = [
        "".join(character for character in name.lower() if character.isalnum()).removesuffix("s")
        for name in (one, other)
    ]
    return keys[0] == keys[1]
