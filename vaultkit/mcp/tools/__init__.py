"""One module for each tool: TOOL is what is announced, ``answer`` what a call gives."""
