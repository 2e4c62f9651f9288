"""Parts of the page that are made again only when what they are made of has changed.

The names of topics, suggested links, the packed texts and thumbnails take longer than reading an unchanged vault. Each is
stored in the vault's cache with a digest of all its inputs.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeVar

from vaultkit.base.store import Store
from vaultkit.graph.core import GraphCore

KIND = "map"  # of rows in the store
_T = TypeVar("_T")


class Reuse:
    """Values by name, from this process or from the store; `changed` counts those that had to be made."""

    def __init__(self, store: Store | None) -> None:
        """store: None to make everything anew."""
        self._store = store
        self._held: dict[str, tuple[bytes, Any]] = {}

    def value(
        self,
        name: str,
        digest: bytes,
        make: Callable[[], _T],
        *,
        encode: Callable[[_T], Any] = lambda value: value,
        decode: Callable[[Any], _T] = lambda held: held,
    ) -> _T:
        """The value for these inputs; made, and stored as JSON, when there is none.

        encode, decode: the value as JSON can hold it, and back.
        """
        held = self._held.get(name)
        if held is not None and held[0] == digest:
            found: _T = held[1]
            return found
        stored = self._store.get(KIND, name) if self._store is not None else None
        if stored is not None and stored[0] == digest:
            try:
                value = decode(json.loads(stored[1]))
            except (ValueError, TypeError, LookupError, OverflowError, RecursionError):
                value = make()  # not what this version writes
        else:
            value = make()
            if self._store is not None:
                text = json.dumps(encode(value), ensure_ascii=True, separators=(",", ":"))
                self._store.write(KIND, [(name, digest, text.encode("ascii"))])
        self._held[name] = digest, value
        return value


def digest(*parts: bytes | str) -> bytes:
    """A digest of values in their order."""
    made = hashlib.blake2b(digest_size=16)
    for part in parts:
        data = part if isinstance(part, bytes) else part.encode("utf-8", "surrogatepass")
        made.update(len(data).to_bytes(8, "little"))
        made.update(data)
    return made.digest()


def texts_digest(texts: Mapping[str, str], files: Iterable[str]) -> bytes:
    """A digest of all texts and of the names of all files."""
    return digest(*(part for item in texts.items() for part in item), "", *files)


def graph_digest(core: GraphCore) -> bytes:
    """A digest of nodes and links."""
    return digest("\n".join(core.ids), core.source.tobytes(), core.target.tobytes(), core.edge_kind.tobytes())
