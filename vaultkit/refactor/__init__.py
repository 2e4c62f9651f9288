"""Moves and renames: what must be rewritten in the vault so that every link opens what it opened before."""
