"""The map: a graph as one HTML file that opens anywhere and asks nobody for anything."""
