"""Root causes: one thing that explains many findings, and the command that helps.

A missing attachment folder is one story, not 119 lines; so is a find-and-replace that left ``|300`` everywhere.
Causes of folders are in `lint.folder_causes`.
"""

from __future__ import annotations

import re
import shlex
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence

from vaultkit.base.record import record
from vaultkit.base.text import code_span
from vaultkit.lint.finding import GROUP_ABOVE, Finding
from vaultkit.lint.folder_causes import FolderCause, folder_causes
from vaultkit.lint.unwritten import is_unwritten, unwritten_message
from vaultkit.note.links import split_size
from vaultkit.note.model import Link
from vaultkit.vault.resolve import fold
from vaultkit.vault.snapshot import Snapshot

# Fewer findings than these are reported one by one: a cause behind two lines is no help.
MIN_FINDINGS = 5
# The default of missing-attachment's option.
_STRAY_SIZE = ("LK008", "EM003")
_MISSING = ("LK001", "LK002", "EM001")
_DELETED = re.compile(r"was deleted in ([0-9a-f]{4,64}) on (\d{4}-\d\d-\d\d)$")


@record
class RootCause:
    """What many findings come from.

    message: the cause in one sentence, with the number of findings.
    command: what helps; "" when no command does.
    fingerprints: the findings it explains.
    """

    message: str
    command: str
    fingerprints: frozenset[str]

    @property
    def count(self) -> int:
        """How many findings it explains."""
        return len(self.fingerprints)


def causes_of(findings: Sequence[Finding], vault: Snapshot, group_above: int = GROUP_ABOVE) -> tuple[RootCause, ...]:
    """The causes behind the findings, those that explain most first; each finding has one cause at most.

    group_above: so many missing attachments are reported one by one, where nothing else explains them.
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
        found.append(_cause(f"{len(missing)} embeds in {where} show files that are not in the vault", "", missing))
    return (*sorted(found, key=lambda cause: -cause.count), *_unwritten(findings))


def _unwritten(findings: Sequence[Finding]) -> Iterator[RootCause]:
    """Links to notes that do not exist; not a fault, so it comes last."""
    links = [finding for finding in findings if is_unwritten(finding)]
    if len(links) >= MIN_FINDINGS:
        yield _cause(unwritten_message(links), "vaultkit wanted", links)


def _moved_folders(findings: Sequence[Finding], vault: Snapshot) -> Iterator[RootCause]:
    """A folder has another name or place now."""
    for moved in folder_causes(_of(findings, *_MISSING), vault, _linkpath(vault)):
        if moved.now and len(moved.findings) >= MIN_FINDINGS:
            text = f"folder {code_span(moved.folder)} is now {code_span(moved.now)}: {_places(moved)}"
            yield _cause(text, _relink(moved), moved.findings)


def _missing_folders(findings: Sequence[Finding], vault: Snapshot) -> Iterator[RootCause]:
    """Links go into a folder that does not exist."""
    for missing in folder_causes(_of(findings, "LK002", "EM001"), vault, _linkpath(vault)):
        if not missing.now and len(missing.findings) >= MIN_FINDINGS:
            text = f"folder {code_span(missing.folder)} does not exist in this vault: {_places(missing)}"
            yield _cause(text, _fix_command(missing.findings), missing.findings)


def _places(cause: FolderCause) -> str:
    embeds = sum(finding.code == "EM001" for finding in cause.findings)
    links = len(cause.findings) - embeds
    told = [_counted(links, "link")] * bool(links) + [_counted(embeds, "embed")] * bool(embeds)
    return f"{' and '.join(told)} into it {'find' if len(cause.findings) > 1 else 'finds'} no file"


def _relink(moved: FolderCause) -> str:
    """`vaultkit relink` where all files have kept their names; else the fixes, where there are some."""
    if moved.has_same_paths:
        return f"vaultkit relink {shlex.quote(moved.folder)} {shlex.quote(moved.now)}"
    return _fix_command(moved.findings)


def _missing_pictures(findings: Sequence[Finding], vault: Snapshot) -> Iterator[RootCause]:
    """The attachment folder of Obsidian's settings, or every picture, was left behind."""
    missing = _of(findings, "EM001")
    folder = vault.settings.attachment_folder.strip("/")
    has_folder = not folder or folder.startswith(".") or any(path.startswith(folder + "/") for path in vault.files)
    has_some = any(file.kind == "attachment" for file in vault.files.values())
    if has_some:  # then only what the folder would hold
        missing = [] if has_folder else [one for one in missing if "/" not in one.about or f"{folder}/" in one.about]
    if len(missing) < MIN_FINDINGS:
        return
    what = "no picture or other attachment is in this vault"
    if not has_folder:
        ignored = ", and git ignores it" if _is_ignored(vault, folder) else ""
        what = f"attachment folder {code_span(folder)} of Obsidian's settings does not exist in this vault{ignored}"
    yield _cause(f"{what}: {len(missing)} embeds show nothing", "", missing)


