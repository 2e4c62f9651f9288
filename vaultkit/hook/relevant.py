"""Whether a changed file can matter to a vault at all; asked first, so this imports next to nothing."""

from __future__ import annotations

from vaultkit.index.files import file_kind, is_hidden

CONFIG_NAMES = frozenset({"vaultkit.toml", ".vaultkit.toml", "pyproject.toml", ".vaultkit-baseline.json"})


def is_relevant(path: str) -> bool:
    """A change of this file can matter to a vault.

    >>> is_relevant("src/main.py"), is_relevant("Notes/a.md")
    (False, True)
    """
    if path.rpartition("/")[2] in CONFIG_NAMES or "/.obsidian/" in f"/{path}":
        return True
    return file_kind(path) != "unsupported" and not is_hidden(path)
