// @ts-check
// Bounds of nodes, and which of them is at a point.


/** Bounds [left, top, right, bottom] of the nodes for which `shown` is 1; null when there is none. */
export function boundsOf(model, shown) {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (let i = 0; i < model.count; i++) {
    if (shown && !shown[i]) continue;
    const x = model.x[i], y = model.y[i], r = model.radius[i];
    if (x - r < left) left = x - r;
    if (y - r < top) top = y - r;
    if (x + r > right) right = x + r;
    if (y + r > bottom) bottom = y + r;
  }
  return left === Infinity ? null : [left, top, right, bottom];
}

/** A grid over the visible nodes that answers which one lies at a point. */
export function hitGrid(model, shown) {
  let widest = 26;
  for (let i = model.plainCount; i < model.count; i++) if (shown[i]) widest = Math.max(widest, model.radius[i]);
  const cell = Math.max(60, widest);
  const cells = new Map();
  for (let i = 0; i < model.count; i++) {
    if (!shown[i]) continue;
    const key = Math.floor(model.x[i] / cell) * 65536 + Math.floor(model.y[i] / cell);
    if (!cells.has(key)) cells.set(key, []);
    cells.get(key).push(i);
  }
  return (x, y, slack) => {
    let best = -1;
    let least = Infinity;
    const reach = widest + slack;
    for (let cx = Math.floor((x - reach) / cell); cx <= Math.floor((x + reach) / cell); cx++) {
      for (let cy = Math.floor((y - reach) / cell); cy <= Math.floor((y + reach) / cell); cy++) {
        for (const i of cells.get(cx * 65536 + cy) || []) {
          const beyond = Math.hypot(model.x[i] - x, model.y[i] - y) - model.radius[i];
          if (beyond <= slack && beyond < least) {
            best = i;
            least = beyond;
          }
        }
      }
    }
    return best;
  };
}
