"""The floors of the house: no module imports upward, or from another folder of its own floor."""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1] / "vaultkit"

# Layers from the bottom. A folder imports only from layers below its own or from itself.
# A folder that is not listed here fails a test.
FLOORS = (
    ("base",),
    ("config",),
    ("note",),
    ("vault",),
    ("cards",),
    ("query", "refactor", "pictures"),
    ("lint",),
    ("graph",),
    ("report", "map", "lsp", "mcp", "commit"),
    ("cli", "api"),
)
FLOOR = {name: number for number, names in enumerate(FLOORS) for name in names}

# Whoever needs one of these pays for it: who may.
RESERVED = {
    "click": {"cli"},
    "msgspec": {"base", "vault", "lint", "graph", "map"},
    "networkx": {"graph", "map", "api"},
    "numpy": {"graph", "map", "pictures", "cli"},
    "scipy": set(),  # 140 MB; `vaultkit.graph.sparse` has what is needed of it
    "pyvis": {"map"},
    "jinja2": {"map"},
    "markupsafe": {"map"},
    "pyarrow": {"graph"},
    "ahocorasick_rs": {"graph"},
    "pathspec": {"vault"},
    "watchfiles": {"vault"},
    "PIL": {"vault", "cards", "lint", "map", "pictures"},
    "rapidocr": {"pictures"},
    "pypdfium2": {"pictures"},
    "frontmatter": {"note"},
    "pyromark": {"note", "cards", "cli"},
    "yaml": {"note", "vault", "cards", "lint", "query", "cli"},
    **{name: {"mcp"} for name in ("mcp", "mcp_types", "anyio", "uvicorn")},
    **{name: {"cards"} for name in ("genanki", "zstandard", "ftfy", "fsrs", "markdownify", "rapidfuzz")},
}
# Packages that may stand at the head of a module; all others are imported where they are used.
LIGHT = {"click", "msgspec", "pyromark"}


def modules() -> list[Path]:
    return sorted(path for path in PACKAGE.rglob("*.py") if "__pycache__" not in path.parts)


def part(path: Path) -> str:
    """The module of the package's own folder, or the folder below it."""
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def dotted(path: Path) -> str:
    return ".".join(("vaultkit", *path.relative_to(PACKAGE).with_suffix("").parts)).removesuffix(".__init__")


