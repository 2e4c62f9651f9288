/** What the page's modules hand to each other. The format of `Document` is described in payload.py. */

declare interface MapDocument {
  version: number;
  vault: string;
  labels: string[];
  kind: number[];
  folder: number[];
  folders: string[];
  x: number[];
  y: number[];
  community: number[];
  /** [name, hue, hub node, size] of each. */
  communities: [string, number, number, number][];
  edges: number[];
  edgeKinds: number[];
  properties?: string[];
  propertyOf?: number[];
  rules?: Record<string, { name: string; severity: Severity; fix?: string; fixes?: number }>;
  /** [node, code, message, line] */
  findings?: [number, string, string, number][];
  cards?: [number, number, number][];
  bridges?: [number, number][];
  aliases?: Record<string, string[]>;
  time?: Record<string, number>;
  stops?: number[];
  groups?: { colours: string[]; queries?: string[]; of: Record<string, number> };
  views?: { name: string; hash: string }[];
  start?: { hash: string };
  remarks?: string[];
  foldAbove?: number;
  text: string;
  /** Pictures whose texts are packed behind those of the notes. */
  pictureTexts?: number[];
  terms?: string[][];
  /** Options of vis-network, as pyvis writes them. */
  local?: any;
  since?: { day: string; fresh: number; gone: number };
  /** What changed since a git revision; see comparison.py. */
  compared?: { revision: string; fresh: number[]; changed: number[]; moved: [number, string][]; gone: [string, number, number[]][]; links: [number, [number, number][]]; lost: [number, [number, number][]] };
  pairs?: number;
  /** [name, community] of each part of a large community; partOf: the part of each node, -1 for none. */
  parts?: [string, number][];
  partOf?: number[];
  values?: Record<string, any>;
}

declare type Severity = "error" | "warning" | "info";
/** left, top, right, bottom */
declare type Box = [number, number, number, number];

declare interface View { x: number; y: number; k: number; width: number; height: number; ratio: number }

declare interface Filters {
  hiddenKinds: string[];
  folder: string | null;
  tags: number[];
  communities: number[];
  rules: string[];
  degree: number;
  from: number | null;
  until: number | null;
  only: string;
  not: string;
  orphans: boolean;
  pairs: boolean;
  local: { node: number; depth: number; expanded?: number[] } | null;
}

declare interface Emphasis { nodes: Set<number>; links: "around" | "between" | "path" | ""; centre: number; path?: number[] }

declare interface State {
  filters: Filters;
  query: string;
  found: number[];
  ends: any[];
  meant: string;
  hasTexts: boolean;
  hasDetails: boolean;
  lens: string;
  selected: number;
  finding: number;
  steps: number[];
  path: Emphasis | null;
  pathEnds: { from: number; to: number; result: number[] | null | undefined };
  picking: "from" | "to" | null;
  theme: string;
  colourBy: string;
  view: View;
  shown: Uint8Array;
  colours: any;
  emphasis: Emphasis | null;
  hovered: number;
  focused: number;
  showLabels: boolean;
  showCards: boolean;
  showFindings: boolean;
  showInfo: boolean;
  rules: Set<string>;
  inset: Box;
  isAdorned: boolean;
  placed: { node: number; text: string; x: number; y: number; size: number; bold: boolean; width: number }[];
  isBuilt: boolean;
}

declare interface Row { count?: number | string; lead?: Element; pressed?: boolean; onclick?: (event: any) => void; title?: string; off?: boolean; indent?: number; current?: boolean }
