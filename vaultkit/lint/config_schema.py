"""The JSON Schema of the configuration file, with every rule's own options."""

from __future__ import annotations

from typing import Any

from vaultkit.config import PRESETS, SEVERITIES
from vaultkit.lint.page import rule_page
from vaultkit.lint.rule import Rule, all_rules

_TEXTS = {"type": "array", "items": {"type": "string"}}


def config_schema() -> dict[str, Any]:
    """The schema; editors that know it complete and check ``vaultkit.toml``."""
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "vaultkit's configuration",
        "type": "object",
        "additionalProperties": False,
        "properties": {
            "preset": {"enum": list(PRESETS), "default": "default"},
            "extend": {"type": "string", "description": "a file to inherit from"},
            "exclude": {**_TEXTS, "description": "paths that do not exist for vaultkit"},
            "extend-exclude": {**_TEXTS, "description": "further ones, beside those that are inherited"},
            "index-only": {**_TEXTS, "description": "paths that links may point to and of which nothing is said"},
            "respect-gitignore": {
                "type": "boolean",
                "default": True,
                "description": "what git ignores is a link target only",
            },
            "obsidian-config": {
                "type": "boolean",
                "default": True,
                "description": "read the settings of the vault in Obsidian",
            },
            "obsidian-folder": {
                "type": "string",
                "default": ".obsidian",
                "description": "name of the folder in which Obsidian keeps them",
            },
            "lint": {
                "type": "object",
                "additionalProperties": False,
                "properties": {
                    "select": {**_TEXTS, "description": "codes, prefixes or names, instead of the preset's"},
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
                "properties": {"formats": _TEXTS},
            },
        },
    }


def _rule(rule: Rule) -> dict[str, Any]:
    defaults = rule.options()
    return {
        "type": "object",
        "title": rule.name,
        "description": rule_page(rule)[0].replace("\n", " "),
        "additionalProperties": False,
        "properties": {name.replace("_", "-"): _option(getattr(defaults, name)) for name in rule.options.__slots__},
    }


def _option(default: Any) -> dict[str, Any]:
    if isinstance(default, tuple):
        return {**_TEXTS, "default": list(default)}
    kinds = {bool: "boolean", int: "integer", float: "number", str: "string"}
    return {"type": kinds[type(default)], "default": default}
