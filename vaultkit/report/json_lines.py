"""One JSON object a line and finding, with the keys of the ``json`` format."""

from __future__ import annotations

import json
from collections.abc import Iterator

from vaultkit.report._place import Places
from vaultkit.report.format import View
from vaultkit.report.json import as_dict


def render(view: View) -> Iterator[str]:
    """Findings, each complete in its line."""
    places = Places(view)
    for finding in view.findings:
        yield json.dumps(as_dict(finding, places), ensure_ascii=False)
