"""vaultkit reads an Obsidian vault exactly as Obsidian does, without Obsidian.

Importing this package loads nothing else; take what you need from the module that
defines it, for instance ``vaultkit.vault.workspace.load_vault``.
"""

__version__ = "0.2.0"
