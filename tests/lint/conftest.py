"""What every test of a rule needs: a small vault on disk, judged by one rule, as lines a user would see."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from vaultkit.base.text import Edit, apply_edits
from vaultkit.config import Config, read_config
from vaultkit.lint.check import check_folder
from vaultkit.lint.finding import Finding, message_with_help
from vaultkit.lint.plan import plan_of
from vaultkit.vault.workspace import Workspace

Files = Mapping[str, str | bytes | None]
Findings = Callable[[Files, str], tuple[Finding, ...]]
Lint = Callable[[Files, str], list[str]]
Fixed = Callable[[Files, str], dict[str, str]]


# What a comment hides is known only when the rules that it names run.
NEEDS_BESIDE = {"VK001": ("LK001",)}


def write_vault(root: Path, files: Files) -> Path:
    """The files on disk; None stands for one whose content does not matter."""
    root.mkdir(parents=True, exist_ok=True)
    for path, content in files.items():
        place = root / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(content.encode() if isinstance(content, str) else content or b"")
    return root


def findings_of(root: Path, code: str) -> tuple[Finding, ...]:
    """What the rule finds; a ``vaultkit.toml`` among the files holds, as it would for a user."""
    config_file = root / "vaultkit.toml"
    config = read_config(str(config_file)) if config_file.exists() else Config()
    plan = plan_of(config, select=[code, *NEEDS_BESIDE.get(code, ())])
    return tuple(
        finding
        for finding in check_folder(Workspace(str(root), config, has_store=False), plan)[1].findings
        if finding.code == code
    )


def as_line(finding: Finding) -> str:
    """The finding as the concise report has it, but for the severity."""
    return (
        f"{finding.path}:{finding.line}:{finding.column}: {finding.code} {finding.name}: {message_with_help(finding)}"
    )


@pytest.fixture
def findings(tmp_path: Path) -> Findings:
    """``findings(files, code)``: what the rule finds in a vault of these files."""
    numbers = itertools.count()

    def run(files: Files, code: str) -> tuple[Finding, ...]:
        return findings_of(write_vault(tmp_path / f"vault{next(numbers)}", files), code)

    return run


@pytest.fixture
def lint(findings: Findings) -> Lint:
    """``lint(files, code)``: lines such as ``a.md:2:5: LK001 missing-note: message``."""
    return lambda files, code: [as_line(finding) for finding in findings(files, code)]


@pytest.fixture
def fixed(findings: Findings) -> Fixed:
    """``fixed(files, code)``: the notes after one round of the rule's fixes, unsafe ones included."""

    def run(files: Files, code: str) -> dict[str, str]:
        edits: dict[str, list[Edit]] = {}
        for finding in findings(files, code):
            done = edits.setdefault(finding.path, [])
            new = finding.fix.edits if finding.fix else ()
            if not any((edit.start < old.end and old.start < edit.end) or edit == old for edit in new for old in done):
                done.extend(new)
        texts = {path: content for path, content in files.items() if isinstance(content, str)}
        return {path: apply_edits(text, tuple(edits.get(path, ()))) for path, text in texts.items()}

    return run
