// @ts-check
// Elements of the page. Words from the vault reach the document as text nodes only.


export const SVG = "http://www.w3.org/2000/svg";
let format = null; // made when it is first asked for: it takes as long as half of this file
export const number = (value) => (format ??= new Intl.NumberFormat("en").format)(value);
export const plural = (count, one, many = one + "s") => `${number(count)} ${count === 1 ? one : many}`;

/** An element with properties, listeners (`on…`) and children. @returns {any} */
export function h(name, properties, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(properties || {})) {
    if (value === null || value === undefined || value === false) continue;
    if (key.startsWith("on")) element.addEventListener(key.slice(2), value);
    else if (key === "class") element.className = value;
    else if (key === "style") Object.assign(element.style, value);
    else if (key in element && !key.includes("-") && key !== "list") element[key] = value;
    else element.setAttribute(key, value === true ? "" : value);
  }
  element.append(...children.filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

export function icon(...paths) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("class", "icon");
  svg.setAttribute("viewBox", "0 0 16 16");
  svg.setAttribute("aria-hidden", "true");
  for (const d of paths) {
    const path = document.createElementNS(SVG, "path");
    path.setAttribute("d", d);
    svg.append(path);
  }
  return svg;
}

export const ICONS = {
  plus: ["M8 3v10M3 8h10"], minus: ["M3 8h10"], fit: ["M2 6V2h4M10 2h4v4M14 10v4h-4M6 14H2v-4"],
  label: ["M3 4V3h10v1M8 3v10M6 13h4"], flag: ["M4 14V2.5M4 3h8l-2 2.7L12 8.5H4"],
  theme: ["M13.5 9.5A6 6 0 0 1 6.5 2.5a6 6 0 1 0 7 7Z"], help: ["M6 6a2 2 0 1 1 3 1.8c-.7.4-1 .8-1 1.6M8 12v.3"], close: ["m4 4 8 8M12 4l-8 8"],
};
