"""Write suppression comments for the existing findings of a vault, if they change nothing else.

A comment goes to the end of the line or, if it would become part of a table, a heading or a card, before the block.
If that also changes how Obsidian reads the note, one comment goes to the top of the note.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable
from itertools import groupby

from vaultkit.base.atomic_write import FileChange
from vaultkit.base.lazy_pattern import lazy_pattern
from vaultkit.base.record import record
from vaultkit.base.text import BOM, Edit, apply_edits, decode
from vaultkit.lint.engine import collect_findings
from vaultkit.lint.facts.cards import is_deck
from vaultkit.lint.finding import Finding
from vaultkit.lint.fix_safety import line_end_of
from vaultkit.lint.note_linter import Answers, Inspection, note_linter
from vaultkit.lint.plan import Plan
from vaultkit.lint.suppressions import read_silencing
from vaultkit.note.comments import is_comment
from vaultkit.note.model import Note, Section
from vaultkit.note.parse import parse_text
from vaultkit.vault.conflict_markers import holds_conflict
from vaultkit.vault.load import update
from vaultkit.vault.snapshot import Snapshot

Inspect = Callable[[Note, str], Inspection | None]

_OPEN_KINDS = frozenset({"paragraph", "list", "callout", "blockquote"})
_FRAGILE_END = lazy_pattern(r"(?:\\|  |\^[\w-]+[ \t]*|\|[ \t]*)\r?$")
_CARD_MARK = lazy_pattern(r"::|==|^\?{1,2}[ \t]*\r?$", re.MULTILINE)


@record
class Silenced:
    """changes: notes with the comments, nothing written yet. count: findings hidden. refused: (path, reason)."""

    changes: tuple[FileChange, ...]
    count: int
    refused: tuple[tuple[str, str], ...]


def silence(
    vault: Snapshot,
    plan: Plan,
    answers: Answers,
    reason: str,
    read: Callable[[str], bytes],
    only: Callable[[str], bool] | None = None,
) -> Silenced:
    """Return comments for all errors and warnings of the vault.

    reason: written after ``--`` in each comment; may be empty.
    """
    inspect = note_linter(plan)
    before = [
        finding
        for finding in collect_findings(vault, plan, answers, only=only, has_all_fixes=True).findings
        if finding.severity != "info"
    ]
    changes: list[FileChange] = []
    refused: dict[str, str] = {}
    answers_now = dict(answers)
    for path, group in groupby(before, key=lambda finding: finding.path):
        findings = list(group)
        try:
            data = read(path)
        except OSError as error:
            refused[path] = f"cannot be read ({(error.strerror or str(error)).lower()})"
            continue
        decoded = decode(data)
        if path not in vault.notes:
            refused[path] = "not a note, so it cannot have comments; add it to `lint.per-file-ignores`"
        elif decoded.fault or holds_conflict(vault.notes[path], decoded.text):
            refused[path] = decoded.fault or "Git conflict markers in the file"
        elif parse_text(decoded.text, decoded.has_bom) != vault.notes[path]:
            refused[path] = "the file changed during the run"
        else:
            deck = is_deck(vault.notes[path], plan.cards)
            text, left_out = _commented_where_possible(decoded.text, vault.notes[path], findings, reason, inspect, deck)
            if left_out:
                refused[path] = f"no place for a comment for {left_out} without other changes"
            if text is None:
                continue
            change = FileChange(path, data, (BOM if decoded.has_bom else "").encode() + text.encode())
            changes.append(change)
            answer = inspect(parse_text(text, decoded.has_bom), text)
            if answer is not None:
                answers_now[path] = answer
    changed = update(vault, {change.path: change.after for change in changes})
    after = [
        finding
        for finding in collect_findings(changed, plan, answers_now, only=only, has_all_fixes=True).findings
        if finding.severity != "info"
    ]
    return Silenced(tuple(changes), len(before) - len(after), tuple(sorted(refused.items())))


def _commented_where_possible(
    text: str, note: Note, findings: list[Finding], reason: str, inspect: Inspect, deck: bool
) -> tuple[str | None, str]:
    """Return the text with comments, or None, and the codes without a comment."""
    new = _commented(text, note, findings, reason, inspect, deck)
    codes = sorted({finding.code for finding in findings})
    if new is not None:
        return new, ""
    for code in codes if len(codes) > 1 else ():
        new = _commented(text, note, [finding for finding in findings if finding.code != code], reason, inspect, deck)
        if new is not None:
            return new, code
    return None, ", ".join(codes)


def _commented(text: str, note: Note, findings: list[Finding], reason: str, inspect: Inspect, deck: bool) -> str | None:
    """Return the text with comments for its findings; None if every place would change the note."""
    newline = line_end_of(text)
    tail = f" -- {reason}" if reason else ""
    for edits in (_in_place(text, note, findings, tail, newline, deck), _at_top(note, findings, tail, newline)):
        if edits is None:
            continue
        new = apply_edits(text, tuple(edits))
        after = parse_text(new, note.has_bom)
        if (
            _reads_the_same(note, text, after, new)
            and _open_ranges(after, new) <= _open_ranges(note, text)
            and _all_hidden(inspect(note, text), inspect(after, new), findings)
        ):
            return new
    return None


def _all_hidden(before: Inspection | None, after: Inspection | None, findings: list[Finding]) -> bool:
    """Return whether the note rules report the same as before, and all of it is hidden."""
    found = {(code, fault.about) for code, fault in before.violations} if before is not None else set()
    wanted = Counter((finding.code, finding.about) for finding in findings if (finding.code, finding.about) in found)
    if after is None or after.silencing is None:
        return not wanted
    hidden = Counter((code, fault.about) for code, fault in after.violations if after.silencing.hiding(code, fault))
    return wanted <= hidden


def _in_place(text: str, note: Note, findings: list[Finding], tail: str, newline: str, deck: bool) -> list[Edit] | None:
    """A comment at each line, or round each block that cannot hold one; None when a finding has no place."""
    by_line: dict[tuple[int, int], set[str]] = {}
    by_section: dict[Section, set[str]] = {}
    in_yaml: dict[int, set[str]] = {}
    for finding in findings:
        section = next((part for part in note.sections if part.start <= finding.start <= part.end), None)
        if section is None or (finding.start == finding.end == 0):
            return None
        line_start = note.line_starts[finding.line - 1]
        line_end = text.find("\n", line_start)
        line_end = len(text) if line_end < 0 else line_end
        if text[line_start:line_end].endswith("\r"):
            line_end -= 1
        if section.kind == "yaml":
            in_yaml.setdefault(line_end, set()).add(finding.code)
        elif _takes_comment(text, note, section, line_start, line_end, is_deck=deck):
            by_line.setdefault((line_start, line_end), set()).add(finding.code)
        else:
            by_section.setdefault(section, set()).add(finding.code)
    edits = [Edit(end, end, f" # vaultkit-disable-line {_list(codes)}{tail}") for end, codes in in_yaml.items()]
    edits += [
        Edit(end, end, f" %% vaultkit-disable-line {_list(codes)}{tail} %%") for (_, end), codes in by_line.items()
    ]
    for section, codes in by_section.items():
        if section.kind == "heading" and "\n" not in text[section.start : section.end]:
            comment = f"%% vaultkit-disable-next-line {_list(codes)}{tail} %%{newline * 2}"
            edits.append(Edit(section.start, section.start, comment))
            continue
        opening = f"%% vaultkit-disable {_list(codes)}{tail} %%{newline * 2}"
        closing = f"{newline * 2}%% vaultkit-enable {_list(codes)} %%"
        edits += [Edit(section.start, section.start, opening), Edit(section.end, section.end, closing)]
    return edits


def _at_top(note: Note, findings: list[Finding], tail: str, newline: str) -> list[Edit]:
    comment = f"%% vaultkit-disable-file {_list({finding.code for finding in findings})}{tail} %%"
    if note.frontmatter is None:
        return [Edit(0, 0, comment + newline * 2)]
    return [Edit(note.frontmatter.end, note.frontmatter.end, newline * 2 + comment + newline)]


def _takes_comment(text: str, note: Note, section: Section, line_start: int, line_end: int, *, is_deck: bool) -> bool:
    """A comment at the end of this line hides there and changes nothing."""
    if section.kind not in _OPEN_KINDS or _FRAGILE_END.search(text[line_start:line_end]):
        return False
    if is_deck or _CARD_MARK.search(text[section.start : section.end]):
        return False
    return not any(dead.start < line_end < dead.end for dead in note.dead) and not any(
        start < line_end < end for start, end in note.comments
    )


def _list(codes: Iterable[str]) -> str:
    return " ".join(sorted(codes))


def _reads_the_same(before: Note, text: str, after: Note, new: str) -> bool:
    """Comments aside, Obsidian reads the same note."""
    return _essence(before, text) == _essence(after, new)


def _open_ranges(note: Note, text: str) -> int:
    """How many comments silence to the end of the note; one of ours would if its end were swallowed."""
    silencing = read_silencing(note, text)
    return len(silencing.open) if silencing is not None else 0


def _essence(note: Note, text: str) -> tuple[object, ...]:
    return (
        tuple((link.linktext, link.display, link.is_embed, link.in_comment) for link in note.links),
        tuple((heading.level, heading.text) for heading in note.headings),
        tuple(block.id for block in note.blocks),
        tuple(tag.tag for tag in note.tags),
        tuple((item.task, item.block_id) for item in note.list_items),
        tuple(row[2] for row in note.section_rows if not is_comment(note.comments, text, row[0], row[1])),
        tuple(item.kind for item in note.malformed),
        dict(note.properties),
        note.frontmatter.error.kind if note.frontmatter and note.frontmatter.error else "",
    )
