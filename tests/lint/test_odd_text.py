"""Rules never raise, and what they point at lies in the text, whatever the note holds."""

from __future__ import annotations

import random
from importlib import import_module

import pytest

from vaultkit.config import Config
from vaultkit.lint.engine import collect_findings
from vaultkit.lint.note_linter import note_linter
from vaultkit.lint.plan import plan_of
from vaultkit.lint.rule import all_rules
from vaultkit.vault.load import snapshot_of_texts as vault_of

PIECES = [
    *"[]()!|#^*=~`$%<>-+•:/\\\"'\n\r \t_&{}",
    "[[", "]]", "![[", "**", "==", "~~", "$$", "%%", "```\n", "<!--", "-->", "---\n", "- [ ] ", "> [!note] ", "\n\n", "# ",
    "a.md", "b", "p.png|300", "|300|300", "../../x.md", "file:///x", "C:/x", "tags: [x, y z]\n", "up: [[b]]\n", "#tag", "^id",
    "β¦", "π§", "donâ€™t", "Ã©", "é", "e\u0301", "\u200b", "\u00a0", "\ufeff", "WHat", "exist- ing", "TODO", "{{title}}",
    "<% tp.x %>", "[answer goes here]", "<<<<<<< a\n", "=======\n", ">>>>>>> b\n", "| a | b |\n| - | - |\n", "Q::A\n",
    "#flashcards\n", "Pasted image 20240528225721.png", "[x](my note.md)", "[x]()", "🧠", "\U0001d4d0", "word", "1. ",
]  # fmt: skip
PIECES += [
    content
    for rule in all_rules()
    for content in (import_module(rule.module).BAD or {}).values()
    if isinstance(content, str) and content
]


@pytest.mark.parametrize("seed", range(60))
def test_any_text_has_findings_inside_it(seed):
    dice = random.Random(seed)
    vaults = [
        {name: "".join(dice.choices(PIECES, k=dice.randrange(60))) for name in ("a.md", "b.md", "Sub/c.md")}
        for _ in range(5)
    ]
    plan = plan_of(Config(), select=["ALL"])
    for files in vaults:
        vault = vault_of({**files, "p.png": None})
        for rule, options in plan.rules:
            if rule.scope == "run":
                continue  # its subject are the suppressions of a run
            texts = {path: files[path].removeprefix("\ufeff") for path in vault.notes}
            asked = [
                (path, note)
                for path, note in vault.notes.items()
                if not note.fault
                and (
                    rule.needs(note, texts[path])
                    if callable(rule.needs)
                    else not rule.needs or getattr(note, rule.needs)
                )
            ]
            if rule.scope == "note":
                found = [(path, fault) for path, note in asked for fault in rule.check(note, texts[path], options)]
            elif rule.gather is not None:
                told = {path: rule.gather(note, texts[path]) for path, note in asked}
                found = list(
                    rule.check(vault, options, {path: value for path, value in told.items() if value is not None})
                )
            else:
                found = list(rule.check(vault, options))
            for path, fault in found:
                length = len(files.get(path, "").removeprefix("\ufeff"))
                assert 0 <= fault.start <= fault.end <= length, (rule.code, path, files, fault)
                assert fault.message and "\n" not in fault.message, (rule.code, fault.message)
                for edit in fault.fix.edits if fault.fix else ():
                    assert 0 <= edit.start <= edit.end <= length, (rule.code, path, files, edit)


TIMES = 20_000
ENDLESS = {
    "destinations that open brackets": "[x](a(" * (TIMES // 4),
    "brackets in a destination": "](" + "(a)" * TIMES + "x",
    "a destination of spaces": "[x](a" + " " * TIMES + '"b" c)',
    "a title that does not end": '[x](a b "' + '"' * TIMES,
    "pictures in a cell": "| a |\n|--|\n| " + "![a|b](" * (TIMES // 8) + " |",
    "rows in a quote": "> | [[x|y]] |\n" * 3000,
    "links in a property": "---\nup: [" + "[[A]], " * TIMES + "\n---\n",
    "spaces behind links in a property": "---\nup: [[[a]]" + " " * TIMES + ", x]\n---\n",
    "tags": "---\ntags:" + "\n- a" * TIMES + "\n---\n",
    "fill-ins that do not end": "[insert a b c " * (TIMES // 4),
    "sizes": "![[image 1.png|" + "|3" * TIMES + "x]]",
    "digits": "![[p.png|" + "3" * TIMES + "px]]",
    "markers of a conflict": ">>>>>>> 1234567\n" * 2000,
}


@pytest.mark.parametrize("name", ENDLESS)
def test_a_long_text_of_one_piece_is_judged(name):
    """Patterns that try again from every place would take hours here, and nobody would see the end of this test."""
    text = ENDLESS[name]
    plan = plan_of(Config(), select=["ALL"])
    vault = vault_of({"a.md": text, "image 1.png": None, "p.png": None})
    answer = note_linter(plan)(vault.notes["a.md"], text)
    report = collect_findings(vault, plan, {"a.md": answer} if answer else {})
    assert all(0 <= finding.start <= finding.end <= len(text) for finding in report.findings)
    assert report.checked == 1
