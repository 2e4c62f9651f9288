"""From linkpath to file (rules R70 to R87, most of them measured on Obsidian 1.13.7)."""

from __future__ import annotations

import pytest

from vaultkit.vault.linktext import destination, display_name, linktext
from vaultkit.vault.load import snapshot_of_texts as vault_of
from vaultkit.vault.resolve import Resolver, fold
from vaultkit.vault.link_tables import unresolved_name

VAULT = """
Home.md Cell.md Bio/Cell.md Bio/Deep/Cell.md Bio/Enzyme.md Chem/Enzyme.md Chem/Lab/Enzyme.md Bio/Deep/Lab/Enzyme.md
GPT-3.5.md Bio/GPT-3.5.md pics/Plot.PNG Bio/Plot.png Drawing.excalidraw.md Board.canvas Books.base Bio/Books.md
ΛΌΓΟΣ.md Café.md Bio/Deep/report.pdf Bio/Atlas.pdf.md Atlas.pdf
""".split()


def resolved(linkpath: str, source: str = "Home.md", paths: list[str] = VAULT) -> str | None:
    return Resolver(paths).resolve(linkpath, source).path


@pytest.mark.parametrize(
    ("linkpath", "source", "expected"),
    [
        pytest.param("", "Bio/Cell.md", "Bio/Cell.md", id="R82 an empty linkpath is the note itself"),
        pytest.param("Home", "Bio/Deep/Cell.md", "Home.md", id="a name, from anywhere"),
        pytest.param("home", "Bio/Cell.md", "Home.md", id="R71 case does not matter"),
        pytest.param("hOME.MD", "Home.md", "Home.md", id="R71 nor in the extension"),
        pytest.param("Cell", "Bio/Cell.md", "Cell.md", id="R73 the root's file wins over the own folder's"),
        pytest.param("Cell", "Bio/Deep/Cell.md", "Cell.md", id="R73 from any folder"),
        pytest.param("Enzyme", "Bio/Cell.md", "Bio/Enzyme.md", id="R74 the own folder"),
        pytest.param("Enzyme", "Chem/Lab/Enzyme.md", "Chem/Lab/Enzyme.md", id="R74 however deep"),
        pytest.param("Enzyme", "Bio/Deep/Cell.md", "Bio/Enzyme.md", id="R74 R75 no preference for a folder above"),
        pytest.param("Enzyme", "Home.md", "Bio/Enzyme.md", id="R75 the shortest path"),
        pytest.param("Lab/Enzyme", "Home.md", "Chem/Lab/Enzyme.md", id="R75 R76 the shortest that ends so"),
        pytest.param("Deep/Cell", "Home.md", "Bio/Deep/Cell.md", id="R76 folders fit from the end of a path"),
        pytest.param("eep/Cell", "Home.md", None, id="R76 whole folder names only"),
        pytest.param("Bio/Cell", "Home.md", "Bio/Cell.md", id="R73 a whole path"),
        pytest.param("Cell/Bio", "Home.md", None, id="folders in another order"),
        pytest.param("/Enzyme", "Bio/Cell.md", None, id="R77 a leading slash means the root only"),
        pytest.param("/Bio/Enzyme", "Chem/Enzyme.md", "Bio/Enzyme.md", id="R77 and a path from there"),
        pytest.param("./Enzyme", "Chem/Enzyme.md", "Chem/Enzyme.md", id="R78 the own folder"),
        pytest.param("./Enzyme", "Home.md", None, id="R78 and no other"),
        pytest.param("../Cell", "Bio/Deep/Cell.md", "Bio/Cell.md", id="R78 one folder up"),
        pytest.param("../../Cell.md", "Bio/Deep/Cell.md", "Cell.md", id="R78 two folders up"),
        pytest.param("../Cell", "Home.md", None, id="R78 out of the vault"),
        pytest.param("./Deep/../Enzyme", "Bio/Cell.md", "Bio/Enzyme.md", id="R78 up again inside the path"),
        pytest.param("Plot", "Home.md", None, id="R79 a picture needs its extension"),
        pytest.param("plot.png", "Home.md", "Bio/Plot.png", id="R79 R75 with it, the shortest path"),
        pytest.param("pics/plot.png", "Home.md", "pics/Plot.PNG", id="R71 whatever its case"),
        pytest.param("Board", "Home.md", None, id="R79 a canvas needs its extension"),
        pytest.param("Board.canvas", "Home.md", "Board.canvas", id="R79 with it"),
        pytest.param("Books", "Home.md", "Bio/Books.md", id="R79 a base is not met by its name"),
        pytest.param("report.pdf", "Home.md", "Bio/Deep/report.pdf", id="an attachment anywhere"),
        pytest.param("Atlas.pdf", "Home.md", "Atlas.pdf", id="R73 an exact path, whatever its kind"),
        pytest.param("Atlas.pdf", "Bio/Cell.md", "Atlas.pdf", id="R73 also against the own folder's note"),
        pytest.param("GPT-3.5", "Home.md", "GPT-3.5.md", id="R80 a dot makes no extension"),
        pytest.param("Drawing.excalidraw", "Home.md", "Drawing.excalidraw.md", id="R85 a note called so"),
        pytest.param("λόγος", "Home.md", "ΛΌΓΟΣ.md", id="R71 the two small sigmas are one"),
        pytest.param("Cafe\u0301", "Home.md", "Café.md", id="R72 NFD finds NFC"),
        pytest.param(" Home ", "Home.md", "Home.md", id="R15 spaces round it do not count"),
        pytest.param("Ho me", "Home.md", None, id="R15 spaces inside do"),
        pytest.param("Nowhere", "Home.md", None, id="no such name"),
    ],
)
def test_resolve(linkpath: str, source: str, expected: str | None) -> None:
    assert resolved(linkpath, source) == expected


