/**
 * Runs the worker of the page in a thread of Node: `node in_node.mjs FOLDER`, where the built parts are.
 *
 * It is the very code that the page runs, in a thread that has no more of Node than a browser has. Each line of
 * standard input is a call in JSON, its files as paths; each line of output is what the worker says to it.
 */

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { pathToFileURL } from "node:url";
import { Worker } from "node:worker_threads";
import { gunzipSync } from "node:zlib";

/** The code of a thread that runs `code` as a browser's worker would. */
export const BROWSER = (code) => `
const { parentPort } = require("node:worker_threads");
globalThis.self = globalThis;
globalThis.WorkerGlobalScope = class { static [Symbol.hasInstance]() { return true; } };
globalThis.location = { href: "https://page.invalid/", toString: () => "https://page.invalid/" };
self.postMessage = (said, transfer) => parentPort.postMessage(said, transfer);
parentPort.on("message", (data) => self.onmessage({ data }));
delete globalThis.process;
(function (require, module, process) {${code}
})();`;

export const script = (folder) => gunzipSync(readFileSync(join(folder, "worker.gz"))).toString();

export const parts = (folder) =>
  Object.fromEntries(["wasm", "stdlib", "app", "pdf"].map((name) => [name, readFileSync(join(folder, `${name}.gz`), "base64")]));

const tell = (said) => process.stdout.write(`${JSON.stringify(said)}\n`);

async function serve(folder) {
  const worker = new Worker(BROWSER(script(folder)), { eval: true });
  worker.on("message", (said) => {
    const bytes = said.bytes ? Buffer.from(said.bytes).toString("base64") : null;
    tell("bytes" in said ? { ...said, bytes } : said);
  });
  worker.on("error", (error) => tell({ type: "broken", id: 0, message: String(error.stack).slice(-2000) }));
  worker.postMessage({ type: "parts", parts: parts(folder) });
  let id = 0;
  for await (const line of createInterface({ input: process.stdin })) {
    const { call, language, ask, files } = JSON.parse(line);
    const given = files.map((path) => (path === null ? null : new Uint8Array(readFileSync(path))));
    worker.postMessage({ type: "call", id: ++id, call, language, ask, files: given });
  }
  await worker.terminate();
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) await serve(process.argv[2]);
