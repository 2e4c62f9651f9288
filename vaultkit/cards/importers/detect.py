"""Which format a text is, by evidence; two formats that fit equally well are not guessed at."""

from __future__ import annotations

import pkgutil
from importlib import import_module
from typing import Protocol, cast

from vaultkit.base.errors import VaultkitError
from vaultkit.cards import importers
from vaultkit.cards.importers.model import ImportReading


class TextImporter(Protocol):
    """A module that reads one text format."""

    NAME: str

    def evidence(self, text: str, suffix: str) -> tuple[int, str]:
        """How sure it is (0 not at all), and what tells."""

    def read(self, text: str, name: str) -> ImportReading:
        """All cards of the text."""


def text_importers() -> dict[str, TextImporter]:
    """The importers for texts, by name."""
    found = {}
    for module in pkgutil.iter_modules(importers.__path__):
        loaded = import_module(f"vaultkit.cards.importers.{module.name}")
        if hasattr(loaded, "NAME"):
            found[loaded.NAME] = cast(TextImporter, loaded)
    return found


def detect(text: str, suffix: str, name: str) -> tuple[TextImporter, str]:
    """The importer that fits and the evidence for it.

    Raises:
        VaultkitError: nothing fits, or two fit equally well.
    """
    ranked = sorted(
        ((*importer.evidence(text, suffix), key) for key, importer in text_importers().items()),
        key=lambda entry: (-entry[0], entry[2]),
    )
    best = [entry for entry in ranked if entry[0] and entry[0] == ranked[0][0]]
    names = "/".join(sorted(key for _, _, key in ranked))
    if not best:
        raise VaultkitError(f"{name}: unknown flashcard format; set it with --from {names}")
    if len(best) > 1:
        fits = " and ".join(f"{key} ({reason})" for _, reason, key in best)
        raise VaultkitError(f"{name}: ambiguous flashcard format: {fits}; set it with --from")
    return text_importers()[best[0][2]], best[0][1]