@pytest.mark.parametrize(
    ("paths", "linkpath", "expected"),
    [
        pytest.param(["A\u00a0b.md"], "a b", "A\u00a0b.md", id="R72 a no-break space is a space"),
        pytest.param(["A b.md"], "a\u202fb", "A b.md", id="R72 so is a narrow one"),
        pytest.param(["ﬁn.md"], "fin", None, id="R72 letters that only look alike stay different"),
        pytest.param(["Cafe\u0301.md"], "Café", "Cafe\u0301.md", id="R72 NFC finds NFD"),
        pytest.param(["Straße.md"], "STRASSE", None, id="R71 no letter is taken apart"),
        pytest.param(["x/a.md", "y/a.md", "a.png"], "a.png", "a.png", id="other kinds do not mix in"),
        pytest.param(["x/a.b.md", "long/a.b"], "a.b", "x/a.b.md", id="R70 the note comes before the file"),
        pytest.param(["zz/a.md", "b/c/a.md"], "a", "zz/a.md", id="R75 characters count, not folders"),
        pytest.param(["aaaaaaaa/a.md", "b/c/a.md"], "a", "b/c/a.md", id="R75 also against fewer folders"),
    ],
)
def test_resolve_among(paths: list[str], linkpath: str, expected: str | None) -> None:
    assert resolved(linkpath, "Home.md", paths) == expected


def test_names_that_differ_in_case_only() -> None:
    resolver = Resolver(["note.md", "Note.md"])
    assert resolver.resolve("Note", "x.md").path == "Note.md"
    assert resolver.resolve("note", "x.md").path == "note.md"
    assert resolver.resolve("NOTE", "x.md").is_tie


def test_an_answer_says_how_sure_it_is() -> None:
    resolver = Resolver(VAULT)
    enzyme = resolver.resolve("Enzyme", "Home.md")
    assert enzyme.candidates == ("Bio/Deep/Lab/Enzyme.md", "Bio/Enzyme.md", "Chem/Enzyme.md", "Chem/Lab/Enzyme.md")
    assert not enzyme.is_exact
    assert not enzyme.is_tie
    tie = Resolver(["x/a.md", "y/a.md"]).resolve("a", "b.md")
    assert (tie.path, tie.is_tie) == ("x/a.md", True)  # R86: which one wins is not known, ours is stable
    assert resolver.resolve("Bio/Cell", "Home.md").is_exact
    assert resolver.resolve("Nowhere", "Home.md").candidates == ()


