"""What the graph hangs together by: links and notes without which a part would come off."""

from __future__ import annotations

from vaultkit.base.record import record
from vaultkit.graph.core import GraphCore
from vaultkit.graph.metrics import neighbour_lists


@record
class Bridge:
    """The only link (in either direction) between two parts.

    near, far: its ends; far is in the smaller part.  cuts_off: number of nodes in the smaller part.
    """

    near: int
    far: int
    cuts_off: int


@record
class CutNode:
    """A node without which its component falls into parts.

    parts: how many.  cuts_off: number of nodes outside the largest part.
    """

    node: int
    parts: int
    cuts_off: int


def bridges(core: GraphCore) -> tuple[tuple[Bridge, ...], tuple[CutNode, ...]]:
    """All bridges and cut nodes, those that cut off most first; directions do not count.

    One depth-first walk (Tarjan's low points), in time linear in the graph.
    """
    starts, near = (values.tolist() for values in neighbour_lists(core))
    n = len(core)
    order = [-1] * n  # when a node was first seen
    low = [0] * n  # the earliest node that its subtree reaches without its way down
    size = [1] * n
    found: list[tuple[int, int, int, int]] = []  # bridge: (upper, lower, subtree, root)
    parts: dict[int, list[int]] = {}  # cut node -> sizes of subtrees that come off
    clock = 0
    component: dict[int, int] = {}
    root_of: dict[int, int] = {}
    for root in range(n):
        if order[root] >= 0:
            continue
        order[root] = low[root] = clock
        clock += 1
        stack = [(root, -1, starts[root])]
        while stack:
            node, parent, at = stack[-1]
            if at < starts[node + 1]:
                stack[-1] = (node, parent, at + 1)
                other = near[at]
                if order[other] < 0:
                    order[other] = low[other] = clock
                    clock += 1
                    stack.append((other, node, starts[other]))
                elif other != parent and order[other] < low[node]:
                    low[node] = order[other]
                continue
            stack.pop()
            if parent < 0:
                continue
            size[parent] += size[node]
            low[parent] = min(low[parent], low[node])
            if low[node] > order[parent]:
                found.append((parent, node, size[node], root))
            if low[node] >= order[parent]:
                parts.setdefault(parent, []).append(size[node])
                root_of[parent] = root
        component[root] = size[root]
    edges = []
    for upper, lower, below, root in found:
        above = component[root] - below
        edges.append(Bridge(upper, lower, below) if below <= above else Bridge(lower, upper, above))
    nodes = []
    for node, sizes in parts.items():
        rest = component[root_of[node]] - 1 - sum(sizes)
        every = [*sizes, *([rest] if rest else [])]
        if len(every) > 1:
            nodes.append(CutNode(node, len(every), sum(every) - max(every)))
    edges.sort(key=lambda edge: (-edge.cuts_off, edge.near, edge.far))
    nodes.sort(key=lambda node: (-node.cuts_off, node.node))
    return tuple(edges), tuple(nodes)
