// @ts-check
// A pen that writes SVG.


const SPACE = "http://www.w3.org/2000/svg";
const WRONG = /[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/gu; // signs that XML cannot hold
export const clean = (text) => text.replace(WRONG, "\ufffd");

export function make(name, attributes, text) {
  const element = document.createElementNS(SPACE, name);
  for (const [key, value] of Object.entries(attributes)) if (value !== null) element.setAttribute(key, value);
  if (text !== undefined) element.textContent = clean(text);
  return element;
}

const round = (value) => Math.round(value * 100) / 100;
export const near = (value) => Math.round(value * 10) / 10; // of the screen's pixels

/** A pen that writes SVG into `root`: of a 2D context as much as the map is drawn with, its transforms of one scale. */
export function writer(root) {
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
    fillStyle: "#000", strokeStyle: "#000", globalAlpha: 1, lineWidth: 1, lineJoin: "miter", font: "10px sans-serif", textAlign: "start", textBaseline: "alphabetic", direction: "ltr", letterSpacing: "0px",
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
      ruler.textBaseline = /** @type {CanvasTextBaseline} */ (pen.textBaseline);
      const size = Number(/([\d.]+)px/.exec(pen.font)[1]);
      const rise = -(ruler.measureText(text).alphabeticBaseline ?? -0.8 * size); // files know the line that letters stand on
      root.append(make("text", { x: x(px), y: near(py * scale + down + rise * scale), "font-size": round(size * scale), "font-weight": /^\d+/.exec(pen.font)?.[0] ?? null,
        "text-anchor": pen.textAlign === "center" ? "middle" : "start", "letter-spacing": pen.letterSpacing === "0px" ? null : pen.letterSpacing, direction: pen.direction === "rtl" ? "rtl" : null, fill: said(pen.fillStyle), ...halo }, text));
      halo = null;
    },
    drawImage(image, px, py, width, height) {
      root.append(make("image", { href: image.src ?? image.toDataURL(), x: x(px), y: y(py), width: near(width * scale), height: near(height * scale), opacity: faint(pen.globalAlpha), preserveAspectRatio: "none" }));
    },
  };
  return pen;
}
