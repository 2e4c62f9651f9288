"""``check --changed`` and the hooks of agents: what an edit broke, in the note and in others."""

from __future__ import annotations

import contextlib
import io
import json
import os
import sys
from typing import TYPE_CHECKING, Any

from vaultkit.base.errors import VaultkitError
from vaultkit.base.record import changed
from vaultkit.cli.check_options import CheckOptions
from vaultkit.cli.checking import StoredVault, left_out, print_notices, show
from vaultkit.cli.console import notice
from vaultkit.cli.options import vault_root
from vaultkit.cli.setup import Setup, setup_of
from vaultkit.lint.finding import Report
from vaultkit.lint.stored_report import StoredReports

if TYPE_CHECKING:
    from vaultkit.lint.check import Since
    from vaultkit.vault.snapshot import Snapshot

# Tools of agents name the file that they edited by one of these.
_PATH_KEYS = ("file_path", "path", "absolute_path", "filePath")


def check_changed(wants: CheckOptions) -> int:
    """Report the findings in the named notes, and those elsewhere that are new since the last check."""
    if not wants.paths or wants.wants_fixes or wants.no_index or wants.new_since is not None:
        raise VaultkitError(
            "--changed: name the notes that were edited, without --fix, --diff, --no-index, --new-since"
        )
    there = [_existing(path) for path in wants.paths]
    root = vault_root(wants.vault, there)
    names = [os.path.relpath(os.path.abspath(path), root).replace(os.sep, "/") for path in wants.paths]
    for path, name in zip(wants.paths, names, strict=True):
        if name.split("/")[0] == "..":
            raise VaultkitError(f"{path}: not in the vault {root}; name the vault with --vault")
    setup = setup_of(changed(wants, paths=(), vault=root))
    found, vault, report = _since_last(setup)
    if found is not None and found.is_first:
        notice("no earlier check to compare with: only the named notes are reported, this once")
    wanted = set(names)
    new = {
        (finding.path, finding.fingerprint, finding.start)
        for finding in (found.new if found is not None else ())
        if finding.path not in wanted
    }
    findings = tuple(
        finding
        for finding in report.findings
        if (finding.path in wanted and (finding.severity != "info" or wants.show_info))
        or (finding.path, finding.fingerprint, finding.start) in new
    )
    elsewhere = sum(finding.path not in wanted for finding in findings)
    if elsewhere:
        notice(f"{elsewhere} finding{'s' if elsewhere > 1 else ''} in other notes since the last check")
    if found is not None and found.gone:
        notice(f"{len(found.gone)} finding{'s' if len(found.gone) > 1 else ''} gone since the last check")
    notes = sum(name in vault.notes for name in wanted)
    shown = changed(wants, show_info=True)  # a link that opened a note until now counts, whatever its severity
    status = show(vault, Report(findings, max(notes, 1)), setup, shown)
    return status or int(bool(elsewhere) and not wants.exit_zero)


def _since_last(setup: Setup) -> tuple[Since | None, Snapshot | StoredVault, Report]:
    """What changed since the last check, None if nothing did; the vault, and all that is in it."""
    workspace = setup.workspace
    listing = None
    if workspace.store is not None:
        stored = StoredReports(workspace, setup.key)
        known, listing = stored.known(), stored.listing
        if known is not None:
            return None, StoredVault(workspace, stored.listing, frozenset(known.ignored)), known.report
    from vaultkit.lint.check import checked_since_last

    print_notices(setup.notices)
    found = checked_since_last(workspace, setup.plan, key=setup.key, listing=listing)
    print_notices(left_out(found.checked.snapshot))
    return found, found.checked.snapshot, found.checked.report


def _existing(path: str) -> str:
    """The path, or the nearest folder above it that exists: a note may just have been deleted."""
    path = os.path.abspath(path)
    while not os.path.exists(path):
        path = os.path.dirname(path)
    return path


def edited_paths(message: str) -> list[str]:
    """The notes that an agent's hook message says were edited.

    Raises:
        VaultkitError: the message is no JSON object.
    """
    try:
        value = json.loads(message)
    except (ValueError, RecursionError) as error:
        raise VaultkitError(f"stdin: not the JSON of an agent's hook ({error})") from None
    if not isinstance(value, dict):
        raise VaultkitError("stdin: not the JSON of an agent's hook (no object)")
    roots = value.get("workspace_roots")
    folder = value.get("cwd") or (roots[0] if isinstance(roots, list) and roots else "")
    places: list[Any] = [value, value.get("tool_input"), value.get("tool_info")]
    found = [place[key] for place in places if isinstance(place, dict) for key in _PATH_KEYS if key in place]
    paths = [os.path.join(str(folder), one) for one in found if isinstance(one, str)]
    return [path for path in dict.fromkeys(paths) if path.endswith((".md", ".canvas", ".base"))]


def answer_agent(message: str, agent: str) -> int:
    """Check what an agent edited, and answer as it expects: 2 with the findings on stderr, or JSON on stdout."""
    from vaultkit.cli.commands.check import command

    paths = edited_paths(message)
    if not paths:
        return 0
    out, quiet = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(quiet):
        arguments = ["--changed", *paths, "--output-format", "concise", "--fail-on", "warning"]
        status = command.main(arguments, prog_name="vaultkit check", standalone_mode=False)
    if status != 1:
        return 0
    text = "vaultkit: this edit leaves findings; links that are not listed are fine\n" + out.getvalue()
    if agent == "cursor":
        sys.stdout.write(json.dumps({"additional_context": text}) + "\n")
        return 0
    sys.stderr.write(text)
    return 2


def agent_settings(agent: str) -> str:
    """The settings that make an agent call `vaultkit hook edited` after each edit, with where they belong."""
    call = f"vaultkit hook edited --agent {agent}"
    one = {"type": "command", "command": call}
    settings: dict[str, dict[str, Any]] = {
        "claude": {"hooks": {"PostToolUse": [{"matcher": "Edit|MultiEdit|Write", "hooks": [one]}]}},
        "gemini": {"hooks": {"AfterTool": [{"matcher": "write_file|replace", "hooks": [one]}]}},
        "cursor": {"version": 1, "hooks": {"afterFileEdit": [{"command": call}]}},
    }
    return json.dumps(settings[agent], indent=2) + "\n"


AGENT_FILES = {"claude": ".claude/settings.json", "gemini": ".gemini/settings.json", "cursor": ".cursor/hooks.json"}
