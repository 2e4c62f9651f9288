// Answer batches of notes on stdin with the parser model's view of each, one JSON line per note.
// Usage: node remark_model.js DIR   (DIR holds model.js, which exports emu, and its node_modules)
// A batch is one line, a JSON array of texts. An exception of the model is {"error": "..."}.
const fs = require('fs');
const path = require('path');
const { Module } = require('module');

// The model takes the position of a comment's text after it has consumed the comment, so links in a
// comment of several lines get wrong lines. Obsidian's records have the right ones.
const LATE = "return eat(sub)({type:'comment',children:this.tokenizeInline(sub,eat.now())});";
const EARLY = "const now=eat.now(); return eat(sub)({type:'comment',children:this.tokenizeInline(sub,now)});";

// Properties end at the first line of dashes; the model looks for a second one when they are empty.
const LONG = '(?:[\\s\\S]*?\\r?\\n)?---';
const SHORT = '(?:[\\s\\S]*?\\r?\\n)??---';

function load(file) {
  const model = new Module(file, module);
  model.filename = file;
  model.paths = Module._nodeModulePaths(path.dirname(file));
  model._compile(fs.readFileSync(file, 'utf8').replace(LATE, EARLY).replace(LONG, SHORT), file);
  return model.exports;
}

const { emu } = load(path.resolve(process.argv[2], 'model.js'));

function answer(text) {
  try {
    return JSON.stringify(emu(text));
  } catch (error) {
    return JSON.stringify({ error: String(error).split('\n')[0].slice(0, 200) });
  }
}

require('readline')
  .createInterface({ input: process.stdin, crlfDelay: Infinity })
  .on('line', (line) => {
    const lines = JSON.parse(line).map(answer);
    process.stdout.write(lines.length ? lines.join('\n') + '\n' : '');
  });
process.stdout.write('{"ready": true}\n');
