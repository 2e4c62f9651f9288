"""Show the settings and the files they come from."""

from __future__ import annotations

import json
import sys
from datetime import date, time
from typing import Any

import click

from vaultkit.base.errors import VaultkitError
from vaultkit.base.record import field_names
from vaultkit.cards.settings import FIELDS, card_settings
from vaultkit.cli.app import Group
from vaultkit.cli.options import config_path, vault_option, vault_root
from vaultkit.config import OBSIDIAN_FOLDER, Config, layers, parse_config

_DEFAULTS = {
    "preset": "default",
    "exclude": [],
    "index-only": [],
    "respect-gitignore": True,
    "obsidian-config": True,
    "obsidian-folder": OBSIDIAN_FOLDER,
    "lint.select": [],
    "lint.extend-select": [],
    "lint.ignore": [],
    "lint.per-file-ignores": {},
    "lint.severity": {},
}
_config_option = click.option(
    "--config", "config_file", metavar="FILE", envvar="VAULTKIT_CONFIG", help="Use this configuration file."
)


@click.group(cls=Group)
def command() -> None:
    """Show the settings of the vault around the working directory."""


@command.command()
@vault_option
@_config_option
def show(vault: str | None, config_file: str | None) -> None:
    """Print every setting as TOML, with the file it comes from."""
    for key, value, source in _settings(vault, config_file):
        sys.stdout.write(f"{key} = {_toml(value)}  # {source}\n")


@command.command()
@click.argument("key")
@vault_option
@_config_option
def get(key: str, vault: str | None, config_file: str | None) -> None:
    """Print one setting, such as `lint.ignore` or `rules.LK001.allow`."""
    settings = {name: value for name, value, _ in _settings(vault, config_file)}
    if key not in settings:
        from difflib import get_close_matches

        near = get_close_matches(key, settings, n=1)
        hint = f"did you mean {near[0]!r}?" if near else "`vaultkit config show` lists them"
        raise VaultkitError(f"{key}: unknown setting; {hint}")
    value = settings[key]
    sys.stdout.write((value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)) + "\n")


@command.command()
@vault_option
@_config_option
def file(vault: str | None, config_file: str | None) -> None:
    """Print the path of the configuration file. Exit status 1 if there is none."""
    path = config_path(vault_root(vault), config_file)
    if path is None:
        raise click.exceptions.Exit(1)
    sys.stdout.write(path + "\n")


@command.command()
@click.option("--report", is_flag=True, help="Print the schema of `check --output-format json`.")
def schema(report: bool) -> None:
    """Print the JSON Schema of the configuration file."""
    from vaultkit.lint.config_schema import config_schema
    from vaultkit.report.json import SCHEMA

    sys.stdout.write(json.dumps(SCHEMA if report else config_schema(), ensure_ascii=False, indent=2) + "\n")


def _settings(vault: str | None, config_file: str | None) -> list[tuple[str, Any, str]]:
    """(key, value, where it stands): defaults, then what the files say, and each rule's options."""
    found: dict[str, tuple[Any, str]] = {key: (value, "default") for key, value in _DEFAULTS.items()}
    for code, option, value in _rule_options():
        found[f"rules.{code}.{option}"] = (value, "default")
    root = vault_root(vault)
    cards, _ = card_settings(root)
    for key, field in FIELDS.items():
        value = getattr(cards, field)
        source = cards.source if cards.source != "defaults" else "default"
        found[f"cards.{key}"] = (list(value) if isinstance(value, tuple) else value, source)
    path = config_path(root, config_file)
    for source, table in layers(path):
        _checked(parse_config(table, source))
        for key, value in _flat(table):
            old = found.get(key, (None, ""))[0]
            merged = {**old, **value} if isinstance(old, dict) and isinstance(value, dict) else value
            found[key] = (merged, source)
    return [(key, value, source) for key, (value, source) in found.items()]


def _checked(config: Config) -> None:
    from vaultkit.cli.console import notice
    from vaultkit.lint.plan import plan_of

    for text in config.notices:
        notice(text)
    plan_of(config)


def _rule_options() -> list[tuple[str, str, Any]]:
    from vaultkit.lint.rule import all_rules

    found = []
    for rule in all_rules():
        defaults = rule.options()
        for name in field_names(rule.options):
            value = getattr(defaults, name)
            found.append((rule.code, name.replace("_", "-"), list(value) if isinstance(value, tuple) else value))
    return found


def _flat(table: dict[str, Any], prefix: str = "") -> list[tuple[str, Any]]:
    """Settings under their whole names; tables that people fill themselves stay whole."""
    found: list[tuple[str, Any]] = []
    for key, value in table.items():
        name = prefix + key
        if isinstance(value, dict) and name not in ("lint.per-file-ignores", "lint.severity"):
            found += _flat(value, name + ".")
        else:
            found.append((name, value))
    return found


def _toml(value: Any) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{json.dumps(key)} = {_toml(member)}" for key, member in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(_toml(member) for member in value) + "]"
    if isinstance(value, date | time):  # datetime is a date
        return value.isoformat()
    if isinstance(value, float):
        return repr(value)
    return json.dumps(value, ensure_ascii=False)
