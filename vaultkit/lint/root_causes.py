"""Root causes: one cause of many findings, and the command that fixes it.

A missing attachment folder is reported once instead of in 119 lines; so is a find-and-replace that left ``|300``
everywhere. `lint.folder_causes` finds missing folders.
"""

from __future__ import annotations

import re
import shlex
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence

from vaultkit.base.lazy_pattern import lazy_pattern
from vaultkit.base.record import record
from vaultkit.base.text import code_span
from vaultkit.lint.finding import GROUP_ABOVE, Finding
from vaultkit.lint.folder_causes import FolderCause, folder_causes
from vaultkit.lint.unwritten import is_unwritten, unwritten_message
from vaultkit.note.links import split_size
from vaultkit.note.model import Link
from vaultkit.vault.resolve import fold
from vaultkit.vault.snapshot import Snapshot

# Fewer findings of a cause are reported one by one.
MIN_FINDINGS = 5
# The default of missing-attachment's option.
_STRAY_SIZE = ("LK008", "EM003")
_MISSING = ("LK001", "LK002", "EM001")
_DELETED = lazy_pattern(r"was deleted in ([0-9a-f]{4,64}) on (\d{4}-\d\d-\d\d)$")


@record
class RootCause:
    """One cause of many findings.

    message: the cause in one sentence, with the number of findings.
    command: the command that fixes it; "" for none.
    fingerprints: the findings it explains.
    """

    message: str
    command: str
    fingerprints: frozenset[str]

    @property
    def count(self) -> int:
        """Return the number of findings that it explains."""
        return len(self.fingerprints)


def causes_of(findings: Sequence[Finding], vault: Snapshot, group_above: int = GROUP_ABOVE) -> tuple[RootCause, ...]:
    """Return the causes of the findings, those with most findings first; each finding has at most one cause.

    group_above: group more unexplained missing attachments than this as one cause; 0 for never.
    """
    looks = (
        _moved_folders,
        _missing_pictures,
        _missing_folders,
        _stray_sizes,
        _deleted_at_once,
        _one_missing_name,
        _wrong_encoding,
        _not_in_git,
        _legacy_properties,
        _default_names,
        _other_places,
        _shared_names,
    )
    found: list[RootCause] = []
    explained: set[str] = set()
    for look in looks:
        for cause in look([finding for finding in findings if finding.fingerprint not in explained], vault):
            found.append(cause)
            explained |= cause.fingerprints
    missing = [finding for finding in findings if finding.code == "EM001" and finding.fingerprint not in explained]
    if group_above and len(missing) > group_above:
        notes = len({finding.path for finding in missing})
        where = "one note" if notes == 1 else f"{notes} notes"
        found.append(_cause(f"missing attachments: {len(missing)} embeds in {where} have no file", "", missing))
    return (*sorted(found, key=lambda cause: -cause.count), *_unwritten(findings))


def _unwritten(findings: Sequence[Finding]) -> Iterator[RootCause]:
    """Find links to notes that do not exist yet; they are not errors, so they come last."""
    links = [finding for finding in findings if is_unwritten(finding)]
    if len(links) >= MIN_FINDINGS:
        yield _cause(unwritten_message(links), "vaultkit wanted", links)


def _moved_folders(findings: Sequence[Finding], vault: Snapshot) -> Iterator[RootCause]:
    """Find folders that were renamed or moved."""
    for moved in folder_causes(_of(findings, *_MISSING), vault, _linkpath(vault)):
        if moved.now and len(moved.findings) >= MIN_FINDINGS:
            text = f"folder {code_span(moved.folder)} was renamed to {code_span(moved.now)}: {_places(moved)}"
            yield _cause(text, _relink(moved), moved.findings)


def _missing_folders(findings: Sequence[Finding], vault: Snapshot) -> Iterator[RootCause]:
    """Find folders that links use and that do not exist."""
    for missing in folder_causes(_of(findings, "LK002", "EM001"), vault, _linkpath(vault)):
        if not missing.now and len(missing.findings) >= MIN_FINDINGS:
            text = f"folder {code_span(missing.folder)} does not exist in this vault: {_places(missing)}"
            yield _cause(text, _fix_command(missing.findings), missing.findings)


def _places(cause: FolderCause) -> str:
    embeds = sum(finding.code == "EM001" for finding in cause.findings)
    links = len(cause.findings) - embeds
    counts = [_counted(links, "link")] * bool(links) + [_counted(embeds, "embed")] * bool(embeds)
    return f"{' and '.join(counts)} to its files {'are' if len(cause.findings) > 1 else 'is'} broken"


