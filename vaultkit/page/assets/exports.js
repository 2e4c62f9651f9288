"use strict";
// What is visible as a picture (PNG) or a drawing (SVG), made in the page and saved from it.
(() => {
  const VK = (globalThis.VK ??= {});
  const { KINDS } = VK.model;

  function save(name, blob) {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(blob);
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10000);
  }

  const inside = (model, stage) => {
    const { view, shown } = stage.state;
    const box = [view.x - view.width / 2 / view.k, view.y - view.height / 2 / view.k, view.x + view.width / 2 / view.k, view.y + view.height / 2 / view.k];
    const list = model.order.filter((i) => shown[i] && model.x[i] > box[0] - 30 && model.x[i] < box[2] + 30 && model.y[i] > box[1] - 30 && model.y[i] < box[3] + 30).reverse();
    return { box, list };
  };

  /** The picture on a canvas of `ratio` pixels for each of the screen's. */
  function picture(stage, model, ratio = 2) {
    const { view, shown, colours } = stage.state;
    const canvas = document.createElement("canvas");
    canvas.width = view.width * ratio;
    canvas.height = view.height * ratio;
    const pen = canvas.getContext("2d");
    pen.fillStyle = colours.paper;
    pen.fillRect(0, 0, canvas.width, canvas.height);
    const { box, list } = inside(model, stage);
    const strong = stage.emphasised();
    pen.setTransform(ratio * view.k, 0, 0, ratio * view.k, ratio * (view.width / 2 - view.x * view.k), ratio * (view.height / 2 - view.y * view.k));
    const under = document.createElement("canvas");
    under.width = canvas.width;
    under.height = canvas.height;
    const below = under.getContext("2d");
    below.setTransform(pen.getTransform());
    const ground = VK.paint.ground(model, colours, shown, (width, height) => Object.assign(document.createElement("canvas"), { width, height }));
    if (ground) {
      below.globalAlpha = colours.halo;
      below.drawImage(ground.image, ...ground.box);
      below.globalAlpha = 1;
    }
    for (const _ of VK.paint.links(below, model, colours, shown, view.k, box)); // eslint-disable-line no-unused-vars
    for (const _ of VK.paint.nodes(below, model, colours, list, view.k)); // eslint-disable-line no-unused-vars
    pen.setTransform(1, 0, 0, 1, 0, 0);
    pen.globalAlpha = strong ? 0.2 : 1;
    pen.drawImage(under, 0, 0);
    pen.globalAlpha = 1;
    stage.drawOverlay(pen, view, ratio, true);
    return canvas;
  }

  function png(stage, model, data) {
    picture(stage, model).toBlob((blob) => VK.exports.save(`${data.vault}.png`, blob), "image/png");
  }

  function drawing(stage, model) {
    const { view, shown, colours } = stage.state;
    const space = "http://www.w3.org/2000/svg";
    const make = (name, attributes, text) => {
      const element = document.createElementNS(space, name);
      for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
      if (text !== undefined) element.textContent = text;
      return element;
    };
    const at = (i) => stage.screen(i, view).map((v) => Math.round(v * 10) / 10);
    const svg = make("svg", { viewBox: `0 0 ${view.width} ${view.height}`, width: view.width, height: view.height, "font-family": VK.paint.FONT });
    svg.append(make("rect", { width: "100%", height: "100%", fill: colours.paper }));
    const { list } = inside(model, stage);
    const seen = new Set(list);
    const links = make("g", { stroke: colours.link, "stroke-opacity": colours.linkAlpha, "stroke-width": 0.8 });
    for (let i = 0; i < model.links; i++) {
      const [a, b] = [model.source[i], model.target[i]];
      if (!shown[a] || !shown[b] || a === b || !(seen.has(a) || seen.has(b))) continue;
      const [x1, y1] = at(a), [x2, y2] = at(b);
      links.append(make("line", { x1, y1, x2, y2 }));
    }
    svg.append(links);
    for (const i of list) {
      const [cx, cy] = at(i);
      const r = Math.max(1, Math.round(model.radius[i] * view.k * 10) / 10);
      const kind = KINDS[model.kind[i]];
      const style = VK.paint.hollow(kind) ? { fill: colours.paper, stroke: colours.ghost, "stroke-dasharray": "3 2" } : { fill: VK.paint.colourOf(model, colours, i) };
      let shape;
      if (["note", "unresolved"].includes(kind)) shape = make("circle", { cx, cy, r, ...style });
      else if (["canvas", "base", "tag"].includes(kind)) {
        const corners = { canvas: 4, base: 3, tag: 6 }[kind];
        const points = Array.from({ length: corners }, (_, n) => {
          const angle = (kind === "tag" ? 0 : -Math.PI / 2) + (n / corners) * 2 * Math.PI;
          return `${(cx + r * 1.2 * Math.cos(angle)).toFixed(1)},${(cy + r * 1.2 * Math.sin(angle)).toFixed(1)}`;
        });
        shape = make("polygon", { points: points.join(" "), ...style });
      } else shape = make("rect", { x: cx - r * 0.86, y: cy - r * 0.86, width: r * 1.72, height: r * 1.72, ...style });
      shape.append(make("title", {}, model.labels[i]));
      svg.append(shape);
      const worst = stage.state.showFindings && VK.paint.worst(model, i, stage.state.rules);
      if (worst) svg.append(make("circle", { cx: cx + r * 0.72, cy: cy - r * 0.72, r: 3.5, fill: colours[worst], stroke: colours.paper, "stroke-width": 1 }));
    }
    for (const label of stage.state.placed || []) {
      svg.append(make("text", { x: label.x, y: label.y + label.size * 0.8, "font-size": label.size, "font-weight": label.bold ? 600 : 400, "text-anchor": "middle", fill: colours.ink, stroke: colours.paper, "stroke-width": 3, "paint-order": "stroke" }, label.text));
    }
    return svg;
  }

  function svg(stage, model, data) {
    const text = new XMLSerializer().serializeToString(drawing(stage, model));
    VK.exports.save(`${data.vault}.svg`, new Blob([text], { type: "image/svg+xml" }));
  }

  VK.exports = { save, png, svg, picture, drawing };
})();
