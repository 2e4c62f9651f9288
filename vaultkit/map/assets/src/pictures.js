// @ts-check
// Pictures as thumbnails on the map, where it is close enough to see them.

import { screen } from "./camera.js";
import { colourOf } from "./colours.js";
import { localRedraw } from "./local/local.js";
import { details, model } from "./page.js";
import { invalidate } from "./stage.js";
import { state } from "./state.js";

const CLOSE = 0.7; // scale from which pictures are drawn
const MOST_IN_VIEW = 80;
const SIDE = 34; // half of the longest side, in units of the map, at most in pixels as below
const LARGEST = 110; // pixels

/** @type {Map<number, HTMLImageElement>} */
const loaded = new Map();

/** The picture of a node, once the browser has read it. */
export function pictureOf(node, source) {
  const known = loaded.get(node);
  if (known) return known.complete && known.naturalWidth ? known : null;
  const image = new Image();
  image.addEventListener("load", () => {
    invalidate();
    localRedraw();
  });
  image.src = source;
  loaded.set(node, image);
  return null;
}

export function drawPictures(pen, view, dim, inView) {
  const { thumbs } = details();
  if (!thumbs || view.k < CLOSE) return;
  let count = 0;
  for (const key of Object.keys(thumbs)) {
    const node = Number(key);
    if (!state.shown[node] || !inView(node) || ++count > MOST_IN_VIEW) continue;
    const image = pictureOf(node, thumbs[key]);
    if (!image) continue;
    const side = Math.min(LARGEST, SIDE * view.k);
    const scale = (2 * side) / Math.max(image.naturalWidth, image.naturalHeight);
    const [width, height] = [image.naturalWidth * scale, image.naturalHeight * scale];
    const [x, y] = screen(node, view);
    pen.globalAlpha = dim(node) ? 0.25 : 1;
    pen.fillStyle = "#ffffff";
    pen.strokeStyle = colourOf(model, state.colours, node);
    pen.lineWidth = 2;
    pen.beginPath();
    pen.rect(x - width / 2 - 1, y - height / 2 - 1, width + 2, height + 2);
    pen.fill();
    pen.stroke();
    pen.drawImage(image, x - width / 2, y - height / 2, width, height);
  }
  pen.globalAlpha = 1;
}