def _relink(moved: FolderCause) -> str:
    """Return `vaultkit relink` if all files have kept their names; else the command for the fixes, if any."""
    if moved.has_same_paths:
        return f"vaultkit relink {shlex.quote(moved.folder)} {shlex.quote(moved.now)}"
    return _fix_command(moved.findings)


def _missing_pictures(findings: Sequence[Finding], vault: Snapshot) -> Iterator[RootCause]:
    """Find a missing attachment folder, or a vault without any attachment."""
    missing = _of(findings, "EM001")
    folder = vault.settings.attachment_folder.strip("/")
    has_folder = not folder or folder.startswith(".") or any(path.startswith(folder + "/") for path in vault.files)
    has_some = any(file.kind == "attachment" for file in vault.files.values())
    if has_some:  # then only what the folder would hold
        missing = [] if has_folder else [one for one in missing if "/" not in one.about or f"{folder}/" in one.about]
    if len(missing) < MIN_FINDINGS:
        return
    what = "no attachments in this vault"
    if not has_folder:
        ignored = " and is ignored by Git" if _is_ignored(vault, folder) else ""
        what = f"attachment folder {code_span(folder)} in Obsidian's settings does not exist{ignored}"
    yield _cause(f"{what}: {len(missing)} embeds have no file", "", missing)


def _is_ignored(vault: Snapshot, folder: str) -> bool:
    if not vault.root:
        return False
    from vaultkit.vault.gitignore import ignored_paths

    path = f"{folder}/picture.png"
    return path in ignored_paths(vault.root, [""], [path])


def _stray_sizes(findings: Sequence[Finding], vault: Snapshot) -> Iterator[RootCause]:
    """Find a picture width that a find-and-replace inserted everywhere."""
    by_size = _grouped(_of(findings, *_STRAY_SIZE), lambda finding: _last_size(finding, vault))
    for size, group in by_size.items():
        on_links = sum(finding.code == "LK008" for finding in group)
        if len(group) >= MIN_FINDINGS and on_links > 0:
            embeds = len(group) - on_links
            text = f"stray size `|{size}` in {len(group)} places: the label of {_counted(on_links, 'link')}"
            if embeds:
                text += f" and a second size of {_counted(embeds, 'embed')}"
            yield _cause(text, _fix_command(group), group)


def _last_size(finding: Finding, vault: Snapshot) -> str:
    link = _link_at(finding, vault)
    last = (link.display or "").rpartition("|")[2] if link is not None else ""
    return last if split_size(last)[1] is not None else ""


def _deleted_at_once(findings: Sequence[Finding], vault: Snapshot) -> Iterator[RootCause]:
    """Find a commit that deleted the targets of many links and embeds."""

    def commit(finding: Finding) -> str:
        found = _DELETED.search(finding.message)
        return " ".join(found.groups()) if found else ""

    for told, group in _grouped(_of(findings, *_MISSING), commit).items():
        if len(group) >= MIN_FINDINGS:
            name, date = told.split()
            files = len({fold(finding.about) for finding in group})
            text = (
                f"commit {name} of {date} deleted {_counted(files, 'file')}: {len(group)} links and embeds are broken"
            )
            yield _cause(text, f"git show --stat --diff-filter=D {name}", group)


def _one_missing_name(findings: Sequence[Finding], vault: Snapshot) -> Iterator[RootCause]:
    """Find a missing target of many links that has a fix."""
    missing = (finding for finding in _of(findings, *_MISSING) if finding.fix is not None)
    for group in _grouped(missing, lambda finding: f"{finding.code} {fold(finding.about)}").values():
        messages = {finding.message for finding in group}
        if len(group) >= MIN_FINDINGS and len(messages) == 1:
            yield _cause(f"{len(group)} links with the same error: {messages.pop()}", _fix_command(group), group)


def _wrong_encoding(findings: Sequence[Finding], vault: Snapshot) -> Iterator[RootCause]:
    """Find notes decoded with the wrong character encoding."""
    for path, group in _grouped(_of(findings, "TX001"), lambda finding: finding.path).items():
        if len(group) >= MIN_FINDINGS:
            text = f"wrong character encoding in {code_span(path)}: {len(group)} places"
            yield _cause(text, _fix_command(group), group)


def _not_in_git(findings: Sequence[Finding], vault: Snapshot) -> Iterator[RootCause]:
    """Find a folder of pictures that is not in Git."""
    for folder, group in _grouped(_of(findings, "EM009"), lambda finding: finding.about.rpartition("/")[0]).items():
        if len(group) >= MIN_FINDINGS:
            text = f"untracked files in {code_span(folder)}: {len(group)} links to them are broken in every clone"
            yield _cause(text, f"git add -f {shlex.quote(folder)}", group)


