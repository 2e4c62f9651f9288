"""Note types for Anki: vaultkit's own, and those that came from Anki, as they were."""

from __future__ import annotations

from typing import Any

from vaultkit.cards.notes.anki_origin import NoteType

# Frozen: adding, removing or moving a field makes Anki refuse updates of notes already imported.
FIELDS = ("Front", "Back", "Hint", "Context", "Source", "Extra1", "Extra2", "Extra3")
_MODELS = {"basic": 1607392301, "reversed": 1607392302, "cloze": 1607392303, "prompt": 1607392304}
_CSS = (
    ".card{font:20px/1.5 system-ui,sans-serif;text-align:left;max-width:42em;margin:0 auto;padding:1em}"
    ".context{opacity:.6;font-size:.8em}.hint{opacity:.7;font-style:italic}.cloze{font-weight:700;color:#2f6fd0}"
    ".nightMode .cloze{color:#8ab4f8}pre{overflow:auto}img{max-width:100%}td,th{border:1px solid;padding:.2em .5em}"
    ".callout{border-left:3px solid #2f6fd0;padding:.2em .8em;margin:.6em 0;background:rgba(47,111,208,.1)}"
    ".callout-title{font-weight:700;margin:.2em 0}blockquote{border-left:3px solid;opacity:.8;margin:.6em 0;padding-left:.8em}"
    ".footnotes{font-size:.8em;opacity:.8}.tag{opacity:.6;font-size:.9em}table{border-collapse:collapse}"
)
_FRONT = '<div class="context">{{Context}}</div>{{Front}}{{#Hint}}<div class="hint">{{hint:Hint}}</div>{{/Hint}}'
_SOURCE = '<div class="context">{{Source}}</div>'


def kept_type(genanki: Any, kind: NoteType) -> Any:
    """A note type that came from Anki, as it was."""
    model = genanki.Model(
        kind.id, kind.name, fields=[{"name": name} for name in kind.fields],
        templates=[{"name": name, "qfmt": question, "afmt": answer} for name, question, answer in kind.templates],
        css=kind.css, model_type=genanki.Model.CLOZE if kind.is_cloze else genanki.Model.FRONT_BACK,
        sort_field_index=kind.sort_field,
    )  # fmt: skip
    # genanki works this out by rendering, which fails for templates it does not understand; Anki no longer reads it.
    model.__dict__["_req"] = [[at, "any", [0]] for at in range(len(kind.templates))]
    return model


def own_types(genanki: Any) -> dict[str, Any]:
    """The note types that vaultkit writes, by kind."""
    fields = [{"name": name} for name in FIELDS]
    answer = '{{FrontSide}}<hr id="answer">{{Back}}' + _SOURCE
    back_first = '<div class="context">{{Context}}</div>{{Back}}'
    templates = {
        "basic": [{"name": "Card 1", "qfmt": _FRONT, "afmt": answer}],
        "reversed": [
            {"name": "Card 1", "qfmt": _FRONT, "afmt": answer},
            {"name": "Card 2", "qfmt": back_first, "afmt": '{{FrontSide}}<hr id="answer">{{Front}}' + _SOURCE},
        ],
        "cloze": [
            {"name": "Cloze", "qfmt": '<div class="context">{{Context}}</div>{{cloze:Front}}',
             "afmt": '<div class="context">{{Context}}</div>{{cloze:Front}}<br>{{Back}}' + _SOURCE}
        ],
        "prompt": [{"name": "Card 1", "qfmt": _FRONT, "afmt": "{{FrontSide}}" + _SOURCE}],
    }  # fmt: skip
    titles = {"basic": "Basic", "reversed": "Basic (and reversed card)", "cloze": "Cloze", "prompt": "Prompt"}
    return {
        kind: genanki.Model(
            number, f"vaultkit {titles[kind]}", fields=fields, templates=templates[kind], css=_CSS,
            model_type=genanki.Model.CLOZE if kind == "cloze" else genanki.Model.FRONT_BACK,
        )
        for kind, number in _MODELS.items()
    }  # fmt: skip
