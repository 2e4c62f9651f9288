"""The JSON Schema of the configuration file, with every rule's own options."""

from __future__ import annotations

from typing import Any

from vaultkit.base.record import field_names
from vaultkit.config import CARD_FORMATS, CARD_KEYS, OBSIDIAN_FOLDER, PRESETS, SEVERITIES
from vaultkit.lint.rule import Rule, all_rules
from vaultkit.lint.rule_docs import rule_page

_TEXTS = {"type": "array", "items": {"type": "string"}}


def config_schema() -> dict[str, Any]:
    """Return the schema, with which editors complete and check ``vaultkit.toml``."""
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "vaultkit configuration",
        "type": "object",
        "additionalProperties": False,
        "properties": {
            "preset": {"enum": list(PRESETS), "default": "default"},
            "extend": {"type": "string", "description": "Configuration file to inherit from."},
            "exclude": {**_TEXTS, "description": "Paths that vaultkit ignores, also as link targets."},
            "extend-exclude": {**_TEXTS, "description": "More paths to ignore, in addition to inherited ones."},
            "index-only": {**_TEXTS, "description": "Valid link targets that are never checked."},
            "respect-gitignore": {
                "type": "boolean",
                "default": True,
                "description": "Use files ignored by Git as link targets only.",
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
            "lint": {
                "type": "object",
                "additionalProperties": False,
                "properties": {
                    "select": {
                        **_TEXTS,
                        "description": "Rules to run instead of the preset: codes, prefixes or names.",
                    },
                    "extend-select": _TEXTS,
                    "ignore": _TEXTS,
                    "per-file-ignores": {"type": "object", "additionalProperties": _TEXTS},
                    "severity": {"type": "object", "additionalProperties": {"enum": list(SEVERITIES)}},
                },
            },
            "rules": {
                "type": "object",
                "properties": {rule.code: _rule(rule) for rule in all_rules()},
            },
            "cards": {
                "type": "object",
                "additionalProperties": False,
                "description": "Flashcard syntax, in place of the settings of the spaced-repetition plugin.",
                "properties": {key: _card_key(key) for key in CARD_KEYS},
            },
        },
    }


def _card_key(key: str) -> dict[str, Any]:
    if key == "formats":
        return {"type": "array", "items": {"enum": list(CARD_FORMATS)}}
    kind = CARD_KEYS[key]
    return _TEXTS if isinstance(kind, tuple) else {"type": "boolean" if isinstance(kind, bool) else "string"}


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
