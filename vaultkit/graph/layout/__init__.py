"""Where the nodes of a graph stand on the plane: arrays in, arrays out, the same places every time."""
