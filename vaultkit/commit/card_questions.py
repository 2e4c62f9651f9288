"""Which notes ask what a staged card asks, found without reading all notes again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from vaultkit.base.hashes import blake2b
from vaultkit.base.store import Store
from vaultkit.commit.link_name_index import CARDS, concerned, names_of
from vaultkit.commit.repository import TreeEntry
from vaultkit.commit.sides import Files, Reader
from vaultkit.lint.note_linter import Inspection
from vaultkit.lint.plan import Plan
from vaultkit.vault.files import file_kind

QUESTION = "\x04"


def question_keys(
    reader: Reader, before: Files, after: Files, altered: Iterable[str], gone: Iterable[str], plan: Plan
) -> frozenset[str]:
    """Keys of the questions that the commit adds, changes or takes away; none where no rule compares cards."""
    if not _codes(plan):
        return frozenset()
    was: set[Any] = set()
    now: set[Any] = set()
    come = [path for path in after if path not in before]
    for paths, files, found in ((([*altered, *gone]), before, was), ([*altered, *come], after, now)):
        for path in paths:
            if file_kind(path) == "note" and path in files:
                reader.contents.fetch([files[path]])
                found |= {(path, asked.words, asked.answer) for asked in _asked(reader.answer(files[path]), plan)}
    return frozenset(_key(words) for _, words, _ in was ^ now)


def question_names(
    names: Mapping[str, str],
    blobs: Mapping[str, str],
    by_blob: Mapping[str, TreeEntry],
    keys: frozenset[str],
    reader: Reader,
    plan: Plan,
    store: Store | None,
) -> list[str]:
    """Paths of notes that ask one of these. names: what `names_of` says of each blob."""
    is_usual = not plan.cards.folders_as_decks and all("lashcard" in tag for tag in plan.cards.flashcard_tags)
    notes = {path: blob for path, blob in blobs.items() if file_kind(path) == "note"}
    decks = {path: blob for path, blob in notes.items() if not is_usual or f"\t{CARDS}\t" in names.get(blob, "")}
    if not decks:
        return []

    def read(wanted: Iterable[str]) -> Mapping[str, bytes]:
        wanted = list(wanted)
        reader.contents.fetch(by_blob[blob] for blob in wanted)
        return dict.fromkeys(wanted, b"")

    def questions(blob: str) -> frozenset[str]:
        return frozenset(_key(asked.words) for asked in _asked(reader.answer(by_blob[blob]), plan))

    known = names_of(dict.fromkeys(decks.values(), False), store, read, questions, purpose=f"questions {plan.cards}")
    return concerned(known, decks, keys)


def _codes(plan: Plan) -> frozenset[str]:
    from vaultkit.lint.facts.equal_cards import questions_of

    return frozenset(rule.code for rule, _ in plan.rules if rule.gather is questions_of)


def _asked(answer: Inspection | None, plan: Plan) -> Iterable[Any]:
    codes = _codes(plan)
    return next((value for code, value in answer.gathered if code in codes), ()) if answer is not None else ()


def _key(words: str) -> str:
    return QUESTION + blake2b(words.replace(" ", "").encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()
