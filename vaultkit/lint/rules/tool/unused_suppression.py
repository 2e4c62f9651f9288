"""A suppression comment that hides no finding.

Why:     there is no finding for it to hide, and it may hide a new one later.
Fix:     removes the comment, or its unused codes. Safe.
Source:  ruff's RUF100, ESLint's --report-unused-disable-directives.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from vaultkit.base.text import Edit
from vaultkit.lint.finding import Fix, Violation
from vaultkit.lint.rule import run_rule
from vaultkit.lint.suppressions import Unused

CODE = "VK001"
SEVERITY = "warning"
BAD = {"a.md": "See [[b]]. %% vaultkit-disable-line LK001 %%\n", "b.md": ""}
GOOD = {"a.md": "See [[not yet]]. %% vaultkit-disable-line LK001 %%\n"}


@run_rule
def check(unused: Sequence[Unused], options: object) -> Iterator[tuple[str, Violation]]:
    """Report comments, and codes of comments, that hid no finding in this run."""
    for entry in unused:
        comment = entry.comment
        words = " ".join(word.text for word in entry.words)
        name = f"vaultkit-{comment.verb}"
        message = f"unused suppression `{name}{' ' if words else ''}{words}`: hides no finding"
        yield entry.path, Violation(comment.start, comment.end, message, f"{name} {words}", _fix(entry))


def _fix(entry: Unused) -> Fix | None:
    comment = entry.comment
    if comment.verb == "ignore":
        return None  # a property: what is left of the list is for the author to decide
    if entry.is_whole:
        edits = [Edit(comment.cut_start, comment.cut_end, "")]
        if entry.ended_by is not None:
            edits.append(Edit(entry.ended_by.cut_start, entry.ended_by.cut_end, ""))
        return Fix("remove the comment", tuple(edits), is_safe=True)
    used = " ".join(word.text for word in comment.words if word not in entry.words)
    return Fix(f"keep only `{used}`", (Edit(comment.words[0].start, comment.words[-1].end, used),), is_safe=True)
