"""Links that are missing: notes that name each other, or share a tag, without a link; ideas nobody has written."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Callable, Collection, Iterator
from typing import Literal

from vaultkit.base.record import record
from vaultkit.base.text import line_and_column
from vaultkit.graph.context import MOST_NOTES, UNKNOWN, Contexts
from vaultkit.graph.evidence import (
    Evidence,
    is_verb,
    share_right,
    starts_sentence,
    word_after,
    word_before,
)
from vaultkit.graph.mentions import Match, Mentions, UnlinkedMention, longer_terms, names
from vaultkit.query.metadata import note_tags
from vaultkit.vault.resolve import fold
from vaultkit.vault.snapshot import Snapshot

# Which of several places is shown.
_FIT: dict[Match, float] = {"exact": 1.0, "case": 0.85, "spelling": 0.9, "plural": 0.8}
# A name that stands in so many notes, and is linked in so few of them, is a word of the language.
COMMON_NOTES, COMMON_SHARE = 10, 0.08
SENTENCE_CHARACTERS = 160


@record
class Suggestion:
    """A link that could be made from ``source`` to ``target``.

    kind:    "mention": the text names the target; "tag": the source carries a tag of the target's name;
             "near": both have neighbours in common (see `vaultkit.graph.shared_neighbours`).
    match, is_alias: how the text fits (see `vaultkit.graph.mentions`); "" and False for the other kinds.
    start, end: the first such place in the source's text; line, column: of it, from 1.
    times:   how often it stands there, 0 where it does not.
    score:   share of such suggestions that are right or harmless, from 0 to 1 (`vaultkit.graph.evidence`).
    reason:  in words.  sentence: around the place.  evidence: of mentions, what the score is made of.
    """

    source: str
    target: str
    kind: Literal["mention", "tag", "near"]
    match: Match | Literal[""]
    is_alias: bool
    text: str
    start: int
    end: int
    line: int
    column: int
    times: int
    score: float
    reason: str
    sentence: str
    evidence: Evidence | None = None


@record
class Idea:
    """A name that links use and nobody has written. notes: number of notes with such a link; sources: which."""

    name: str
    notes: int
    links: int
    sources: tuple[str, ...]


class _Pair:
    """What is found about one source and one target, while notes are read."""

    __slots__ = ("best", "line_column", "sentence", "sides", "starts", "times")

    def __init__(
        self, best: UnlinkedMention, line_column: tuple[int, int], sentence: str, sides: tuple[str, str], starts: bool
    ) -> None:
        self.best = best
        self.line_column = line_column
        self.sentence = sentence
        self.sides = sides
        self.starts = starts
        self.times = 1


def suggestions(
    vault: Snapshot,
    read: Callable[[str], str],
    *,
    only: str | None = None,
    written: Collection[tuple[str, str]] = frozenset(),
) -> tuple[Suggestion, ...]:
    """Missing links, the most convincing first.

    A pair of notes with a link in this direction already is none. Templates, drawings and what the
    vault's settings exclude neither ask for links nor offer any.

    read: path -> text of a note.  only: links from or to this note.
    written: (source, target) of links that were written from suggestions: they are no evidence.
    """
    searched = [name for name in names(vault) if is_asked(vault, name.path)]
    finder = Mentions(searched, longer_terms(vault, searched))
    pairs: dict[tuple[str, str], _Pair] = {}
    named_in: dict[str, int] = {}  # target -> notes that name it without a link
    for path, note in vault.notes.items():
        if not is_asked(vault, path):
            continue
        text = read(path)
        linked = vault.resolved.get(path, {})
        for mention in finder.find(path, note, text):
            target = mention.name.path
            if target in linked:
                continue
            pair = pairs.get((path, target))
            if pair is None:
                named_in[target] = named_in.get(target, 0) + 1
            if pair is None or _FIT[mention.match] > _FIT[pair.best.match]:
                sides = word_before(text, mention.start), word_after(text, mention.end)
                place = line_and_column(note.line_starts, mention.start)
                times = pair.times if pair else 0
                pairs[path, target] = pair = _Pair(
                    mention,
                    place,
                    sentence(text, mention.start, mention.end),
                    sides,
                    starts_sentence(text, mention.start),
                )
                pair.times = times
                pair.times += 1
            else:
                pair.times += 1
    links = _Links(vault, written)
    for _, target in links.written:
        named_in[target] = named_in.get(target, 0) + 1
    asked = [path for path in vault.notes if is_asked(vault, path)]
    contexts = Contexts(vault, asked, links.out) if pairs and len(asked) <= MOST_NOTES else None
    found = []
    for source, target in sorted(pairs, key=lambda pair: (pair[1], pair[0])):
        if only in (None, source, target):
            item = _of_mention(source, target, pairs[source, target], named_in[target], links, contexts)
            if item is not None:
                found.append(item)
    known = pairs.keys()
    found += [
        item
        for item in _of_tags(vault, links.near)
        if (item.source, item.target) not in known and only in (None, item.source, item.target)
    ]
    found.sort(key=lambda item: (-item.score, item.source, item.start, item.target))
    return tuple(found)


def is_asked(vault: Snapshot, path: str) -> bool:
    """The note may ask for links and offer some."""
    if vault.is_excluded(path) or vault.is_template(path):
        return False
    return "excalidraw-plugin" not in vault.notes[path].properties


class _Links:
    """The links between files that are evidence.

    out: source -> targets.  near: the same in both directions.  linking: target -> how many sources.
    written: those of the pairs given that are still linked.
    """

    def __init__(self, vault: Snapshot, written: Collection[tuple[str, str]]) -> None:
        self.written = sorted(pair for pair in set(written) if pair[1] in vault.resolved.get(pair[0], {}))
        left_out = set(self.written)
        self.out: dict[str, set[str]] = {}
        self.near: dict[str, set[str]] = {}
        self.linking: Counter[str] = Counter()
        for source, targets in vault.resolved.items():
            for target in targets:
                if target != source and (source, target) not in left_out:
                    self.out.setdefault(source, set()).add(target)
                    self.near.setdefault(source, set()).add(target)
                    self.near.setdefault(target, set()).add(source)
                    self.linking[target] += 1


def _of_mention(
    source: str,
    target: str,
    pair: _Pair,
    named_in: int,
    links: _Links,
    contexts: Contexts | None,
) -> Suggestion | None:
    """named_in: notes that name the target without a link."""
    linked_in = links.linking[target]
    share = linked_in / (linked_in + named_in)
    if named_in > COMMON_NOTES and share < COMMON_SHARE:
        return None
    mention = pair.best
    common = len(links.near.get(source, set()) & links.near.get(target, set()))
    back = source in links.out.get(target, set())
    evidence = Evidence(
        linking=linked_in,
        naming=named_in,
        common=common,
        links_back=back,
        fit=round(contexts.fit(source, target, mention.text), 4) if contexts else UNKNOWN,
        specific=round(specificity(mention.text), 4),
        is_everyday_alias=mention.name.is_alias and not re.search(r"\w[ _-]\w", mention.text),
        is_verb=is_verb(
            mention.text,
            *pair.sides,
            is_order=pair.starts and mention.match == "plural" and len(mention.text) < len(mention.name.text),
        ),
    )
    score = share_right(evidence)
    reasons = [f'names {"its alias " if mention.name.is_alias else ""}"{mention.name.text}"' + _times(pair.times)]
    if linked_in:
        reasons.append(f"{linked_in} {'note links' if linked_in == 1 else 'notes link'} to it")
    if common:
        reasons.append(f"{common} common {'neighbour' if common == 1 else 'neighbours'}")
    if back:
        reasons.append("it links here")
    if evidence.fit != UNKNOWN:
        reasons.append(f"its subject fits this note better than {100 * evidence.fit:.0f} % of all notes")
    line, column = pair.line_column
    return Suggestion(
        source,
        target,
        "mention",
        mention.match,
        mention.name.is_alias,
        mention.text,
        mention.start,
        mention.end,
        line,
        column,
        pair.times,
        round(score, 4),
        ", ".join(reasons),
        pair.sentence,
        evidence,
    )


def _times(times: int) -> str:
    return "" if times == 1 else f" {times} times"


def specificity(name: str) -> float:
    """How little chance there is that the name is a common word, from 0 to 1.

    >>> specificity("Adjacency matrix") > specificity("Matrix") > specificity("Set")
    True
    """
    letters = sum(letter.isalpha() for letter in name)
    if not name.isascii() and any(letter > "\u2e80" for letter in name):
        return {1: 0.2, 2: 0.5, 3: 0.8}.get(letters, 1.0)
    if re.search(r"\w[ _-]\w", name):
        return 1.0
    has_odd_capitals = any(letter.isupper() for letter in name[1:]) or any(letter.isdigit() for letter in name)
    return min(1.0, 0.35 + 0.05 * letters + (0.3 if has_odd_capitals else 0.0))


def sentence(text: str, start: int, end: int) -> str:
    """The sentence around a place, on one line, cut to about 160 characters."""
    first = max((found.end() for found in _SENTENCE_END.finditer(text, max(0, start - 400), start)), default=None)
    if first is None:
        first = max(0, start - 400)
    last = _SENTENCE_END.search(text, end, end + 400)
    stop = last.end() if last else min(len(text), end + 400)
    around = SENTENCE_CHARACTERS // 2
    cut_before, cut_after = start - first > around, stop - end > around
    shown = text[start - around if cut_before else first : end + around if cut_after else stop]
    return ("…" if cut_before else "") + " ".join(shown.split()) + ("…" if cut_after else "")


_SENTENCE_END = re.compile(r"[.!?](?=\s)|[。！？]|\n")


def _of_tags(vault: Snapshot, near: dict[str, set[str]]) -> Iterator[Suggestion]:
    """Notes that carry a tag of a note's name, such as #machine-learning and "Machine learning"."""
    by_key: dict[str, list[str]] = {}
    for name in names(vault):
        if is_asked(vault, name.path):
            by_key.setdefault(_tag_key(name.text), []).append(name.path)
    carried: dict[str, dict[str, tuple[str, int]]] = {}
    for path, note in vault.notes.items():
        if is_asked(vault, path):
            for tag in note_tags(note):
                place = next((item.start for item in note.tags if item.tag == tag), -1)
                carried.setdefault(_tag_key(tag), {}).setdefault(path, (tag, place))
    for key, sources in carried.items():
        targets = sorted(set(by_key.get(key, ())))
        if len(targets) != 1:
            continue
        target = targets[0]
        for source, (tag, place) in sources.items():
            if source == target or target in vault.resolved.get(source, {}):
                continue
            common = len(near.get(source, set()) & near.get(target, set()))
            score = _score_of_tag(len(sources), common)
            line, column = line_and_column(vault.notes[source].line_starts, place) if place >= 0 else (1, 1)
            reason = f"carries {tag}, as {len(sources)} notes do" if len(sources) > 1 else f"carries {tag}"
            yield Suggestion(
                source,
                target,
                "tag",
                "",
                False,
                tag,
                max(place, 0),
                max(place, 0) + (len(tag) if place >= 0 else 0),
                line,
                column,
                1,
                round(score, 4),
                reason,
                tag,
            )


