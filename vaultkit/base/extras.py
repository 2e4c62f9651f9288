"""The optional packages: which extra of `obsidian-vaultkit` installs which of them.

The core install has what `check`, `hook`, `move`, `cards` and the servers need. Everything else is an extra, and a
command that needs one says so in one sentence with the command that installs it.
"""

from __future__ import annotations

import os
import sys
from importlib import import_module
from types import ModuleType

from vaultkit.base.errors import VaultkitError

PROJECT = "obsidian-vaultkit"
# Import name -> the extra that installs it. A package in several extras has the one that most commands need.
EXTRA_OF = {
    "numpy": "map",
    "pyvis": "map",
    "jinja2": "map",
    "markupsafe": "map",
    "ftfy": "import",
    "markdownify": "import",
    "zstandard": "import",
    "genanki": "anki",
    "fsrs": "fsrs",
    "mcp": "mcp",
    "onnxruntime": "ocr",
    "pypdfium2": "ocr",
    "rapidocr": "ocr",
    "pyarrow": "parquet",
    "watchfiles": "watch",
}


class ExtraMissingError(VaultkitError):
    """A package of an extra is not installed."""


def import_extra(name: str, purpose: str = "this command") -> ModuleType:
    """Import an optional package.

    Raises:
        ExtraMissingError: it is not installed.
    """
    try:
        return import_module(name)
    except ModuleNotFoundError as error:
        raise missing_extra(error.name or name, purpose) from None


def missing_extra(name: str, purpose: str = "this command") -> ExtraMissingError:
    """Return the error for a package of an extra, by its import name."""
    package = name.partition(".")[0]
    return ExtraMissingError(f"{purpose} needs {package}; install it with `{install_command(EXTRA_OF[package])}`")


def is_extra(name: str | None) -> bool:
    """Whether an extra installs the package with this import name."""
    return name is not None and name.partition(".")[0] in EXTRA_OF


def install_command(extra: str) -> str:
    """Return the command that installs an extra beside this copy of vaultkit, ready to paste."""
    import shlex
    import shutil
    from importlib.util import find_spec

    what = shlex.quote(_requirement(extra))
    parts = sys.prefix.replace("\\", "/").split("/")
    if "pipx" in parts:
        return f"pipx install --force {what}"
    if parts[-3:-1] == ["uv", "tools"]:
        return f"uv tool install --force {what}"
    python = shlex.quote(sys.executable)
    if find_spec("pip") is None and shutil.which("uv"):
        return f"uv pip install --python {python} {what}"
    return f"{python} -m pip install {what}"


def _requirement(extra: str) -> str:
    """The project with the extra, from where this copy was installed: a folder, an address, or the package index.

    Source: PEP 610, direct_url.json.
    """
    import json
    from importlib.metadata import PackageNotFoundError, distribution
    from urllib.parse import urlsplit
    from urllib.request import url2pathname

    try:
        origin = json.loads(distribution(PROJECT).read_text("direct_url.json") or "{}")
    except PackageNotFoundError:  # run from a clone, not installed
        return f"{os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))}[{extra}]"
    address = origin.get("url", "")
    if address.startswith("file:"):
        folder = url2pathname(urlsplit(address).path)
        # A wheel or a temporary clone of pre-commit may be gone by now.
        return f"{folder}[{extra}]" if os.path.exists(folder) else f"{PROJECT}[{extra}]"
    if address:
        kind = origin.get("vcs_info", {}).get("vcs")
        return f"{PROJECT}[{extra}] @ {f'{kind}+' if kind else ''}{address}"
    return f"{PROJECT}[{extra}]"
