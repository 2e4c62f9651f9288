"""What people wrote instead of what an engine read: ``.vaultkit/pictures.jsonl`` in the vault.

One JSON object a line, sorted by picture, so that git merges corrections of different pictures by itself::

    {"picture": "Attachments/slide.png", "hash": "9f…", "text": "MinHash\\nbands and rows"}

picture: its path when it was corrected, for the reader. hash: of its bytes; a correction belongs to these, so it follows
a picture that is moved, and no longer holds when the file gets other content. text: the whole text; "" for none.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping

from vaultkit.base.atomic_write import FileChange, write_together
from vaultkit.base.errors import VaultkitError
from vaultkit.base.record import record
from vaultkit.base.safe_read import MAX_BYTES, read_inside

FILE = ".vaultkit/pictures.jsonl"


@record
class Correction:
    """A text that a person wrote. picture: path of then; text: the whole text."""

    picture: str
    digest: str
    text: str


def read_corrections(root: str) -> Mapping[str, Correction]:
    """Return digest -> correction; of two for one picture the later line holds, as after a merge.

    Raises:
        VaultkitError: the file cannot be read, or a line is no correction.
    """
    return _parsed(_bytes(root))


def _bytes(root: str) -> bytes | None:
    try:
        return read_inside(root, FILE, MAX_BYTES)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise VaultkitError(f"{FILE}: cannot be read ({error.strerror or error})") from error


def _parsed(data: bytes | None) -> dict[str, Correction]:
    found: dict[str, Correction] = {}
    for number, line in enumerate((data or b"").split(b"\n"), 1):
        if not line.strip():
            continue
        try:
            value = json.loads(line)
            one = Correction(value["picture"], value["hash"], value["text"])
            if not all(isinstance(field, str) for field in (one.picture, one.digest, one.text)):
                raise TypeError
        except (ValueError, TypeError, KeyError, RecursionError):
            reason = (
                "a merge conflict; keep one side"
                if line.startswith((b"<<<<<<<", b"=======", b">>>>>>>"))
                else "not a correction"
            )
            raise VaultkitError(f"{FILE}:{number}: {reason}") from None
        found[one.digest] = one
    return found


def lost_corrections(root: str, digests: Iterable[str]) -> list[Correction]:
    """Return the corrections of pictures that changed or are gone, by picture. digests: of the pictures of the vault.

    Raises:
        VaultkitError: the file cannot be read, or a line is no correction.
    """
    present = set(digests)
    lost = (one for digest, one in read_corrections(root).items() if digest not in present)
    return sorted(lost, key=lambda one: one.picture)


def write_correction(root: str, correction: Correction | None, digest: str) -> None:
    """Write the correction of the picture with this hash, or remove it for None. The file is written whole.

    Raises:
        VaultkitError: the file cannot be read or written, or changed meanwhile.
    """
    before = _bytes(root)
    found = _parsed(before)
    if correction is None:
        found.pop(digest, None)
    else:
        found[digest] = correction
    rows = [
        json.dumps({"picture": one.picture, "hash": one.digest, "text": one.text}, ensure_ascii=False)
        for one in sorted(found.values(), key=lambda one: (one.picture, one.digest))
    ]
    text = "".join(f"{row}\n" for row in rows).encode("utf-8", "backslashreplace")
    try:
        write_together(root, [FileChange(FILE, before, text)])
    except ValueError as error:
        raise VaultkitError(f"{error}; nothing was written") from None
    except OSError as error:
        raise VaultkitError(f"{FILE}: cannot be written ({error.strerror or error})") from error
