// @ts-check
// Which node a link in a note's text leads to: one of those that the note is known to link to.

import { fold, neighbours, pathOf } from "../model.js";
import { model } from "../page.js";

export const bare = (path) => fold(path).replace(/\.md$/, "");

/** The node that a linktext in a note leads to, and the part after "#"; node -1 where it leads nowhere on the map. */
export function targetOf(source, linktext) {
  const at = linktext.indexOf("#");
  const linkpath = at < 0 ? linktext : linktext.slice(0, at);
  const subpath = at < 0 ? "" : linktext.slice(at + 1).trim();
  if (!linkpath.trim()) return { node: source, subpath };
  const wanted = bare(linkpath.trim().replace(/^(?:\.{0,2}\/)+/, ""));
  const last = wanted.slice(wanted.lastIndexOf("/") + 1);
  let best = -1;
  let fit = 0;
  for (const node of neighbours(model, source, "out")) {
    const path = bare(pathOf(model, node));
    const how = path === wanted ? 4 : path.endsWith("/" + wanted) ? 3 : path.slice(path.lastIndexOf("/") + 1) === last ? 2 : 0;
    if (how > fit || (how === fit && how && path.length < bare(pathOf(model, best)).length)) [best, fit] = [node, how];
  }
  return { node: best, subpath };
}
