"""Bases, Obsidian's tables over the files of a vault, read and answered without the app.

`definition` reads a ``.base`` file, `parser` an expression of it, `evaluate` says what the expression is for
one file, `rows` puts a view together. Nothing of a base is ever run as Python.

Source: Obsidian Help, "Bases syntax", "Functions", "Formulas" and "Views".
"""
