// @ts-check
// Marks of findings: a shape for each severity, so that nobody has to tell colours apart.

import { screen } from "./camera.js";
import { TURN, worstOf } from "./colours.js";
import { model } from "./page.js";
import { state } from "./state.js";

/** Adds the mark of a severity to the pen's path: a diamond for errors, a triangle for warnings, a dot for the rest. */
export function badge(pen, severity, x, y, r) {
  if (severity === "info") {
    pen.moveTo(x + r * 0.8, y);
    pen.arc(x, y, r * 0.8, 0, TURN);
    return;
  }
  const corners = severity === "error" ? [[0, -1.25], [1.25, 0], [0, 1.25], [-1.25, 0]] : [[0, -1.3], [1.25, 0.95], [-1.25, 0.95]];
  corners.forEach(([dx, dy], at) => (at ? pen.lineTo(x + dx * r, y + dy * r) : pen.moveTo(x + dx * r, y + dy * r)));
  pen.closePath();
}

/** The marks of what is in view. dim: whether a node is faded. marks: their boxes, which names keep clear of. */
export function drawBadges(pen, view, dim, inView, marks) {
  const { colours, shown } = state;
  const lists = { info: [], warning: [], error: [] };
  for (const node of model.findingsOf.keys()) {
    if (!shown[node] || !inView(node)) continue;
    const worst = worstOf(model, node, state.rules);
    if (worst && (worst !== "info" || state.showInfo || state.rules.size)) lists[worst].push(node);
  }
  // A vault with thousands of findings is still a map: marks shrink as they crowd.
  const crowd = lists.info.length + lists.warning.length + lists.error.length;
  const most = crowd > 1500 ? 3.2 : crowd > 400 ? 4.2 : 6;
  for (const severity of ["info", "warning", "error"]) {
    for (const faded of [true, false]) {
      pen.globalAlpha = faded ? 0.25 : 1;
      pen.beginPath();
      for (const node of lists[severity]) {
        if (Boolean(dim(node)) !== faded) continue;
        const [cx, cy] = screen(node, view);
        const r = model.radius[node] * view.k;
        const s = Math.min(most, Math.max(severity === "info" ? 1.6 : crowd > 400 ? 2.2 : 3, 2.4 + r * 0.24));
        const x = cx + Math.max(r, 1) * 0.72;
        const y = cy - Math.max(r, 1) * 0.72;
        badge(pen, severity, x, y, s);
        if (crowd < 400) marks.push([x - s, y - s, x + s, y + s]);
      }
      pen.fillStyle = colours[severity];
      pen.strokeStyle = colours.paper;
      pen.lineJoin = "round";
      pen.lineWidth = 1.8;
      pen.stroke();
      pen.fill();
    }
  }
  pen.globalAlpha = 1;
}

/** [notes, notes with an error or a warning] of each community, among what the filters leave. */
export function brokenShares() {
  const found = model.communities.map(() => [0, 0]);
  for (let i = 0; i < model.plainCount; i++) {
    if (model.kind[i] || !state.shown[i] || model.community[i] < 0) continue;
    const entry = found[model.community[i]];
    entry[0]++;
    if (isBroken(i)) entry[1]++;
  }
  return found;
}

/** Whether a note has an error or a warning. */
export function isBroken(node) {
  const worst = model.findingsOf.has(node) ? worstOf(model, node, state.rules) : null;
  return worst === "error" || worst === "warning";
}
