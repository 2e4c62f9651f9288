"""``check -``: a text from stdin, checked as one note of the vault on disk."""

from __future__ import annotations

import sys

from vaultkit.base.errors import VaultkitError
from vaultkit.base.paths import relative_path
from vaultkit.base.record import changed
from vaultkit.base.text import decode
from vaultkit.cli.check_options import CheckOptions
from vaultkit.cli.console import notice
from vaultkit.cli.reporting import ReportInput, has_failed, write_reports
from vaultkit.cli.setup import Setup
from vaultkit.lint.check import read_for_check
from vaultkit.lint.engine import collect_findings
from vaultkit.lint.note_linter import note_linter
from vaultkit.vault.files import file_kind
from vaultkit.vault.load import update


def check_stdin(setup: Setup, wants: CheckOptions) -> int:
    """Check the text; with ``--fix`` the fixed text goes to stdout and the findings to stderr."""
    assert wants.stdin_filename is not None
    path = relative_path(wants.stdin_filename, setup.root)
    if path.startswith("../") or file_kind(path) != "note":
        raise VaultkitError(f"--stdin-filename {wants.stdin_filename}: no note of the vault {setup.root}")
    data = sys.stdin.buffer.read()
    if wants.force_exclude and setup.workspace.excludes(path):
        if wants.wants_fixes and not wants.diff:
            _write(data)
        notice(f"{path} is excluded")
        return 0
    vault, known = read_for_check(setup.workspace, setup.plan)
    vault = update(vault, {path: data})
    answers = {other: answer for other, answer in known.items() if other != path}
    answer = note_linter(setup.plan)(vault.notes[path], decode(data).text)
    if answer is not None:
        answers[path] = answer

    def only(other: str) -> bool:
        return other == path

    report = collect_findings(vault, setup.plan, answers, only=only)
    text, outputs = data, setup.outputs
    if wants.wants_fixes:
        from vaultkit.base.unified_diff import diff
        from vaultkit.cli.fixing import fix_choice, say_what_was_left
        from vaultkit.lint.fix import fix_vault

        choice = changed(fix_choice(wants), with_renames=False)
        fixed = fix_vault(vault, setup.plan, answers, choice, lambda _: data, only)
        say_what_was_left(fixed, choice)
        if wants.diff:
            for change in fixed.changes:
                sys.stdout.writelines(diff(change))
            return 1 if fixed.changes else 0
        text = fixed.changes[0].after if fixed.changes else data
        _write(text)
        report = fixed.report
        if wants.fix_only:
            return 1 if wants.exit_non_zero_on_fix and text != data else 0
        outputs = tuple(changed(output, to_stderr=True) for output in setup.outputs)
    shown = ReportInput(report.findings, report.checked)
    write_reports(vault, shown, outputs, wants, source=lambda _: decode(text).text)
    return 1 if has_failed(shown, wants) or (wants.exit_non_zero_on_fix and text != data) else 0


def _write(data: bytes) -> None:
    sys.stdout.flush()
    sys.stdout.buffer.write(data)
    sys.stdout.buffer.flush()
