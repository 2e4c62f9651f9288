"""Paths that a user names, as paths of the vault: other drives, and systems that do not tell "A.md" from "a.md"."""

from __future__ import annotations

import os


def relative_path(path: str, root: str) -> str:
    """The path from ``root`` with "/", spelled as on the disk; it begins with "../" if it is outside.

    A path on another drive of Windows is outside. ``root`` is absolute.
    """
    absolute = os.path.abspath(path)
    try:
        relative = os.path.relpath(absolute, root).replace(os.sep, "/")
    except ValueError:  # another drive
        return "../" + absolute.replace(os.sep, "/")
    return relative if relative.startswith("..") or not os.path.lexists(absolute) else _spelled(root, relative)


def _spelled(root: str, relative: str) -> str:
    """The path in the letters of the disk. Where case counts, these are the letters of the path."""
    folder, parts = root, []
    for part in relative.split("/"):
        try:
            names = os.listdir(folder)
        except OSError:
            return relative
        if part not in names:
            part = next((name for name in names if name.casefold() == part.casefold()), part)
        parts.append(part)
        folder = os.path.join(folder, part)
    return "/".join(parts)


def with_slashes(name: str) -> str:
    r"""The name with "/", where the system's own separator is "\" and no file has it in its name."""
    return name.replace("\\", "/") if os.sep == "\\" else name
