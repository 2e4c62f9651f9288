"""Download the public repositories that the recorded comparisons were made from.

    python tests/conformance/fetch.py --list
    python tests/conformance/fetch.py FOLDER [NAME ...]
    VAULTKIT_RECORDS=FOLDER python -m pytest tests/conformance

Needs git and network access, nothing else. The repositories have their own licences, some have none: they are
for comparing only and never part of vaultkit. FOLDER gets the layout that the tests read:

    oracle/vaults/NAME.tar.xz    notes and the record of the plugin metadata-extractor
    oracle/metadata-cache/       cache dumps of the sample vault of obsidian-tasks
    corpus/NAME.tar.xz           vaults without a record
    repositories/                the clones; those with a record of the plugin make.md are only downloaded
"""

from __future__ import annotations

import argparse
import io
import json
import os
import subprocess
import sys
import tarfile
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

# The folder that holds the records: given, or beside the checkout where the project is developed.
SHARED = Path(os.environ.get("VAULTKIT_RECORDS") or Path(__file__).parents[3] / "shared")
TEXTS = {".md", ".canvas", ".base", ".txt"}
METADATA = ".obsidian/plugins/metadata-extractor/metadata.json"
DUMPS = "tests/Obsidian/__test_data__"
DUMPED_VAULT = "resources/sample_vaults/Tasks-Demo"


def how_to_get(missing: Path) -> str:
    """Return the reason of a skip: what is missing and how to get it."""
    return (
        f"{missing} does not exist: run `python tests/conformance/fetch.py FOLDER`"
        " and set VAULTKIT_RECORDS=FOLDER (see its --list)"
    )


def not_public(missing: Path) -> str:
    """Return the reason of a skip for data that no public repository has."""
    return f"{missing} does not exist: it is not public, and tests/conformance/fetch.py cannot download it"


@dataclass(frozen=True)
class Source:
    """One public repository.

    kind:   "vault" (record of metadata-extractor), "dumps" (cache dumps), "makemd" (record of make.md), "corpus".
    commit: None where the commit of the record is not known; then the newest one is taken.
    root:   the folder of the repository that is the vault.
    """

    name: str
    repository: str
    kind: str
    commit: str | None
    root: str = ""


SOURCES = (
    Source("Alessandrostr95_my-obsidian-vault", "Alessandrostr95/my-obsidian-vault", "vault", "940309b191bb589d2440215953ca3c278554cd25"),
    Source("lll44_Study", "lll44/Study", "vault", "1c807e2928802622093ff92f895a71e96cc8933b"),
    Source("michik0_Note", "michik0/Note", "vault", "2462760b9e74aaecd18fe9ce3e3b3e2149f6d11e"),
    Source("october-rain_til", "october-rain/til", "vault", "c9bb7911a94a7efd0795d6710fc045ad6943f730"),
    Source("shbma_math_graph", "shbma/math_graph", "vault", "c6fe2b39cc866236f088971c4bfa319548fe06a8"),
    Source("metadata-cache", "obsidian-tasks-group/obsidian-tasks", "dumps", None, DUMPED_VAULT),
    Source("BrunodevOliveira_Obsidian-Studying", "BrunodevOliveira/Obsidian-Studying", "makemd", None),
    Source("DanielChicoUGR_docu", "DanielChicoUGR/docu", "makemd", None),
    Source("DrQuadCore_Obsidian-for-Linux-Network-Kernel-Analysis", "DrQuadCore/Obsidian-for-Linux-Network-Kernel-Analysis", "makemd", None),
    Source("DuskyDao_DuskyWiki", "DuskyDao/DuskyWiki", "makemd", None),
    Source("Ludobico_Obsidian-Vault", "Ludobico/Obsidian-Vault", "makemd", None),
    Source("AlexWendland-public-note", "AlexWendland/public-note", "corpus", "4958e77e6a790e5732d7070c6b58e178e165a1cc"),
    Source("Bavuett-reverse-engineering", "Bavuett/reverse-engineering", "corpus", "31af69253fe32df71ccb58a4d0635d76e15176ab"),
    Source("ForeignOx-notes", "ForeignOx/notes", "corpus", "ff744cc52404d9af32f21dd8336dfea53da2415c"),
    Source("allanhechen-obsidian-vault", "allanhechen/obsidian-vault", "corpus", "fe8f57b13400ee2f893d02153e88b1a121e292f0"),
    Source("dib-a-ostfalia-informatik", "dib-a/ostfalia-informatik", "corpus", "e77c38ff2205ae975aa6d24c71228893f183f41d"),
    Source("foam-docs", "foambubble/foam", "corpus", "9f56a23523ff9eafc9cd770c731f9ee2dafb385f", "docs"),
    Source("iron-vault-docs", "iron-vault-plugin/iron-vault", "corpus", "cba3198c01966cb9d5e2ead16619a94c366cc631", "docs"),
    Source("kepano-obsidian", "kepano/kepano-obsidian", "corpus", "473697347a0eaac790a6596229c741b3915f3b77"),
    Source("obsidian-tasks-demo-vault", "obsidian-tasks-group/obsidian-tasks", "corpus", "cc0fce3c1326d18e2bdb7020eaf4c52e885da569", DUMPED_VAULT),
    Source("obsidian-tasks-docs", "obsidian-tasks-group/obsidian-tasks", "corpus", "cc0fce3c1326d18e2bdb7020eaf4c52e885da569", "docs"),
    Source("obsidiantools-test-vaults", "mfarragher/obsidiantools", "corpus", "f90d7d33deb0a0e8691589880c4ac8d6154b26a7", "tests"),
    Source("oldwinter-knowledge-garden", "oldwinter/knowledge-garden", "corpus", "4bf059749d382571d0f5bb25df80a43da6a30ed6"),
    Source("quartz-docs", "yshalsager/digital-garden", "corpus", "089ad84b9232f69111d2cad79ff0a71a9c26e5ff", "docs"),
    Source("sr-plugin-test-vaults", "st3v3nmw/obsidian-spaced-repetition", "corpus", "22fbea0a71ebd39fe29e0bc2d571aea4c42e10e4", "tests/vaults"),
)  # fmt: skip


