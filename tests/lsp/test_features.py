"""What each request answers, in small vaults; `|` is the cursor."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from vaultkit.base.errors import VaultkitError
from vaultkit.config import Config
from vaultkit.lint.plan import plan_of
from vaultkit.lsp.diagnostics import typed_link
from vaultkit.lsp.positions import ENCODINGS, TextLines
from vaultkit.lsp.server import feature_modules
from vaultkit.lsp.uris import path_of_uri, uri_of_path
from vaultkit.lsp.vaults import EditedVault, VaultSetup
from vaultkit.vault.workspace import Workspace

VAULT = {
    "Cell.md": "---\naliases: [Zelle]\ntags: [bio/cell, x]\nstatus: draft\n---\n# Cell\n\nText ^first\n\n## Membrane\n\nIt is thin.\n\n# Other\n",
    "sub/Note.md": "[[Cell]] [[Cell#Membrane]] [[Cell#^first]] #bio\n",
    "sub/Cell wall.md": "",
    "p.png": "",
}


class Case:
    """A vault on disk whose note `here.md` is open with the cursor at ``|``."""

    def __init__(self, root: Path, text: str, files: dict[str, str] | None = None, app: str = "{}") -> None:
        for path, content in {**VAULT, **(files or {})}.items():
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            (root / path).write_text(content, "utf-8")
        (root / ".obsidian").mkdir(exist_ok=True)
        (root / ".obsidian" / "app.json").write_text(app)
        workspace, plan = Workspace(str(root), Config(), has_store=False), plan_of(Config(preset="strict"))
        self.vault = EditedVault(str(root), lambda _: VaultSetup(workspace, plan, "test"), "utf-16")
        at = text.index("|")
        self.text = text[:at] + text[at + 1 :]
        self.vault.open_text("here.md", self.text, 1)
        self.vault.check_edits()
        self.uri = self.vault.uri("here.md")
        self.position = self.vault.lines("here.md").position(at)

    def ask(self, feature: str, **more: Any) -> Any:
        module = import_module(f"vaultkit.lsp.features.{feature}")
        return module.answer(self.vault, {"textDocument": {"uri": self.uri}, "position": self.position, **more})

    def applied(self, edit: Any) -> dict[str, str]:
        """Path -> text after a workspace edit; files with other names under the new ones."""
        texts: dict[str, str] = {}
        for change in edit["documentChanges"]:
            if change.get("kind") == "create":
                texts[self.vault.path_of(change["uri"])] = ""
            elif change.get("kind") == "rename":
                old, new = self.vault.path_of(change["oldUri"]), self.vault.path_of(change["newUri"])
                texts[new] = texts.pop(old, self.vault.text(old))
            else:
                path = path_of_uri(change["textDocument"]["uri"])[len(self.vault.root) + 1 :]
                text = self.vault.text(path)
                lines = TextLines(text, "utf-16")
                for one in sorted(change["edits"], key=lambda one: lines.offset(one["range"]["start"]), reverse=True):
                    start, end = lines.span(one["range"])
                    text = text[:start] + one["newText"] + text[end:]
                texts[path] = text
        return texts


@pytest.fixture
def case(tmp_path: Path):
    return lambda text, *more, **options: Case(tmp_path, text, *more, **options)


@pytest.mark.parametrize(
    ("text", "target"),
    [
        ("[[Ce|ll]]", ("Cell.md", 0)),
        ("[[Cell#Mem|brane]]", ("Cell.md", 9)),
        ("![[cell#^FI|RST]]", ("Cell.md", 7)),
        ("[x](sub/Note|.md)", ("sub/Note.md", 0)),
        ("[[p.pn|g]]", ("p.png", 0)),
        ("---\nup: '[[Ce|ll]]'\n---\n", ("Cell.md", 0)),
        ("[a|][r]\n\n[r]: Cell.md", ("Cell.md", 0)),
        ("[[#He|re]]\n\n# Here", ("here.md", 2)),
    ],
)
def test_definition(case, text, target):
    found = case(text).ask("definition")
    assert (found["uri"].rpartition("vaultkit")[2].endswith(target[0]), found["range"]["start"]["line"]) == (
        True,
        target[1],
    )


@pytest.mark.parametrize("text", ["[[Zel|le]]", "plain | text", "`[[Ce|ll]]`", "[[nob|ody]]"])
def test_no_definition(case, text):
    assert case(text).ask("definition") is None


def labels(case_, **more):
    found = case_.ask("completion", **more)
    return [] if found is None else [item["label"] for item in found["items"]]


def written(case_, label):
    """The text after a completion was taken."""
    item = next(item for item in case_.ask("completion")["items"] if item["label"] == label)
    start, end = case_.vault.lines("here.md").span(item["textEdit"]["range"])
    return case_.text[:start] + item["textEdit"]["newText"] + case_.text[end:]


@pytest.mark.parametrize(
    ("text", "label", "expected"),
    [
        pytest.param("[[Ce|", "Cell", "[[Cell]]", id="a note"),
        pytest.param("[[Ce|]]", "Cell", "[[Cell]]", id="brackets that the editor has closed"),
        pytest.param("[[Zel|", "Zelle", "[[Cell|Zelle]]", id="an alias is a display text, no target"),
        pytest.param("[[Cell#M|", "Membrane", "[[Cell#Membrane]]", id="a heading"),
        pytest.param("[[Cell#^|", "^first", "[[Cell#^first]]", id="a block"),
        pytest.param("[[#Pa|\n\n# Part", "Part", "[[#Part]]\n\n# Part", id="a heading of the note itself"),
        pytest.param("![[p.p|", "p.png", "![[p.png]]", id="a picture"),
        pytest.param("![[p.png|2|", "200", "![[p.png|200]]", id="its width"),
        pytest.param("[x](cell w|", "Cell wall.md", "[x](Cell%20wall.md", id="a Markdown link, encoded"),
        pytest.param("see #bi|", "#bio/cell", "see #bio/cell", id="a tag"),
        pytest.param("---\nsta|\n---\n", "status", "---\nstatus: \n---\n", id="the name of a property"),
        pytest.param("---\nstatus: d|\n---\n", "draft", "---\nstatus: draft\n---\n", id="its value"),
        pytest.param("---\ntags: [x, b|]\n---\n", "bio", "---\ntags: [x, bio]\n---\n", id="a tag in a list"),
        pytest.param("---\ntags:\n  - b|\n---\n", "bio", "---\ntags:\n  - bio\n---\n", id="a tag in lines"),
    ],
)
def test_completion(case, text, label, expected):
    cursor = text.rindex("|") if text.count("|") > 1 else text.index("|")
    made = case(
        text.replace("|", "", 0)
        if text.count("|") == 1
        else text[:cursor].replace("|", "\0") + "|" + text[cursor + 1 :]
    )
    if "\0" in made.text:
        made.text = made.text.replace("\0", "|")
        made.vault.open_text("here.md", made.text, 2)
    assert written(made, label) == expected


@pytest.mark.parametrize("text", ["`[[Ce|`", "```\n[[Ce|\n```", "plain|", "## He|"])
def test_nothing_to_complete(case, text):
    assert labels(case(text)) == []


def test_links_are_completed_as_the_settings_say(case):
    made = case("[[wal|", app='{"newLinkFormat": "absolute"}')
    assert written(made, "Cell wall") == "[[sub/Cell wall]]"


def test_two_notes_of_one_name_are_completed_by_path(case):
    made = case("[[Cel|", {"sub/Cell.md": ""})
    taken = {item["detail"]: item["textEdit"]["newText"] for item in made.ask("completion")["items"]}
    assert (taken["Cell.md"], taken["sub/Cell.md"]) == ("Cell]]", "sub/Cell]]")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("[[Cell#Membr|ane]]", "It is thin."),
        ("![[p|.png]]", "![](file://"),
        ("[[no|body]]", "no file named `nobody`"),
        ("[[Cell#Non|e]]", "`Cell.md` has no heading `None`"),
        ("#bi|o", "`#bio`: 3 places in 3 notes"),
    ],
)
def test_hover(case, text, shown):
    assert shown in case(text).ask("hover")["contents"]["value"]


def test_hover_explains_a_finding(case):
    assert "LK001" in case("[[Cel wal|ls]]").ask("hover")["contents"]["value"]


@pytest.mark.parametrize(
    ("text", "count"),
    [("[[Ce|ll]]", 4), ("[[Cell#Mem|brane]]", 2), ("[[Cell#^fir|st]]", 2), ("# He|re\n[[#Here]]", 1), ("#bi|o", 3)],
)
def test_references(case, text, count):
    assert len(case(text).ask("references", context={"includeDeclaration": False})) == count


RENAMES = [
    pytest.param("[[Ce|ll]]", "Zell", {"here.md": "[[Zell]]", "sub/Note.md": "[[Zell]] [[Zell#Membrane]] [[Zell#^first]] #bio\n"}, id="a file"),
    pytest.param("[[Cell#Mem|brane]]", "Wall", {"here.md": "[[Cell#Wall]]", "sub/Note.md": "[[Cell]] [[Cell#Wall]] [[Cell#^first]] #bio\n"}, id="a heading, from a link"),
    pytest.param("[[Cell#^fi|rst]]", "one", {"here.md": "[[Cell#^one]]", "sub/Note.md": "[[Cell]] [[Cell#Membrane]] [[Cell#^one]] #bio\n"}, id="a block"),
    pytest.param("#bi|o", "life", {"here.md": "#life", "sub/Note.md": "[[Cell]] [[Cell#Membrane]] [[Cell#^first]] #life\n"}, id="a tag"),
    pytest.param("# On|e\n[[#One]]", "Two", {"here.md": "# Two\n[[#Two]]"}, id="a heading of a note that is not saved"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "new", "expected"), RENAMES)
def test_rename(case, text, new, expected):
    made = case(text)
    assert made.ask("prepare_rename") is not None
    after = made.applied(made.ask("rename", newName=new))
    assert {path: after[path] for path in expected} == expected
    assert made.vault.text("here.md") == made.text  # nothing is written by the server


def test_nothing_to_rename(case):
    assert case("plain | text").ask("prepare_rename") is None
    assert case("[[no|body]]").ask("rename", newName="x") is None


def test_a_name_that_cannot_be_is_refused(case):
    with pytest.raises(VaultkitError):
        case("[[Ce|ll]]").ask("rename", newName="a|b")


def actions(case_, **context):
    lines = case_.vault.lines("here.md")
    whole = lines.range(0, len(case_.text))
    return {one["title"]: one for one in case_.ask("code_action", range=whole, context=context)}


def test_code_actions(case):
    made = case("|[[Cel]] [[Note|\n")
    found = actions(made)
    assert any(title.endswith("(unsafe)") for title in found)
    unsafe = next(one for title, one in found.items() if title.endswith("(unsafe)"))
    assert unsafe["diagnostics"][0]["source"] == "vaultkit"


def test_a_safe_fix_is_preferred_and_all_are_made_at_once(case):
    made = case("|#Heading without\n\n![[p.png|300|300]]\n![[p.png|200|200]]\n")
    found = actions(made)
    safe = [one for one in found.values() if one.get("isPreferred")]
    every = actions(made, only=["source.fixAll"])
    assert every.keys() <= {"Make all safe fixes", "Make all fixes, also unsafe ones"}
    for one in (*safe, *every.values()):
        assert made.applied(one["edit"])["here.md"] != made.text


@pytest.mark.parametrize(
    ("app", "path"),
    [
        ("{}", "Nobody.md"),
        ('{"newFileLocation": "folder", "newFileFolderPath": "In"}', "In/Nobody.md"),
        ('{"newFileLocation": "current"}', "Nobody.md"),
    ],
)
def test_a_note_for_a_link_that_opens_nothing(case, app, path):
    made = case("|[[Nobody]]", app=app)
    start = made.vault.lines("here.md").range(3, 3)
    found = made.ask("code_action", range=start, context={})
    assert f"Create {path}" in [one["title"] for one in found]


def test_symbols(case):
    made = case("|# One\n## Two\n# Three\n")
    tree = made.ask("document_symbol")
    assert [(one["name"], [below["name"] for below in one["children"]]) for one in tree] == [
        ("One", ["Two"]),
        ("Three", []),
    ]
    found = made.ask("workspace_symbol", query="membr")
    assert [one["name"] for one in found] == ["Membrane"]
    assert "Zelle" in [one["name"] for one in made.ask("workspace_symbol", query="zel")]


def test_document_links_and_highlights(case):
    made = case("[[Ce|ll]] ![[p.png]] [[nobody]] [x](https://a.b)")
    assert [one["target"].rpartition("/")[2] for one in made.ask("document_link")] == ["Cell.md", "p.png"]
    assert len(made.ask("document_highlight")) == 1


def test_files_that_the_editor_renames(case):
    made = case("|[[Cell]]")
    files = [{"oldUri": made.vault.uri("Cell.md"), "newUri": made.vault.uri("sub/Zell.md")}]
    assert made.applied(made.ask("will_rename_files", files=files))["here.md"] == "[[Zell]]"


def test_every_feature_has_a_method_and_a_capability():
    for method, module in feature_modules().items():
        assert "/" in method
        assert isinstance(module.CAPABILITY, dict)
        assert module.__doc__


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("text", ["", "a\nb", "a\r\nb\r\n", "é\U0001f600x\ny", "a\rb", "\u2028x\n"])
def test_positions_there_and_back(encoding, text):
    lines = TextLines(text, encoding)
    for offset in range(len(text) + 1):
        if text[offset - 1 : offset + 1] == "\r\n":
            continue  # between the two there is no position
        assert lines.offset(lines.position(offset)) == offset


@pytest.mark.parametrize(
    ("line", "character", "offset"),
    [(-1, 0, 0), (-5, -5, 0), (1, -2, 3), (1.0, 1.0, 4), (10**30, 0, 5), (0, 10**30, 2)],
)
def test_positions_outside_the_text(line, character, offset):
    assert TextLines("ab\ncd", "utf-8").offset({"line": line, "character": character}) == offset


@pytest.mark.parametrize("path", ["/a/b.md", "/a b/ü#?.md", "/a/100%.md", "/a/[x].md"])
def test_uris_there_and_back(path):
    assert path_of_uri(uri_of_path(path)) == path


@pytest.mark.parametrize(
    ("text", "span"),
    [("[[a|", (0, 3)), ("[[a]] |", None), ("[[a|bc]]", (0, 7)), ("[x](a|", (0, 5)), ("|", None), ("[[a\n|", None)],
)
def test_the_link_at_the_cursor(text, span):
    at = text.index("|")
    assert typed_link(text[:at] + text[at + 1 :], at) == span
