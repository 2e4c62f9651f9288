"""The pictures of a vault that show the same, with fingerprints kept in the cache."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from vaultkit.pictures.decode import PICTURES
from vaultkit.pictures.similar import Pair, fingerprint_at, similar
from vaultkit.pictures.store import TextStore, store_file
from vaultkit.pictures.texts import digests_of
from vaultkit.vault.files import extension

# Fingerprints are written so many at a time: one takes some milliseconds.
_AT_ONCE = 50


def similar_pictures(
    root: str, files: Iterable[str], progress: Callable[[int, int], None] = lambda done, total: None
) -> tuple[Pair, ...]:
    """Return the pairs of pictures among the files of the vault that show the same, the most alike first.

    progress: called with (pictures fingerprinted, pictures to fingerprint).
    """
    paths = sorted(path for path in files if extension(path) in PICTURES)
    store = TextStore(store_file(), make=True)
    try:
        digests, _ = digests_of(root, paths, store)
        known = store.prints(digests.values())
        waiting = {digest: path for path, digest in reversed(digests.items()) if digest not in known}
        new: dict[str, str] = {}
        for done, (digest, path) in enumerate(waiting.items(), 1):
            known[digest] = new[digest] = fingerprint_at(root, path)
            if len(new) >= _AT_ONCE:
                store.put_prints(new)
                new = {}
            progress(done, len(waiting))
        store.put_prints(new)
    finally:
        store.close()
    return similar({path: known[digest] for path, digest in digests.items()}, digests)
