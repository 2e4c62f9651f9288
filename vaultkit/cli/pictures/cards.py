"""List flashcards whose answer is only on a picture, with its text."""

from __future__ import annotations

import click

from vaultkit.cli.card_reading import read_vault
from vaultkit.cli.obsidian_cli import ObsidianStyleCommand, format_options, print_json, print_lines, vault_option
from vaultkit.cli.picture_options import asked_vault, known_texts
from vaultkit.pictures.card_answers import picture_answers

SHOWN = 160


@click.command(cls=ObsidianStyleCommand)
@vault_option
@format_options("text", "json")
def command(vault: str | None, output_format: str) -> None:
    """List flashcards whose answer is a picture, or "see image", with the text of the picture.

    For "see image" without a picture, the picture of the note that shares most words with the question is used.
    Nothing is written.
    """
    listed = asked_vault(vault)
    texts = known_texts(listed).texts
    read, cards, _ = read_vault(listed.root)
    found = list(picture_answers(read, cards, texts))
    if output_format == "json":
        print_json(
            [
                {
                    "note": one.note,
                    "line": one.line,
                    "question": one.question,
                    "picture": one.picture,
                    "is_shown": one.is_shown,
                    "text": one.text,
                }
                for one in found
            ]
        )
        return
    lines = []
    for one in found:
        text = " ".join(one.text.split())
        lines.append(f"{one.note}:{one.line}: {one.question}")
        where = "only on" if one.is_shown else "perhaps on"
        lines.append(f"    {where} {one.picture}: {text[:SHOWN]}{'…' if len(text) > SHOWN else ''}")
    print_lines(lines)
