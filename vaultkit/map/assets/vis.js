"use strict";
// The pyvis renderer: vis-network draws what pyvis listed, at our places, without physics. It answers to the
// same two calls as canvas.js; pointer, keys, labels and overlays are the stage's.
(() => {
  const VK = (globalThis.VK ??= {});
  const { KINDS } = VK.model;

  function create(host, model) {
    const listed = JSON.parse(document.getElementById("pyvis-data").textContent);
    let network = null;
    let nodes = null;
    let edges = null;
    let cost = 0;
    let timer = 0;
    let drawn = null;
    let latest = null;
    let ground = null;
    let isFinished = false;
    let later = 0;
    let colours = null;
    let visible = null;

    const faded = (colour, alpha) => {
      const match = /^#(..)(..)(..)$/.exec(colour);
      return match ? `rgba(${match.slice(1).map((part) => parseInt(part, 16)).join(",")},${alpha})` : colour;
    };

    function nodeStyle(node, shown) {
      const kind = KINDS[model.kind[node.id]];
      const colour = VK.paint.colourOf(model, colours, node.id);
      const open = VK.paint.hollow(kind);
      return {
        ...node,
        size: node.size * (node.shape === "square" ? 0.86 : 1) * (open ? 0.88 : 1), // as paint.js draws them when they stand out
        hidden: !shown[node.id],
        color: open ? { background: colours.paper, border: colours.ghost } : { background: colour, border: colours.paper },
        borderWidth: open ? 1.4 : 1.2,
        shapeProperties: { borderDashes: open ? [3, 2] : false },
      };
    }

    function edgeStyle(edge, id, shown) {
      const same = model.community[edge.from] >= 0 && model.community[edge.from] === model.community[edge.to];
      const colour = same ? colours.community[model.communities[model.community[edge.from]][1] % colours.community.length] : colours.link;
      return {
        ...edge,
        id,
        hidden: !(shown[edge.from] && shown[edge.to]),
        color: { color: faded(colour, Math.min(1, colours.linkAlpha * (same ? 1.15 : 0.6))), inherit: false },
      };
    }

    /** The ground under the communities, for which the first picture does not wait. */
    function finish() {
      isFinished = true;
      ground = VK.paint.ground(model, colours, visible, (width, height) => Object.assign(document.createElement("canvas"), { width, height }));
      if (drawn) redraw(latest);
    }

    function redraw(view) {
      const from = performance.now();
      host.style.transform = "";
      network.body.view.scale = view.k;
      network.body.view.translation = { x: view.width / 2 - view.x * view.k, y: view.height / 2 - view.y * view.k };
      network.redraw();
      cost = performance.now() - from;
      drawn = { ...view };
    }

    return {
      apply(next) {
        colours = next.colours;
        visible = next.shown;
        const styledNodes = listed.nodes.map((node) => nodeStyle(node, next.shown));
        const styledEdges = listed.edges.map((edge, id) => edgeStyle(edge, id, next.shown));
        if (network) {
          nodes.update(styledNodes);
          edges.update(styledEdges);
        } else {
          nodes = new vis.DataSet(styledNodes);
          edges = new vis.DataSet(styledEdges);
          network = new vis.Network(host, { nodes, edges }, {
            autoResize: false,
            physics: false,
            layout: { improvedLayout: false },
            nodes: { chosen: false, labelHighlightBold: false },
            edges: { smooth: false, chosen: false, width: 1, selectionWidth: 0, arrows: {} },
            interaction: { dragNodes: false, dragView: false, zoomView: false, selectable: false, hover: false, keyboard: false },
          });
          network.on("beforeDrawing", (pen) => {
            if (!ground) return;
            pen.globalAlpha = colours.halo;
            pen.drawImage(ground.image, ...ground.box);
            pen.globalAlpha = 1;
          });
        }
        drawn = null;
        clearTimeout(later);
        if (isFinished) later = setTimeout(finish);
      },
      finish,
      look(view, moving) {
        clearTimeout(timer);
        latest = { ...view };
        if (!drawn || drawn.width !== view.width || drawn.height !== view.height || drawn.ratio !== view.ratio) {
          network.setSize(view.width + "px", view.height + "px");
          redraw(view);
        } else if (!moving || cost < 13) {
          redraw(view);
        } else {
          // As the canvas renderer does: the picture is stretched while it moves and drawn when it rests.
          const scale = view.k / drawn.k;
          const x = view.width / 2 + (drawn.x - view.x) * view.k - (view.width / 2) * scale;
          const y = view.height / 2 + (drawn.y - view.y) * view.k - (view.height / 2) * scale;
          host.style.transform = `translate(${x}px, ${y}px) scale(${scale})`;
          timer = setTimeout(() => redraw(latest), 110);
        }
      },
    };
  }

  VK.renderer = { name: "pyvis", create };
})();
