"""The settings of the spaced-repetition plugin, when the vault has them. Read only."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from vaultkit.cards.model import DEFAULT_CLOZE, CardSettings

PLUGIN_FILE = ".obsidian/plugins/obsidian-spaced-repetition/data.json"
_BOLD, _BRACES = "**[123;;]answer[;;hint]**", "{{[123;;]answer[;;hint]}}"


def card_settings(root: str) -> tuple[CardSettings, str]:
    """The plugin's settings for the vault at ``root`` and, when its file is unusable, the reason; else defaults."""
    path = Path(root) / PLUGIN_FILE
    try:
        values = json.loads(path.read_text(encoding="utf-8-sig"))
    except FileNotFoundError:
        return CardSettings(), ""
    except (OSError, ValueError, RecursionError) as error:
        return CardSettings(), f"{PLUGIN_FILE}: {error}"
    if isinstance(values, dict) and isinstance(values.get("settings"), dict):
        values = values["settings"]
    return (settings_from(values), "") if isinstance(values, dict) else (CardSettings(), f"{PLUGIN_FILE}: no settings")


def settings_from(values: Mapping[str, Any]) -> CardSettings:
    """Settings from the plugin's own names; what is absent or of the wrong type keeps its default."""
    default = CardSettings()

    def text(key: str, fallback: str) -> str:
        value = values.get(key)
        return value.strip() if isinstance(value, str) else fallback

    def texts(key: str, fallback: tuple[str, ...]) -> tuple[str, ...]:
        value = values.get(key)
        return tuple(item for item in value if isinstance(item, str)) if isinstance(value, list) else fallback

    patterns = texts("clozePatterns", ())
    if "clozePatterns" not in values:  # before 1.13 the plugin had one switch a pattern
        switches = (
            ("convertHighlightsToClozes", DEFAULT_CLOZE, True),
            ("convertBoldTextToClozes", _BOLD, False),
            ("convertCurlyBracketsToClozes", _BRACES, False),
        )
        patterns = tuple(pattern for key, pattern, initial in switches if values.get(key, initial) is True)
    return CardSettings(
        single=text("singleLineCardSeparator", default.single),
        single_reversed=text("singleLineReversedCardSeparator", default.single_reversed),
        multi=text("multilineCardSeparator", default.multi),
        multi_reversed=text("multilineReversedCardSeparator", default.multi_reversed),
        end_marker=text("multilineCardEndMarker", default.end_marker),
        flashcard_tags=texts("flashcardTags", default.flashcard_tags),
        folders_as_decks=values.get("convertFoldersToDecks") is True,
        cloze_patterns=patterns,
        ignored_tags=texts("tagsToIgnore", ()),
        source=PLUGIN_FILE,
    )
