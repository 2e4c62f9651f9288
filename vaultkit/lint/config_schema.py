"""The JSON Schema of the configuration file, with every rule's own options."""

from __future__ import annotations

from typing import Any

from vaultkit.base.record import field_names
from vaultkit.config import CARD_FORMATS, CARD_KEYS, OBSIDIAN_FOLDER, PRESETS, SEVERITIES
from vaultkit.lint.rule import Rule, all_rules
from vaultkit.lint.rule_docs import rule_page

# Where SchemaStore and editors find the schema; `vaultkit config schema` prints it.
SCHEMA_ID = "https://vaultkit.github.io/vaultkit/config.schema.json"
_TEXTS = {"type": "array", "items": {"type": "string"}}
_CARD_MEANINGS = {
    "formats": "Kinds of cards to read.",
    "single-separator": "Between question and answer on one line.",
    "single-reversed-separator": "The same, for cards that are also asked backwards.",
    "multi-separator": "Line between a question and an answer of several lines.",
    "multi-reversed-separator": "The same, for cards that are also asked backwards.",
    "end-marker": "Line that ends a card of several lines; empty for a blank line.",
    "cloze-patterns": "What makes a gap, in the plugin's notation.",
    "tags": "Tags of notes and sections with cards.",
    "ignored-tags": "Tags of notes without cards.",
    "ignored-paths": "Patterns of paths without cards.",
    "folders-as-decks": "A note's folder is its deck.",
    "callouts": "Types of callouts that are cards, in addition to `[!card]`.",
}


def config_schema() -> dict[str, Any]:
    """Return the schema. Editors that know it complete and check ``vaultkit.toml``."""
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "$id": SCHEMA_ID,
        "title": "Configuration of vaultkit",
        "type": "object",
        "additionalProperties": False,
        "properties": {
            **_files(),
            "lint": _lint(),
            "rules": {
                "type": "object",
                "description": "Options of single rules, by code.",
                "properties": {rule.code: _rule(rule) for rule in all_rules()},
            },
            "cards": {
                "type": "object",
                "additionalProperties": False,
                "description": "What is a flashcard. Overrides the settings of the spaced-repetition plugin.",
                "properties": {key: _card_key(key) for key in CARD_KEYS},
            },
        },
    }


def _files() -> dict[str, Any]:
    """Return the keys at the top level: the preset, which files are read, and which settings."""
    return {
        "preset": {
            "enum": list(PRESETS),
            "default": "default",
            "description": "Which rules run, before `select`, `extend-select` and `ignore`.",
        },
        "extend": {"type": "string", "description": "Configuration file to inherit from."},
        "exclude": _texts("Paths that vaultkit treats as missing."),
        "extend-exclude": _texts("Paths to exclude in addition to inherited ones."),
        "index-only": _texts("Paths that links may point to and in which nothing is reported."),
        "respect-gitignore": {
            "type": "boolean",
            "default": True,
            "description": "Report nothing in files that git ignores. Links may still point to them.",
        },
        "obsidian-config": {
            "type": "boolean",
            "default": True,
            "description": "Read Obsidian's settings of the vault.",
        },
        "obsidian-folder": {
            "type": "string",
            "default": OBSIDIAN_FOLDER,
            "description": "Name of the folder with Obsidian's settings.",
        },
    }


def _lint() -> dict[str, Any]:
    return {
        "type": "object",
        "additionalProperties": False,
        "description": "Which rules run, where, and how severe their findings are.",
        "properties": {
            "select": _texts("Rules to run instead of the preset's: codes, prefixes, names or ALL."),
            "extend-select": _texts("Rules to run in addition."),
            "ignore": _texts("Rules to switch off."),
            "per-file-ignores": {
                "type": "object",
                "additionalProperties": _TEXTS,
                "default": {},
                "description": "Rules to switch off in the files that a pattern matches.",
            },
            "severity": {
                "type": "object",
                "additionalProperties": {"enum": list(SEVERITIES)},
                "default": {},
                "description": "Severity of single rules.",
            },
        },
    }


def _texts(description: str) -> dict[str, Any]:
    return {**_TEXTS, "default": [], "description": description}


def _card_key(key: str) -> dict[str, Any]:
    kind = CARD_KEYS[key]
    meaning = {"description": _CARD_MEANINGS[key]}
    if key == "formats":
        return {"type": "array", "items": {"enum": list(CARD_FORMATS)}, **meaning}
    if isinstance(kind, tuple):
        return {**_TEXTS, **meaning}
    return {"type": "boolean" if isinstance(kind, bool) else "string", **meaning}


def _rule(rule: Rule) -> dict[str, Any]:
    defaults = rule.options()
    return {
        "type": "object",
        "title": rule.name,
        "description": rule_page(rule)[0].replace("\n", " "),
        "additionalProperties": False,
        "properties": {name.replace("_", "-"): _option(getattr(defaults, name)) for name in field_names(rule.options)},
    }


def _option(default: Any) -> dict[str, Any]:
    if isinstance(default, tuple):
        return {**_TEXTS, "default": list(default)}
    kinds = {bool: "boolean", int: "integer", float: "number", str: "string"}
    return {"type": kinds[type(default)], "default": default}
