"""Links that are missing: notes that name each other, or share a tag, without a link; ideas nobody has written."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Callable, Collection, Iterator
from itertools import islice
from typing import Literal

from vaultkit.base.record import record
from vaultkit.base.text import line_and_column
from vaultkit.graph.context import MOST_NOTES, UNKNOWN, Contexts
from vaultkit.graph.everyday_words import are_listed
from vaultkit.graph.evidence import (
    Evidence,
    everyday,
    is_bare,
    is_verb,
    sentence,
    share_right,
    starts_sentence,
    word_after,
    word_before,
)
from vaultkit.graph.mentions import Match, Mentions, UnlinkedMention, longer_terms, names
from vaultkit.graph.topics import title
from vaultkit.graph.words import running_text
from vaultkit.query.metadata import note_tags
from vaultkit.vault.resolve import fold
from vaultkit.vault.snapshot import TEMPLATE_FOLDERS, Snapshot, basename

# Which of several places is shown.
_FIT: dict[Match, float] = {"exact": 1.0, "case": 0.85, "spelling": 0.9, "plural": 0.8}
# A name that stands in so many notes, and is linked in so few of them, is a word of the language.
COMMON_NOTES, COMMON_SHARE = 10, 0.08
MOST_OF_TAG = 0.9
# Commands of Templater and of Obsidian's own templates.
_TEMPLATE = re.compile(r"<%[-_*+~]*\s*(?:await\s+)?tp\.|\{\{(?:title|date|time)(?::[^{}\n]*)?\}\}")
LANGUAGE_NOTES = 200  # that are read to learn the language


@record
class Suggestion:
    """A link that could be made from ``source`` to ``target``.

    kind:    "mention": the text names the target; "tag": the source carries a tag of the target's name;
             "near": both have neighbours in common (see `vaultkit.graph.shared_neighbours`);
             "picture": a picture that the source shows names the target (see `vaultkit.graph.picture_suggestions`).
    match, is_alias: how the text fits (see `vaultkit.graph.mentions`); "" and False for the other kinds.
    start, end: the first such place in the source's text; line, column: of it, from 1.
    times:   how often it stands there, 0 where it does not.
    score:   share of such suggestions that are right or harmless, from 0 to 1 (`vaultkit.graph.evidence`).
    reason:  in words.  sentence: around the place.  evidence: of mentions, what the score is made of.
    picture: path of the picture whose text names the target; the place is that of its embed, the text that of the picture.
    """

    source: str
    target: str
    kind: Literal["mention", "tag", "near", "picture"]
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
    picture: str = ""


class _Pair:
    """What is found about one source and one target, while notes are read."""

    __slots__ = ("best", "line_column", "sentence", "sides", "starts", "times")

    def __init__(
        self,
        best: UnlinkedMention,
        line_column: tuple[int, int],
        sentence: str,
        sides: tuple[str, str],
        starts: bool,
        times: int,
    ) -> None:
        self.best = best
        self.line_column = line_column
        self.sentence = sentence
        self.sides = sides
        self.starts = starts
        self.times = times


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
    pairs = _pairs(vault, read)
    links = _Links(vault, written)
    found = _of_mentions(vault, pairs, links, only)
    found += [
        item
        for item in _of_tags(vault, links, read)
        if (item.source, item.target) not in pairs and only in (None, item.source, item.target)
    ]
    found.sort(key=lambda item: (-item.score, item.source, item.start, item.target))
    return tuple(found)


def _pairs(vault: Snapshot, read: Callable[[str], str]) -> dict[tuple[str, str], _Pair]:
    """(source, target) -> the best place at which the source names the target, to which it has no link."""
    searched = [name for name in names(vault) if is_asked(vault, name.path)]
    finder = Mentions(searched, longer_terms(vault, searched))
    pairs: dict[tuple[str, str], _Pair] = {}
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
            if pair is None or _FIT[mention.match] > _FIT[pair.best.match]:
                start, end = mention.start, mention.end
                pairs[path, target] = _Pair(
                    mention,
                    line_and_column(note.line_starts, start),
                    sentence(text, start, end),
                    (word_before(text, start), word_after(text, end)),
                    starts_sentence(text, start),
                    pair.times + 1 if pair else 1,
                )
            else:
                pair.times += 1
    return pairs


def _of_mentions(
    vault: Snapshot, pairs: dict[tuple[str, str], _Pair], links: _Links, only: str | None
) -> list[Suggestion]:
    """The suggestions of the pairs; of those with the note ``only``, if there is one."""
    named_in = Counter(target for _, target in pairs) + Counter(target for _, target in links.written)
    wanted = {target for source, target in pairs if only in (None, source, target)}
    fits = _Fits(vault, pairs, links, wanted)
    is_listed = not wanted or are_listed(running_text(vault, path) for path in islice(vault.notes, LANGUAGE_NOTES))
    found = []
    for source, target in sorted(pairs, key=lambda pair: (pair[1], pair[0])):
        if only in (None, source, target):
            pair = pairs[source, target]
            item = _of_mention(source, target, pair, named_in[target], links, fits, is_listed=is_listed)
            if item is not None:
                found.append(item)
    return found


def is_asked(vault: Snapshot, path: str) -> bool:
    """The note may ask for links and offer some."""
    if vault.is_excluded(path) or vault.is_template(path):
        return False
    if any(title(part).lower() in TEMPLATE_FOLDERS for part in path.split("/")[:-1]):
        return False  # "01 - Templates" in a vault whose settings name another folder, or none
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


class _Fits:
    """How well notes fit the subject of what they name.

    own:     (source, target) -> fit of the source, without the words of the text that names the target.
    topical: the same -> mean fit of all other notes that name the target, links of ``written`` included.
    bare:    the targets that have hardly any words.
    All are empty in vaults that are too large to compare texts.
    """

    def __init__(
        self, vault: Snapshot, pairs: dict[tuple[str, str], _Pair], links: _Links, wanted: Collection[str]
    ) -> None:
        self.own: dict[tuple[str, str], float] = {}
        self.topical: dict[tuple[str, str], float] = {}
        self.bare: frozenset[str] = frozenset()
        asked = [path for path in vault.notes if is_asked(vault, path)]
        if not wanted or len(asked) > MOST_NOTES:
            return
        contexts = Contexts(vault, asked, links.out)
        chosen = [pair for pair in pairs if pair[1] in wanted]
        for pair in sorted(chosen, key=lambda pair: (pair[1], pairs[pair].best.text, pair[0])):
            self.own[pair] = contexts.fit(*pair, pairs[pair].best.text)
        self.bare = frozenset(path for path in wanted if is_bare(running_text(vault, path)))
        naming: dict[str, list[str]] = {}
        for source, target in sorted({*chosen, *(pair for pair in links.written if pair[1] in wanted)}):
            naming.setdefault(target, []).append(source)
        for target, sources in naming.items():
            fits = {source: contexts.fit(source, target, basename(target)) for source in sources}
            total = sum(fits.values())
            for source, fit in fits.items():
                self.topical[source, target] = (total - fit + 2 * UNKNOWN) / (len(sources) + 1)


def _of_mention(
    source: str,
    target: str,
    pair: _Pair,
    named_in: int,
    links: _Links,
    fits: _Fits,
    *,
    is_listed: bool,
) -> Suggestion | None:
    """The suggestion of a pair; None where the name is a word of the language.

    named_in: notes that name the target without a link.  is_listed: see `vaultkit.graph.evidence.everyday`.
    """
    linked_in = links.linking[target]
    share = linked_in / (linked_in + named_in)
    if named_in > COMMON_NOTES and share < COMMON_SHARE:
        return None
    mention = pair.best
    evidence = Evidence(
        linking=linked_in,
        naming=named_in,
        common=len(links.near.get(source, set()) & links.near.get(target, set())),
        links_back=source in links.out.get(target, set()),
        fit=round(fits.own.get((source, target), UNKNOWN), 4),
        topical=round(fits.topical.get((source, target), UNKNOWN), 4),
        everyday=everyday(mention.text, is_listed=is_listed),
        is_verb=is_verb(
            mention.text,
            *pair.sides,
            is_order=pair.starts and mention.match == "plural" and len(mention.text) < len(mention.name.text),
        ),
        is_bare=target in fits.bare,
    )
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
        round(share_right(evidence), 4),
        ", ".join(_reasons(pair, evidence)),
        pair.sentence,
        evidence,
    )


def _reasons(pair: _Pair, evidence: Evidence) -> Iterator[str]:
    name = pair.best.name
    yield f'names {"its alias " if name.is_alias else ""}"{name.text}"' + _times(pair.times)
    if evidence.linking:
        yield f"{evidence.linking} {'note links' if evidence.linking == 1 else 'notes link'} to it"
    if evidence.common:
        yield f"{evidence.common} common {'neighbour' if evidence.common == 1 else 'neighbours'}"
    if evidence.links_back:
        yield "it links here"
    if evidence.fit != UNKNOWN:
        yield f"its subject fits this note better than {100 * evidence.fit:.0f} % of all notes"


def _times(times: int) -> str:
    return "" if times == 1 else f" {times} times"


def _of_tags(vault: Snapshot, links: _Links, read: Callable[[str], str]) -> Iterator[Suggestion]:
    """Notes that carry a tag of a note's name, such as #machine-learning and "Machine learning".

    The tag of a template says what kind of note a note is, so no link is missing there.
    """
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
        if _TEMPLATE.search(read(target)):
            continue
        for source, (tag, place) in sources.items():
            if source == target or target in vault.resolved.get(source, {}):
                continue
            common = len(links.near.get(source, set()) & links.near.get(target, set()))
            score = _score_of_tag(len(sources), sum(target in links.out.get(path, ()) for path in sources), common)
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


def _score_of_tag(carried: int, linked: int, common: int) -> float:
    """The share right of such suggestions: where few of the notes with a tag link to its note, the tag is a shelf.

    carried: notes with the tag.  linked: those of them that link to the note.
    """
    odds = math.log((linked + 0.5) / (carried - linked + 0.5))
    return min(MOST_OF_TAG, 1 / (1 + math.exp(-(4.8 + odds + 1.5 * min(1.0, common / 3)))))


def _tag_key(text: str) -> str:
    """The form in which tags and names are compared: without case and marks between words."""
    return re.sub(r"[\s_/-]+", "", fold(text.lstrip("#")))
