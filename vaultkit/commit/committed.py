"""Settings as the commit has them: the staged version of a file, else, where git does not have it, the one on disk."""

from __future__ import annotations

import errno
import os

from vaultkit.commit.contents import Contents
from vaultkit.commit.tree import Tree
from vaultkit.config import Read, read_file


def committed_reader(top: str, before: Tree, after: Tree, contents: Contents) -> Read:
    """A function that reads files by absolute path. Files that the commit takes away are not there."""
    real_top = os.path.realpath(top)

    def read(path: str) -> bytes:
        real = os.path.join(os.path.realpath(os.path.dirname(path)), os.path.basename(path))
        relative = os.path.relpath(real, real_top).replace(os.sep, "/")
        entry = after.get(relative)
        if entry is None:
            if relative in before:
                raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), path)
            return read_file(path)
        contents.fetch([entry])
        data = contents.data(entry)
        return read_file(path) if data is None else data

    return read
