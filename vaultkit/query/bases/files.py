"""What expressions of a base can ask about the files of a vault."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from datetime import datetime
from functools import cached_property
from typing import Any

from vaultkit.query.bases.dates import read_date
from vaultkit.query.bases.values import File, LinkValue, TagList, bounded
from vaultkit.query.files import born
from vaultkit.query.metadata import note_tags
from vaultkit.vault.files import extension
from vaultkit.vault.resolve import fold
from vaultkit.vault.snapshot import Snapshot, basename

FIELDS = frozenset("backlinks basename ctime embeds ext file folder links mtime name path properties size tags".split())
_WIKILINK = re.compile(r"\s*\[\[([^\[\]|]+)(?:\|([^\[\]]*))?\]\]\s*")


# Obsidian reads a single text in these properties as a list of one. Source: release notes 1.9.3.
_LISTS = ("tags", "aliases", "cssclasses")


class Files:
    """The files of a vault at one moment.

    now: the moment, in local time.  this: path of the file that ``this`` means.
    """

    def __init__(self, vault: Snapshot, this: str, now: datetime) -> None:
        self.vault = vault
        self.this = this
        self.now = now
        self.types = {name.lower(): kind for name, kind in vault.settings.property_types}
        self._properties: dict[str, dict[str, Any]] = {}

    def field(self, path: str, name: str) -> Any:
        """``file.name``, one of `FIELDS`."""
        if name == "path":
            return path
        if name == "name":
            return path[path.rfind("/") + 1 :]
        if name == "basename":
            return basename(path)
        if name == "ext":
            return extension(path)
        if name == "folder":
            return path.rpartition("/")[0]
        if name == "file":
            return File(path)
        if name == "properties":
            return self.properties(path)
        if name == "tags":
            return self.tags(path)
        if name == "links":
            return self.links(path)
        if name == "embeds":
            return [
                self._bound(bound.target, bound.link.linkpath, bound.link.display)
                for bound in self.vault.links_of(path)
                if bound.link.is_embed
            ]
        if name == "backlinks":
            return [self.link_to(source) for source in sorted(self.vault.backlinks.get(path, ()))]
        return self._from_disk(path, name)

    def _from_disk(self, path: str, name: str) -> Any:
        """size in bytes, or a date."""
        try:
            stat = os.stat(os.path.join(self.vault.root, path))
        except OSError:  # gone since the vault was read, or a vault in memory
            return None
        if name == "size":
            return stat.st_size
        return datetime.fromtimestamp(stat.st_mtime if name == "mtime" else born(stat))

    def property(self, path: str, name: str) -> Any:
        """The value of a note's property, None where it has none; case does not count."""
        found = self.properties(path)
        if name in found:
            return found[name]
        wanted = name.lower()
        return next((value for key, value in found.items() if key.lower() == wanted), None)

    def properties(self, path: str) -> dict[str, Any]:
        """All properties of a note, links and dates among them as such."""
        known = self._properties.get(path)
        if known is None:
            note = self.vault.notes.get(path)
            known = self._properties[path] = {
                name: self._value(path, name, [value] if _is_single(name, value) else value)
                for name, value in (note.properties if note else {}).items()
            }
        return known

    def _value(self, path: str, name: str, value: Any) -> Any:
        if isinstance(value, list):
            members = [self._value(path, name, member) for member in value]
            return TagList(members) if name.lower() == "tags" else members
        if isinstance(value, dict):
            return {str(key): self._value(path, f"{name}.{key}", member) for key, member in value.items()}
        if isinstance(value, int | float) and not isinstance(value, bool):
            return bounded(value)
        if not isinstance(value, str):
            return value if value is None or isinstance(value, bool) else str(value)
        match = _WIKILINK.fullmatch(value)
        if match:
            target = self.vault.resolve(match[1].partition("#")[0], path).path
            return LinkValue(match[1].strip(), match[2] or "", target)
        date = None if self.types.get(name.lower()) == "text" else read_date(value)
        return value if date is None else date

    def has_property(self, path: str, name: str) -> bool:
        """The note has such a property, even an empty one."""
        return name.lower() in (key.lower() for key in self.properties(path))

    def tags(self, path: str) -> list[str]:
        """All tags of a note with "#", each once."""
        note = self.vault.notes.get(path)
        return TagList(list({fold(tag): tag for tag in reversed(note_tags(note))}.values())[::-1] if note else [])

    def has_tag(self, path: str, names: Iterable[str]) -> bool:
        """The note carries one of the tags, or a tag below it; "#" and case do not count."""
        own = [fold(tag) for tag in self.tags(path)]
        for name in names:
            wanted = fold("#" + name.strip().lstrip("#").rstrip("/"))
            if any(tag == wanted or tag.startswith(wanted + "/") for tag in own):
                return True
        return False

    def is_in(self, path: str, folder: str) -> bool:
        """The file lies in the folder, or in one below it."""
        wanted = folder.strip().strip("/")
        return not wanted or path.startswith(wanted + "/")

    def links(self, path: str) -> list[LinkValue]:
        """All the links of a file, embeds and those in properties among them, each target once."""
        found = [self.link_to(target) for target in self.vault.resolved.get(path, ())]
        return found + [LinkValue(name, "", None) for name in self.vault.unresolved.get(path, ())]

    def links_to(self, path: str, other: Any) -> bool:
        """The file ``path`` has a link to what the other value means: a file, a link, or a text as in a link."""
        if isinstance(other, str):
            other = self.link(other)
        target = other.path if isinstance(other, File | LinkValue) else None
        if target is not None:
            return target in self.vault.resolved.get(path, ())
        if not isinstance(other, LinkValue):
            return False
        wanted = fold(other.text)
        return any(fold(name) == wanted for name in self.vault.unresolved.get(path, ()))

    def link(self, text: str, display: str = "") -> LinkValue:
        """The link that a text means: ``Note``, ``[[Note|shown]]``, a path, or a URL."""
        match = _WIKILINK.fullmatch(text)
        if match:
            text, display = match[1], display or match[2] or ""
        text = text.strip()
        if "://" in text:
            return LinkValue(text, display, None)
        return LinkValue(text, display, self._resolved(text.partition("#")[0]))

    def _resolved(self, linkpath: str) -> str | None:
        known = self._links
        if linkpath not in known:
            known[linkpath] = self.vault.resolve(linkpath, self.this).path if linkpath else None
        return known[linkpath]

    @cached_property
    def _links(self) -> dict[str, str | None]:
        return {}

    def link_to(self, path: str, display: str = "") -> LinkValue:
        """A link to a file; its text is the path, without ``.md``."""
        return LinkValue(path.removesuffix(".md"), display, path)

    def _bound(self, target: str | None, linkpath: str, display: str | None) -> LinkValue:
        return LinkValue(linkpath, display or "", None) if target is None else self.link_to(target, display or "")


def _is_single(name: str, value: Any) -> bool:
    return isinstance(value, str) and value != "" and name.lower() in _LISTS
