"""Names of commands that other tools have: which command of ours does the same, or that none does."""

from __future__ import annotations

import shlex
from collections.abc import Iterable, Sequence

# What ruff, rumdl, eslint, mdformat, foam, git and others call it -> what it is called here.
SYNONYMS = {
    "lint": "check", "validate": "check", "verify": "check", "scan": "check", "doctor": "check",
    "fix": "check --fix", "format": "check --fix", "fmt": "check --fix", "repair": "check --fix",
    "watch": "check --watch", "diff": "check --diff",
    "explain": "rule", "rules": "rule", "why": "rule",
    "mv": "move", "refactor": "move",
    "serve": "map --serve", "html": "map", "visualize": "map", "visualise": "map",
    "statistics": "stats", "stat": "stats", "status": "stats", "info": "vault",
    "ls": "files", "list": "files", "find": "search", "grep": "search:context",
    "broken": "unresolved", "broken-links": "unresolved", "dangling": "unresolved", "missing": "wanted",
    "unused": "orphans", "headings": "outline", "toc": "outline", "frontmatter": "properties",
    "flashcards": "cards", "study": "quiz", "learn": "quiz", "review": "quiz",
    "settings": "config", "configure": "config", "setup": "init", "clear": "clean", "cache": "clean",
    "pre-commit": "hook", "install": "hook install", "similar": "suggest", "related": "graph related",
}  # fmt: skip

# Words of Obsidian's own command line that need the running app, or are not built here.
# Source: Obsidian Help, "Obsidian CLI".
OBSIDIAN_ONLY = frozenset(
    """
    command commands diff dev:cdp dev:console dev:css dev:debug dev:dom dev:errors dev:mobile dev:screenshot devtools eval
    history history:list history:open history:read history:restore hotkey open plugin:disable plugin:enable
    plugin:install plugin:reload plugin:uninstall plugins:restrict publish:add publish:list publish:open publish:remove
    publish:site publish:status reload restart search:open snippet:disable snippet:enable sync sync:deleted sync:history
    sync:open sync:read sync:restore sync:status tab:open tabs theme:install theme:set theme:uninstall vault:open web
    workspace workspace:delete workspace:load workspace:save
    """.split()
)


def instead_of(word: str, rest: Sequence[str], commands: Iterable[str]) -> str:
    """What to say of a command that there is not: the command that was meant, or where it belongs; "" for nothing.

    rest: the arguments behind it.
    """
    known = set(commands)
    command = SYNONYMS.get(word.lower())
    is_obsidians = word.lower() in OBSIDIAN_ONLY
    if is_obsidians:
        text = f"`{word}` is a command of Obsidian's own command line, which vaultkit does not have"
        return f"{text}; run `obsidian {word}`" + (f", or did you mean `vaultkit {command}`?" if command else "")
    if command is not None and command.split()[0] in known:
        called = " ".join(["vaultkit", command, *map(shlex.quote, rest)])
        return f"no command {word!r}; did you mean `{called}`?"
    return ""
