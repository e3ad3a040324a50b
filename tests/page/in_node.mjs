/**
 * Runs the worker of the page in a thread of Node: `node in_node.mjs FOLDER`, where the built parts are.
 *
 * It is the very code that the page runs, in a thread that has no more of Node than a browser has. Each line of
 * standard input is a call in JSON, its files as paths; each line of output is what the worker says to it.
 */

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { Worker } from "node:worker_threads";
import { gunzipSync } from "node:zlib";

const folder = process.argv[2];
const BROWSER = `
const { parentPort } = require("node:worker_threads");
globalThis.self = globalThis;
globalThis.WorkerGlobalScope = class { static [Symbol.hasInstance]() { return true; } };
globalThis.location = { href: "https://page.invalid/", toString: () => "https://page.invalid/" };
self.postMessage = (said, transfer) => parentPort.postMessage(said, transfer);
parentPort.on("message", (data) => self.onmessage({ data }));
delete globalThis.process;
`;
const code = gunzipSync(readFileSync(join(folder, "worker.gz"))).toString();
const worker = new Worker(`${BROWSER}(function (require, module, process) {${code}\n})();`, { eval: true });
const names = ["wasm", "stdlib", "app", "pdf"];
const parts = Object.fromEntries(names.map((name) => [name, readFileSync(join(folder, `${name}.gz`), "base64")]));

const tell = (said) => process.stdout.write(`${JSON.stringify(said)}\n`);
worker.on("message", (said) => {
  const bytes = said.bytes ? Buffer.from(said.bytes).toString("base64") : null;
  tell("bytes" in said ? { ...said, bytes } : said);
});
worker.on("error", (error) => tell({ type: "broken", id: 0, message: String(error.stack).slice(-2000) }));
worker.postMessage({ type: "parts", parts });

let id = 0;
for await (const line of createInterface({ input: process.stdin })) {
  const { call, language, ask, files } = JSON.parse(line);
  const given = files.map((path) => (path === null ? null : new Uint8Array(readFileSync(path))));
  worker.postMessage({ type: "call", id: ++id, call, language, ask, files: given });
}
await worker.terminate();
