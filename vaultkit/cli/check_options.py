"""What the options of ``vaultkit check`` say.

Nothing here imports click: a check of an unchanged vault takes 65 ms, 12 of which click would take.
"""

from __future__ import annotations

from vaultkit.base.record import record
from vaultkit.report.format import format_names

FORMATS = format_names()


@record
class CheckOptions:
    """What the command line said; each field is the option of its name, with the value that it has by default."""

    paths: tuple[str, ...] = ()
    vault: str | None = None
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    extend_select: tuple[str, ...] = ()
    preset: str | None = None
    severity: tuple[str, ...] = ()
    per_file_ignores: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    extend_exclude: tuple[str, ...] = ()
    force_exclude: bool = False
    no_respect_gitignore: bool = False
    no_obsidian_config: bool = False
    fix: bool = False
    fix_only: bool = False
    unsafe_fixes: bool = False
    diff: bool = False
    show_fixes: bool = False
    fixable: tuple[str, ...] = ()
    unfixable: tuple[str, ...] = ()
    exit_non_zero_on_fix: bool = False
    output_format: str | None = None
    output: tuple[str, ...] = ()
    max_per_rule: int = 20
    show_info: bool = False
    color: str = "auto"
    quiet: bool = False
    config: tuple[str, ...] = ()
    strict_config: bool = False
    isolated: bool = False
    exit_zero: bool = False
    add_suppressions: str | None = None
    ignore_suppressions: bool = False
    baseline: str | None = None
    no_baseline: bool = False
    strict_baseline: bool = False
    stdin_filename: str | None = None
    statistics: bool = False
    summary: bool = False
    silent: bool = False
    verbose: bool = False
    no_progress: bool = False
    no_cache: bool = False
    cache_dir: str | None = None
    jobs: int | None = None
    fail_on: str = "warning"
    watch: bool = False
    new_since: str | None = None
    no_index: bool = False
    staged: bool = False
    changed: bool = False

    @property
    def wants_fixes(self) -> bool:
        """Some option asks for fixes to be made or shown."""
        return self.fix or self.fix_only or self.diff
