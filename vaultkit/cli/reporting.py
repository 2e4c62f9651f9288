"""Findings to the places and in the formats that were asked for, and the summary line."""

from __future__ import annotations

import os
import re
import shlex
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from vaultkit.base.errors import VaultkitError
from vaultkit.base.record import record
from vaultkit.cli.check_options import FORMATS, CheckOptions
from vaultkit.cli.console import colored, notice, say, terminal_width, wants_color, write_lines
from vaultkit.lint.finding import GROUP_ABOVE, Finding
from vaultkit.lint.unwritten import unwritten_message
from vaultkit.report.format import ReportView, Style, renderer

if TYPE_CHECKING:
    from vaultkit.cli.checking import StoredVault
    from vaultkit.lint.plan import Plan
    from vaultkit.lint.root_causes import RootCause
    from vaultkit.vault.snapshot import Snapshot

# What stands before the ":" of ``-o FORMAT:FILE``; one letter is a drive of Windows.
_FORMAT_LIKE = re.compile("[a-z]+[a-z-]*[a-z]")
_SEVERITIES = ("error", "warning", "info")
_WITH_CAUSES = ("full", "github", "markdown", "json")
_WITH_INFO = ("json", "json-lines", "sarif", "gitlab", "rdjson")


@record
class ReportInput:
    """What is reported. new: the findings; old: those that the baseline hides; excused: new ones that fail no run."""

    new: tuple[Finding, ...]
    checked: int
    old: tuple[Finding, ...] = ()
    has_baseline: bool = False
    excused: frozenset[Finding] = frozenset()
    group_above: int = GROUP_ABOVE


@record
class ReportOutput:
    """Where one report goes. file: "" for the screen, which is stderr when stdout has something else to hold."""

    format: str
    file: str
    to_stderr: bool = False


def outputs_of(wants: CheckOptions) -> tuple[ReportOutput, ...]:
    """The reports that were asked for: on the screen, and those of ``-o``.

    One without a format, or to "-", which is the standard output, replaces that on the screen.

    Raises:
        VaultkitError: ``-o`` names a format that there is not.
    """
    screen = wants.output_format or ("full" if sys.stdout.isatty() else "concise")
    outputs = []
    has_screen = True
    for entry in wants.output:
        name, colon, file = entry.partition(":")
        if colon and name in FORMATS:
            output = ReportOutput(name, file)
        elif colon and _FORMAT_LIKE.fullmatch(name):
            from difflib import get_close_matches

            near = get_close_matches(name, FORMATS, n=1)
            hint = f"did you mean {near[0]!r}?" if near else f"there are {', '.join(FORMATS)};"
            raise VaultkitError(f"-o {entry}: no format {name!r}; {hint} for a file of this name write ./{entry}")
        else:
            output = ReportOutput(screen, entry)
            has_screen = False
        if output.file == "-":
            output = ReportOutput(output.format, "")
            has_screen = False
        outputs.append(output)
    return (ReportOutput(screen, ""), *outputs) if has_screen else tuple(outputs)


def group_above(plan: Plan) -> int:
    """How many missing attachments are told one by one."""
    return next((options.group_above for rule, options in plan.rules if rule.name == "missing-attachment"), GROUP_ABOVE)


def has_causes(outputs: tuple[ReportOutput, ...]) -> bool:
    """Whether a report shows root causes."""
    return any(output.format in _WITH_CAUSES for output in outputs)


def has_failed(shown: ReportInput, wants: CheckOptions) -> bool:
    """A finding is at or above the level that fails a run."""
    failing = _SEVERITIES[: _SEVERITIES.index(wants.fail_on) + 1]
    return not wants.exit_zero and any(
        finding.severity in failing and finding not in shown.excused for finding in shown.new
    )


def write_reports(
    vault: Snapshot | StoredVault,
    shown: ReportInput,
    outputs: tuple[ReportOutput, ...],
    wants: CheckOptions,
    source: Callable[[str], str] | None = None,
) -> None:
    """Write every report, and on stderr the summary.

    source: the texts of files where they are not those on disk.

    Raises:
        VaultkitError: a file cannot be written.
    """
    for output in outputs:
        view = _view(vault, shown, output, wants, source or reader(vault))
        if not output.file:
            lines = _statistics(view) if wants.statistics else renderer(output.format)(view)
            if output.to_stderr:
                sys.stderr.writelines(line + "\n" for line in lines)
            else:
                write_lines(lines)
            continue
        from vaultkit.base.atomic_write import write_whole

        lines = renderer(output.format)(view)
        try:
            write_whole(output.file, "".join(line + "\n" for line in lines).encode("utf-8", "backslashreplace"))
        except OSError as error:
            reason = error.strerror or str(error)
            raise VaultkitError(f"{output.file}: cannot be written ({reason}); name another file with -o") from error
    is_plain = any(output.format in ("concise", "grouped") and not output.file for output in outputs)
    unwritten = unwritten_message(shown.new) if is_plain and not wants.show_info else ""
    if unwritten:
        notice(f"{unwritten}; `vaultkit wanted{_where(vault.root, wants)}` lists them")
    is_full = any(output.format == "full" and not output.file for output in outputs)
    if wants.summary or is_full:
        _say_summary(shown.new, shown.checked, color=wants_color(wants.color))


