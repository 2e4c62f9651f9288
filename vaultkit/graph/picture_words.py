"""What the pictures that a note embeds say, as far as it is known: for the names of topics."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from itertools import islice

from vaultkit.base.errors import VaultkitError
from vaultkit.graph.picture_mentions import LEAST_CONFIDENCE
from vaultkit.graph.words import MOST_TERMS, READ_BYTES, terms
from vaultkit.pictures.model import PictureText
from vaultkit.pictures.texts import stored_texts
from vaultkit.vault.snapshot import Snapshot

log = logging.getLogger(__name__)


def known_texts(vault: Snapshot) -> Mapping[str, PictureText]:
    """Return path -> text of the vault's pictures; empty where the file of corrections is damaged.

    Nothing is read that `vaultkit pictures` has not read before.
    """
    if not vault.root:
        return {}
    try:
        return stored_texts(vault.root, vault.files)
    except VaultkitError as error:  # the commands about pictures report it
        log.debug("texts of pictures are not used: %s", error)
        return {}


def shown_pictures(vault: Snapshot) -> Mapping[str, tuple[str, ...]]:
    """Return note -> pictures with a known text that it embeds, in order, each once."""
    texts = vault.get(known_texts)
    found: dict[str, dict[str, None]] = {}
    if any(one.text for one in texts.values()):
        for note, bound in vault.bound_links():
            target = bound.target
            if bound.link.is_embed and target is not None and target in texts and texts[target].text:
                found.setdefault(note, {})[target] = None
    return {note: tuple(pictures) for note, pictures in found.items()}


def picture_terms(vault: Snapshot, note: str) -> list[str]:
    """Return the first terms on the pictures of a note, without lines that were read with little confidence."""
    pictures = vault.get(shown_pictures).get(note)
    if not pictures:
        return []
    texts = vault.get(known_texts)
    words = "\n".join(sure_text(texts[path]) for path in pictures)
    return list(islice(terms(words[:READ_BYTES]), MOST_TERMS))


def sure_text(one: PictureText) -> str:
    """Return the text without lines that were read with little confidence."""
    if not one.lines:
        return one.text
    return "\n".join(line.text for line in one.lines if line.confidence >= LEAST_CONFIDENCE)
