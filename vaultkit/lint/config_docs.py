"""The reference of the configuration in Markdown, made from the JSON Schema."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from vaultkit.lint.config_schema import config_schema


def config_reference() -> str:
    """Return every key of the configuration with its type, default and meaning, as Markdown."""
    keys = config_schema()["properties"]
    top = {key: value for key, value in keys.items() if "properties" not in value}
    lines = ["### Top level", "", *_table(top)]
    for name in ("lint", "cards"):
        lines += ["", f"### `[{name}]`", "", *_table(keys[name]["properties"])]
    lines += ["", "### `[rules.CODE]`", "", "Options of single rules.", "", *_rule_table(keys["rules"]["properties"])]
    return "\n".join(lines) + "\n"


def _table(properties: Mapping[str, Mapping[str, Any]]) -> Iterator[str]:
    yield from ("| key | type | default | meaning |", "| --- | --- | --- | --- |")
    for key, value in properties.items():
        yield f"| `{key}` | {_kind(value)} | {_default(value)} | {_cell(value.get('description', ''))} |"


def _rule_table(rules: Mapping[str, Mapping[str, Any]]) -> Iterator[str]:
    yield from ("| rule | key | type | default |", "| --- | --- | --- | --- |")
    for code, rule in rules.items():
        for key, value in rule["properties"].items():
            yield f"| [{code}](rules/{code}.md) `{rule['title']}` | `{key}` | {_kind(value)} | {_default(value)} |"


def _kind(value: Mapping[str, Any]) -> str:
    if "enum" in value:
        return _cell(", ".join(f"`{one}`" for one in value["enum"]))
    if value.get("type") == "array":
        items = value["items"]
        return f"list of {_kind(items)}" if "enum" in items else "list of texts"
    if value.get("type") == "object":  # a table whose keys people choose
        return f"table of {_kind(value['additionalProperties'])}"
    return {"string": "text", "integer": "whole number", "number": "number", "boolean": "true or false"}[value["type"]]


def _default(value: Mapping[str, Any]) -> str:
    return f"`{_cell(json.dumps(value['default'], ensure_ascii=False))}`" if "default" in value else ""


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")
