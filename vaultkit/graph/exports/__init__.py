"""The graph in the formats of other tools: one module, one format.

A module holds ``SUFFIX`` (of the file name it is usually written to) and ``write(drawing) -> files``:
what to add to the chosen name, without its suffix, -> bytes. The same drawing always gives the same bytes.
"""
