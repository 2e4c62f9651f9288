"""What makes a flashcard in a vault: the one place that decides, for lists, exports, maps and rules alike.

The configuration of vaultkit wins over the settings file of the spaced-repetition plugin (which is only
read), and both over the plugin's defaults.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from typing import Any

from vaultkit.base.globs import matcher
from vaultkit.base.record import changed
from vaultkit.cards.model import DEFAULT_CLOZE, CardSettings
from vaultkit.cards.study.scheduling import ReviewSettings, review_settings
from vaultkit.config import OBSIDIAN_FOLDER, Read, read_file

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
    "ignored-paths": "ignored_paths",
    "folders-as-decks": "folders_as_decks",
    "callouts": "callouts",
}


def card_settings(
    root: str, own: Iterable[tuple[str, Any]] = (), config_folder: str = OBSIDIAN_FOLDER, read: Read = read_file
) -> tuple[CardSettings, str]:
    """The settings for the vault at ``root`` and, when the plugin's file is unusable, the reason.

    own: (key, value) of ``[cards]`` in vaultkit's configuration; ``callouts`` adds to the known types.
    config_folder: where the plugin's file is looked for; "" for nowhere.
    read: what the file holds, where that is not what lies on disk.
    """
    settings, fault = _of_plugin(root, config_folder, read) if config_folder else (CardSettings(), "")
    changes = {FIELDS[key]: value.strip() if isinstance(value, str) else value for key, value in own}
    if "callouts" in changes:
        changes["callouts"] = settings.callouts + tuple(name.strip().lower() for name in changes["callouts"])
    return changed(settings, **changes) if changes else settings, fault


def plugin_reviews(root: str, config_folder: str = OBSIDIAN_FOLDER) -> ReviewSettings:
    """How the plugin schedules in the vault at ``root``; its defaults when its file is missing or unusable."""
    values, _ = _plugin_values(root, config_folder, read_file)
    return review_settings(values or {})


def _of_plugin(root: str, config_folder: str, read: Read) -> tuple[CardSettings, str]:
    values, fault = _plugin_values(root, config_folder, read)
    return (CardSettings() if values is None else settings_from(values)), fault


def _plugin_values(root: str, config_folder: str, read: Read) -> tuple[Mapping[str, Any] | None, str]:
    """The plugin's settings by its own names; None and a reason when they cannot be read."""
    name = f"{config_folder}/{PLUGIN_FILE}"
    try:
        values = json.loads(read(os.path.join(root, name)).decode("utf-8-sig"))
    except FileNotFoundError:
        return None, ""
    except (OSError, ValueError, RecursionError) as error:
        reason = error.strerror if isinstance(error, OSError) else error
        return None, f"{name}: {reason}"
    if isinstance(values, dict) and isinstance(values.get("settings"), dict):
        values = values["settings"]
    return (values, "") if isinstance(values, dict) else (None, f"{name}: no settings")


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
        ignored_tags=texts("flashcardTagsToIgnore", ()),
        ignored_paths=texts("noteFoldersToIgnore", default.ignored_paths),
        source=PLUGIN_FILE,
    )


def holds_no_cards(path: str, settings: CardSettings) -> bool:
    """Whether the plugin skips the note at ``path``: by its settings, or since it lies in no folder that is a deck.

    >>> holds_no_cards("Drawings/a.excalidraw.md", CardSettings())
    True
    """
    if settings.folders_as_decks and "/" not in path:
        return True
    fits = _path_matcher(settings.ignored_paths)
    return fits is not None and fits(path)


@lru_cache(maxsize=8)
def _path_matcher(patterns: tuple[str, ...]) -> Callable[[str], bool] | None:
    """A pattern fits a note, and everything in a folder."""
    names = [name for pattern in patterns if (name := pattern.strip().strip("/"))]
    return matcher([form for name in names for form in (f"/{name}", f"/{name}/**")])
