"""Findings as agents read them, each with the call that fixes it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from vaultkit.lint.finding import Finding
from vaultkit.mcp.session import WriteEffect

_SHOWN = 20


def line_of(finding: Finding) -> str:
    """One finding as a line."""
    text = f"{finding.path}:{finding.line}:{finding.column}: {finding.severity} {finding.code} {finding.message}"
    if finding.help:
        text += f"; {finding.help}"
    call = fix_call(finding)
    return f"{text} [fix: {call}]" if call else text


def fix_call(finding: Finding) -> str:
    """The call of the tool that takes the finding away; "" if there is no fix."""
    fix = finding.fix
    if fix is None or fix.encoding:
        return ""
    if fix.rename is not None:
        return f"move(source={fix.rename[0]!r}, target={fix.rename[1]!r})"
    unsafe = "" if fix.is_safe else ", unsafe=true"
    return f"fix(path={finding.path!r}, rules=[{finding.code!r}]{unsafe})"


def as_data(finding: Finding) -> dict[str, Any]:
    """One finding as data."""
    return {
        "path": finding.path,
        "line": finding.line,
        "column": finding.column,
        "severity": finding.severity,
        "code": finding.code,
        "name": finding.name,
        "message": finding.message,
        "help": finding.help,
        "fix": fix_call(finding),
    }


def effect_lines(effect: WriteEffect, *, done: bool) -> list[str]:
    """What a change breaks and mends, in words."""
    verb = "is" if done else "would be"
    lines = []
    if effect.new:
        lines.append(f"{len(effect.new)} {verb} broken by this:")
        lines += [line_of(finding) for finding in effect.new[:_SHOWN]]
    if len(effect.new) > _SHOWN:
        lines.append(f"… and {len(effect.new) - _SHOWN} more")
    if effect.gone:
        lines.append(f"{len(effect.gone)} {verb} fixed by this")
    if not effect.new:
        lines.append("no link is broken by this" if done else "no link would be broken by this")
    return lines


def effect_data(effect: WriteEffect) -> dict[str, Any]:
    """What a change breaks and mends, as data."""
    return {"broken": _data(effect.new), "fixed": _data(effect.gone)}


def _data(findings: Iterable[Finding]) -> list[dict[str, Any]]:
    return [as_data(finding) for finding in findings]
