"""Two files of one folder have names that differ by capital and small letters only.

Why:     on Windows, macOS and most phones they are one file: after a checkout or sync one is lost.
Fix:     none: which of the two keeps the name is the author's to say.
Source:  git-config(1), core.ignoreCase.
"""

from __future__ import annotations

from collections.abc import Iterator

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
    """Paths that another path equals but for case or Unicode form."""
    first: dict[str, str] = {}
    told: set[str] = set()
    for path in sorted(vault.files):
        other = first.setdefault(fold(path), path)
        if other != path:
            systems = "Windows and macOS" if path.lower() == other.lower() else "macOS"
            message = f"{path} and {other} are one file to {systems}, so one of them is lost there"
            yield path, Violation(0, 0, message, path, None, (RelatedPlace(other, 0, "the other"),))
            told.add(path.rpartition("/")[0])
    folders: dict[str, str] = {}
    seen: set[str] = set()
    for path in sorted(vault.files):
        folder = path.rpartition("/")[0]
        while folder and folder not in seen:
            seen.add(folder)
            other = folders.setdefault(fold(folder), folder)
            if other != folder and folder not in told:
                told.add(folder)
                message = f"the folders {folder} and {other} are one on systems that do not mind case"
                yield path, Violation(0, 0, message, folder, None, (), "warning")
            folder = folder.rpartition("/")[0]
