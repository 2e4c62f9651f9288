"""Tool `resolve`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from vaultkit.base.text import code_span
from vaultkit.mcp.model import ToolAnswer, ToolSpec, text_input
from vaultkit.mcp.session import AgentSession
from vaultkit.note.links import split_linktext
from vaultkit.vault.resolve import fold

TOOL = ToolSpec(
    "resolve",
    "Resolve a link",
    "Show which file a link opens in Obsidian, and whether its heading or block exists. Use it before you write a link "
    "or call one broken. Aliases are no link targets: a note with the alias x is linked as [[Note|x]].",
    {
        "link": text_input("The text between [[ and ]], such as Note#Heading."),
        "source": text_input("The note that contains the link; it decides between files of the same name."),
    },
    ("link",),
)


def answer(session: AgentSession, given: Mapping[str, Any]) -> ToolAnswer:
    """The file and place that the link opens, or how to write it so that it opens one."""
    link = given["link"].strip().removeprefix("!").removeprefix("[[").removesuffix("]]").partition("|")[0]
    source = session.path(given["source"]) if given.get("source") else ""
    linkpath, subpath = split_linktext(link)
    found = session.vault.resolve(linkpath, source)
    data: dict[str, Any] = {"link": link, "opens": found.path, "place": "", "candidates": list(found.candidates)}
    if found.path is None:
        owners = session.vault.aliases.get(fold(linkpath.strip()), ())
        data["aliases_of"] = list(owners)
        if owners:
            name = owners[0].removesuffix(".md").rpartition("/")[2]
            text = (
                f"{code_span(link)} opens nothing: it is an alias of {owners[0]}, and links cannot use aliases; "
                f"write [[{name}|{linkpath.strip()}]]"
            )
        else:
            text = f"{code_span(link)} opens nothing; `search` finds notes by a part of their name (file:word)"
        return ToolAnswer(text, data)
    text = f"{code_span(link)} opens {found.path}"
    if len(found.candidates) > 1 and not found.is_exact:
        text += f"; also {', '.join(one for one in found.candidates if one != found.path)} has this name"
    if subpath:
        place = session.vault.place(found.path, subpath)
        data["place"] = place.kind
        if place.kind == "missing":
            text += f", which has no {'block' if subpath.startswith('#^') else 'heading'} {code_span(subpath[1:])}"
    return ToolAnswer(text, data)
