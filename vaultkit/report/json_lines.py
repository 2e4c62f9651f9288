"""One JSON object a line and finding, with the keys of the ``json`` format."""

from __future__ import annotations

import json
from collections.abc import Iterator

from vaultkit.report.format import ReportView
from vaultkit.report.json import as_dict
from vaultkit.report.pieces.location import Places


def render(view: ReportView) -> Iterator[str]:
    """Findings, each complete in its line."""
    places = Places(view)
    for finding in view.findings:
        yield json.dumps(as_dict(finding, places), ensure_ascii=False)
