// @ts-check
// Two ways to look at the map: to explore it, or to repair what is broken.

import { brokenShares, isBroken } from "./badges.js";
import { KINDS } from "./kinds.js";
import { model } from "./page.js";
import { groundOf } from "./paint.js";
import { drawPanel } from "./panel/build.js";
import { refresh } from "./stage.js";
import { onChange, set, state } from "./state.js";

const REPAIR_GROUND = 2.6; // how much stronger the ground is where it shows shares of broken notes

const REPAIRED = ["note", "canvas", "base"];

/** The marks that a lens shows at first. */
export const marksOf = (lens) => ({ showFindings: lens === "repair", showInfo: false, showCards: false });

/** Show the map through a lens. */
export function setLens(lens) {
  document.documentElement.dataset.lens = lens;
  set({ lens, ...marksOf(lens) });
  if (state.isBuilt) drawPanel();
}

/** Notes without an error or a warning step back while the map is repaired. */
export function followLens() {
  onChange(["lens", "rules"], () => {
    model.muted = null;
    if (state.lens === "repair") {
      const muted = new Uint8Array(model.count);
      for (let i = 0; i < model.plainCount; i++) muted[i] = REPAIRED.includes(KINDS[model.kind[i]]) && !isBroken(i) ? 1 : 0;
      model.muted = muted;
    }
    refresh();
  });
}

/** The ground as the lens shows it: topics in their colours, or shares of broken notes. */
export function groundNow(colours, shown, make) {
  if (state.lens !== "repair") return groundOf(model, colours, shown, make, model.scheme ? () => colours.alone : undefined);
  const shares = brokenShares();
  const ground = groundOf(model, colours, shown, make, (community) => {
    const [notes, broken] = shares[community];
    return `color-mix(in oklab, ${colours.error} ${Math.round(100 * Math.min(1, (notes ? broken / notes : 0) * 1.6))}%, ${colours.muted})`;
  });
  return ground && { ...ground, strength: REPAIR_GROUND };
}

/** "12 of 80 broken" of a community, for the name of its region. */
export function shareText(community, shares) {
  const [notes, broken] = shares[community];
  return broken ? `${broken} of ${notes} broken` : "";
}
