"""Paths as ``file:`` addresses and back."""

from __future__ import annotations

import os
import re
from urllib.parse import quote, unquote, urlsplit

_DRIVE = re.compile(r"/[A-Za-z]:")


def path_of_uri(uri: str) -> str | None:
    """The absolute path of a ``file:`` address; None for another kind, such as a text that is on no disk.

    >>> path_of_uri("file:///a/b%20c.md")
    '/a/b c.md'
    """
    parts = urlsplit(uri)
    if parts.scheme != "file":
        return None
    path = unquote(parts.path)
    if parts.netloc and parts.netloc != "localhost":
        path = f"//{parts.netloc}{path}"
    if os.name == "nt" or _DRIVE.match(path):
        path = path.removeprefix("/").replace("/", os.sep)
    return path


def uri_of_path(path: str) -> str:
    """The ``file:`` address of an absolute path.

    >>> uri_of_path("/a/b c.md")
    'file:///a/b%20c.md'
    """
    path = path.replace(os.sep, "/")
    return "file://" + quote(path if path.startswith("/") else "/" + path, safe="/:@!$&'()*+,;=~")
