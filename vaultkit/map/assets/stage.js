"use strict";
// The stage: camera, pointer and what lies above the renderer's picture (emphasis, rings, badges, labels).
(() => {
  const VK = (globalThis.VK ??= {});
  const { KINDS } = VK.model;
  const { paint } = VK;
  const CLOSEST = 6;

  function create(root, model, hooks) {
    const layer = root.querySelector("#layer");
    const overlay = root.querySelector("#overlay");
    const still = matchMedia("(prefers-reduced-motion: reduce)");
    const renderer = VK.renderer.create(layer, model);
    const widths = new Map();
    const state = {
      view: { x: 0, y: 0, k: 1, width: 1, height: 1, ratio: 1 }, // ratio: the screen's pixels to each of ours, as far as they are used
      shown: new Uint8Array(model.count).fill(1),
      colours: null,
      emphasis: null, // {nodes:Set, links:"around"|"between"|"path"|"", path:[]} or null
      selected: -1,
      hovered: -1,
      focused: -1,
      showLabels: true,
      showCards: true,
      showFindings: true,
      rules: new Set(),
      inset: [0, 0, 0, 0], // what panels cover: left, top, right, bottom
      isAdorned: false, // labels and marks follow the first picture: fonts take as long as all of it
    };
    let hit = null;
    let dirty = true;
    let stale = true; // more than the view changed since labels and marks were drawn
    let adorned = null; // the view for which they were
    let moving = false;
    let restTimer = 0;
    let flight = null;
    let asked = 0;
    let fitted = 1;
    let seenRatio = 0;
    let whole = null; // the view that showed all of it, if that was the last one asked for

    /** The stage fills the window, whose size is known without a layout. */
    function resize() {
      seenRatio = devicePixelRatio;
      const [width, height, ratio] = [Math.max(1, innerWidth), Math.max(1, innerHeight), Math.min(devicePixelRatio || 1, 2)];
      if (state.view.width === width && state.view.height === height && state.view.ratio === ratio) return;
      Object.assign(state.view, { width, height, ratio });
      if (state.isAdorned) sizeOverlay();
      invalidate();
    }

    /** Labels, marks and all that the first picture does not wait for. */
    function adorn() {
      state.isAdorned = true;
      overlay.hidden = false;
      sizeOverlay();
      renderer.finish();
      invalidate();
      followRatio();
    }

    /** A window moved to another screen keeps its size but not its pixels. */
    function followRatio() {
      matchMedia(`(resolution: ${devicePixelRatio}dppx)`).addEventListener("change", () => { resize(); followRatio(); }, { once: true });
    }

    function sizeOverlay() {
      overlay.width = Math.round(state.view.width * state.view.ratio);
      overlay.height = Math.round(state.view.height * state.view.ratio);
      overlay.style.width = state.view.width + "px";
      overlay.style.height = state.view.height + "px";
    }

    function invalidate() {
      stale = true;
      asked ||= requestAnimationFrame(frame);
    }

    function touch() { // the view moved
      moving = true;
      clearTimeout(restTimer);
      restTimer = setTimeout(() => { moving = false; invalidate(); }, 90);
      hooks.moved?.();
      asked ||= requestAnimationFrame(frame);
    }

    function frame(now) {
      asked = 0;
      if (!state.colours) return; // the page is still being read
      if (devicePixelRatio !== seenRatio) resize();
      if (flight) {
        const t = Math.min(1, (now - flight.from) / flight.length);
        const e = 1 - (1 - t) ** 3;
        const k = Math.exp(Math.log(flight.a.k) + (Math.log(flight.b.k) - Math.log(flight.a.k)) * e);
        Object.assign(state.view, { x: flight.a.x + (flight.b.x - flight.a.x) * e, y: flight.a.y + (flight.b.y - flight.a.y) * e, k });
        if (t === 1) flight = null;
        touch();
      }
      if (dirty) {
        renderer.apply({ shown: state.shown, colours: state.colours });
        hit = null; // made anew when the pointer asks
        dirty = false;
      }
      renderer.look(state.view, moving);
      if (!state.isAdorned || followed()) return;
      stale = false;
      adorned = { ...state.view };
      overlay.style.transform = "";
      drawOverlay(overlay.getContext("2d"), state.view, state.view.ratio);
    }

    /** Whether labels and marks can follow a small move as they are; text is the dearest thing there is to draw. */
    function followed() {
      const { view } = state;
      if (!moving || stale) return false;
      const scale = view.k / adorned.k;
      const x = (view.width / 2) * (1 - scale) + (adorned.x - view.x) * view.k;
      const y = (view.height / 2) * (1 - scale) + (adorned.y - view.y) * view.k;
      const middle = [x - (view.width / 2) * (1 - scale), y - (view.height / 2) * (1 - scale)];
      if (Math.abs(Math.log(scale)) > 0.16 || Math.abs(middle[0]) > view.width * 0.12 || Math.abs(middle[1]) > view.height * 0.12) return false;
      overlay.style.transform = `translate(${x}px, ${y}px) scale(${scale})`;
      return true;
    }

    function draw() { // now, not at the next frame
      cancelAnimationFrame(asked);
      frame(performance.now());
    }

    /** What the panel and, where one is open, the card cover. */
    function cover(hasCard) {
      const wide = state.view.width > 760;
      const below = wide || !hasCard ? 0 : state.view.height * 0.45 + 60;
      state.inset = [wide ? 306 : 0, wide ? 0 : 116, wide && hasCard ? 354 : 0, below];
    }

    const screen = (node, view = state.view) => [
      (model.x[node] - view.x) * view.k + view.width / 2,
      (model.y[node] - view.y) * view.k + view.height / 2,
    ];

    /** What stands out: {nodes, links, centre}, or null. passing: what lies under the pointer counts. */
    function emphasised(passing = true) {
      if (passing && state.hovered >= 0 && state.selected < 0 && !state.emphasis) {
        return { nodes: new Set([state.hovered, ...around(state.hovered)]), links: "around", centre: state.hovered };
      }
      if (state.emphasis) return state.emphasis;
      if (state.selected >= 0) return { nodes: new Set([state.selected, ...around(state.selected)]), links: "around", centre: state.selected };
      return null;
    }

    const around = (node) => [...VK.model.neighbours(model, node, "both", KINDS[model.kind[node]] === "tag")].filter((other) => state.shown[other]);

    /** forExport: on a picture that is saved. It has no panels to keep clear of, and nothing that only passes by. */
    function drawOverlay(pen, view, ratio, forExport = false) {
      const { colours, shown } = state;
      pen.setTransform(ratio, 0, 0, ratio, 0, 0);
      const strong = emphasised(!forExport);
      if (!forExport) {
        pen.clearRect(0, 0, view.width, view.height);
        layer.classList.toggle("faded", Boolean(strong));
      }
      const toWorld = () => pen.setTransform(ratio * view.k, 0, 0, ratio * view.k, ratio * (view.width / 2 - view.x * view.k), ratio * (view.height / 2 - view.y * view.k));
      if (strong) {
        toWorld();
        drawStrongLinks(pen, strong, view);
        const list = [...strong.nodes].filter((i) => shown[i]);
        for (const _ of paint.nodes(pen, model, colours, list, view.k)); // eslint-disable-line no-unused-vars
      }
      pen.setTransform(ratio, 0, 0, ratio, 0, 0);
      const inView = (i) => {
        const [x, y] = screen(i, view);
        return x > -40 && y > -40 && x < view.width + 40 && y < view.height + 40;
      };
      const dim = (i) => strong && !strong.nodes.has(i);
      if (state.showCards && view.k > 0.3) {
        for (const [i, cards] of model.cards) {
          if (!shown[i] || dim(i) || !inView(i)) continue;
          const [x, y] = screen(i, view);
          const r = (model.radius[i] + 3.2) * view.k;
          const part = cards.empty / Math.max(1, cards.all);
          pen.lineWidth = Math.max(1.2, 2.4 * view.k);
          ring(pen, x, y, r, part, 1, colours.answered);
          ring(pen, x, y, r, 0, part, colours.empty);
        }
      }
      const blocked = [];
      if (state.showFindings) drawBadges(pen, view, dim, inView, blocked);
      if (!forExport && state.focused >= 0 && shown[state.focused]) target(pen, state.focused, colours.accent, 7, 2, [5, 4], view);
      if (state.selected >= 0 && shown[state.selected]) target(pen, state.selected, colours.accent, 5 + (model.cards.has(state.selected) && state.showCards ? 4.5 * view.k : 0), 2.2, [], view);
      const placed = state.showLabels ? placeLabels(pen, strong, view, blocked, forExport)
        : strong?.centre >= 0 ? paint.labels(pen, model, view, { order: [], shown, always: [strong.centre], widths }) : [];
      writeLabels(pen, placed);
      if (!forExport) state.placed = placed;
    }

    function ring(pen, x, y, r, from, to, colour) {
      if (to <= from) return;
      pen.strokeStyle = colour;
      pen.beginPath();
      pen.arc(x, y, r, -Math.PI / 2 + from * 2 * Math.PI, -Math.PI / 2 + to * 2 * Math.PI);
      pen.stroke();
    }

    function target(pen, node, colour, away, width, dash, view) {
      const [x, y] = screen(node, view);
      pen.setLineDash(dash);
      pen.lineWidth = width;
      pen.strokeStyle = colour;
      pen.beginPath();
      pen.arc(x, y, model.radius[node] * view.k + away, 0, 2 * Math.PI);
      pen.stroke();
      pen.setLineDash([]);
    }

    function drawStrongLinks(pen, strong, view) {
      const { colours, shown } = state;
      const line = (i) => {
        pen.moveTo(model.x[model.source[i]], model.y[model.source[i]]);
        pen.lineTo(model.x[model.target[i]], model.y[model.target[i]]);
      };
      pen.lineWidth = 1.5 / view.k;
      if (strong.links === "around" && strong.centre >= 0) {
        for (const [outgoing, colour] of [[true, colours.ink], [false, paint.colourOf(model, colours, strong.centre)]]) {
          pen.strokeStyle = colour;
          pen.globalAlpha = outgoing ? 0.4 : 0.75;
          pen.beginPath();
          for (let at = model.start[strong.centre]; at < model.start[strong.centre + 1]; at++) {
            const i = model.around[at];
            const other = model.source[i] === strong.centre ? model.target[i] : model.source[i];
            if (shown[other] && strong.nodes.has(other) && (model.source[i] === strong.centre) === outgoing) line(i);
          }
          pen.stroke();
        }
      } else if (strong.links === "path") {
        pen.strokeStyle = colours.ink;
        pen.lineWidth = 2.6 / view.k;
        pen.beginPath();
        strong.path.forEach((node, at) => (at ? pen.lineTo(model.x[node], model.y[node]) : pen.moveTo(model.x[node], model.y[node])));
        pen.stroke();
      } else if (strong.links === "between" && strong.nodes.size < 1500) {
        pen.strokeStyle = colours.link;
        pen.globalAlpha = 0.4;
        pen.beginPath();
        for (let i = 0; i < model.links; i++) if (strong.nodes.has(model.source[i]) && strong.nodes.has(model.target[i]) && shown[model.source[i]] && shown[model.target[i]]) line(i);
        pen.stroke();
      }
      pen.globalAlpha = 1;
    }

    function drawBadges(pen, view, dim, inView, blocked) {
      const { colours, shown } = state;
      const lists = { info: [], warning: [], error: [] };
      for (const node of model.findingsOf.keys()) {
        if (!shown[node] || !inView(node)) continue;
        const worst = paint.worst(model, node, state.rules);
        if (worst) lists[worst].push(node);
      }
      // A vault with thousands of findings is still a map: dots shrink as they crowd.
      const crowd = lists.info.length + lists.warning.length + lists.error.length;
      const most = crowd > 1500 ? 3.2 : crowd > 400 ? 4 : 5.2;
      for (const severity of ["info", "warning", "error"]) {
        for (const faded of [true, false]) {
          pen.globalAlpha = faded ? 0.25 : 1;
          pen.beginPath();
          for (const node of lists[severity]) {
            if (Boolean(dim(node)) !== faded) continue;
            const [cx, cy] = screen(node, view);
            const r = model.radius[node] * view.k;
            const s = Math.min(most, Math.max(severity === "info" ? 1.3 : crowd > 400 ? 1.8 : 2.4, 2 + r * 0.22));
            const x = cx + Math.max(r, 1) * 0.72;
            const y = cy - Math.max(r, 1) * 0.72;
            pen.moveTo(x + s, y);
            pen.arc(x, y, s, 0, 2 * Math.PI);
            if (crowd < 400) blocked.push([x - s, y - s, x + s, y + s]);
          }
          pen.fillStyle = colours[severity];
          pen.strokeStyle = colours.paper;
          pen.lineWidth = 1.6;
          pen.stroke();
          pen.fill();
        }
      }
      pen.globalAlpha = 1;
    }

    function placeLabels(pen, strong, view, blocked, forExport) {
      const passing = forExport ? [] : [state.hovered, state.focused];
      const named = [passing[0], state.selected, passing[1], ...(strong?.links === "path" ? strong.path : [])];
      const always = [...new Set(named.filter((node) => node >= 0))];
      const near = Math.min(1, Math.max(0, Math.log2(view.k / fitted) / 3.5));
      const room = (view.width * view.height) / 12000;
      const most = Math.round(Math.min(150, room * (0.42 + 0.58 * near)));
      const order = strong ? [...strong.nodes].sort((a, b) => model.rank[b] - model.rank[a] || a - b) : model.order;
      const heads = strong ? [] : model.heads;
      const [left, top, right, bottom] = forExport ? [0, 0, 0, 0] : state.inset; // no name half under a panel
      blocked.push([0, 0, left, view.height], [0, 0, view.width, top], [view.width - right, 0, view.width, view.height], [0, view.height - bottom, view.width, view.height]);
      return paint.labels(pen, model, view, { order, shown: state.shown, always, heads, most, widths, blocked, around: ringed });
    }

    /** Pixels that rings take round a node: its label keeps clear of them. */
    function ringed(node) {
      const cards = state.showCards && model.cards.has(node) && state.view.k > 0.3 ? 4.5 * state.view.k : 0;
      return cards + (node === state.selected ? 6 : node === state.focused ? 8 : 0);
    }

    function writeLabels(pen, placed) {
      const { colours } = state;
      pen.textAlign = "center";
      pen.textBaseline = "top";
      pen.lineJoin = "round";
      for (const label of [...placed].reverse()) {
        pen.font = paint.font(label.size, label.bold);
        pen.direction = paint.direction(label.text);
        pen.strokeStyle = colours.paper;
        pen.lineWidth = 3.5;
        pen.globalAlpha = 0.9;
        pen.strokeText(label.text, label.x, label.y);
        pen.globalAlpha = 1;
        pen.fillStyle = paint.hollow(KINDS[model.kind[label.node]]) ? colours.quiet : colours.ink;
        pen.fillText(label.text, label.x, label.y);
      }
    }

    // ---- camera
    function moveTo(x, y, k, { fly = true } = {}) {
      k = Math.min(CLOSEST, Math.max(fitted / 4, k));
      if (!fly || still.matches) {
        flight = null;
        Object.assign(state.view, { x, y, k });
        touch();
        return;
      }
      flight = { a: { ...state.view }, b: { x, y, k }, from: performance.now(), length: 320 };
      invalidate();
    }

    function fit(nodes, options = {}) {
      const mask = nodes ? new Uint8Array(model.count) : state.shown;
      if (nodes) for (const node of nodes) mask[node] = state.shown[node];
      const box = VK.model.bounds(model, mask);
      if (!box) return;
      const [left, top, right, bottom] = state.inset;
      const width = Math.max(80, state.view.width - left - right - 60);
      const height = Math.max(80, state.view.height - top - bottom - 70);
      const k = Math.min(width / Math.max(1, box[2] - box[0]), height / Math.max(1, box[3] - box[1]), options.closest ?? 2);
      const [x, y] = [(box[0] + box[2]) / 2 - (left - right) / 2 / k, (box[1] + box[3]) / 2 - (top - bottom) / 2 / k];
      if (!nodes) [fitted, whole] = [k, { x, y, k }];
      moveTo(x, y, k, options);
    }

    /** All of it is in sight, or will be where the camera lands. */
    function isWhole() {
      const view = flight?.b ?? state.view;
      return whole !== null && view.x === whole.x && view.y === whole.y && view.k === whole.k;
    }

    function centre(node, least = 0.9) {
      const k = Math.max(state.view.k, least);
      const [left, top, right, bottom] = state.inset;
      moveTo(model.x[node] - (left - right) / 2 / k, model.y[node] - (top - bottom) / 2 / k, k);
    }

    function zoom(factor, px = state.view.width / 2, py = state.view.height / 2, fly = false) {
      const { view } = state;
      const k = Math.min(CLOSEST, Math.max(fitted / 4, view.k * factor));
      const wx = view.x + (px - view.width / 2) / view.k;
      const wy = view.y + (py - view.height / 2) / view.k;
      moveTo(wx - (px - view.width / 2) / k, wy - (py - view.height / 2) / k, k, { fly });
    }

    // ---- pointer
    const pointers = new Map();
    let pressed = null;
    const at = (event) => {
      const box = root.getBoundingClientRect();
      return [event.clientX - box.left, event.clientY - box.top];
    };
    const under = (px, py) => {
      const { view } = state;
      hit ??= VK.model.hitGrid(model, state.shown);
      return hit(view.x + (px - view.width / 2) / view.k, view.y + (py - view.height / 2) / view.k, 5 / view.k);
    };
    root.addEventListener("pointerdown", (event) => {
      if (event.button > 0) return;
      root.focus({ preventScroll: true });
      const [x, y] = at(event);
      pointers.set(event.pointerId, [x, y]);
      root.setPointerCapture(event.pointerId);
      pressed = { x, y, moved: false };
      flight = null;
    });
    root.addEventListener("pointermove", (event) => {
      const [x, y] = at(event);
      const before = pointers.get(event.pointerId);
      if (!before) {
        const node = under(x, y);
        if (node !== state.hovered) {
          state.hovered = node;
          root.classList.toggle("over", node >= 0);
          hooks.hover?.(node);
          invalidate();
        }
        return;
      }
      if (pointers.size === 2) {
        const [other] = [...pointers].filter(([id]) => id !== event.pointerId).map(([, place]) => place);
        const was = Math.hypot(before[0] - other[0], before[1] - other[1]);
        const is = Math.hypot(x - other[0], y - other[1]);
        if (was > 0) zoom(is / was, (x + other[0]) / 2, (y + other[1]) / 2);
      }
      if (pressed && (pressed.moved || Math.hypot(x - pressed.x, y - pressed.y) > 4)) {
        pressed.moved = true;
        root.classList.add("dragging");
        const { view } = state;
        moveTo(view.x - (x - before[0]) / view.k / pointers.size, view.y - (y - before[1]) / view.k / pointers.size, view.k, { fly: false });
      }
      pointers.set(event.pointerId, [x, y]);
    });
    const release = (event) => {
      if (!pointers.delete(event.pointerId)) return;
      root.classList.remove("dragging");
      if (event.type === "pointerup" && pressed && !pressed.moved) hooks.click?.(under(...at(event)), event);
      if (!pointers.size) pressed = null;
    };
    root.addEventListener("pointerup", release);
    root.addEventListener("pointercancel", release);
    root.addEventListener("pointerleave", () => {
      if (state.hovered < 0) return;
      state.hovered = -1;
      hooks.hover?.(-1);
      invalidate();
    });
    root.addEventListener("dblclick", (event) => {
      const node = under(...at(event));
      if (node >= 0) hooks.open?.(node);
      else zoom(1.8, ...at(event), true);
    });
    root.addEventListener("wheel", (event) => {
      event.preventDefault();
      flight = null;
      const unit = event.deltaMode === 1 ? 18 : event.deltaMode === 2 ? 400 : 1;
      zoom(Math.exp(-Math.max(-240, Math.min(240, event.deltaY * unit)) * 0.0022), ...at(event));
    }, { passive: false });
    addEventListener("resize", resize);

    return {
      state, adorn, cover, draw, invalidate, fit, isWhole, centre, zoom, moveTo, resize, screen, drawOverlay, widths, emphasised,
      refresh() {
        dirty = true;
        invalidate();
      },
      pan(dx, dy) {
        const { view } = state;
        moveTo(view.x + dx / view.k, view.y + dy / view.k, view.k, { fly: false });
      },
    };
  }

  VK.stage = { create };
})();
