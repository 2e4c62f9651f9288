"""Two files of a folder whose names differ by case only.

Why:     Windows, macOS and most phones treat them as one file: a checkout or sync loses one of them.
Fix:     none: only the author knows which file should keep the name.
Source:  git-config(1), core.ignoreCase.
"""

from __future__ import annotations

from collections.abc import Iterator

from vaultkit.base.text import code_span
from vaultkit.lint.finding import RelatedPlace, Violation
from vaultkit.lint.rule import vault_rule
from vaultkit.vault.resolve import fold
from vaultkit.vault.snapshot import Snapshot

CODE = "NM002"
SEVERITY = "error"
WHOLE = True
BAD = {"Softmax.md": "One.", "softmax.md": "Two."}
GOOD = {"Softmax.md": "One.", "Old/softmax.md": "Two."}


@vault_rule
def check(vault: Snapshot, options: object) -> Iterator[tuple[str, Violation]]:
    """Report paths that differ from another path by case or Unicode form only."""
    first: dict[str, str] = {}
    reported: set[str] = set()
    for path in sorted(vault.files):
        other = first.setdefault(fold(path), path)
        if other != path:
            systems = "Windows and macOS" if path.lower() == other.lower() else "macOS"
            message = (
                f"{code_span(path)} and {code_span(other)} are the same file on {systems}: one of them is lost there"
            )
            yield path, Violation(0, 0, message, path, None, (RelatedPlace(other, 0, "has the same name"),))
            reported.add(path.rpartition("/")[0])
    folders: dict[str, str] = {}
    seen: set[str] = set()
    for path in sorted(vault.files):
        folder = path.rpartition("/")[0]
        while folder and folder not in seen:
            seen.add(folder)
            other = folders.setdefault(fold(folder), folder)
            if other != folder and folder not in reported:
                reported.add(folder)
                message = f"folders {code_span(folder)} and {code_span(other)} are the same folder on case-insensitive systems"
                yield path, Violation(0, 0, message, folder, None, (), "warning")
            folder = folder.rpartition("/")[0]
