"""The baseline: existing findings of a vault, which are not reported.

An entry has a note, a rule, a fingerprint that does not depend on line numbers, and the number of findings. The text
of the notes is not stored. Additional findings of the same kind are new. A renamed note keeps its entries if its
content is unchanged, or if Git reports the rename.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Mapping

from vaultkit.base.errors import ConfigError
from vaultkit.base.hashes import blake2b
from vaultkit.base.record import record
from vaultkit.lint.engine import fingerprint
from vaultkit.lint.finding import Finding

VERSION = 1
STALE_CODE, STALE_NAME = "VK001", "unused-suppression"


@record
class BaselineEntry:
    """The number of findings of a rule about one subject in one note."""

    path: str
    code: str
    fingerprint: str
    count: int


@record
class Baseline:
    """entries: by path, code, fingerprint.  contents: (path, hash of the note's bytes) of their notes."""

    entries: tuple[BaselineEntry, ...]
    contents: tuple[tuple[str, str], ...]


@record
class Sifted:
    """Findings set against a baseline. stale: entries with the number that was not found any more."""

    new: tuple[Finding, ...]
    old: tuple[Finding, ...]
    stale: tuple[BaselineEntry, ...]


def baseline_of(findings: Iterable[Finding], read: Callable[[str], bytes]) -> Baseline:
    """Return the baseline that hides all ``findings``."""
    counts = Counter(_key(finding, finding.path) for finding in findings)
    entries = tuple(BaselineEntry(*key, count) for key, count in sorted(counts.items()))
    paths = dict.fromkeys(entry.path for entry in entries)
    return Baseline(entries, tuple((path, content_hash(read(path))) for path in paths))


def _key(finding: Finding, path: str) -> tuple[str, str, str]:
    return path, finding.code, fingerprint(finding.code, path, finding.about, 1)


def content_hash(data: bytes) -> str:
    """Return the hash by which a renamed note is recognized."""
    return blake2b(data, digest_size=16).hexdigest()


def sift(
    findings: Iterable[Finding],
    baseline: Baseline,
    renamed: Mapping[str, str],
    is_judged: Callable[[str, str], bool],
) -> Sifted:
    """Split findings into those in the baseline and new ones.

    renamed: new path -> path under which the baseline knows the note.
    is_judged: (path, code) -> whether ``findings`` would contain findings of this rule there; only then a missing
               entry is stale.
    """
    left = Counter({(entry.path, entry.code, entry.fingerprint): entry.count for entry in baseline.entries})
    new: list[Finding] = []
    old: list[Finding] = []
    for finding in findings:
        key = _key(finding, renamed.get(finding.path, finding.path))
        if left[key] > 0:
            left[key] -= 1
            old.append(finding)
        else:
            new.append(finding)
    stale = tuple(
        BaselineEntry(path, code, mark, count)
        for (path, code, mark), count in sorted(left.items())
        if count > 0 and is_judged(path, code)
    )
    return Sifted(tuple(new), tuple(old), stale)


def pruned(baseline: Baseline, stale: Iterable[BaselineEntry]) -> Baseline:
    """Return the baseline without stale entries."""
    gone = {(entry.path, entry.code, entry.fingerprint): entry.count for entry in stale}
    entries = tuple(
        BaselineEntry(entry.path, entry.code, entry.fingerprint, left)
        for entry in baseline.entries
        if (left := entry.count - gone.get((entry.path, entry.code, entry.fingerprint), 0)) > 0
    )
    paths = {entry.path for entry in entries}
    return Baseline(entries, tuple((path, mark) for path, mark in baseline.contents if path in paths))


def moved(
    baseline: Baseline,
    paths: Iterable[str],
    read: Callable[[str], bytes],
    git_renames: Callable[[tuple[str, ...]], Mapping[str, str]],
) -> dict[str, str]:
    """Return new path -> old path of renamed notes: by equal content, else by Git's renames.

    paths: all notes that there are.
    git_renames: old paths -> old path to new path, as Git reports; called only for notes without equal content.
    """
    there = set(paths)
    known = {entry.path for entry in baseline.entries}
    missing = sorted(known - there)
    if not missing:
        return {}
    hashes = {mark: path for path, mark in baseline.contents if path in missing}
    found: dict[str, str] = {}
    for path in sorted(there - known):
        old = hashes.get(content_hash(read(path)))
        if old is not None and old not in found.values():
            found[path] = old
    unknown = tuple(path for path in missing if path not in found.values())
    if unknown:
        for old, new in git_renames(unknown).items():
            if new in there and new not in known:
                found.setdefault(new, old)
    return found


def renamed_baseline(baseline: Baseline, renamed: Mapping[str, str], findings: Iterable[Finding]) -> Baseline:
    """Return the baseline with renamed notes under their new paths, if their findings still exist."""
    now = {old: new for new, old in renamed.items()}
    by_key = {_key(finding, renamed[finding.path]): finding for finding in findings if finding.path in renamed}
    entries = []
    for entry in baseline.entries:
        finding = by_key.get((entry.path, entry.code, entry.fingerprint))
        if entry.path in now and finding is not None:
            entries.append(BaselineEntry(*_key(finding, now[entry.path]), entry.count))
        else:
            entries.append(entry)
    contents = tuple(sorted((now.get(path, path), mark) for path, mark in baseline.contents))
    return Baseline(tuple(sorted(entries, key=lambda entry: (entry.path, entry.code, entry.fingerprint))), contents)


def stale_findings(stale: Iterable[BaselineEntry]) -> tuple[Finding, ...]:
    """Return stale entries as findings at the top of their notes."""
    counts = Counter[tuple[str, str]]()
    for entry in stale:
        counts[entry.path, entry.code] += entry.count
    return tuple(
        Finding(
            code=STALE_CODE,
            name=STALE_NAME,
            severity="warning",
            path=path,
            line=1,
            column=1,
            end_line=1,
            end_column=1,
            message=f"{count} stale baseline {'entries' if count > 1 else 'entry'} for {code}: no such finding in this file",
            help="run `vaultkit baseline prune` to remove stale entries",
            about=f"baseline {code}",
            start=0,
            end=0,
            fix=None,
            related=(),
            fingerprint=fingerprint(STALE_CODE, path, f"baseline {code}", 1),
        )
        for (path, code), count in sorted(counts.items())
    )


def write_baseline(baseline: Baseline) -> str:
    """Return the file's text: one entry per line, sorted, so that merges are easy."""

    def lines(members: Iterable[str]) -> str:
        return ",\n".join(members)

    contents = lines(f"{json.dumps(path, ensure_ascii=False)}: {json.dumps(mark)}" for path, mark in baseline.contents)
    entries = lines(
        json.dumps(
            {"path": entry.path, "rule": entry.code, "fingerprint": entry.fingerprint, "count": entry.count},
            ensure_ascii=False,
        )
        for entry in baseline.entries
    )
    return f'{{\n"version": {VERSION},\n"notes": {{\n{contents}\n}},\n"entries": [\n{entries}\n]\n}}\n'


def read_baseline(text: str, source: str) -> Baseline:
    """Return the baseline in a file's text.

    Raises:
        ConfigError: it is invalid.
    """
    try:
        document = json.loads(text)
        if document["version"] != VERSION:
            raise ConfigError(f"{source}: written by another version of vaultkit; run `vaultkit baseline create` again")
        entries = tuple(
            BaselineEntry(str(entry["path"]), str(entry["rule"]), str(entry["fingerprint"]), int(entry["count"]))
            for entry in document["entries"]
        )
        contents = tuple((str(path), str(mark)) for path, mark in document["notes"].items())
    except (ValueError, KeyError, TypeError, AttributeError, OverflowError, RecursionError) as error:
        raise ConfigError(
            f"{source}: invalid baseline ({error}); restore it, or delete it and run `vaultkit baseline create`"
        ) from error
    return Baseline(tuple(sorted(entries, key=lambda entry: (entry.path, entry.code, entry.fingerprint))), contents)
