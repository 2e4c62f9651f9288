"""A repository with a vault, driven with real git, from a folder of the test's own."""

from __future__ import annotations

import contextlib
import gc
import io
import os
import struct
import subprocess
import sys
import zlib
from pathlib import Path

import vaultkit

PYTHON = sys.executable
PACKAGE = str(Path(vaultkit.__file__).parents[1])


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


# A whole picture of one grey dot.
PICTURE = (
    b"\x89PNG\r\n\x1a\n"
    + _chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0))
    + _chunk(b"IDAT", zlib.compress(b"\0\x80"))
    + _chunk(b"IEND", b"")
)


class Repository:
    """A git repository. vault: its folder below the top, "" when the top is the vault."""

    def __init__(self, top: Path, cache: Path, vault: str = "") -> None:
        self.top = top
        self.vault = top / vault if vault else top
        self.environment = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")} | {
            "GIT_CONFIG_GLOBAL": os.devnull,
            "GIT_CONFIG_SYSTEM": os.devnull,
            "GIT_AUTHOR_NAME": "a",
            "GIT_AUTHOR_EMAIL": "a@example.org",
            "GIT_COMMITTER_NAME": "a",
            "GIT_COMMITTER_EMAIL": "a@example.org",
            "GIT_EDITOR": "true",
            "PYTHONPATH": PACKAGE,
            "VAULTKIT_CACHE_DIR": str(cache),
            "PRE_COMMIT_HOME": str(cache / "pre-commit"),
            "PATH": f"{Path(PYTHON).parent}{os.pathsep}{os.environ['PATH']}",
        }
        top.mkdir(parents=True, exist_ok=True)
        if not (top / ".git").exists():
            self.git("init", "-q", "-b", "main")

    def run(self, *command: str, folder: Path | None = None, **environment: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            command, cwd=folder or self.top, env=self.environment | environment, capture_output=True, text=True,
            encoding="utf-8", errors="backslashreplace", check=False,
        )  # fmt: skip

    def git(self, *arguments: str) -> str:
        done = self.run("git", *arguments)
        assert done.returncode == 0, done.stderr
        return done.stdout.strip()

    def write(self, files: dict[str, str | bytes | None]) -> None:
        for path, content in files.items():
            at = self.vault / path
            if content is None:
                at.unlink()
                continue
            at.parent.mkdir(parents=True, exist_ok=True)
            at.write_bytes(content.encode() if isinstance(content, str) else content)

    def commit(self, files: dict[str, str | bytes | None], message: str = "x") -> None:
        """A commit that no hook looks at."""
        self.write(files)
        self.git("add", "-A")
        self.git("commit", "-q", "--no-verify", "--allow-empty", "-m", message)

    def vaultkit(self, *arguments: str, folder: Path | None = None, **environment: str) -> tuple[int, str, str]:
        """`vaultkit …` in this process: exit code, what stands on stdout and on stderr."""
        from vaultkit.cli.entry_point import run

        before, here = dict(os.environ), os.getcwd()
        out, err = (io.TextIOWrapper(io.BytesIO(), "utf-8", "backslashreplace") for _ in range(2))
        try:
            os.environ.clear()
            os.environ.update(self.environment | environment)
            os.chdir(folder or self.top)
            with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
                status = run(list(arguments))
        finally:
            gc.enable()
            os.chdir(here)
            os.environ.clear()
            os.environ.update(before)
        texts = []
        for stream in (out, err):
            stream.flush()
            texts.append(stream.buffer.getvalue().decode("utf-8", "replace"))  # type: ignore[attr-defined]
        assert "Traceback" not in texts[1] and "has a bug" not in texts[1], texts[1]
        return status, texts[0], texts[1]

    def hook(self, *arguments: str, folder: Path | None = None, **environment: str) -> tuple[int, list[str]]:
        """Exit code and what stands on stdout."""
        status, told, self.said = self.vaultkit("hook", *arguments, folder=folder, **environment)
        return status, told.splitlines()

    def try_commit(self, *arguments: str, **environment: str) -> tuple[int, str]:
        """`git commit` with whatever hooks there are: its exit code and all that was said."""
        done = self.run("git", "commit", "-q", *(arguments or ("-m", "x")), **environment)
        return done.returncode, done.stdout + done.stderr

    def state(self) -> tuple[str, dict[str, bytes]]:
        """The index and the work tree."""
        files = {
            str(path.relative_to(self.top)): path.read_bytes()
            for path in sorted(self.top.rglob("*"))
            if path.is_file() and ".git" not in path.relative_to(self.top).parts
        }
        return self.git("ls-files", "-s"), files
