"""A link that differs from the path of its file by case only.

Why:     Obsidian ignores case. A site built on Linux does not, and the link is broken there.
Fix:     copies the spelling of the file. Safe.
Source:  Obsidian Help, "Internal links"; names compare without case (measured on Obsidian 1.13.7).
"""

from __future__ import annotations

from collections.abc import Iterator

from vaultkit.base.text import Edit, code_span
from vaultkit.lint.facts.links import bar_at, severity_of
from vaultkit.lint.finding import Fix, Violation
from vaultkit.lint.rule import vault_rule
from vaultkit.note.links import nfc
from vaultkit.note.model import Link, Note
from vaultkit.vault.files import extension
from vaultkit.vault.snapshot import Snapshot

CODE = "LK012"
SEVERITY = "warning"
PRESETS = ("publish",)
BAD = {"a.md": "[[softmax]]", "Softmax.md": ""}
GOOD = {"a.md": "[[Softmax|softmax]]", "Softmax.md": ""}


@vault_rule
def check(vault: Snapshot, options: object) -> Iterator[tuple[str, Violation]]:
    """Report links that resolve only because Obsidian ignores case."""
    for path, bound in vault.bound_links():
        link, target = bound.link, bound.target
        if target is None or not link.linkpath or target[: -len(".md")].endswith(link.linkpath):
            continue  # nearly every link: its letters are the file's
        real = real_spelling(link.linkpath.strip(), target)
        if real != link.linkpath.strip():
            message = f"case differs from the file: {code_span(link.linkpath)} vs {code_span(real)}; breaks on case-sensitive systems"
            yield (
                path,
                Violation(
                    link.start,
                    link.end,
                    message,
                    link.linkpath,
                    _fix(vault.notes[path], link, real),
                    (),
                    severity_of(link),
                ),
            )
    for path, note in vault.source_notes():
        for entry in note.property_links:
            target = vault.resolve(entry.linkpath, path).path
            if target is not None and (real := real_spelling(entry.linkpath.strip(), target)) != entry.linkpath.strip():
                shown = f"{code_span(entry.linkpath)} vs {code_span(real)}"
                message = f"property {code_span(entry.key)}: case differs from the file: {shown}"
                yield path, Violation(entry.start, entry.end, message, f"{entry.key}:{entry.linkpath}")


def real_spelling(linkpath: str, target: str) -> str:
    """``linkpath`` with the letters of the file it opens; unchanged when only their case would not differ."""
    wanted = linkpath.split("/")
    real = nfc(target).split("/")
    if extension(target) == "md" and not linkpath.lower().endswith(".md"):
        real[-1] = real[-1][:-3]
    spelled = list(wanted)
    for back in range(1, min(len(wanted), len(real)) + 1):
        if wanted[-back] in (".", "..", ""):
            break
        if wanted[-back].lower() == real[-back].lower():
            spelled[-back] = real[-back]
    return "/".join(spelled)


def _fix(note: Note, link: Link, real: str) -> Fix:
    if link.syntax == "markdown":
        from urllib.parse import quote  # 2 ms that most runs need not pay

        written = quote(real, safe="/!$&'*+,;=:@~()") + quote(link.subpath, safe="#^/!$&'*+,;=:@~")
        return Fix(f"write {code_span(real)}", (Edit(link.target_start, link.target_end, written),), is_safe=True)
    # What readers see stays as it was: a name without label keeps its old letters as one.
    label = (
        bar_at(note, link.start) + link.linkpath
        if link.display is None and not link.subpath and not link.is_embed
        else ""
    )
    edit = Edit(link.target_start, link.target_end, real + link.subpath + label)
    return Fix(f"write {code_span(real)}", (edit,), is_safe=True)
