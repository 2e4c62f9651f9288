"""Moves and renames that keep the targets of all links."""
