"""Commands and paths that the hook prints: pasted where they were printed, they work."""

from __future__ import annotations

from pathlib import Path

import pytest
from repositories import PICTURE, PYTHON, Repository

from vaultkit.commit.typed import quoted


def command_in(line: str) -> str:
    return line.partition("`")[2].partition("`")[0]


def paste(repository: Repository, command: str, folder: Path, new: str = "") -> None:
    """Run a printed command as a shell would, with a name in place of NEW."""
    if new:
        assert command.endswith(" NEW")
        command = f"{command[:-3]}{quoted(new)}"
    program = f'vaultkit() {{ "{PYTHON}" -m vaultkit "$@"; }}\n{command}'
    done = repository.run("bash", "-c", program, folder=folder)
    assert done.returncode == 0, (command, done.stdout, done.stderr)


NAMES = [
    "plain", "My note", "-draft", "--help", "it's", 'say "x"', "a$HOME", "a;b", "a&b", "a(b)", "日本 ノート", "tab\there",
    "per%cent", "a!b", "~home", "-", "a'b\"c", "Ünï",
]  # fmt: skip
PLACES = [("", ""), ("Notes", ""), ("Notes", "Notes"), ("My vault", "other"), ("-v", ""), ("a/b", "a")]


@pytest.mark.parametrize(("vault", "folder"), PLACES)
@pytest.mark.parametrize("name", ["plain", "-draft", "it's My"])
def test_relink_after_a_rename(tmp_path, vault, folder, name):
    repository = Repository(tmp_path / "r", tmp_path / "cache", vault)
    (repository.top / (folder or ".")).mkdir(parents=True, exist_ok=True)
    there = repository.top / folder
    repository.commit({f"{name}.md": "# T\n", "a.md": f"[[{name}]]\n", ".obsidian/app.json": "{}"})
    (repository.vault / f"{name}.md").rename(repository.vault / f"{name} 22.md")
    repository.git("add", "-A")
    lines = repository.hook(folder=there)[1]
    assert lines[0].startswith("renaming ")
    assert (there / lines[1].strip().partition(":")[0]).exists(), "the place that is printed"
    paste(repository, command_in(lines[-1]), there)
    assert (repository.vault / "a.md").read_text() == f"[[{name} 22]]\n"
    lines = repository.hook(folder=there)[1]
    assert command_in(lines[-1]).startswith("git add ")
    paste(repository, command_in(lines[-1]), there)
    assert repository.hook(folder=there) == (0, [])


@pytest.mark.parametrize("name", NAMES)
def test_relink_after_a_deletion(repository: Repository, name):
    repository.commit(
        {
            f"{name}.md": "# T\n",
            "a.md": f"[x](<{name}.md>)\n",
            "other.md": "x\n",
            ".vaultkit.toml": '[lint]\nignore = ["NM"]\n',
        }
    )
    (repository.vault / f"{name}.md").unlink()
    repository.git("add", "-A")
    lines = repository.hook()[1]
    if not lines:
        pytest.skip("Obsidian reads no such link")
    paste(repository, command_in(lines[-1]), repository.top, "other.md")
    assert "other" in (repository.vault / "a.md").read_text()


@pytest.mark.parametrize("name", ["x/n.md", "-x/n.md", "y y/n.md"])
def test_move_of_a_name_that_is_taken(repository, name):
    repository.commit({"long folder/n.md": "one\n", "a.md": "[[n]]\n"})
    repository.write({name: "two\n"})
    repository.git("add", "-A")
    line = repository.hook()[1][-1]
    paste(repository, command_in(line), repository.top, "other name.md")
    assert (repository.vault / "other name.md").exists()


