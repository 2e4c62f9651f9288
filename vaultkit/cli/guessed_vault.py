"""What to say when the vault's folder is a guess, since nothing in it says that it is a vault."""

from __future__ import annotations

import os
import sys

from vaultkit.base.errors import VaultkitError
from vaultkit.cli.console import notice
from vaultkit.config import FILE_NAMES, OBSIDIAN_FOLDER, has_settings

_SAID = "vaultkit.guessed_vault"
# Files that other tools keep at the top of their notes: (file, tool, where its links differ from Obsidian's).
_OTHERS = (
    (os.path.join("logseq", "config.edn"), "a Logseq graph", "`[[a/b]]` for the file `a___b.md`, `[[Jan 2nd, 2024]]`"),
    ("dendron.yml", "a Dendron workspace", "`[[label|note.name]]`"),
    ("dendron.code-workspace", "a Dendron workspace", "`[[label|note.name]]`"),
    (os.path.join(".zk", "config.toml"), "a zk notebook", "`[[the title of a note]]`, `[[the start of a file name]]`"),
    ("tiddlywiki.info", "a TiddlyWiki", "`[[label|target]]`"),
    (os.path.join(".vimwiki_tags"), "a Vimwiki", "`[[target|label]]` relative to the note"),
    (os.path.join(".silverbullet.db.json"), "a SilverBullet space", "`[[page@position]]`"),
)


def require_vault(root: str, start: str) -> None:
    """Say once which folder was taken, when it is a guess; ``start`` is where the search began.

    Raises:
        VaultkitError: the guess is the whole disk, or the user's home.
    """
    if not is_guess(root):
        return
    start = start if os.path.isdir(start) else os.path.dirname(os.path.abspath(start))
    here = "." if os.path.abspath(start) == os.getcwd() else start
    if is_too_much(root):
        what = "the whole disk" if os.path.dirname(root) == root else f"your home folder {root}"
        raise VaultkitError(f"no {OBSIDIAN_FOLDER} found, so the vault would be {what}; name a vault with --vault DIR")
    context = sys.modules["click"].get_current_context(silent=True) if "click" in sys.modules else None
    said = context.meta.setdefault(_SAID, set()) if context is not None else set()
    if root in said:
        return
    said.add(root)
    is_top = os.path.exists(os.path.join(root, ".git"))
    why = "the top of the git work tree" if is_top else "the working directory" if root == os.getcwd() else "the folder"
    other = "--vault DIR names another" if os.path.abspath(start) == root else f"--vault {here} takes this folder"
    notice(f"no {OBSIDIAN_FOLDER} found; the vault is {root} ({why}); {other}")
    tool = _tool(root)
    if tool:
        name, links = tool
        notice(f"this looks like {name}; vaultkit reads links as Obsidian does, which differs for {links}")


def is_guess(root: str) -> bool:
    """Neither Obsidian nor a configuration of vaultkit has marked the folder as a vault."""
    if os.path.isdir(os.path.join(root, OBSIDIAN_FOLDER)):
        return False
    files = ((name, os.path.join(root, name)) for name in FILE_NAMES)
    return not any(os.path.isfile(path) and (name != "pyproject.toml" or has_settings(path)) for name, path in files)


def is_too_much(root: str) -> bool:
    """The folder is the whole disk, or the user's home."""
    home = os.path.expanduser("~")
    return os.path.dirname(root) == root or (os.path.isdir(home) and os.path.realpath(root) == os.path.realpath(home))


def _tool(root: str) -> tuple[str, str] | None:
    return next((found[1:] for found in _OTHERS if os.path.isfile(os.path.join(root, found[0]))), None)
