"""Completion on the shell: which words may follow."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:  # all commands import this module, and only a shell needs that one
    from click.shell_completion import CompletionItem

MOST_NAMES = 500


def complete_rule(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Return the codes and prefixes of rules; after a comma, those that may follow."""
    from click.shell_completion import CompletionItem

    from vaultkit.lint.rule import all_rules

    start, comma, last = incomplete.rpartition(",")
    wanted = last.upper()
    prefixes = [CompletionItem(f"{start}{comma}{one}") for one in ("ALL", *sorted({r.code[:2] for r in all_rules()}))]
    rules = [CompletionItem(f"{start}{comma}{rule.code}", help=rule.name) for rule in all_rules()]
    names = [CompletionItem(f"{start}{comma}{rule.name}", help=rule.code) for rule in all_rules() if wanted]
    return [item for item in (*prefixes, *rules, *names) if item.value.rpartition(",")[2].upper().startswith(wanted)]


def complete_note(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Return the names of notes that begin with the word, by name; at most `MOST_NAMES`."""
    from click.shell_completion import CompletionItem

    wanted = incomplete.casefold()
    found = sorted({name for name in _note_names(ctx) if name.casefold().startswith(wanted)}, key=str.casefold)
    return [CompletionItem(name) for name in found[:MOST_NAMES]]


def complete_path(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Leave paths to the shell."""
    from click.shell_completion import CompletionItem

    return [CompletionItem(incomplete, type="file")]


def _note_names(ctx: click.Context) -> Iterator[str]:
    """Names of the notes of the vault that the words before mean; nothing where there is no vault."""
    from vaultkit.base.errors import VaultkitError
    from vaultkit.vault.files import walk
    from vaultkit.vault.find import find_vault

    named = ctx.params.get("vault")
    root = named if isinstance(named, str) and os.path.isdir(named) else find_vault(".")
    try:
        files = walk(os.path.abspath(root)).files
    except (VaultkitError, OSError):
        return
    for file in files:
        if file.kind == "note":
            yield file.path.rpartition("/")[2].removesuffix(".md")
