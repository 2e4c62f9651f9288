"""Root causes: one thing that explains many findings, and the one command that mends it.

A missing attachment folder is one story, not 119 lines; so is a find-and-replace that left ``|300`` everywhere.
"""

from __future__ import annotations

import shlex
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence

from vaultkit.index.vault import Vault
from vaultkit.lint.finding import Finding
from vaultkit.note.links import split_size
from vaultkit.note.model import Link
from vaultkit.record import record

# Fewer findings than these are told one by one: a cause behind two lines is no help.
MIN_FINDINGS = 5
# The default of missing-attachment's option.
GROUP_ABOVE = 20
_STRAY_SIZE = ("LK008", "EM003")


@record
class Cause:
    """What many findings come from.

    message: the cause in one sentence, with the number of findings.
    command: what repairs it; "" when no command does.
    fingerprints: the findings it explains.
    """

    message: str
    command: str
    fingerprints: frozenset[str]

    @property
    def count(self) -> int:
        """How many findings it explains."""
        return len(self.fingerprints)


def causes_of(findings: Sequence[Finding], vault: Vault, group_above: int = GROUP_ABOVE) -> tuple[Cause, ...]:
    """The causes behind the findings, those that explain most first; each finding has one cause at most.

    group_above: so many missing attachments are told one by one, where nothing else explains them.
    """
    found: list[Cause] = []
    for look in (
        _missing_pictures,
        _stray_sizes,
        _missing_folders,
        _renamed_notes,
        _wrong_encoding,
        _not_in_git,
        _legacy_properties,
        _default_names,
    ):
        explained = frozenset().union(*(cause.fingerprints for cause in found))
        found += look([finding for finding in findings if finding.fingerprint not in explained], vault)
    explained = frozenset().union(*(cause.fingerprints for cause in found))
    missing = [finding for finding in findings if finding.code == "EM001" and finding.fingerprint not in explained]
    if group_above and len(missing) > group_above:
        notes = len({finding.path for finding in missing})
        where = "one note" if notes == 1 else f"{notes} notes"
        found.append(_cause(f"{len(missing)} embeds in {where} show files that are not in the vault", "", missing))
    return tuple(sorted(found, key=lambda cause: -cause.count))


def _missing_pictures(findings: Sequence[Finding], vault: Vault) -> Iterator[Cause]:
    """The attachment folder, or every picture, was left behind."""
    missing = [finding for finding in findings if finding.code == "EM001"]
    if len(missing) < MIN_FINDINGS:
        return
    folder = vault.settings.attachment_folder.strip("/")
    is_named = bool(folder) and not folder.startswith(".")
    if is_named and not any(path.startswith(folder + "/") for path in vault.files):
        text = (
            f"the attachment folder {folder} of Obsidian's settings is not in the vault, so {len(missing)} embeds show "
            "nothing: bring it back, or set the folder that holds the pictures"
        )
        yield _cause(text, "", missing)
    elif not any(file.kind == "attachment" for file in vault.files.values()):
        text = (
            f"not one picture or other attachment is in the vault, so {len(missing)} embeds show nothing: most likely "
            "only the notes were copied or put under git"
        )
        yield _cause(text, "", missing)


def _stray_sizes(findings: Sequence[Finding], vault: Vault) -> Iterator[Cause]:
    """A find-and-replace over closing brackets put one picture width everywhere."""
    by_size = _grouped(
        (finding for finding in findings if finding.code in _STRAY_SIZE), lambda finding: _last_size(finding, vault)
    )
    for size, group in by_size.items():
        on_links = sum(finding.code == "LK008" for finding in group)
        if len(group) >= MIN_FINDINGS and on_links > 0:
            embeds = len(group) - on_links
            text = f"{len(group)} places share one stray |{size}: a find-and-replace left it on {_links(on_links)}"
            if embeds:
                text += f" and doubled the size of {embeds} embed{'s' if embeds > 1 else ''}"
            yield _cause(text, _fix_command(group), group)


def _last_size(finding: Finding, vault: Vault) -> str:
    link = _link_at(finding, vault)
    last = (link.display or "").rpartition("|")[2] if link is not None else ""
    return last if split_size(last)[1] is not None else ""


