"""A file's name cannot be linked, or cannot be kept on every system.

Why:     ``# ^ [ ] | %%`` mean something inside a link, so no link reaches the file. ``: * ? " < >``, a dot or
         space at the end, and names such as ``con`` stop Windows and Android from syncing it.
Fix:     renames the file or folder to the nearest plain name that is free, and rewrites the links to it. Unsafe,
         since a name is the author's.
Options: targets: the systems that the vault must fit, "windows" and "android".
Source:  Obsidian Help, "Internal links"; Microsoft, "Naming Files, Paths, and Namespaces".
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from vaultkit.base.record import record
from vaultkit.lint.facts.portable_names import MAX_NAME_BYTES, RESERVED, plain_name
from vaultkit.lint.finding import Fix, Violation
from vaultkit.lint.rule import vault_rule
from vaultkit.vault.resolve import fold
from vaultkit.vault.snapshot import Snapshot, basename

CODE = "NM001"
SEVERITY = "warning"
WHOLE = True
BAD = {"C# basics.md": "", "What is softmax?.md": ""}
GOOD = {"C sharp basics.md": "", "What is softmax.md": ""}

_UNLINKABLE = re.compile(r"[#^|]|\[\[|\]\]|%%")
_FORBIDDEN = re.compile(r'[:*?"<>|\\\x00-\x1f]')


@record
class Options:
    """targets: systems on which the vault must live."""

    targets: tuple[str, ...] = ("windows", "android")


@vault_rule
def check(vault: Snapshot, options: Options) -> Iterator[tuple[str, Violation]]:
    """Names of files and of their folders. What Obsidian does not list must be kept by every system as well."""
    folders: set[str] = set()
    given: set[str] = set()
    for path, file in vault.files.items():
        if file.kind == "unsupported":
            continue
        folder, _, name = path.rpartition("/")
        reason = _unlinkable(file.kind, name) or _unfit(name, options.targets)
        if reason:
            stem = basename(name)
            suffix = name[len(stem) :]
            fix = _renamed(vault, path, folder, plain_name(stem, suffix), suffix, given)
            yield path, Violation(0, 0, f'the name "{name}" {reason}', name, fix)
        while folder and folder not in folders:
            folders.add(folder)
            folder, _, name = folder.rpartition("/")
            reason = _unreachable(name) or _unfit(name, options.targets)
            if reason:
                old = f"{folder}/{name}" if folder else name
                fix = _renamed(vault, old, folder, plain_name(name), "", given)
                yield path, Violation(0, 0, f'the folder "{name}" {reason}', f"{name}/", fix)
    yield from _not_listed(vault, options.targets, folders)


def _not_listed(vault: Snapshot, targets: tuple[str, ...], told: set[str]) -> Iterator[tuple[str, Violation]]:
    """Files that Obsidian does not list: every system must keep them as well. Other programs read them, so no fix."""
    for path, file in vault.files.items():
        if file.kind != "unsupported":
            continue
        folder, _, name = path.rpartition("/")
        if reason := _unfit(name, targets):
            yield path, Violation(0, 0, f'the name "{name}" {reason}', name)
        while folder and folder not in told:
            told.add(folder)
            folder, _, name = folder.rpartition("/")
            if reason := _unfit(name, targets):
                yield path, Violation(0, 0, f'the folder "{name}" {reason}', f"{name}/")


def _renamed(vault: Snapshot, path: str, folder: str, stem: str, suffix: str, given: set[str]) -> Fix | None:
    """The fix that gives ``path`` another name in its folder; None when nothing is left of it, or it is taken."""
    new = f"{folder}/{stem}{suffix}" if folder else stem + suffix
    if not stem or new == path or fold(new) in given or vault.files_named(stem + suffix):
        return None
    given.add(fold(new))
    return Fix(f'rename to "{stem}{suffix}", with the links to it', (), False, (path, new))


def _unlinkable(kind: str, name: str) -> str:
    mark = _UNLINKABLE.search(basename(name))
    # Brackets in the name of a picture work in Markdown links, and cameras write them.
    if mark is None or (kind == "attachment" and mark[0] in "[]"):
        return ""
    return f"holds {mark[0]}, which means something else inside a link, so no link reaches it"


def _unreachable(folder: str) -> str:
    mark = re.search(r"[#^|]", folder)
    return f"holds {mark[0]}, so no link with a path reaches what lies in it" if mark else ""


def _unfit(name: str, targets: tuple[str, ...]) -> str:
    """Why one of the systems cannot keep this name, or ""."""
    if "windows" in targets:
        if RESERVED.fullmatch(name):
            return "is reserved on Windows"
        if name[-1:] in (".", " "):
            return "ends in a dot or a space, which Windows drops"
    mark = _FORBIDDEN.search(name)
    if mark and targets:
        return f"holds {mark[0]}, which {' and '.join(target.capitalize() for target in targets)} do not allow"
    if len(name.encode("utf-8", "surrogatepass")) > MAX_NAME_BYTES:
        return f"is longer than {MAX_NAME_BYTES} bytes"
    stem = name.rpartition(".")[0]
    if "windows" in targets and len(stem) > 1 and stem.endswith(".") and not stem.endswith(".."):
        return "ends in a dot before its extension, which is lost where the extension is hidden"
    return "ends in a space before its extension" if stem.endswith(" ") else ""
