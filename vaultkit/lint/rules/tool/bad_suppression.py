"""A comment that is to silence a rule cannot do so as it is written, or does more than it says.

Why:     a misspelt code silences nothing, and nobody sees it; a ``vaultkit-disable`` without its
         ``vaultkit-enable`` silences all that is ever written below.
Fix:     none: what was meant is the author's to say.
Options: require-codes: a comment must name rules.  require-reason: a comment must say why, after ``--``.
Source:  stylelint's reportInvalidScopeDisables and reportDescriptionlessDisables.
"""

from __future__ import annotations

from collections.abc import Iterator

from vaultkit.base.record import record
from vaultkit.lint.finding import Violation
from vaultkit.lint.rule import near_rule, note_rule
from vaultkit.lint.suppressions import VERBS, Comment, read_silencing
from vaultkit.note.model import Note

CODE = "VK002"
SEVERITY = "warning"
BAD = {"a.md": "See [[not yet]]. %% vaultkit-disable-line LK01x %%\n"}
GOOD = {"a.md": "See [[not yet]]. %% vaultkit-disable-line LK001 %%\n"}


@record
class Options:
    """require_codes: no comment without codes.  require_reason: none without a reason after ``--``."""

    require_codes: bool = False
    require_reason: bool = False


@note_rule
def check(note: Note, text: str, options: Options) -> Iterator[Violation]:
    """Comments with unknown words, without their other half, or without what the options demand."""
    silencing = read_silencing(note, text)
    if silencing is None:
        return
    for index, comment in enumerate(silencing.comments):
        for start, end, message in _faults(comment, options):
            yield Violation(start, end, message, message)
        if index in silencing.idle:
            yield _whole(comment, "vaultkit-enable ends nothing: no vaultkit-disable of these rules stands above")
        if index in silencing.open:
            message = (
                "vaultkit-disable is never ended, so it reaches to the end of the note; "
                "add vaultkit-enable, or write vaultkit-disable-file"
            )
            yield _whole(comment, message)


def _faults(comment: Comment, options: Options) -> Iterator[tuple[int, int, str]]:
    name = f"vaultkit-{comment.verb}"
    if comment.verb not in VERBS and comment.verb != "ignore":
        from difflib import get_close_matches

        near = get_close_matches(comment.verb, VERBS, n=1)
        hint = f"; did you mean vaultkit-{near[0]}?" if near else ""
        yield comment.start, comment.end, f"{name} is no comment that vaultkit knows{hint}"
        return
    for word in comment.words:
        if not word.codes:
            yield word.start, word.end, f"{name}: unknown rule {word.text!r}{near_rule(word.text)}"
    if comment.verb in ("enable", "ignore"):
        return
    if options.require_codes and not comment.words:
        yield comment.start, comment.end, f"{name} names no rules; write those that are meant"
    if options.require_reason and not comment.reason:
        yield comment.start, comment.end, f"{name} gives no reason; write one after --"


def _whole(comment: Comment, message: str) -> Violation:
    return Violation(comment.start, comment.end, message, message)