def _missing_folders(findings: Sequence[Finding], vault: Vault) -> Iterator[Cause]:
    """Links go into a folder that is not there any more."""

    def folder(finding: Finding) -> str:
        link = _link_at(finding, vault)
        head = link.linkpath.strip().rpartition("/")[0] if link is not None else ""
        return "" if head.startswith((".", "/")) or ":" in head else head

    missing = (finding for finding in findings if finding.code in ("LK002", "EM001"))
    folders = {path.rpartition("/")[0] for path in vault.files}
    for name, group in _grouped(missing, folder).items():
        if len(group) >= MIN_FINDINGS and not any(f"{path}/".startswith(f"{name}/") for path in folders):
            text = f"the folder {name} is not in the vault, and {_links(len(group))} go into it: renamed or left behind"
            yield _cause(text, _fix_command(group), group)


def _renamed_notes(findings: Sequence[Finding], vault: Vault) -> Iterator[Cause]:
    """Many links name one note that is not there."""
    missing = (finding for finding in findings if finding.code == "LK001" and finding.fix is not None)
    for name, group in _grouped(missing, lambda finding: finding.about).items():
        titles = Counter(finding.fix.title for finding in group if finding.fix is not None)
        if len(group) >= MIN_FINDINGS and len(titles) == 1:
            target = next(iter(titles)).removeprefix("link to ")
            text = f"{_links(len(group))} name [[{name}]], which is most likely [[{target}]] now"
            yield _cause(text, _fix_command(group), group)


def _wrong_encoding(findings: Sequence[Finding], vault: Vault) -> Iterator[Cause]:
    """A whole note went through the wrong table of characters."""
    damaged = (finding for finding in findings if finding.code == "TX001")
    for path, group in _grouped(damaged, lambda finding: finding.path).items():
        if len(group) >= MIN_FINDINGS:
            text = f"{path} was once read in the wrong encoding, which spoiled {len(group)} places in it"
            yield _cause(text, _fix_command(group), group)


def _not_in_git(findings: Sequence[Finding], vault: Vault) -> Iterator[Cause]:
    """A folder of pictures that nobody added to git."""
    untracked = (finding for finding in findings if finding.code == "EM009")
    for folder, group in _grouped(untracked, lambda finding: finding.about.rpartition("/")[0]).items():
        if len(group) >= MIN_FINDINGS:
            text = f"{len(group)} places show files of {folder} that git does not have, so every clone lacks them"
            yield _cause(text, f"git add -f {shlex.quote(folder)}", group)


def _legacy_properties(findings: Sequence[Finding], vault: Vault) -> Iterator[Cause]:
    """Property names and texts of an older Obsidian, all over the vault."""
    legacy = [finding for finding in findings if finding.code == "PR004"]
    notes = len({finding.path for finding in legacy})
    if notes >= MIN_FINDINGS:
        names = ", ".join(f"`{name}`" for name in sorted({finding.about.lower() for finding in legacy}))
        text = f"{notes} notes write {names} in a form that Obsidian no longer reads"
        fixable = any(finding.fix is not None for finding in legacy)
        yield _cause(text, "vaultkit check --fix --fixable PR004" if fixable else "", legacy)


def _default_names(findings: Sequence[Finding], vault: Vault) -> Iterator[Cause]:
    """Pictures that were pasted or photographed and never renamed."""
    named = [finding for finding in findings if finding.code == "NM005"]
    if len(named) >= MIN_FINDINGS:
        fixable = any(finding.fix is not None for finding in named)
        command = "vaultkit check --fix --unsafe-fixes --fixable NM005" if fixable else ""
        yield _cause(f"{len(named)} files have the default name of a pasted picture or a new note", command, named)


def _link_at(finding: Finding, vault: Vault) -> Link | None:
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


def _cause(message: str, command: str, findings: Sequence[Finding]) -> Cause:
    return Cause(message, command, frozenset(finding.fingerprint for finding in findings))


def _fix_command(findings: Sequence[Finding]) -> str:
    """The command that mends all these findings; "" when one of them has no fix."""
    fixes = [finding.fix for finding in findings]
    if not all(fixes):
        return ""
    codes = ",".join(sorted({finding.code for finding in findings}))
    unsafe = "" if all(fix is not None and fix.is_safe for fix in fixes) else " --unsafe-fixes"
    paths = {finding.path for finding in findings}
    where = f" {shlex.quote(paths.pop())}" if len(paths) == 1 else ""
    return f"vaultkit check --fix{unsafe} --fixable {codes}{where}"


def _links(count: int) -> str:
    return f"{count} link{'s' if count > 1 else ''}"
