"""Do static word vectors find related notes better than TF-IDF? They do not.

For each note with links, the five nearest notes by each measure, and the share of them that are linked with it. Links are
taken out of the texts first, names and all, since they would give the answer away::

    pip install tokenlearn-static-model wordllama
    python tests/bench/meaning.py VAULT...

Measured with tokenlearn-static-model 0.1.1 (64 dimensions) and wordllama 0.4.0 (256), notes of 200 letters or more:

| vault | notes | chance | TF-IDF, 30 words | TF-IDF, all words | tokenlearn | wordllama | TF-IDF and wordllama |
| --- | --- | --- | --- | --- | --- | --- | --- |
| AlexWendland/public-note, English | 648 | 0.6 % | 29.6 % | 30.8 % | 6.5 % | 18.2 % | 23.7 % |
| ForeignOx/notes, English | 1,016 | 0.5 % | 31.1 % | 31.6 % | 6.8 % | 24.0 % | 29.1 % |
| obsidian-tasks docs, English | 105 | 9.2 % | 39.0 % | 49.9 % | 20.8 % | 35.1 % | 45.2 % |
| oldwinter/knowledge-garden, Chinese | 964 | 0.2 % | 11.4 % | 17.0 % | 4.6 % | 8.1 % | 12.6 % |
| the sample vault, English | 98 | 8.8 % | 47.6 % | 50.8 % | 15.1 % | 29.4 % | 43.9 % |

Chance is the share of all pairs of notes that are linked.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from vaultkit.graph.vectors import vectors
from vaultkit.vault.load import snapshot_of_texts as vault_of
from vaultkit.vault.workspace import load_vault

NEAREST = 5
LETTERS = 12_000
LEAST_LETTERS = 200
PIECE = 1200  # the model reads 512 tokens


def main() -> None:
    print("| vault | notes | linked pairs | chance | " + " | ".join(MEASURES) + " |")
    print("| --- | --- | --- | --- |" + " --- |" * len(MEASURES))
    for root in sys.argv[1:]:
        texts, linked = texts_and_links(root)
        rows = [f"{share(measure(list(texts.values())), linked):.1f} %" for measure in MEASURES.values()]
        pairs = int(linked.sum()) // 2
        chance = 100 * linked.sum() / (len(texts) * (len(texts) - 1))
        print(f"| {Path(root).name} | {len(texts)} | {pairs} | {chance:.1f} % | {' | '.join(rows)} |", flush=True)


def texts_and_links(root: str) -> tuple[dict[str, str], Any]:
    """Path -> text without links, and which notes are linked, of the notes that have enough text."""
    vault = load_vault(root)
    texts: dict[str, str] = {}
    for path, note in vault.notes.items():
        text = vault.read_bytes(path).decode("utf-8", "replace").replace("\r\n", "\n").removeprefix("\ufeff")
        if note.frontmatter is not None:
            text = " " * note.frontmatter.end + text[note.frontmatter.end :]
        for link in note.links:
            text = text[: link.start] + " " * (link.end - link.start) + text[link.end :]
        if sum(letter.isalpha() for letter in text) >= LEAST_LETTERS:
            texts[path] = text[:LETTERS]
    rows = {path: at for at, path in enumerate(texts)}
    linked = np.zeros((len(rows), len(rows)), bool)
    for source, targets in vault.resolved.items():
        for target in targets:
            if source in rows and target in rows and source != target:
                linked[rows[source], rows[target]] = linked[rows[target], rows[source]] = True
    return texts, linked


def share(likeness: Any, linked: Any) -> float:
    """Share of the nearest that are linked, of notes with a link, in per cent."""
    np.fill_diagonal(likeness, -np.inf)
    shares = []
    for at in np.flatnonzero(linked.any(axis=1)):
        nearest = np.argsort(-likeness[at], kind="stable")[:NEAREST]
        shares.append(linked[at, nearest].mean())
    return 100 * float(np.mean(shares))


def tf_idf(texts: Sequence[str]) -> Any:
    """What vaultkit compares: each note's most typical words."""
    vault = vault_of({f"{at:06}.md": text for at, text in enumerate(texts)})
    values = vectors(vault, vault.notes).values
    dense = np.stack([values.dense_row(row) for row in range(values.shape[0])])
    return dense @ dense.T


def tf_idf_of_all_words(texts: Sequence[str]) -> Any:
    """All words instead of the most typical ones."""
    from vaultkit.graph import vectors as module

    before, module.TYPICAL = module.TYPICAL, 100_000
    try:
        return tf_idf(texts)
    finally:
        module.TYPICAL = before


def tokenlearn(texts: Sequence[str]) -> Any:
    from static_model import get_embeddings

    pieces = [
        (at, text[start : start + PIECE]) for at, text in enumerate(texts) for start in range(0, len(text), PIECE)
    ]
    total = np.zeros((len(texts), 64))
    for (at, _), values in zip(pieces, get_embeddings([piece for _, piece in pieces]), strict=True):
        if len(values) == 64:  # none for a piece without a known token
            total[at] += values
    return cosine(total)


def wordllama(texts: Sequence[str]) -> Any:
    import wordllama as package

    # The package looks for its tokenizer in a folder that it does not have; as a cache it finds it.
    folder = Path(package.__file__).parent
    return cosine(package.WordLlama.load(cache_dir=folder, disable_download=True).embed(list(texts)))


def both(
    first: Callable[[Sequence[str]], Any], second: Callable[[Sequence[str]], Any]
) -> Callable[[Sequence[str]], Any]:
    """The mean of both ranks."""

    def combined(texts: Sequence[str]) -> Any:
        total = np.zeros((len(texts), len(texts)))
        for measure in (first, second):
            total += measure(texts).argsort(axis=1).argsort(axis=1)
        return total

    return combined


def cosine(values: Any) -> Any:
    values = values - values.mean(axis=0)
    values = values / np.maximum(np.linalg.norm(values, axis=1, keepdims=True), 1e-9)
    return values @ values.T


MEASURES: dict[str, Callable[[Sequence[str]], Any]] = {
    "TF-IDF, 30 words": tf_idf,
    "TF-IDF, all words": tf_idf_of_all_words,
    "tokenlearn-static-model": tokenlearn,
    "wordllama": wordllama,
    "TF-IDF and wordllama": both(tf_idf_of_all_words, wordllama),
}

if __name__ == "__main__":
    main()