def _is_ignored(vault: Snapshot, folder: str) -> bool:
    if not vault.root:
        return False
    from vaultkit.vault.gitignore import ignored_paths

    path = f"{folder}/picture.png"
    return path in ignored_paths(vault.root, [""], [path])


def _stray_sizes(findings: Sequence[Finding], vault: Snapshot) -> Iterator[RootCause]:
    """A find-and-replace over closing brackets put one picture width everywhere."""
    by_size = _grouped(_of(findings, *_STRAY_SIZE), lambda finding: _last_size(finding, vault))
    for size, group in by_size.items():
        on_links = sum(finding.code == "LK008" for finding in group)
        if len(group) >= MIN_FINDINGS and on_links > 0:
            embeds = len(group) - on_links
            text = f"{len(group)} places share one stray `|{size}`: it is the label of {_counted(on_links, 'link')}"
            if embeds:
                text += f" and a second size of {_counted(embeds, 'embed')}"
            yield _cause(text, _fix_command(group), group)


def _last_size(finding: Finding, vault: Snapshot) -> str:
    link = _link_at(finding, vault)
    last = (link.display or "").rpartition("|")[2] if link is not None else ""
    return last if split_size(last)[1] is not None else ""


def _deleted_at_once(findings: Sequence[Finding], vault: Snapshot) -> Iterator[RootCause]:
    """One commit deleted what many links and embeds ask for."""

    def commit(finding: Finding) -> str:
        found = _DELETED.search(finding.message)
        return " ".join(found.groups()) if found else ""

    for told, group in _grouped(_of(findings, *_MISSING), commit).items():
        if len(group) >= MIN_FINDINGS:
            name, date = told.split()
            files = len({fold(finding.about) for finding in group})
            text = (
                f"commit {name} of {date} deleted {_counted(files, 'file')} that {len(group)} links and embeds ask for"
            )
            yield _cause(text, f"git show --stat --diff-filter=D {name}", group)


def _one_missing_name(findings: Sequence[Finding], vault: Snapshot) -> Iterator[RootCause]:
    """Many links ask for one file, of which something tells what it is now."""
    missing = (finding for finding in _of(findings, *_MISSING) if finding.fix is not None)
    for group in _grouped(missing, lambda finding: f"{finding.code} {fold(finding.about)}").values():
        messages = {finding.message for finding in group}
        if len(group) >= MIN_FINDINGS and len(messages) == 1:
            yield _cause(f"{len(group)} links share one fault: {messages.pop()}", _fix_command(group), group)


def _wrong_encoding(findings: Sequence[Finding], vault: Snapshot) -> Iterator[RootCause]:
    """A whole note went through the wrong table of characters."""
    for path, group in _grouped(_of(findings, "TX001"), lambda finding: finding.path).items():
        if len(group) >= MIN_FINDINGS:
            text = f"{len(group)} places in {code_span(path)} look like text that was read in the wrong encoding"
            yield _cause(text, _fix_command(group), group)