def _score_of_tag(notes: int, common: int) -> float:
    """The share right of such suggestions: a tag on few notes is a word for the note, one on many a shelf."""
    return max(0.2, 0.82 - 0.1 * math.log2(max(1.0, notes / 5)) + 0.05 * min(1.0, common / 3))


def _tag_key(text: str) -> str:
    """The form in which tags and names are compared: without case and marks between words."""
    return re.sub(r"[\s_/-]+", "", fold(text.lstrip("#")))


def ideas(vault: Snapshot) -> tuple[Idea, ...]:
    """Names that links use and nobody has written, those of most notes first; spellings that differ in case are one."""
    from vaultkit.vault.files import file_kind

    found: dict[str, tuple[dict[str, int], dict[str, None]]] = {}
    for source, missing in vault.unresolved.items():
        if vault.is_excluded(source) or vault.is_template(source):
            continue
        for name, count in missing.items():
            if not name or file_kind(name) == "attachment":
                continue
            spelled, sources = found.setdefault(fold(name), ({}, {}))
            spelled[name] = spelled.get(name, 0) + count
            sources[source] = None
    rows = [
        Idea(
            min(spelled, key=lambda name: (-spelled[name], name)),
            len(sources),
            sum(spelled.values()),
            tuple(sorted(sources)),
        )
        for spelled, sources in found.values()
    ]
    return tuple(sorted(rows, key=lambda row: (-row.notes, -row.links, row.name)))
