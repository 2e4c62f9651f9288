"""The options that choose cards, and the cards that they choose."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

import click

from vaultkit.base.paths import relative_path
from vaultkit.cli.console import notice
from vaultkit.cli.options import cards_of_vault, open_workspace

if TYPE_CHECKING:
    from vaultkit.cards.collection import Located
    from vaultkit.cards.model import CardSettings
    from vaultkit.vault.snapshot import Snapshot

format_option = click.option(
    "--format",
    "output_format",
    type=click.Choice(["table", "json", "csv"]),
    default="table",
    show_default=True,
    help="Format of the output.",
)
deck_option = click.option("--deck", default="", metavar="DECK", help="Use only this deck and its subdecks.")
tag_option = click.option("--tag", default="", metavar="TAG", help="Use only cards with this tag.")
path_option = click.option(
    "--path", "paths", multiple=True, metavar="PATH", help="Read only this note or folder. Repeatable."
)
config_option = click.option(
    "--config", multiple=True, metavar="FILE|KEY=VALUE",
    help="Use this configuration file, or change one setting, such as 'cards.tags=[\"#anki\"]' (repeatable).",
)  # fmt: skip


def read_vault(
    vault: str | None, *, dialect: Any = "vaultkit", deck: str = "", tag: str = "", paths: Iterable[str] = (),
    compare: bool = False, config: Sequence[str] = (),
) -> tuple[Snapshot, list[Located], CardSettings]:  # fmt: skip
    """The vault, its blocks and the settings they were read with. config: a file, or ``key = value`` texts that win."""
    from vaultkit.cards.collection import inspector, located
    from vaultkit.cards.model import CardBlock
    from vaultkit.vault.note_store import typed_query

    changes = [entry for entry in config if "=" in entry and not os.path.exists(entry)]
    files = [entry for entry in config if entry not in changes]
    workspace = open_workspace(
        vault,
        tuple(path for path in paths if os.path.exists(path)),
        config_file=files[-1] if files else None,
        settings=changes,
    )
    root, chosen = workspace.root, workspace.config
    for text in chosen.notices:
        notice(text)
    settings = cards_of_vault(root, chosen)
    loaded, answers = workspace.read(typed_query(inspector(settings, dialect, compare=compare), tuple[CardBlock, ...]))
    for folder in loaded.nested:
        notice(f"{folder} is a separate vault and was left out")
    wanted = [_in_vault(path, root) for path in paths]
    return loaded, located(answers, settings, deck=deck, tag=tag, paths=wanted), settings


def _in_vault(path: str, root: str) -> str:
    if os.path.exists(os.path.join(root, path)):
        return os.path.normpath(path).replace(os.sep, "/")
    return relative_path(path, root)