def _not_in_git(findings: Sequence[Finding], vault: Snapshot) -> Iterator[RootCause]:
    """A folder of pictures that was not added to git."""
    for folder, group in _grouped(_of(findings, "EM009"), lambda finding: finding.about.rpartition("/")[0]).items():
        if len(group) >= MIN_FINDINGS:
            text = f"{len(group)} places show files of {code_span(folder)} that are not in git: every clone lacks them"
            yield _cause(text, f"git add -f {shlex.quote(folder)}", group)


def _legacy_properties(findings: Sequence[Finding], vault: Snapshot) -> Iterator[RootCause]:
    """Property names and texts of an older Obsidian, all over the vault."""
    legacy = _of(findings, "PR004")
    notes = len({finding.path for finding in legacy})
    if notes >= MIN_FINDINGS:
        names = ", ".join(f"`{name}`" for name in sorted({finding.about.lower() for finding in legacy}))
        text = f"{notes} notes write {names} in a form that Obsidian no longer reads"
        fixable = any(finding.fix is not None for finding in legacy)
        yield _cause(text, "vaultkit check --fix --fixable PR004" if fixable else "", legacy)


def _default_names(findings: Sequence[Finding], vault: Snapshot) -> Iterator[RootCause]:
    """Pictures that were pasted or photographed and never renamed."""
    named = [finding for finding in findings if finding.code == "NM005"]
    if len(named) >= MIN_FINDINGS:
        fixable = any(finding.fix is not None for finding in named)
        command = "vaultkit check --fix --unsafe-fixes --fixable NM005" if fixable else ""
        yield _cause(f"{len(named)} files have the default name of a pasted picture or a new note", command, named)


def _other_places(findings: Sequence[Finding], vault: Snapshot) -> Iterator[RootCause]:
    """Links to files of one computer, or out of the vault, into one folder."""

    def folder(finding: Finding) -> str:
        parts = re.split(r"[/\\]+", finding.about.strip())
        return "/".join(parts[:4]) if finding.about[:5].lower() == "file:" else "/".join(parts[:-1][:3])

    for place, group in _grouped(_of(findings, "LK011"), folder).items():
        if len(group) >= MIN_FINDINGS:
            shown = place.replace(":/", ":///", 1) if place[:5].lower() == "file:" else place
            yield _cause(f"{len(group)} links go to {code_span(shown)}, outside of this vault", "", group)


def _shared_names(findings: Sequence[Finding], vault: Snapshot) -> Iterator[RootCause]:
    """Several files have one name, and many links use it."""

    def names(finding: Finding) -> str:
        return "\0".join(sorted(related.path for related in finding.related))

    for files, group in _grouped(_of(findings, "LK005"), names).items():
        if len(group) >= MIN_FINDINGS:
            shown = " and ".join(code_span(path) for path in files.split("\0")[:2])
            more = files.count("\0") - 1
            shown += f" and {more} more" if more > 0 else ""
            text = f"{shown} have the same name: {len(group)} links do not say which one they mean"
            yield _cause(text, _fix_command(group), group)


def _of(findings: Iterable[Finding], *codes: str) -> list[Finding]:
    return [finding for finding in findings if finding.code in codes]


def _linkpath(vault: Snapshot) -> Callable[[Finding], str]:
    """What the link of a finding names, without its heading."""

    def linkpath(finding: Finding) -> str:
        link = _link_at(finding, vault)
        return link.linkpath.strip() if link is not None else ""

    return linkpath


def _link_at(finding: Finding, vault: Snapshot) -> Link | None:
    note = vault.notes.get(finding.path)
    return next((link for link in note.links if link.start == finding.start), None) if note is not None else None


def _grouped(findings: Iterable[Finding], key: Callable[[Finding], str]) -> dict[str, list[Finding]]:
    """Findings by key, those whose key is "" left out."""
    groups: defaultdict[str, list[Finding]] = defaultdict(list)
    for finding in findings:
        name = key(finding)
        if name:
            groups[name].append(finding)
    return groups


def _cause(message: str, command: str, findings: Sequence[Finding]) -> RootCause:
    return RootCause(message, command, frozenset(finding.fingerprint for finding in findings))


def _fix_command(findings: Sequence[Finding]) -> str:
    """The command that fixes these findings, or those of them that have a fix; "" when none has one."""
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
