"""The official MCP client speaks with the server."""

from __future__ import annotations

import ast
import difflib
import os
import random
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("mcp", reason="the extra [mcp] is not installed")

import anyio
from mcp.client import Client
from mcp.client.stdio import StdioServerParameters

from vaultkit.cli.entry_point import run
from vaultkit.cli.serving import setup_for
from vaultkit.mcp.server import server_of
from vaultkit.mcp.session import AgentSession

ROOT = Path(__file__).parents[2]
ENVIRONMENT = {**os.environ, "PYTHONPATH": str(ROOT)}


@pytest.fixture
def vault(tmp_path: Path) -> Path:
    (tmp_path / ".obsidian").mkdir()
    (tmp_path / "a.md").write_text("[[b]] [[gone]]\n", "utf-8")
    (tmp_path / "b.md").write_text("# B\n", "utf-8")
    return tmp_path


def texts(result: Any) -> str:
    return "\n".join(block.text for block in result.content)


def test_stdin_and_stdout(vault: Path) -> None:
    async def session() -> None:
        server = StdioServerParameters(
            command=sys.executable, args=["-m", "vaultkit", "mcp", "--vault", str(vault)], env=ENVIRONMENT
        )
        async with Client(server) as client:
            names = [tool.name for tool in (await client.list_tools()).tools]
            assert "check" in names
            assert "edit" not in names
            result = await client.call_tool("check", {})
            assert not result.is_error
            assert "gone" in texts(result)
            assert result.structured_content["total"] >= 1
            refused = await client.call_tool("read", {"path": "../x"})
            assert refused.is_error
            assert "outside the vault" in texts(refused)

    anyio.run(session)


def test_http_on_this_machine(vault: Path) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = subprocess.Popen(
        [sys.executable, "-m", "vaultkit", "mcp", "--vault", str(vault), "--http", "--port", str(port)],
        env=ENVIRONMENT,
    )
    try:

        async def session() -> None:
            async with Client(f"http://127.0.0.1:{port}/mcp") as client:
                assert "gone" in texts(await client.call_tool("check", {}))

        until = time.monotonic() + 60
        while True:
            try:
                socket.create_connection(("127.0.0.1", port), timeout=1).close()
                break
            except OSError:
                assert time.monotonic() < until
                time.sleep(0.2)
        anyio.run(session)
    finally:
        server.terminate()
        server.wait(timeout=30)


def seed(root: Path, random_: random.Random) -> None:
    """Write a vault of 120 notes, and break a link or the name of a heading in 100 of them."""
    words = "alpha gamma delta epsilon theta kappa lambda sigma omega photon neutron proton".split()
    chosen = [f"{one.title()} {other}" for one in words for other in words if one != other][:120]
    (root / ".obsidian").mkdir(exist_ok=True)
    for index, name in enumerate(chosen):
        good, bad = random_.choice(chosen), random_.choice([one for one in chosen if one[2] != one[3]])
        link = f"[[{bad}#Complexity analysis]]"
        if index < 100:
            swapped = bad[:2] + bad[3] + bad[2] + bad[4:]
            link = f"[[{swapped}]]" if index % 2 else f"[[{bad}#Complexity anaylsis]]"
        text = f"# Complexity analysis\n\nSee [[{good}]] and [[{good}#Complexity analysis]].\n\nAlso {link}.\n"
        (root / f"{name}.md").write_text(text, "utf-8")


def test_an_agent_repairs_a_hundred_breaks(tmp_path: Path) -> None:
    seed(tmp_path, random.Random(18))
    setup = setup_for(str(tmp_path), has_store=False)

    async def session() -> tuple[int, int, int]:
        server = server_of(AgentSession(setup.workspace, setup.plan, writes=True), "test")
        async with Client(server) as client:

            async def broken() -> list[Any]:
                result = await client.call_tool("check", {"rules": ["LK"], "limit": 500})
                return list(result.structured_content["findings"])

            async def write(name: str, values: dict[str, Any]) -> int:
                dry = await client.call_tool(name, values)
                plan = dry.structured_content["plan"]
                if not plan:
                    return 0
                done = await client.call_tool(name, {**values, "apply": plan})
                assert not done.is_error
                return len(done.structured_content["broken"])

            async def by_hand(finding: Any) -> int:
                """No fix is offered: look for a note of a similar name, and edit the line."""
                known = (await client.call_tool("read", {"path": finding["path"]})).structured_content
                link = known["text"].split("\n")[finding["line"] - 1].partition("[[")[2].partition("]]")[0]
                found = await client.call_tool("search", {"query": f"file:{link.split()[1]}", "limit": 500})
                names = [Path(one["path"]).stem for one in found.structured_content["notes"]]
                meant = difflib.get_close_matches(link, names, n=1)[0]
                edit = {"old_text": f"Also [[{link}]]", "new_text": f"Also [[{meant}]]"}
                return await write("edit", {"path": finding["path"], "hash": known["hash"], **edit})

            first = await broken()
            new = 0
            for finding in first:
                if not finding["fix"]:
                    new += await by_hand(finding)
                    continue
                call = ast.parse(finding["fix"].replace("=true", "=True"), mode="eval").body
                assert isinstance(call, ast.Call)
                assert isinstance(call.func, ast.Name)
                new += await write(call.func.id, {one.arg or "": ast.literal_eval(one.value) for one in call.keywords})
            return len(first), len(await broken()), new

    first, left, new = anyio.run(session)
    assert first == 100
    assert new == 0
    assert (left, new) == (0, 0)


def test_a_missing_extra_is_one_sentence(vault: Path, monkeypatch: pytest.MonkeyPatch, capsys: Any) -> None:
    import importlib.util

    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    assert run(["mcp", "--vault", str(vault)]) == 2
    err = capsys.readouterr().err
    assert "the MCP server needs mcp; install it with" in err
    assert "[mcp]" in err