def git(*arguments: str) -> None:
    """Run git; raises CalledProcessError when it fails."""
    subprocess.run(["git", *arguments], check=True)


def clone(source: Source, folder: Path, base: str) -> Path:
    """The working tree of the source's commit, cloned when it is not there yet."""
    tree = folder / "repositories" / f"{source.repository.replace('/', '_')}@{(source.commit or 'newest')[:12]}"
    if (tree / ".git").is_dir():
        return tree
    tree.mkdir(parents=True, exist_ok=True)
    git("-C", str(tree), "init", "--quiet")
    git("-C", str(tree), "-c", "core.longpaths=true", "fetch", "--quiet", "--depth", "1",
        f"{base}/{source.repository}", source.commit or "HEAD")  # fmt: skip
    git("-C", str(tree), "-c", "core.longpaths=true", "-c", "core.autocrlf=false", "checkout", "--quiet", "FETCH_HEAD")
    return tree


def files_of(root: Path) -> list[Path]:
    """All files below the root but those of git, in the order of their paths."""
    found = (path for path in root.rglob("*") if path.is_file() and not path.is_symlink())
    return sorted(path for path in found if ".git" not in path.relative_to(root).parts)


def pack_vault(source: Source, tree: Path, target: Path) -> None:
    """Write the archive that the tests read: the texts, the names of other files, and the record."""
    root, notes = tree / source.root, ""
    if source.kind == "vault":
        notes = "vault/"
        if not (tree / METADATA).is_file():
            raise FileNotFoundError(f"{source.repository} has no {METADATA} at {source.commit}")
    target.parent.mkdir(parents=True, exist_ok=True)
    others = []
    with tarfile.open(target, "w:xz") as archive:
        for path in files_of(root):
            name = path.relative_to(root).as_posix()
            hidden = any(part.startswith(".") for part in PurePosixPath(name).parts)
            if (path.suffix.lower() in TEXTS and not hidden) or name == ".obsidian/app.json":
                _add(archive, f"{source.name}/{notes}{name}", path.read_bytes())
            elif not hidden:
                others.append(name)
        _add(archive, f"{source.name}/ATTACHMENTS.txt", "".join(f"{name}\n" for name in others).encode())
        if source.kind == "vault":
            _add(archive, f"{source.name}/obsidian-metadata.json", (tree / METADATA).read_bytes())


def _add(archive: tarfile.TarFile, name: str, data: bytes) -> None:
    entry = tarfile.TarInfo(name)
    entry.size = len(data)
    archive.addfile(entry, io.BytesIO(data))


def copy_dumps(tree: Path, target: Path) -> None:
    """Copy the cache dumps, and list the files of the vault that they were made in."""
    target.mkdir(parents=True, exist_ok=True)
    for path in sorted((tree / DUMPS).glob("*.json")):
        if {"cachedMetadata", "fileContents", "filePath"} <= json.loads(path.read_bytes()).keys():
            (target / path.name).write_bytes(path.read_bytes())
    root = tree / DUMPED_VAULT
    names = [path.relative_to(root).as_posix() for path in files_of(root)]
    visible = [name for name in names if not name.startswith(".")]
    (target / "FILES.txt").write_text("".join(f"{name}\n" for name in visible), encoding="utf-8")


def fetch(source: Source, folder: Path, base: str) -> str:
    """Download one source, write what the tests read, and return the path written."""
    tree = clone(source, folder, base)
    if source.kind == "makemd":
        return f"{tree} (record: .makemd/superstate.mdc; downloaded, not unpacked)"
    if source.kind == "dumps":
        target = folder / "oracle" / "metadata-cache"
        copy_dumps(tree, target)
    else:
        target = folder / ("oracle/vaults" if source.kind == "vault" else "corpus") / f"{source.name}.tar.xz"
        pack_vault(source, tree, target)
    return str(target)


def main(arguments: list[str] | None = None) -> int:
    """List or download; returns the exit status: 0, 1 when a download failed, 2 for wrong usage."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, nargs="?", help="where to write")
    parser.add_argument("names", nargs="*", help="sources to download, default all")
    parser.add_argument("--list", action="store_true", help="print the sources and stop; needs no network")
    parser.add_argument("--base", default="https://github.com", help="where the repositories are, default %(default)s")
    options = parser.parse_args(arguments)
    if options.list or options.folder is None:
        for source in SOURCES:
            print(f"{source.kind:<7} {source.name:<54} {source.repository} {source.commit or 'commit unknown'} {source.root}".rstrip())  # fmt: skip
        return 0 if options.list else 2
    unknown = set(options.names) - {source.name for source in SOURCES}
    if unknown:
        print(f"unknown name: {', '.join(sorted(unknown))}; --list prints the names", file=sys.stderr)
        return 2
    failed = 0
    for source in SOURCES:
        if options.names and source.name not in options.names:
            continue
        try:
            print(f"{source.name}: {fetch(source, options.folder, options.base)}", flush=True)
        except (subprocess.CalledProcessError, OSError) as error:
            failed += 1
            print(f"{source.name}: {error}", file=sys.stderr)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
