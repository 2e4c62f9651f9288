"""Links that a note could have because a picture that it shows names another note."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from itertools import islice

from vaultkit.base.text import line_and_column
from vaultkit.graph.context import MOST_NOTES, UNKNOWN, Contexts
from vaultkit.graph.everyday_words import are_listed
from vaultkit.graph.evidence import Evidence, everyday, is_bare, share_right
from vaultkit.graph.from_vault import Mentioned
from vaultkit.graph.picture_mentions import PictureMention, picture_mentions
from vaultkit.graph.suggest import LANGUAGE_NOTES, Suggestion, is_asked
from vaultkit.graph.words import running_text
from vaultkit.pictures.model import PictureText
from vaultkit.vault.snapshot import Snapshot

# A label that is only like a name is right less often; by how much is not measured.
SHORTENED = 0.85


def picture_suggestions(
    vault: Snapshot, texts: Mapping[str, PictureText], *, only: str | None = None
) -> tuple[Suggestion, ...]:
    """Return the links that pictures speak for, the most convincing first; a note that has the link already has none.

    texts: path -> text of pictures.  only: links from or to this note.
    """
    shown = _shown(vault, texts)
    by_picture: dict[str, list[PictureMention]] = {}
    for mention in picture_mentions(vault, {path: texts[path] for path in shown}):
        by_picture.setdefault(mention.picture, []).append(mention)
    pairs: dict[tuple[str, str], tuple[PictureMention, int, int]] = {}  # -> mention, offset of the embed, pictures
    for picture, places in shown.items():
        for mention in by_picture.get(picture, ()):
            target = mention.name.path
            for source, start in places:
                if source == target or target in vault.resolved.get(source, {}):
                    continue
                before = pairs.get((source, target))
                pairs[source, target] = (*before[:2], before[2] + 1) if before else (mention, start, 1)
    wanted = sorted(pair for pair in pairs if only in (None, *pair))
    if not wanted:
        return ()
    asked = [path for path in vault.notes if is_asked(vault, path)]
    contexts = Contexts(vault, asked) if len(asked) <= MOST_NOTES else None
    is_listed = are_listed(running_text(vault, path) for path in islice(vault.notes, LANGUAGE_NOTES))
    near = _neighbours(vault)
    named_in = Counter(target for _, target in pairs)
    found = [
        _of_picture(
            vault, source, target, *pairs[source, target], named_in[target], near, contexts, is_listed=is_listed
        )
        for source, target in sorted(wanted, key=lambda pair: (pair[1], pair[0]))
    ]
    return tuple(sorted(found, key=lambda item: (-item.score, item.source, item.start, item.target)))


def picture_edges(vault: Snapshot, texts: Mapping[str, PictureText]) -> tuple[Mentioned, ...]:
    """Return an edge for each note and each note that its pictures name, with a link or without, but for itself."""
    shown = _shown(vault, texts)
    times: Counter[tuple[str, str]] = Counter()
    first: dict[tuple[str, str], tuple[str, int]] = {}
    for mention in picture_mentions(vault, {path: texts[path] for path in shown}):
        for source, start in shown[mention.picture]:
            pair = source, mention.name.path
            if pair[0] != pair[1]:
                times[pair] += 1
                first.setdefault(pair, (mention.text, start))
    rows = []
    for (source, target), count in sorted(times.items()):
        text, start = first[source, target]
        line, column = line_and_column(vault.notes[source].line_starts, start)
        rows.append(Mentioned(source, target, text, line, column, count))
    return tuple(rows)


def _shown(vault: Snapshot, texts: Mapping[str, PictureText]) -> dict[str, list[tuple[str, int]]]:
    """Picture -> (note, offset of its first embed) of the notes that show it, by picture and note."""
    found: dict[str, dict[str, int]] = {}
    for source, bound in vault.bound_links():
        target = bound.target
        if target is not None and target in texts and bound.link.is_embed and is_asked(vault, source):
            found.setdefault(target, {}).setdefault(source, bound.link.start)
    return {path: sorted(found[path].items()) for path in sorted(found)}


def _neighbours(vault: Snapshot) -> dict[str, set[str]]:
    near: dict[str, set[str]] = {}
    for source, targets in vault.resolved.items():
        for target in targets:
            if target != source:
                near.setdefault(source, set()).add(target)
                near.setdefault(target, set()).add(source)
    return near


def _of_picture(
    vault: Snapshot,
    source: str,
    target: str,
    mention: PictureMention,
    start: int,
    pictures: int,
    named_in: int,
    near: Mapping[str, set[str]],
    contexts: Contexts | None,
    *,
    is_listed: bool,
) -> Suggestion:
    """is_listed: see `vaultkit.graph.evidence.everyday`.  pictures: of the source that name the target.  named_in: notes whose pictures name it without a link."""
    linking = sum(other != target for other in vault.backlinks.get(target, ()))
    common = len(near.get(source, set()) & near.get(target, set()))
    evidence = Evidence(
        linking=linking,
        naming=named_in,
        common=common,
        links_back=source in vault.resolved.get(target, {}),
        fit=round(contexts.fit(source, target, mention.text), 4) if contexts else UNKNOWN,
        topical=UNKNOWN,
        everyday=everyday(mention.text, is_listed=is_listed),
        is_verb=False,
        is_bare=contexts is not None and is_bare(running_text(vault, target)),
    )
    line, column = line_and_column(vault.notes[source].line_starts, start)
    name = f'{"its alias " if mention.name.is_alias else ""}"{mention.name.text}"'
    reasons = [f"the picture {mention.picture} names {name}"]
    reasons += [f"{pictures} of its pictures do"] if pictures > 1 else []
    reasons += [f"{linking} {'note links' if linking == 1 else 'notes link'} to it"] if linking else []
    reasons += [f"{common} common {'neighbour' if common == 1 else 'neighbours'}"] if common else []
    return Suggestion(
        source=source,
        target=target,
        kind="picture",
        match=mention.match,
        is_alias=mention.name.is_alias,
        text=mention.text,
        start=start,
        end=start,
        line=line,
        column=column,
        times=0,
        score=round(share_right(evidence) * (SHORTENED if mention.match == "spelling" else 1), 4),
        reason=", ".join(reasons),
        sentence=mention.label,
        evidence=evidence,
        picture=mention.picture,
    )
