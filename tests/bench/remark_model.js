// Answer batches of notes on stdin with the parser model's view of each, one JSON line per note.
// Usage: node remark_model.js DIR   (DIR holds model.js, which exports emu, and its node_modules)
// A batch is one line, a JSON array of texts. An exception of the model is {"error": "..."}.
const path = require('path');
const { emu } = require(path.resolve(process.argv[2], 'model.js'));

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
