"""Plain English in what users read: help, documentation, README, changelog, workflows, messages of commands.

The messages of rules have their own tests.
"""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest
from shown_commands import PROJECT

from vaultkit.cli.command_docs import all_commands, command_document, file_stem
from vaultkit.cli.doc_pages import WRITTEN, page

# Words of an earlier, metaphorical English, and what is written now.
WORST = {
    r"mend(s|ed|ing)?": "fix, repair",
    r"judg(e|es|ed|ing)": "check",
    r"names? no(ne)? \w+": "does not exist, no note named",
    r"leaves? with": "exit with",
    r"whoever|nobody|somebody": "the subject is the program, the user or a file",
    r"(is|are) told": "is reported",
    r"at hand|upon|thereof|gone round": "plain words",
    r"doors?|floors?|roof": "entry point, layer",
    r"swallow(s|ed|ing)?": "is lost, is shown as",
    r"lies (in|below|outside)|stands? (in|there|below|above|beside)": "is in",
    r"let(s)? it through": "skip the hook",
    r"waits? for": "available with",
    r"it holds|settings that hold": "contains, applies",
    r"was never": "no claim about history without evidence",
}
_WORST = re.compile(r"\b(" + "|".join(WORST) + r")\b", re.IGNORECASE)
# Sentences in which such a word has its plain meaning.
ALLOWED = re.compile(r"never (committed|published|a)\b|was never (committed|published|written)|longer swallows")


def bad_words(text: str) -> list[str]:
    """Return the lines with such words, code left out."""
    prose = re.sub(r"^```.*?^```$", "", text, flags=re.MULTILINE | re.DOTALL)
    found = []
    for line in re.sub(r"`[^`\n]*`", "``", prose).splitlines():
        if _WORST.search(ALLOWED.sub("", line)):
            found.append(line.strip())
    return found


@pytest.mark.parametrize("name", WRITTEN)
def test_pages(name: str) -> None:
    text = (PROJECT / "vaultkit" / "docs" / f"{name}.md").read_text(encoding="utf-8")
    assert bad_words(text) == []
    assert page(name).startswith("# ")


@pytest.mark.parametrize("name", sorted({file_stem(words) for words, _ in all_commands()}))
def test_help(name: str) -> None:
    words = next(words for words, _ in all_commands() if file_stem(words) == name)
    assert bad_words(command_document(words)) == []


@pytest.mark.parametrize(
    "path",
    ["README.md", "CHANGELOG.md", ".pre-commit-hooks.yaml", *(
        path.relative_to(PROJECT).as_posix() for path in (PROJECT / ".github").rglob("*")
        if path.suffix in (".md", ".yml", ".yaml")
    )],
)  # fmt: skip
def test_files(path: str) -> None:
    assert bad_words((PROJECT / path).read_text(encoding="utf-8")) == []


def messages(path: Path) -> list[str]:
    """Texts that a module of the command line gives to a function that prints, or to an error."""
    found = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call):
            called = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
            if called in ("notice", "complain", "echo", "_say", "VaultkitError", "UsageError", "BadParameter"):
                texts = [one.value for one in ast.walk(node) if isinstance(one, ast.Constant)]
                found.append(" ".join(text for text in texts if isinstance(text, str)))
    return found


@pytest.mark.parametrize("path", sorted((PROJECT / "vaultkit" / "cli").rglob("*.py")), ids=lambda path: path.stem)
def test_messages(path: Path) -> None:
    assert [text for text in messages(path) if bad_words(text)] == []


def test_the_worst_words_are_found() -> None:
    assert bad_words("`--fix` mends it\n\n```\nmends\n```\nvaultkit fixes it") == ["`` mends it"]
    assert bad_words("the link names no note") == ["the link names no note"]
