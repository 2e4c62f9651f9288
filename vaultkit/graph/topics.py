"""What to call a community: the notes that hold it together inside, weighed by what its texts share.

A note is a good name for a community when many members link to or from it and when the words of its name are more
frequent in the texts of the members than in those of other communities (class-based TF-IDF). So an accident of
PageRank, such as a note with one link from the true centre, names nothing. The texts include those of embedded pictures,
as far as they are known. Where most texts are on pictures and the labels are dates or numbers, the words name it.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from vaultkit.base.record import record
from vaultkit.graph.core import NOTE, UNRESOLVED, GraphCore
from vaultkit.graph.mentions import STRUCTURAL
from vaultkit.graph.metrics import pairs
from vaultkit.graph.picture_words import picture_terms
from vaultkit.graph.sparse import Sparse
from vaultkit.graph.words import note_terms, stem, terms
from vaultkit.vault.snapshot import Snapshot

MOST_TEXTS = 4_000  # notes that are read in all, the most linked of each community first
MOST_OF_ONE = 40
MOST_NAMES = 200  # nodes whose labels are looked at, those with most links inside
CANDIDATES = 12
SHOWN_TERMS = 4
# Share of the best score from which a second note is named, too: in communities from so many nodes on.
SECOND_NAME = ((60, 0.55), (12, 0.7))
OUTGOING = 0.4  # what a neighbour that only is linked to counts beside one that links here
CONTENTS = 0.4
FEWEST_IN_FOLDER, FOLDER_FIT = 8, 0.65  # notes of a community that may be named after a folder, and how well it fits
LINKS_ALONE = 0.25  # what links count when the texts say nothing
LONG = 28  # columns; longer labels are sentences rather than names
UNWRITTEN = 0.8
ENTRANCE = 0.6  # a page that leads to others: its name says what it lists, or only that it does
# Of a community whose texts are mostly on pictures: share of its notes that are called alike but for a number, and the
# support of a label, from which the labels say what it is about.
SERIES, TELLING = 0.5, 0.15
NAMING_TERMS = 2  # that name a community whose labels do not

Floats = npt.NDArray[np.float64]


@record
class Topic:
    """What a community is about.

    name:  one or two labels of its notes.  hub: the first of them.
    terms: words that its texts share and those of others do not, most typical first.
    """

    name: str
    hub: int
    terms: tuple[str, ...]


class _Texts:
    """In how many of the notes read, here and in all, a term occurs."""

    def __init__(
        self, core: GraphCore, vault: Snapshot | None, groups: Sequence[Sequence[int]], *, has_pictures: bool
    ) -> None:
        self.read = [0] * len(groups)
        self.pictured = [0] * len(groups)  # those of the notes read that embed pictures with a known text
        self.found: list[Counter[str]] = [Counter() for _ in groups]
        self.spelled: dict[str, Counter[str]] = {}
        self.total: Counter[str] = Counter()
        if vault is None:
            return
        each = max(5, min(MOST_OF_ONE, MOST_TEXTS // max(len(groups), 1)))
        left = MOST_TEXTS
        for at, nodes in enumerate(groups):
            paths = [core.paths[node] for node in nodes if core.kind[node] == NOTE][:each]
            if left <= 0:
                break
            left -= len(paths)
            for path in paths:
                on_pictures = picture_terms(vault, path) if has_pictures else []
                self.pictured[at] += bool(on_pictures)
                self._add(at, [*terms(core.labels[core.files[path]]), *note_terms(vault, path), *on_pictures])

    def _add(self, at: int, read: list[str]) -> None:
        words = sorted(set(read))
        forms: dict[str, str] = {}
        for word in words:
            forms.setdefault(stem(word), word)
            self.spelled.setdefault(stem(word), Counter())[word] += 1
        self.read[at] += 1
        self.found[at].update(forms.keys())
        self.total.update(forms.keys())

    def support(self, at: int, label: str) -> float:
        """By how much larger the share of notes with the words of a label is here than elsewhere, from 0 to 1."""
        words = {stem(word) for word in terms(label)}
        here, elsewhere = self.read[at], sum(self.read) - self.read[at]
        if not words or not here:
            return 0.0
        shares = []
        for word in words:
            inside = self.found[at][word] / here
            outside = (self.total[word] - self.found[at][word]) / elsewhere if elsewhere else 0.0
            shares.append(max(0.0, inside - outside))
        return sum(shares) / len(shares)

    def typical(self, at: int) -> tuple[str, ...]:
        """The terms most its own: share of its notes times log of how much rarer they are elsewhere."""
        here, elsewhere = self.read[at], sum(self.read) - self.read[at]
        if here < 2:
            return ()
        scored = []
        for word, notes in self.found[at].items():
            if notes < max(2, 0.15 * here):
                continue
            outside = (self.total[word] - notes + 0.5) / (elsewhere + 1)
            lift = (notes / here) / outside
            if lift > 1.5:
                scored.append((-(notes / here) * math.log(1 + lift), word))
        chosen: list[str] = []
        for _, word in sorted(scored, key=lambda item: (round(item[0], 9), -len(item[1]), item[1]))[:40]:
            if len(chosen) == SHOWN_TERMS:
                break
            if not any(overlap(word, other) for other in chosen):
                chosen.append(word)
        return tuple(min(self.spelled[word], key=lambda form: (-self.spelled[word][form], form)) for word in chosen)


def overlap(one: str, two: str) -> bool:
    """One holds the other, or both are pieces of one run of Han characters."""
    if one in two or two in one:
        return True
    return one > "\u2e80" and any(one[at : at + 2] in two for at in range(len(one) - 1))


def topics(
    core: GraphCore,
    vault: Snapshot | None,
    groups: Sequence[Sequence[int]],
    matrix: Sparse,
    *,
    has_pictures: bool = True,
) -> list[Topic]:
    """The topic of each group.

    vault:  where the texts are read; None names by links alone.
    groups: nodes of each, those with most links inside first.  matrix: symmetric numbers of links.
    has_pictures: whether the texts of pictures count.
    """
    texts = _Texts(core, vault, groups, has_pictures=has_pictures)
    member = np.full(len(core), -1)
    for at, nodes in enumerate(groups):
        member[list(nodes)] = at
    inside = member[matrix.rows] == member[matrix.indices]
    near = np.bincount(matrix.rows[inside], minlength=len(core)).astype(float)
    # A note that others link to is a concept; one that links to others may be a list, a lecture or a diary.
    source, target, _ = pairs(core)
    arriving = target[member[source] == member[target]]
    arrived = np.bincount(arriving, minlength=len(core))
    weighed = OUTGOING * near + (1 - OUTGOING) * arrived
    for nodes in groups:
        # A note that links to half of the group is its table of contents, unless it is one of a numbered series.
        for node in nodes[:CANDIDATES]:
            if near[node] - arrived[node] >= CONTENTS * len(nodes) and not _NUMBERED.search(title(core.labels[node])):
                weighed[node] = near[node]
    near = weighed
    folders = _folders(core, groups)
    return [_topic(core, texts, at, nodes, near, folders[at]) for at, nodes in enumerate(groups)]


def _folders(core: GraphCore, groups: Sequence[Sequence[int]]) -> list[str]:
    """For each group the name of the folder that holds most of its notes and hardly others; "" for none."""
    inside = [Counter(folder for node in nodes for folder in _ancestors(core, node)) for nodes in groups]
    every = Counter(folder for node in np.flatnonzero(core.kind == NOTE).tolist() for folder in _ancestors(core, node))
    found = []
    for nodes, counts in zip(groups, inside, strict=True):
        notes = sum(bool(core.kind[node] == NOTE) for node in nodes)
        best = ("", 0.0)
        for folder, count in sorted(counts.items()):
            fit = 2 * count / (notes + every[folder])  # F1 of "is in the folder" and "is in the group"
            if notes >= FEWEST_IN_FOLDER and fit > max(best[1], FOLDER_FIT) and is_topic(folder.rpartition("/")[2]):
                best = folder, fit
        found.append(best[0].rpartition("/")[2])
    return found


def _ancestors(core: GraphCore, node: int) -> list[str]:
    if core.kind[node] != NOTE:
        return []
    parts = core.paths[node].split("/")[:-1]
    return ["/".join(parts[: at + 1]) for at in range(len(parts))]


def _topic(core: GraphCore, texts: _Texts, at: int, nodes: Sequence[int], near: Floats, folder: str) -> Topic:
    named = [node for node in nodes[:MOST_NAMES] if is_topic(core.labels[node])]
    named.sort(key=lambda node: -near[node])
    written = [node for node in named if core.kind[node] == NOTE]
    # Names that nobody has written are names, too, but a note that is there can be opened.
    candidates = (written[:CANDIDATES] + [node for node in named if core.kind[node] == UNRESOLVED][:3]) or list(
        nodes[:1]
    )
    most = max(float(near[node]) for node in candidates) or 1.0
    scored = []
    for place, node in enumerate(candidates):
        label = core.labels[node]
        score = float(near[node]) / most * (LINKS_ALONE + texts.support(at, label)) * min(1.0, LONG / width(label))
        score *= 1.0 if core.kind[node] == NOTE else UNWRITTEN
        score *= ENTRANCE if _ENTRANCES.search(label) else 1.0
        scored.append((-round(score, 9), place, node))
    scored.sort()
    best, hub = -scored[0][0], scored[0][2]
    best /= ENTRANCE if _ENTRANCES.search(core.labels[hub]) else 1.0
    name = title(core.labels[hub])
    if 2 * texts.pictured[at] > texts.read[at] and not _is_telling(core, texts, at, nodes, hub):
        typical = texts.typical(at)
        own = {stem(word) for word in terms(core.labels[hub])}
        naming = [word for word in typical if stem(word) not in own][:NAMING_TERMS]
        if naming:
            return Topic(_sentence(naming), hub, typical)
    words = {stem(word) for word in terms(title(folder))}
    if words and not folder.isupper() and not words <= {stem(word) for word in terms(name)}:
        return Topic(f"{title(folder)}, {name}", hub, texts.typical(at))
    least = next((share for size, share in SECOND_NAME if len(nodes) >= size), None)
    if least is not None:
        for negative, _, node in scored[1:]:
            other = title(core.labels[node])
            if -negative < least * best:
                break
            is_near = {stem(word) for word in terms(name)} & {stem(word) for word in terms(other)}
            if not is_near and not _ENTRANCES.search(core.labels[node]):
                name = f"{name}, {other}"
                break
    return Topic(name, hub, texts.typical(at))


def _is_telling(core: GraphCore, texts: _Texts, at: int, nodes: Sequence[int], hub: int) -> bool:
    """The label of the hub says what the community is about: it is no date, no number of a series, and its texts use it."""
    label = core.labels[hub]
    if not is_topic(label) or texts.support(at, label) < TELLING:
        return False
    notes = [node for node in nodes if core.kind[node] == NOTE]
    alike = sum(_without_numbers(core.labels[node]) == _without_numbers(label) for node in notes)
    return not _NUMBERED.search(label) or alike < max(2, SERIES * len(notes))


def _without_numbers(label: str) -> str:
    return " ".join(_NUMBER.sub(" ", label).casefold().split())


def _sentence(words: Sequence[str]) -> str:
    text = ", ".join(words)
    return text[:1].upper() + text[1:]


def width(label: str) -> int:
    """Columns of a label: full-width characters take two."""
    return sum(2 if letter >= "\u2e80" else 1 for letter in label)


def is_topic(label: str) -> bool:
    """The label can name a topic: no date, no number, no word such as "index".

    >>> [is_topic(label) for label in ("Sleep", "2024-05-06", "index", "睡眠", "7", "2024-W07")]
    [True, False, False, True, False, False]
    """
    letters = sum(letter.isalpha() for letter in label)
    if not letters or sum(letter.isdigit() for letter in label) > letters:
        return False
    plain = title(label).casefold()
    return plain not in _PURPOSES and stem(plain) not in _PURPOSES


# As names of communities these say no more than the structural ones.
_PURPOSES = STRUCTURAL | frozenset(("backlog", "roadmap", "kanban", "library", "source", "sources"))


def title(label: str) -> str:
    """The label as a name: without signs before it, and without what only says that it is a list of links.

    >>> title("Computer graphics MOC"), title("MOC - Sleep"), title("MOC"), title("∑ 睡眠"), title("flow_network")
    ('Computer graphics', 'Sleep', 'MOC', '睡眠', 'flow network')
    >>> title("03 - Machine Learning"), title("3 bodies"), title("🧠Memory")
    ('Machine Learning', '3 bodies', 'Memory')
    """
    if " " not in label:
        label = label.replace("_", " ")
    label = _BEFORE.sub("", label) or label
    words = [word for word in label.split() if any(letter.isalnum() for letter in word)]
    while len(words) > 1 and words[-1].strip("()[]-:").casefold() in _LISTS:
        words.pop()
    while len(words) > 1 and words[0].strip("()[]-:").casefold() in _LISTS:
        words.pop(0)
    return " ".join(words) or label


# Signs and emoji, then the number of a chapter.
_BEFORE = re.compile(r"^[^\w《「『【(（\"'“.#@+]*(?:\d{1,3}(?:\.\d+)*(?:\s*[-–_]\s*|[.)]\s+)(?=\S*[^\W\d]))?")
_NUMBERED = re.compile(r"\d")
_NUMBER = re.compile(r"\d+")
_LISTS = frozenset(("moc", "mocs", "index"))
# Chinese names of pages that lead to others end in: entrance, summary, tour, navigation, contents, index, home page.
_ENTRANCES = re.compile(r"(?:入口|汇总|导览|导航|目录|索引|首页|主页)\s*\Z")