def imports(path: Path) -> Iterator[tuple[str, bool]]:
    """Every module that a file imports, anywhere in it, and whether that happens when it is loaded itself."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for node, at_head in walk(tree, at_head=True):
        if isinstance(node, ast.Import):
            yield from ((alias.name, at_head) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{dotted(path)}: relative import"
            assert node.module is not None
            if node.module == "vaultkit":  # "from vaultkit import lint" names a folder of ours
                yield from ((f"vaultkit.{alias.name}", at_head) for alias in node.names)
            else:
                yield node.module, at_head
        elif isinstance(node, ast.Call) and getattr(node.func, "id", "") == "import_extra":
            yield from ((one.value, at_head) for one in node.args[:1] if isinstance(one, ast.Constant))


def walk(node: ast.AST, *, at_head: bool) -> Iterator[tuple[ast.AST, bool]]:
    for child in ast.iter_child_nodes(node):
        inside = isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda)
        if isinstance(child, ast.If) and "TYPE_CHECKING" in ast.unparse(child.test):
            inside = True  # never run
        yield child, at_head and not inside
        yield from walk(child, at_head=at_head and not inside)


def own_imports(path: Path) -> list[str]:
    """Parts of the package that a file imports, other than its own."""
    names = [name.split(".")[1] for name, _ in imports(path) if name.startswith("vaultkit.")]
    return sorted({name for name in names if name not in (part(path), "__version__")})


@pytest.mark.parametrize("path", modules(), ids=dotted)
def test_floors(path: Path) -> None:
    here = part(path)
    if here in ("__init__", "__main__"):
        assert set(own_imports(path)) <= {"cli"}
        return
    assert here in FLOOR, f"{here} stands on no floor; add it to FLOORS"
    for name in own_imports(path):
        assert FLOOR[name] < FLOOR[here], f"{dotted(path)} imports {name}, which is not below {here}"


@pytest.mark.parametrize("path", modules(), ids=dotted)
def test_foreign_packages(path: Path) -> None:
    here = part(path)
    for name, at_head in imports(path):
        top = name.partition(".")[0]
        if top in sys.stdlib_module_names or top == "vaultkit":
            continue
        assert top in RESERVED, f"{dotted(path)} imports {top}, which nobody was given"
        assert here in RESERVED[top], f"{dotted(path)} imports {top}, which belongs to {sorted(RESERVED[top])}"
        if here not in ("graph", "map", "cli"):  # loaded only when somebody asks for them
            assert top in LIGHT or not at_head, f"{dotted(path)} imports {top} before anybody needs it"


def test_no_circles_among_modules() -> None:
    names = {dotted(path): path for path in modules()}
    graph = {
        name: {target for target, at_head in imports(path) if at_head and target in names and target != name}
        for name, path in names.items()
    }
    done: set[str] = set()

    def visit(name: str, above: tuple[str, ...]) -> None:
        assert name not in above, " -> ".join((*above[above.index(name) :], name))
        if name not in done:
            for target in sorted(graph[name]):
                visit(target, (*above, name))
            done.add(name)

    for name in graph:
        visit(name, ())


def test_only_cli_and_the_reports_of_its_own_commands_print() -> None:
    """Nothing below the roof writes to the terminal."""
    for path in modules():
        if part(path) in ("cli", "lsp"):
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                assert node.func.id not in ("print", "input", "breakpoint"), dotted(path)


def test_two_modules_start_programs() -> None:
    """git is started with every setting off that can run a program of the vault; other programs by one function."""
    starters = {dotted(path) for path in modules() if {"subprocess", "pty"} & {name for name, _ in imports(path)}}
    assert starters == {"vaultkit.base.git", "vaultkit.base.programs"}


def test_no_drawers_for_odds_and_ends() -> None:
    forbidden = {"utils", "util", "helpers", "helper", "common", "types", "constants", "misc"}
    assert not [dotted(path) for path in modules() if path.stem in forbidden]


def test_the_floors_are_seen() -> None:
    """The tests above would pass on an empty house."""
    assert len(modules()) > 50
    assert {"note", "vault", "lint", "report", "cli"} <= {part(path) for path in modules()}
    assert "vaultkit.note.model" in {name for name, _ in imports(PACKAGE / "note" / "parse.py")}


def test_no_class_name_twice() -> None:
    """A name has one meaning. `Options` is what each rule calls its own options."""
    homes: dict[str, list[str]] = {}
    for path in modules():
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_") and node.name != "Options":
                homes.setdefault(node.name, []).append(dotted(path))
    assert {name: where for name, where in homes.items() if len(where) > 1} == {}


def test_no_private_module_is_imported_from_another_folder() -> None:
    for path in modules():
        folder = dotted(path).rpartition(".")[0]
        for name, _ in imports(path):
            if name.startswith("vaultkit.") and any(
                part.startswith("_") and part != "__version__" for part in name.split(".")
            ):
                assert name.rpartition(".")[0] == folder, f"{dotted(path)} imports {name}"


# Homes of words that decide something: everybody else asks them.
def string_constants(path: Path) -> Iterator[str]:
    """String literals of a module that are no docstrings, and not examples of a rule."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    left_out = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            left_out.add(id(node.value))
        if isinstance(node, ast.Assign) and any(
            getattr(target, "id", "") in ("BAD", "GOOD") for target in node.targets
        ):
            left_out |= {id(inner) for inner in ast.walk(node)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in left_out:
            yield node.value


def test_one_module_names_the_settings_folder() -> None:
    homes = {
        dotted(path) for path in modules() for text in string_constants(path) if re.search(r"(^|/)\.obsidian\b", text)
    }
    assert homes == {"vaultkit.config"}


def test_nothing_is_pickled() -> None:
    """The cache may be read from an untrusted place, and a worker's answer needs no pickle."""
    users = {
        dotted(path)
        for path in modules()
        if {"pickle", "shelve", "marshal", "dill"} & {name for name, _ in imports(path)}
    }
    assert users == set()


def test_environment_variables_are_read_in_few_places() -> None:
    users = {part(path) for path in modules() if "os.environ" in path.read_text(encoding="utf-8")}
    assert users <= {"base", "cli", "commit", "config"}


def test_no_vault_is_kept_in_a_cache_of_functions() -> None:
    """A cache on a vault or a note would keep it alive; `Snapshot.get` is the memo."""
    for path in modules():
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.FunctionDef):
                continue
            cached = any("lru_cache" in ast.unparse(one) or ast.unparse(one) == "cache" for one in node.decorator_list)
            kinds = {ast.unparse(one.annotation) for one in node.args.args if one.annotation is not None}
            assert not (cached and kinds & {"Snapshot", "Note", "GraphCore"}), f"{dotted(path)}.{node.name}"


MOST_LINES_OF_A_MODULE = 400
MOST_LINES_OF_A_FUNCTION = 60


def test_modules_and_functions_are_short() -> None:
    long = set()
    for path in modules():
        text = path.read_text(encoding="utf-8")
        if text.count("\n") > MOST_LINES_OF_A_MODULE:
            long.add(dotted(path))
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                lines = (node.end_lineno or 0) - node.lineno + 1
                if lines > MOST_LINES_OF_A_FUNCTION:
                    long.add(f"{dotted(path)}.{node.name}: {lines}")
    assert long == set()
