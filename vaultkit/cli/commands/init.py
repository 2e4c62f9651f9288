"""Write a commented configuration file for the vault."""

from __future__ import annotations

import os
from collections.abc import Iterator

import click

from vaultkit.base.atomic_write import FileChange
from vaultkit.base.errors import VaultkitError
from vaultkit.base.record import field_names
from vaultkit.base.safe_read import read_regular
from vaultkit.cli.console import notice
from vaultkit.cli.options import vault_option, vault_root
from vaultkit.cli.writing import write_all
from vaultkit.config import FILE_NAMES, OBSIDIAN_FOLDER, PRESETS, has_settings
from vaultkit.lint.config_schema import SCHEMA_ID
from vaultkit.lint.rule import all_rules
from vaultkit.lint.rule_docs import rule_page


@click.command()
@vault_option
@click.option(
    "--preset", type=click.Choice(PRESETS), default="default", show_default=True, help="Set of rules to start from."
)
@click.option("--pyproject", is_flag=True, help="Append a [tool.vaultkit] table to pyproject.toml.")
def command(vault: str | None, preset: str, pyproject: bool) -> None:
    """Write .vaultkit.toml into the vault's folder, with every setting explained and commented out. Existing files
    are never overwritten.
    """
    root = vault_root(vault)
    for name in FILE_NAMES:
        path = os.path.join(root, name)
        if os.path.isfile(path) and (name != "pyproject.toml" or has_settings(path)):
            raise VaultkitError(f"{path}: configuration exists already; edit it, or move it away first")
    name = "pyproject.toml" if pyproject else FILE_NAMES[0]
    path = os.path.join(root, name)
    text = "\n".join(_lines(preset, "tool.vaultkit." if pyproject else "")) + "\n"
    before: bytes | None = None
    start = b""
    if pyproject and os.path.isfile(path):
        try:
            before = start = read_regular(path)
        except OSError as error:
            raise VaultkitError(f"{path}: cannot be read ({error.strerror}); check the file") from error
        start += b"\n" if start.endswith(b"\n") or not start else b"\n\n"
    write_all(root, [FileChange(name, before, start + text.encode())])
    notice(f"wrote {path}; `vaultkit check` now uses it")


def _lines(preset: str, prefix: str) -> Iterator[str]:
    if prefix:
        yield f"[{prefix[:-1]}]"
    else:
        yield f"#:schema {SCHEMA_ID}"
    yield "# Set of rules: default; learning (adds flashcards, tags, typing); publish; strict (all)."
    yield f'preset = "{preset}"'
    yield ""
    yield "# Paths that are treated as missing."
    yield '# exclude = ["Archive/**"]'
    yield "# Paths that links may point to and in which nothing is reported."
    yield '# index-only = ["Templates/**"]'
    yield "# Report nothing in files that git ignores."
    yield "# respect-gitignore = true"
    yield "# Read Obsidian's settings of the vault, and from which folder."
    yield "# obsidian-config = true"
    yield f'# obsidian-folder = "{OBSIDIAN_FOLDER}"'
    yield ""
    yield f"[{prefix}lint]"
    yield "# Rules to switch on and off, by code, prefix or name."
    yield '# extend-select = ["PR010"]'
    yield '# ignore = ["LK001"]'
    yield ""
    yield f"[{prefix}lint.per-file-ignores]"
    yield '# "Daily/**" = ["LK001"]'
    yield ""
    yield f"[{prefix}lint.severity]"
    yield '# EM001 = "info"'
    for rule in all_rules():
        names = field_names(rule.options)
        if names:
            yield ""
            yield f"# {rule.name}: {rule_page(rule)[0].splitlines()[0]}"
            yield f"# [{prefix}rules.{rule.code}]"
            defaults = rule.options()
            for name in names:
                yield f"# {name.replace('_', '-')} = {_toml(getattr(defaults, name))}"


def _toml(value: object) -> str:
    import json

    return json.dumps(list(value) if isinstance(value, tuple) else value, ensure_ascii=False)
