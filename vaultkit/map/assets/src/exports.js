// @ts-check
// What is visible as a picture (PNG) or a drawing (SVG). Both are drawn as on the screen, without panels.

import { screen } from "./camera.js";
import { groundNow } from "./lens.js";
import { localPicture } from "./local/local.js";
import { drawOverlay, emphasised } from "./overlay.js";
import { data, model } from "./page.js";
import { paintLinks, paintNodes } from "./paint.js";
import { state } from "./state.js";
import { clean, make, near, writer } from "./svgpen.js";
import { FONT } from "./type.js";

const FADED = 0.26; // as on the screen, where something stands out

/** How files are saved; tests put their own in its place. */
export const files = { save };

function save(name, blob) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
}

const inView = () => {
  const { view, shown } = state;
  const [wide, high] = [view.width / 2 / view.k, view.height / 2 / view.k];
  const box = [view.x - wide, view.y - high, view.x + wide, view.y + high];
  const reach = (i) => model.radius[i] + 4 / view.k;
  const list = model.order.filter((i) => shown[i] && model.x[i] + reach(i) > box[0] && model.x[i] - reach(i) < box[2] && model.y[i] + reach(i) > box[1] && model.y[i] - reach(i) < box[3]);
  return { box, list: list.reverse() };
};

/** What the renderer shows: ground, links and nodes. */
function drawBelow(pen, colours, ratio) {
  const { view, shown } = state;
  const { box, list } = inView();
  pen.setTransform(ratio * view.k, 0, 0, ratio * view.k, ratio * (view.width / 2 - view.x * view.k), ratio * (view.height / 2 - view.y * view.k));
  const ground = groundNow(colours, shown, (width, height) => Object.assign(document.createElement("canvas"), { width, height }));
  if (ground) {
    pen.globalAlpha = colours.halo * (ground.strength ?? 1);
    pen.drawImage(ground.image, ...ground.box);
    pen.globalAlpha = 1;
  }
  for (const _ of paintLinks(pen, model, colours, shown, view.k, box));
  for (const _ of paintNodes(pen, model, colours, list, view.k));
  return list;
}

/** The picture on a canvas of `ratio` pixels for each of the screen's. */
export function picture(ratio = 2) {
  const { view, colours } = state;
  const blank = () => Object.assign(document.createElement("canvas"), { width: Math.round(view.width * ratio), height: Math.round(view.height * ratio) });
  const [canvas, under] = [blank(), blank()];
  const pen = canvas.getContext("2d");
  pen.fillStyle = colours.paper;
  pen.fillRect(0, 0, canvas.width, canvas.height);
  drawBelow(under.getContext("2d"), colours, ratio);
  pen.globalAlpha = emphasised(false) ? FADED : 1;
  pen.drawImage(under, 0, 0);
  pen.globalAlpha = 1;
  drawOverlay(pen, view, ratio, true);
  return canvas;
}

export function savePng() {
  const canvas = localPicture() ?? picture();
  canvas.toBlob((blob) => files.save(`${data.vault}.png`, blob), "image/png");
}

export function drawing() {
  const { view, colours } = state;
  const svg = make("svg", { viewBox: `0 0 ${view.width} ${view.height}`, width: view.width, height: view.height, "font-family": FONT, role: "img", "aria-label": clean(model.data.vault) });
  const below = make("g", { opacity: emphasised(false) ? FADED : null });
  const above = make("g", {});
  const paper = writer(svg);
  paper.fillStyle = colours.paper;
  paper.rect(0, 0, view.width, view.height);
  paper.fill();
  svg.append(below, above);
  const list = drawBelow(writer(below), state.colours, 1);
  drawOverlay(writer(above), view, 1, true);
  // What a viewer says of the node under the pointer.
  const names = make("g", { fill: "none", "pointer-events": "all" });
  for (const i of list) {
    const [cx, cy] = screen(i, view).map(near);
    const spot = make("circle", { cx, cy, r: near(Math.max(2, model.radius[i] * view.k)) });
    spot.append(make("title", {}, model.labels[i]));
    names.append(spot);
  }
  svg.append(names);
  return svg;
}

export function saveSvg() {
  const text = new XMLSerializer().serializeToString(drawing());
  files.save(`${data.vault}.svg`, new Blob([text], { type: "image/svg+xml" }));
}
