"use strict";
// What is visible as a picture (PNG) or a drawing (SVG), made in the page and saved from it. Both are drawn as the screen
// is, panels left out: a drawing by a pen that writes SVG.
(() => {
  const VK = (globalThis.VK ??= {});
  const FADED = 0.26; // as on the screen, where something stands out

  function save(name, blob) {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(blob);
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10000);
  }

  const visible = (model, { view, shown }) => {
    const [wide, high] = [view.width / 2 / view.k, view.height / 2 / view.k];
    const box = [view.x - wide, view.y - high, view.x + wide, view.y + high];
    const reach = (i) => model.radius[i] + 4 / view.k;
    const list = model.order.filter((i) => shown[i] && model.x[i] + reach(i) > box[0] && model.x[i] - reach(i) < box[2] && model.y[i] + reach(i) > box[1] && model.y[i] - reach(i) < box[3]);
    return { box, list: list.reverse() };
  };

  /** What the renderer shows: ground, links and nodes. */
  function drawBelow(pen, stage, model, ratio) {
    const { view, shown, colours } = stage.state;
    const { box, list } = visible(model, stage.state);
    pen.setTransform(ratio * view.k, 0, 0, ratio * view.k, ratio * (view.width / 2 - view.x * view.k), ratio * (view.height / 2 - view.y * view.k));
    const ground = VK.paint.ground(model, colours, shown, (width, height) => Object.assign(document.createElement("canvas"), { width, height }));
    if (ground) {
      pen.globalAlpha = colours.halo;
      pen.drawImage(ground.image, ...ground.box);
      pen.globalAlpha = 1;
    }
    for (const _ of VK.paint.links(pen, model, colours, shown, view.k, box)); // eslint-disable-line no-unused-vars
    for (const _ of VK.paint.nodes(pen, model, colours, list, view.k)); // eslint-disable-line no-unused-vars
    return list;
  }

  /** The picture on a canvas of `ratio` pixels for each of the screen's. */
  function picture(stage, model, ratio = 2) {
    const { view, colours } = stage.state;
    const blank = () => Object.assign(document.createElement("canvas"), { width: Math.round(view.width * ratio), height: Math.round(view.height * ratio) });
    const [canvas, under] = [blank(), blank()];
    const pen = canvas.getContext("2d");
    pen.fillStyle = colours.paper;
    pen.fillRect(0, 0, canvas.width, canvas.height);
    drawBelow(under.getContext("2d"), stage, model, ratio);
    pen.globalAlpha = stage.emphasised(false) ? FADED : 1;
    pen.drawImage(under, 0, 0);
    pen.globalAlpha = 1;
    stage.drawOverlay(pen, view, ratio, true);
    return canvas;
  }

  function png(stage, model, data) {
    picture(stage, model).toBlob((blob) => VK.exports.save(`${data.vault}.png`, blob), "image/png");
  }

  const SPACE = "http://www.w3.org/2000/svg";
  const WRONG = /[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/gu; // signs that XML cannot hold
  const clean = (text) => text.replace(WRONG, "\ufffd");

  function make(name, attributes, text) {
    const element = document.createElementNS(SPACE, name);
    for (const [key, value] of Object.entries(attributes)) if (value !== null) element.setAttribute(key, value);
    if (text !== undefined) element.textContent = clean(text);
    return element;
  }

  const round = (value) => Math.round(value * 100) / 100;
  const near = (value) => Math.round(value * 10) / 10; // of the screen's pixels

  /** A pen that writes SVG into `root`: of a 2D context as much as the map is drawn with, its transforms of one scale. */
  function writer(root) {
    const ruler = document.createElement("canvas").getContext("2d");
    let [scale, right, down] = [1, 0, 0];
    let path = [];
    let dash = [];
    let halo = null; // a text's outline, which comes before the text
    const x = (value) => near(value * scale + right);
    const y = (value) => near(value * scale + down);
    /** A colour as a file can say it: the system's own are what they are here. */
    const said = (colour) => {
      ruler.fillStyle = colour;
      return ruler.fillStyle;
    };
    const faint = (alpha) => (alpha < 1 ? round(alpha) : null);
    const line = () => ({ stroke: said(pen.strokeStyle), "stroke-width": round(pen.lineWidth * scale), "stroke-opacity": faint(pen.globalAlpha) });
    const pen = {
      fillStyle: "#000", strokeStyle: "#000", globalAlpha: 1, lineWidth: 1, lineJoin: "miter", font: "10px sans-serif", textAlign: "start", textBaseline: "alphabetic", direction: "ltr",
      setTransform(a, _b, _c, _d, e, f) { [scale, right, down] = [a, e, f]; },
      setLineDash(parts) { dash = parts; },
      measureText(text) {
        ruler.font = pen.font;
        return ruler.measureText(text);
      },
      beginPath() { path = []; },
      closePath() { path.push("Z"); },
      moveTo(px, py) { path.push(`M${x(px)} ${y(py)}`); },
      lineTo(px, py) { path.push(`L${x(px)} ${y(py)}`); },
      rect(px, py, width, height) { path.push(`M${x(px)} ${y(py)}h${near(width * scale)}v${near(height * scale)}h${near(-width * scale)}Z`); },
      arc(px, py, radius, from, to) {
        const r = round(radius * scale);
        const on = (angle) => `${round((px + radius * Math.cos(angle)) * scale + right)} ${round((py + radius * Math.sin(angle)) * scale + down)}`;
        const half = (from + to) / 2; // an arc that ends where it begins would be none
        path.push(`M${on(from)}A${r} ${r} 0 0 1 ${on(half)}A${r} ${r} 0 0 1 ${on(to)}`);
      },
      fill() { if (path.length) root.append(make("path", { d: path.join(""), fill: said(pen.fillStyle), "fill-opacity": faint(pen.globalAlpha) })); },
      stroke() { if (path.length) root.append(make("path", { d: path.join(""), fill: "none", ...line(), "stroke-dasharray": dash.length ? dash.map((part) => round(part * scale)).join(" ") : null })); },
      strokeText() { halo = { ...line(), "stroke-linejoin": pen.lineJoin, "paint-order": "stroke" }; },
      fillText(text, px, py) {
        ruler.font = pen.font;
        ruler.textBaseline = pen.textBaseline;
        const size = Number(/([\d.]+)px/.exec(pen.font)[1]);
        const rise = -(ruler.measureText(text).alphabeticBaseline ?? -0.8 * size); // files know the line that letters stand on
        root.append(make("text", { x: x(px), y: near(py * scale + down + rise * scale), "font-size": round(size * scale), "font-weight": /^\d+/.exec(pen.font)?.[0] ?? null,
          "text-anchor": pen.textAlign === "center" ? "middle" : "start", direction: pen.direction === "rtl" ? "rtl" : null, fill: said(pen.fillStyle), ...halo }, text));
        halo = null;
      },
      drawImage(image, px, py, width, height) {
        root.append(make("image", { href: image.toDataURL(), x: x(px), y: y(py), width: near(width * scale), height: near(height * scale), opacity: faint(pen.globalAlpha), preserveAspectRatio: "none" }));
      },
    };
    return pen;
  }

  function drawing(stage, model) {
    const { view, colours } = stage.state;
    const svg = make("svg", { viewBox: `0 0 ${view.width} ${view.height}`, width: view.width, height: view.height, "font-family": VK.paint.FONT, role: "img", "aria-label": clean(model.data.vault) });
    const below = make("g", { opacity: stage.emphasised(false) ? FADED : null });
    const above = make("g", {});
    const paper = writer(svg);
    paper.fillStyle = colours.paper;
    paper.rect(0, 0, view.width, view.height);
    paper.fill();
    svg.append(below, above);
    const list = drawBelow(writer(below), stage, model, 1);
    stage.drawOverlay(writer(above), view, 1, true);
    // What a viewer says of the node under the pointer.
    const names = make("g", { fill: "none", "pointer-events": "all" });
    for (const i of list) {
      const [cx, cy] = stage.screen(i, view).map(near);
      const spot = make("circle", { cx, cy, r: near(Math.max(2, model.radius[i] * view.k)) });
      spot.append(make("title", {}, model.labels[i]));
      names.append(spot);
    }
    svg.append(names);
    return svg;
  }

  function svg(stage, model, data) {
    const text = new XMLSerializer().serializeToString(drawing(stage, model));
    VK.exports.save(`${data.vault}.svg`, new Blob([text], { type: "image/svg+xml" }));
  }

  VK.exports = { save, png, svg, picture, drawing };
})();
