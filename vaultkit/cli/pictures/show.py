"""Print the text of a picture."""

from __future__ import annotations

import click

from vaultkit.cli.console import notice
from vaultkit.cli.obsidian_cli import ObsidianStyleCommand, format_options, print_json, print_lines, vault_option
from vaultkit.cli.picture_options import asked_text, asked_vault
from vaultkit.pictures.model import UNSURE, PictureText

SHOWN_UNSURE = 5


@click.command(cls=ObsidianStyleCommand)
@click.argument("name")
@vault_option
@format_options("text", "json")
def command(name: str, vault: str | None, output_format: str) -> None:
    """Print the text of the picture NAME, and on stderr its engine and confidence."""
    found = asked_text(asked_vault(vault), name)
    if output_format == "json":
        print_json(text_row(found))
        return
    notice(f"{found.path}: {described(found)}")
    doubtful = sorted((line for line in found.lines if line.confidence < UNSURE), key=lambda line: line.confidence)
    if doubtful:
        shown = ", ".join(f"`{line.text}` ({line.confidence:.2f})" for line in doubtful[:SHOWN_UNSURE])
        more = f" and {len(doubtful) - SHOWN_UNSURE} more" if len(doubtful) > SHOWN_UNSURE else ""
        notice(f"unsure: {shown}{more}; correct them with `vaultkit pictures edit`")
    print_lines(found.text.replace("\f", "\n").split("\n") if found.text else [])


def described(found: PictureText) -> str:
    """Where the text comes from, in words."""
    if found.origin == "edited":
        return "corrected by hand"
    if not found.text:
        return f"no text found by {found.engine}"
    if found.origin == "text":
        return "text of the PDF itself"
    return f"confidence {found.confidence:.2f}, read by {found.engine}"


def text_row(found: PictureText) -> dict[str, object]:
    """The text as JSON."""
    return {
        "path": found.path,
        "text": found.text,
        "confidence": found.confidence,
        "origin": found.origin,
        "engine": found.engine,
        "width": found.width,
        "height": found.height,
        "lines": [{"text": one.text, "confidence": one.confidence, "box": list(one.box)} for one in found.lines],
    }
