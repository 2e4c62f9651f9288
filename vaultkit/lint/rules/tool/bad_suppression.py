"""An invalid suppression comment: an unknown rule or command, or a ``vaultkit-disable`` without an end.

Why:     a misspelt code suppresses nothing. A ``vaultkit-disable`` without ``vaultkit-enable`` suppresses all
         findings down to the end of the note, including future ones.
Fix:     none: the intended rule is unknown.
Options: require-codes: a comment must name rules.  require-reason: a comment must give a reason after ``--``.
Source:  stylelint's reportInvalidScopeDisables and reportDescriptionlessDisables.
"""

from __future__ import annotations

from collections.abc import Iterator

from vaultkit.base.record import record
from vaultkit.base.text import code_span
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
    """require_codes: report comments without codes.  require_reason: report comments without a reason after ``--``."""

    require_codes: bool = False
    require_reason: bool = False


@note_rule
def check(note: Note, text: str, options: Options) -> Iterator[Violation]:
    """Report comments with unknown words, without their end, or without what the options require."""
    silencing = read_silencing(note, text)
    if silencing is None:
        return
    for index, comment in enumerate(silencing.comments):
        yield from _violations(comment, options)
        if index in silencing.idle:
            about = "vaultkit-enable ends nothing: there is no vaultkit-disable of these rules above"
            yield _whole(comment, "`vaultkit-enable` without a `vaultkit-disable` of these rules above it", about)
        if index in silencing.open:
            about = (
                "vaultkit-disable is never ended, so it reaches to the end of the note; "
                "add vaultkit-enable, or write vaultkit-disable-file"
            )
            message = "`vaultkit-disable` without `vaultkit-enable`: the rules are disabled to the end of the note"
            yield _whole(comment, message, about, "add `vaultkit-enable`, or write `vaultkit-disable-file`")


def _violations(comment: Comment, options: Options) -> Iterator[Violation]:
    name = f"vaultkit-{comment.verb}"
    if comment.verb not in VERBS and comment.verb != "ignore":
        from difflib import get_close_matches

        near = get_close_matches(comment.verb, VERBS, n=1)
        hint = f"; did you mean vaultkit-{near[0]}?" if near else ""
        about = f"{name} is not a vaultkit comment{hint}"
        help_ = f"did you mean `vaultkit-{near[0]}`?" if near else ""
        yield _whole(comment, f"unknown suppression comment {code_span(name)}", about, help_)
        return
    for word in comment.words:
        if not word.codes:
            hint = near_rule(word.text)
            message = f"unknown rule {code_span(word.text)} in `{name}`"
            about = f"{name}: unknown rule {word.text!r}{hint}"
            yield Violation(word.start, word.end, message, about, help=hint.removeprefix("; "))
    if comment.verb in ("enable", "ignore"):
        return
    if options.require_codes and not comment.words:
        about = f"{name} names no rules; write those that are meant"
        yield _whole(comment, f"`{name}` without rule codes", about, "write the rules after the command")
    if options.require_reason and not comment.reason:
        about = f"{name} gives no reason; write one after --"
        yield _whole(comment, f"`{name}` without a reason", about, "write the reason after `--`")


def _whole(comment: Comment, message: str, about: str, help_: str = "") -> Violation:
    return Violation(comment.start, comment.end, message, about, help=help_)
