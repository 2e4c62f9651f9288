"""A file or folder name that links cannot use, or that some systems do not allow.

Why:     ``# ^ [ ] | %%`` are link syntax, so a link cannot open the file. ``: * ? " < >``, a dot or space at the
         end, and names such as ``con`` are invalid on Windows or Android, so sync fails there.
Fix:     renames the file or folder to a similar valid name and updates the links to it. Unsafe: another name may be
         better.
Options: targets: the systems that must be able to store the vault, "windows" and "android".
Source:  Obsidian Help, "Internal links"; Microsoft, "Naming Files, Paths, and Namespaces".
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from vaultkit.base.lazy_pattern import lazy_pattern
from vaultkit.base.record import record
from vaultkit.base.text import code_span
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

_UNLINKABLE = lazy_pattern(r"[#^|]|\[\[|\]\]|%%")
_FORBIDDEN = lazy_pattern(r'[:*?"<>|\\\x00-\x1f]')
# Stands in every path with a name that is reported. Most vaults have few such paths, and 10,000 others.
_SUSPECT = lazy_pattern(
    r'[#^|\[\]%:*?"<>\\\x00-\x1f]|[. ](?:[/.]|\Z)|(?:\A|/)(?:con|prn|aux|nul|com[1-9]|lpt[1-9])(?:[./]|\Z)',
    re.IGNORECASE,
)


@record
class Options:
    """targets: systems that must be able to store the vault."""

    targets: tuple[str, ...] = ("windows", "android")


@vault_rule
def check(vault: Snapshot, options: Options) -> Iterator[tuple[str, Violation]]:
    """Report file and folder names. Files that Obsidian does not list are checked for the target systems only."""
    folders: set[str] = set()
    given: set[str] = set()
    suspects = [path for path in vault.files if _SUSPECT.search(path) or _is_long(path)]
    for path in suspects:
        file = vault.files[path]
        if file.kind == "unsupported":
            continue
        folder, _, name = path.rpartition("/")
        reason = _unlinkable(file.kind, name) or _unfit(name, options.targets)
        if reason:
            stem = basename(name)
            suffix = name[len(stem) :]
            fix = _renamed(vault, path, folder, plain_name(stem, suffix), suffix, given)
            yield path, Violation(0, 0, f"invalid file name {code_span(name)}: {reason}", name, fix)
        while folder and folder not in folders:
            folders.add(folder)
            folder, _, name = folder.rpartition("/")
            reason = _unreachable(name) or _unfit(name, options.targets)
            if reason:
                old = f"{folder}/{name}" if folder else name
                fix = _renamed(vault, old, folder, plain_name(name), "", given)
                yield path, Violation(0, 0, f"invalid folder name {code_span(name)}: {reason}", f"{name}/", fix)
    yield from _not_listed(vault, suspects, options.targets, folders)


def _is_long(path: str) -> bool:
    return len(path) > MAX_NAME_BYTES // 4 and len(path.encode("utf-8", "surrogatepass")) > MAX_NAME_BYTES


def _not_listed(
    vault: Snapshot, paths: list[str], targets: tuple[str, ...], told: set[str]
) -> Iterator[tuple[str, Violation]]:
    """Report files that Obsidian does not list, without a fix, since other programs may use the name."""
    for path in paths:
        if vault.files[path].kind != "unsupported":
            continue
        folder, _, name = path.rpartition("/")
        if reason := _unfit(name, targets):
            yield path, Violation(0, 0, f"invalid file name {code_span(name)}: {reason}", name)
        while folder and folder not in told:
            told.add(folder)
            folder, _, name = folder.rpartition("/")
            if reason := _unfit(name, targets):
                yield path, Violation(0, 0, f"invalid folder name {code_span(name)}: {reason}", f"{name}/")


def _renamed(vault: Snapshot, path: str, folder: str, stem: str, suffix: str, given: set[str]) -> Fix | None:
    """The fix that gives ``path`` another name in its folder; None when nothing is left of it, or it is taken."""
    new = f"{folder}/{stem}{suffix}" if folder else stem + suffix
    if not stem or new == path or fold(new) in given or vault.files_named(stem + suffix):
        return None
    given.add(fold(new))
    return Fix(f"rename to `{stem}{suffix}` and update its links", (), False, (path, new))


def _unlinkable(kind: str, name: str) -> str:
    mark = _UNLINKABLE.search(basename(name))
    # Brackets in the name of a picture work in Markdown links, and cameras write them.
    if mark is None or (kind == "attachment" and mark[0] in "[]"):
        return ""
    return f"`{mark[0]}` is link syntax, so links cannot open it"


def _unreachable(folder: str) -> str:
    mark = re.search(r"[#^|]", folder)
    return f"`{mark[0]}` is link syntax, so links with a path cannot open its files" if mark else ""


def _unfit(name: str, targets: tuple[str, ...]) -> str:
    """Return why a target system does not allow this name, or ""."""
    if "windows" in targets:
        if RESERVED.fullmatch(name):
            return "reserved on Windows"
        if name[-1:] in (".", " "):
            return "Windows removes a dot or space at the end"
    mark = _FORBIDDEN.search(name)
    if mark and targets:
        return f"`{mark[0]}` is not allowed on {' and '.join(target.capitalize() for target in targets)}"
    if len(name.encode("utf-8", "surrogatepass")) > MAX_NAME_BYTES:
        return f"longer than {MAX_NAME_BYTES} bytes"
    stem = name.rpartition(".")[0]
    if "windows" in targets and len(stem) > 1 and stem.endswith(".") and not stem.endswith(".."):
        return "a dot before the extension is lost where the extension is hidden"
    return "space before the extension" if stem.endswith(" ") else ""