def _view(
    vault: Snapshot | StoredVault,
    shown: ReportInput,
    output: ReportOutput,
    wants: CheckOptions,
    source: Callable[[str], str],
) -> ReportView:
    is_screen = not output.file
    is_colored = is_screen and wants_color(wants.color)
    shows_info = wants.show_info or output.format in _WITH_INFO
    style = Style(
        is_colored,
        terminal_width() if is_screen else 100,
        wants.max_per_rule,
        is_screen and sys.stdout.isatty() and os.environ.get("TERM") != "dumb",
        wants.show_info,
    )
    findings = tuple(finding for finding in shown.new if shows_info or finding.severity != "info")
    return ReportView(
        findings,
        shown.checked,
        vault.name,
        vault.root,
        source,
        style,
        prefix=_prefix(vault.root),
        causes=_causes(findings, vault, shown.group_above) if output.format in _WITH_CAUSES else (),
        old_findings=shown.old,
        has_baseline=shown.has_baseline,
        hidden=() if shows_info else tuple(finding for finding in shown.new if finding.severity == "info"),
        where=_where(vault.root, wants),
    )


def _where(root: str, wants: CheckOptions) -> str:
    """What a printed command needs to mean this vault from the working directory; "" inside of it."""
    if wants.vault is None and (os.getcwd() + os.sep).startswith(root.rstrip(os.sep) + os.sep):
        return ""
    return f" --vault {shlex.quote(wants.vault or root)}"


def _causes(findings: tuple[Finding, ...], vault: Snapshot | StoredVault, group_above: int) -> tuple[RootCause, ...]:
    if not findings:
        return ()
    from vaultkit.lint.root_causes import causes_of

    return causes_of(findings, vault.whole, group_above)


def _statistics(view: ReportView) -> Iterator[str]:
    """How often each rule found something, the most frequent first."""
    counts = Counter((finding.code, finding.name) for finding in view.findings)
    safe = {finding.code for finding in view.findings if finding.fix is not None and finding.fix.is_safe}
    width = len(str(max(counts.values(), default=0)))
    for (code, name), count in sorted(counts.items(), key=lambda item: (-item[1], item[0])):
        yield f"{count:>{width}}  {code} {'[*]' if code in safe else '[ ]'} {name}"
    if safe:
        yield "[*] fixable with --fix"


def _prefix(root: str) -> str:
    """From the git repository around the vault to the vault, with a last "/"; "" when they are the same or none is."""
    folder = root
    while not os.path.exists(os.path.join(folder, ".git")):
        parent = os.path.dirname(folder)
        if parent == folder:
            return ""
        folder = parent
    relative = os.path.relpath(root, folder).replace(os.sep, "/")
    return "" if relative == "." else relative + "/"


def _say_summary(findings: tuple[Finding, ...], checked: int, *, color: bool) -> None:
    """The last line on a terminal: what was found in how many notes."""
    counts: Counter[str] = Counter(finding.severity for finding in findings)
    safe = sum(1 for finding in findings if finding.fix is not None and finding.fix.is_safe)
    parts = [
        f"{counts[level]} {level}{'s' if counts[level] != 1 and level != 'info' else ''}"
        for level in _SEVERITIES
        if counts[level]
    ]
    notes = f"{checked} note{'s' if checked != 1 else ''}"
    if not parts:
        text = f"{notes} checked, nothing found"
        say(colored(text, "32;1") if color else text)
        return
    fixable = f"; {safe} fixable with --fix" if safe else ""
    text = f"{', '.join(parts)} in {notes}{fixable}"
    say(colored(text, "1") if color else text)


def reader(vault: Snapshot | StoredVault) -> Callable[[str], str]:
    """A function that answers the text of a file of the vault, "" when it cannot be read."""

    def source(path: str) -> str:
        try:
            return vault.read_bytes(path).decode("utf-8-sig", "replace")
        except OSError:
            return ""

    return source
