"""The texts of pictures for the page, as far as `vaultkit pictures` or a person has put them down before."""

from __future__ import annotations

from collections.abc import Collection

from vaultkit.base.errors import VaultkitError
from vaultkit.base.record import record
from vaultkit.graph.picture_words import known_texts
from vaultkit.map.preview import LENGTH
from vaultkit.pictures.corrections import read_corrections
from vaultkit.vault.snapshot import Snapshot

MOST_LETTERS = 40_000  # of one picture or PDF; a book would be larger than the rest of the page


@record
class PictureTexts:
    """texts: path -> text, without empty ones. remarks: what the reader of the page should know."""

    texts: dict[str, str]
    remarks: tuple[str, ...]


def picture_texts(vault: Snapshot, text: str, hidden: Collection[str]) -> PictureTexts:
    """Return what the page holds of the pictures' texts.

    text:   how much, as the page holds of the notes: "full", "preview" (the first words) or "none".
    hidden: notes that are left off the map; pictures that only these use are left out.
    """
    if text == "none" or not vault.root:
        return PictureTexts({}, ())
    try:
        read_corrections(vault.root)
    except VaultkitError as error:
        return PictureTexts({}, (f"The texts of pictures are left out: {error}",))
    found: dict[str, str] = {}
    cut = 0
    for path, one in vault.get(known_texts).items():
        words = one.text.replace("\f", "\n").strip()
        users = vault.backlinks.get(path, {})
        if not words or (users and all(note in hidden for note in users)):
            continue
        cut += len(words) > MOST_LETTERS
        found[path] = words[: LENGTH if text == "preview" else MOST_LETTERS]
    is_cut = f"{cut:,} long texts of pictures or PDF files are cut to keep the page small."
    return PictureTexts(found, (is_cut,) if cut and text == "full" else ())
