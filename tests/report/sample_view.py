"""One list of findings for all formats: hard names, wide characters, fixes, related places, each severity."""

from __future__ import annotations

from typing import Any

from vaultkit.base.text import decode
from vaultkit.config import Config
from vaultkit.lint.engine import collect_findings
from vaultkit.lint.note_linter import note_linter
from vaultkit.lint.plan import plan_of
from vaultkit.report.format import ReportView, Style
from vaultkit.vault.load import snapshot_of_texts as vault_of

HARD_NAME = "Deck: 100% a, b\n<c>&\x01.md"
FILES = {
    HARD_NAME: "# 😀é\n\n😀 ![[plot.png|300|300]]\n",
    "a.md": "[[Noets]] and %% [[gone]] %%\r\n[[same]]\n",
    "plot.png": "",
    "Notes.md": "",
    "x/same.md": "",
    "y/same.md": "",
}


def view_of(files: dict[str, str], config: Config | None = None, **changes: Any) -> ReportView:
    plan = plan_of(config or Config(), ignore=["NM001"])  # the hard name is no subject here
    vault = vault_of(files)
    inspect = note_linter(plan)
    answers = {
        path: answer
        for path, note in vault.notes.items()
        if (answer := inspect(note, decode(files[path].encode()).text))
    }
    report = collect_findings(vault, plan, answers)
    values: dict[str, Any] = {
        "findings": report.findings,
        "checked": report.checked,
        "vault_name": "My vault",
        "root": "",
        "source": lambda path: files.get(path, ""),
        "style": Style(),
        **changes,
    }
    return ReportView(**values)