def test_answers_do_not_depend_on_what_was_asked_before() -> None:
    questions = [(linkpath, source) for linkpath in ("Enzyme", "./Enzyme", "Cell", "") for source in VAULT]
    warm = Resolver(VAULT)
    first = [warm.resolve(*question) for question in questions]
    assert [warm.resolve(*question) for question in reversed(questions)] == first[::-1]
    assert [Resolver(VAULT).resolve(*question) for question in questions] == first


def test_aliases_are_no_targets() -> None:
    vault = vault_of({"a.md": "[[Zelle]]", "Cell.md": "---\naliases: [Zelle]\n---\n"})
    assert vault.resolve("Zelle", "a.md").path is None
    assert vault.unresolved["a.md"] == {"Zelle": 1}


def test_titles_and_headings_are_no_names() -> None:
    vault = vault_of({"a.md": "", "x.md": "---\ntitle: Cell\n---\n# Cell\n"})
    assert vault.resolve("Cell", "a.md").path is None


@pytest.mark.parametrize("path", [".trash/Old.md", "Bio/.hidden/Old.md", ".Old.md", ".obsidian/Old.md"])
def test_hidden_files_are_no_targets(path: str) -> None:
    assert vault_of({"a.md": "", path: ""}).resolve("Old", "a.md").path is None


@pytest.mark.parametrize("shown", [False, True])
def test_files_of_all_types_are_targets_whatever_the_explorer_shows(shown: bool) -> None:
    texts: dict[str, str | bytes | None] = {"a.md": "[[data.csv]]", "data.csv": None, "x/LICENSE": None}
    vault = vault_of(texts, {"showUnsupportedFiles": shown})
    assert vault.resolve("data.csv", "a.md").path == "data.csv"
    assert vault.resolve("LICENSE", "a.md").path == "x/LICENSE"


def test_excluded_files_stay_targets() -> None:
    vault = vault_of({"a.md": "", "Archive/Old.md": ""}, {"userIgnoreFilters": ["Archive/", "/^Log\\d/"]})
    assert vault.resolve("Old", "a.md").path == "Archive/Old.md"
    assert vault.is_excluded("Archive/Old.md")
    assert vault.is_excluded("Log7.md")
    assert not vault.is_excluded("a.md")


@pytest.mark.parametrize(
    ("linkpath", "expected"),
    [
        pytest.param("A", "A", id="R83 as it is written"),
        pytest.param("x/A.md", "x/A", id="R83 without its extension"),
        pytest.param("A.MD", "A", id="in any case"),
        pytest.param("A ", "A ", id="spaces stay"),
        pytest.param("A.png", "A.png", id="other extensions stay"),
    ],
)
def test_unresolved_name(linkpath: str, expected: str) -> None:
    assert unresolved_name(linkpath) == expected


def test_how_a_link_is_written() -> None:
    vault = vault_of(dict.fromkeys(VAULT))
    assert linktext(vault, "Home.md") == "Home"
    assert linktext(vault, "Bio/Enzyme.md") == "Bio/Enzyme", "R87 the whole path where the name is not enough"
    assert linktext(vault, "Board.canvas") == "Board.canvas"
    assert linktext(vault, "Bio/Books.md") == "Books"
    assert destination("Bio/My note #1.md") == "Bio/My%20note%20%231.md"
    assert display_name("Bio/Cell.md") == "Cell"
    assert display_name("pics/Plot.PNG") == "Plot.PNG"


def test_fold_keeps_what_differs() -> None:
    assert fold("A/B.md") == "a/b.md"
    assert fold("É") == fold("E\u0301")
    assert fold("ı") != fold("i")
