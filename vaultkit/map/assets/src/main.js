// @ts-check
// Starts the page.

import { insets, recolour, redraw, refilter, research, select, stepFinding } from "./actions.js";
import { followHistory, readHash } from "./address.js";
import { centre, cover, fit, isWhole, moveTo, pan, screen, zoom } from "./camera.js";
import { redrawCard } from "./card/card.js";
import { defaultColour, followColour } from "./colour_by.js";
import { colourOf, themeOf } from "./colours.js";
import { drawing, files, picture } from "./exports.js";
import { visibleNodes } from "./filters.js";
import { followLens } from "./lens.js";
import { follow, remember } from "./live.js";
import { followForLocal, localNetwork } from "./local/local.js";
import { neighbours, pathOf } from "./model.js";
import { drawOverlay, emphasised } from "./overlay.js";
import { card, data, model } from "./page.js";
import { paintLinks } from "./paint.js";
import { build } from "./panel/build.js";
import { drawReview } from "./panel/review.js";
import { followPointer } from "./pointer.js";
import { preparePrint } from "./print.js";
import { searchNodes } from "./search.js";
import { adorn, draw, invalidate, refresh, resize } from "./stage.js";
import { darkScheme, forced, isDark, onChange, set, state } from "./state.js";
import { foldedText, loadDetails, loadTexts } from "./texts.js";
import { widths } from "./type.js";

/** The first picture. What the address asks for may need all of the page; without it, the picture is drawn as soon as all
 * that listens does so: pointer, wheel, keys, search. */
function begin() {
  document.getElementById("app").hidden = false;
  resize();
  if (start) readHash(start, false);
  else {
    set({ colourBy: defaultColour(), colours: themeOf(isDark(), forced.matches), shown: visibleNodes(model, state.filters, foldedText) });
    insets();
    fit(null, { fly: false });
  }
  draw();
  // The first usable frame is the one that shows it.
  requestAnimationFrame(() => {
    document.documentElement.dataset.vaultkitReady = String(Math.round(performance.now()));
    requestAnimationFrame(() => setTimeout(() => { build(); loadDetails().then(loadTexts); })); // the browser has a frame to itself: copying pixels, answering
  });
}
onChange(["hasTexts"], () => {
  if (state.filters.only || state.filters.not) refilter();
  else if (state.query) research(false);
  if (!card.hidden) redrawCard();
});
followColour();
followForLocal();
followLens();
followPointer();
preparePrint();
followHistory();
addEventListener("resize", () => { // after the stage's own
  const wasWhole = isWhole();
  insets();
  if (wasWhole) fit(null, { fly: false });
});
for (const media of [darkScheme, forced]) media.addEventListener("change", () => { recolour(); redraw(); });
onChange(["hasDetails"], () => {
  if (!card.hidden) redrawCard();
  if (state.isBuilt) drawReview();
  invalidate();
});
/** For tests and for who looks into the page with the browser's tools. */
const page = {
  model, data, state, set, select, readHash, stepFinding, build, remember, local: () => localNetwork(),
  stage: { state, adorn, cover, draw, invalidate, fit, isWhole, centre, zoom, moveTo, resize, screen, drawOverlay, widths, emphasised, refresh, pan },
};
Object.assign(globalThis, { VK: { page, model: { search: searchNodes, path: pathOf, neighbours }, paint: { colourOf, links: paintLinks }, exports: Object.assign(files, { picture, drawing }) } });
const start = location.hash.length > 1 ? location.hash.slice(1) : data.start?.hash || "";
if (start && document.readyState === "loading") document.addEventListener("DOMContentLoaded", begin);
else begin();
if (document.documentElement.dataset.version) follow(document.documentElement.dataset.version);
