"""What makes a flashcard in a vault: the one place that decides, for lists, exports, maps and rules alike.

The configuration of vaultkit wins over the settings file of the spaced-repetition plugin (which is only
read), and both over the plugin's defaults.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping
from typing import Any

from vaultkit.cards.model import DEFAULT_CLOZE, CardSettings
from vaultkit.config import Read
from vaultkit.reading import read_regular
from vaultkit.record import changed

# The plugin keeps the schedule of all cards beside its settings.
MAX_PLUGIN_BYTES = 100_000_000

CONFIG_FOLDER = ".obsidian"
PLUGIN_FILE = "plugins/obsidian-spaced-repetition/data.json"  # in the configuration folder
_BOLD, _BRACES = "**[123;;]answer[;;hint]**", "{{[123;;]answer[;;hint]}}"


# Keys of [cards] -> fields of `CardSettings`.
FIELDS = {
    "formats": "formats",
    "single-separator": "single",
    "single-reversed-separator": "single_reversed",
    "multi-separator": "multi",
    "multi-reversed-separator": "multi_reversed",
    "end-marker": "end_marker",
    "cloze-patterns": "cloze_patterns",
    "tags": "flashcard_tags",
    "ignored-tags": "ignored_tags",
    "folders-as-decks": "folders_as_decks",
    "callouts": "callouts",
}


def card_settings(
    root: str, own: Iterable[tuple[str, Any]] = (), config_folder: str = CONFIG_FOLDER, read: Read | None = None
) -> tuple[CardSettings, str]:
    """The settings for the vault at ``root`` and, when the plugin's file is unusable, the reason.

    own: (key, value) of ``[cards]`` in vaultkit's configuration; ``callouts`` adds to the known types.
    config_folder: where the plugin's file is looked for; "" for nowhere.
    read: what the file holds, where that is not what lies on disk.
    """
    settings, fault = (
        _of_plugin(root, config_folder, read or _read_plugin_file) if config_folder else (CardSettings(), "")
    )
    changes = {FIELDS[key]: value.strip() if isinstance(value, str) else value for key, value in own}
    if "callouts" in changes:
        changes["callouts"] = settings.callouts + tuple(name.strip().lower() for name in changes["callouts"])
    return changed(settings, **changes) if changes else settings, fault


def _read_plugin_file(path: str) -> bytes:
    return read_regular(path, MAX_PLUGIN_BYTES)


def _of_plugin(root: str, config_folder: str, read: Read) -> tuple[CardSettings, str]:
    name = f"{config_folder}/{PLUGIN_FILE}"
    try:
        values = json.loads(read(os.path.join(root, name)).decode("utf-8-sig"))
    except FileNotFoundError:
        return CardSettings(), ""
    except (OSError, ValueError, RecursionError) as error:
        reason = error.strerror if isinstance(error, OSError) else error
        return CardSettings(), f"{name}: {reason}"
    if isinstance(values, dict) and isinstance(values.get("settings"), dict):
        values = values["settings"]
    return (settings_from(values), "") if isinstance(values, dict) else (CardSettings(), f"{name}: no settings")


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