def _legacy_properties(findings: Sequence[Finding], vault: Snapshot) -> Iterator[RootCause]:
    """Find deprecated properties in many notes."""
    legacy = _of(findings, "PR004")
    notes = len({finding.path for finding in legacy})
    if notes >= MIN_FINDINGS:
        names = ", ".join(f"`{name}`" for name in sorted({finding.about.lower() for finding in legacy}))
        text = f"deprecated properties in {notes} notes: Obsidian ignores their {names}"
        fixable = any(finding.fix is not None for finding in legacy)
        yield _cause(text, "vaultkit check --fix --fixable PR004" if fixable else "", legacy)


def _default_names(findings: Sequence[Finding], vault: Snapshot) -> Iterator[RootCause]:
    """Find files with default names."""
    named = [finding for finding in findings if finding.code == "NM005"]
    if len(named) >= MIN_FINDINGS:
        fixable = any(finding.fix is not None for finding in named)
        command = "vaultkit check --fix --unsafe-fixes --fixable NM005" if fixable else ""
        yield _cause(
            f"{len(named)} files have a default name, such as that of a pasted picture or a new note", command, named
        )


def _other_places(findings: Sequence[Finding], vault: Snapshot) -> Iterator[RootCause]:
    """Find many links into one folder outside the vault."""

    def folder(finding: Finding) -> str:
        parts = re.split(r"[/\\]+", finding.about.strip())
        return "/".join(parts[:4]) if finding.about[:5].lower() == "file:" else "/".join(parts[:-1][:3])

    for place, group in _grouped(_of(findings, "LK011"), folder).items():
        if len(group) >= MIN_FINDINGS:
            shown = place.replace(":/", ":///", 1) if place[:5].lower() == "file:" else place
            yield _cause(f"{len(group)} links to {code_span(shown)}, outside the vault", "", group)


def _shared_names(findings: Sequence[Finding], vault: Snapshot) -> Iterator[RootCause]:
    """Find a name of several files that many links use."""

    def names(finding: Finding) -> str:
        return "\0".join(sorted(related.path for related in finding.related))

    for files, group in _grouped(_of(findings, "LK005"), names).items():
        if len(group) >= MIN_FINDINGS:
            shown = " and ".join(code_span(path) for path in files.split("\0")[:2])
            more = files.count("\0") - 1
            shown += f" and {more} more" if more > 0 else ""
            text = f"{shown} have the same name: {len(group)} links to them are ambiguous"
            yield _cause(text, _fix_command(group), group)


def _of(findings: Iterable[Finding], *codes: str) -> list[Finding]:
    return [finding for finding in findings if finding.code in codes]


def _linkpath(vault: Snapshot) -> Callable[[Finding], str]:
    """Return a function from a finding to the linkpath of its link."""

    def linkpath(finding: Finding) -> str:
        link = _link_at(finding, vault)
        return link.linkpath.strip() if link is not None else ""

    return linkpath


def _link_at(finding: Finding, vault: Snapshot) -> Link | None:
    note = vault.notes.get(finding.path)
    return next((link for link in note.links if link.start == finding.start), None) if note is not None else None


def _grouped(findings: Iterable[Finding], key: Callable[[Finding], str]) -> dict[str, list[Finding]]:
    """Group findings by key; skip those whose key is ""."""
    groups: defaultdict[str, list[Finding]] = defaultdict(list)
    for finding in findings:
        name = key(finding)
        if name:
            groups[name].append(finding)
    return groups


def _cause(message: str, command: str, findings: Sequence[Finding]) -> RootCause:
    return RootCause(message, command, frozenset(finding.fingerprint for finding in findings))


def _fix_command(findings: Sequence[Finding]) -> str:
    """Return the command that applies the fixes of these findings; "" if none has a fix."""
    fixable = [finding for finding in findings if finding.fix is not None]
    if not fixable:
        return ""
    counts = Counter(finding.code for finding in fixable)
    unsafe = "" if all(finding.fix is not None and finding.fix.is_safe for finding in fixable) else " --unsafe-fixes"
    paths = {finding.path for finding in fixable}
    where = f" {shlex.quote(paths.pop())}" if len(paths) == 1 else ""
    return f"vaultkit check --fix{unsafe} --fixable {','.join(sorted(counts))}{where}"


def _counted(count: int, noun: str) -> str:
    return f"{count:,} {noun}{'s' if count != 1 else ''}"
