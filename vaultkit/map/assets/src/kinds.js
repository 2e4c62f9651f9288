// @ts-check
// Kinds of nodes and links, as the document numbers them.

export const KINDS = ["note", "unresolved", "image", "pdf", "audio", "video", "other", "missing", "canvas", "base", "tag", "community", "pairs"];
export const EDGE_KINDS = ["link", "embed", "property", "canvas", "tag", "fold"];
export const HIDDEN_AT_FIRST = ["image", "pdf", "audio", "video", "other", "tag"];
export const FOLD_ABOVE = 50000; // visible nodes; above, communities are drawn as one node each
export const EMBED_EDGE = EDGE_KINDS.indexOf("embed");
export const TAG_EDGE = EDGE_KINDS.indexOf("tag");
export const KIND_NAMES = {
  note: "Notes", unresolved: "Not yet written", image: "Pictures", pdf: "PDFs", audio: "Sound", video: "Videos",
  other: "Other files", missing: "Missing files", canvas: "Canvases", base: "Bases", tag: "Tags", community: "Communities", pairs: "Folded pairs",
};

export const COMMUNITY = KINDS.indexOf("community");
export const FOLD_EDGE = EDGE_KINDS.indexOf("fold");
export const PAIRS = KINDS.indexOf("pairs"); // the one node for notes that have nothing but a missing file
export const UNRESOLVED = KINDS.indexOf("unresolved");