@pytest.mark.parametrize(
    "name", ["p.png", "-p.png", "a b.png", "p[1].png", "p'.png", "sub/-p.png", "p*.png", ":p.png", "dé.png"]
)
@pytest.mark.parametrize(("vault", "folder"), [("", ""), ("Notes", ""), ("Notes", "Notes/sub")])
def test_git_add(tmp_path, name, vault, folder):
    repository = Repository(tmp_path / "r", tmp_path / "cache", vault)
    there = repository.top / folder
    there.mkdir(parents=True, exist_ok=True)
    repository.commit({".obsidian/app.json": "{}", ".vaultkit.toml": '[lint]\nignore = ["NM"]\n'})
    decoy = "p1.png"
    repository.write(
        {name: PICTURE, decoy: PICTURE, "a.md": (f"![x](<{name}>)" if ":" not in name else f"![[{name}]]")}
    )
    repository.git("add", f"{vault}/a.md" if vault else "a.md")
    line = repository.hook(folder=there)[1][0]
    command = line.rpartition("`")[0].rpartition("`")[2]
    paste(repository, command, there)
    assert repository.hook(folder=there) == (0, [])
    status = repository.git("status", "--porcelain")
    assert f"?? {vault + '/' if vault else ''}{decoy}" in status, "nothing else was added"


def test_git_add_of_an_ignored_file(repository):
    repository.commit({".gitignore": "*.png\n"})
    repository.write({"-p.png": PICTURE, "a.md": "![[-p.png]]\n"})
    repository.git("add", "a.md")
    line = repository.hook()[1][0]
    paste(repository, line.rpartition("`")[0].rpartition("`")[2], repository.top)
    assert repository.hook() == (0, [])


def test_a_commit_in_a_subfolder_prints_paths_from_there(tmp_path):
    """Git starts the hook at the top and says in GIT_PREFIX where the user is."""
    repository = Repository(tmp_path / "r", tmp_path / "cache", "Notes")
    repository.commit({"b.md": "# B\n", "sub/a.md": "[[b]]\n", ".obsidian/app.json": "{}"})
    repository.vaultkit("hook", "install")
    repository.git("rm", "-q", "Notes/b.md")
    done = repository.run("git", "commit", "-qm", "x", folder=repository.top / "Notes/sub")
    said = done.stdout + done.stderr
    assert "deleting `../b.md` breaks 1 link:" in said
    assert "  a.md:1:1: [[b]]" in said
    assert "`vaultkit relink b.md NEW`" in said


def test_links_that_are_mended_on_disk(repository):
    """`vaultkit move` mends the note; what is missing is `git add`."""
    repository.commit({"b.md": "# B\n", "a.md": "[[b]]\n", "z.md": "[[b]]\n"})
    assert repository.vaultkit("move", "b", "c")[0] == 0
    repository.git("add", "b.md", "c.md")
    assert repository.hook()[1] == [
        "renaming `b.md` to `c.md` breaks 2 links:", "  a.md:1:1: [[b]]", "  z.md:1:1: [[b]]",
        "  run `git add a.md z.md`: the links are already changed on disk",
    ]  # fmt: skip
    repository.write({"z.md": "[[b]] again\n"})
    assert repository.hook()[1][-1] == "  run `vaultkit relink b.md c.md` to update them"


@pytest.mark.parametrize("name", ["-x.md", "--fix.md", "a b.md", "- Module Search.md"])
def test_the_hook_that_takes_names(repository, name):
    yaml = pytest.importorskip("yaml")
    hooks = yaml.safe_load((Path(__file__).parents[2] / ".pre-commit-hooks.yaml").read_text())
    hook = next(one for one in hooks if one["id"] == "vaultkit-files")
    repository.write({name: "![[p.png|300|300]]\n"})
    words = [*hook["entry"].split()[1:], *hook["args"], name]
    status, out, err = repository.vaultkit(*words)
    assert status == 1 and "EM003" in out, err


@pytest.mark.parametrize(
    ("word", "typed"),
    [("a b", "'a b'"), ("it's", "'it'\"'\"'s'"), ("tab\there", "$'tab\\there'"), ("\x1b[0m'", "$'\\x1b[0m\\''"), ("-a.md", "-a.md")],
)  # fmt: skip
def test_quoted(word, typed):
    assert quoted(word) == typed


def test_a_reason_reads_as_a_sentence(repository):
    repository.write({"a.md": "\ufeff# Ä\n".encode("utf-16"), "b.md": "![[p.png|300|300]]\n"})
    repository.git("add", "-A")
    repository.hook("--fix")
    assert "it UTF-16" not in repository.said
