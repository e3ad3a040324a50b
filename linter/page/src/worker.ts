/**
 * The worker: Python in WebAssembly, started from the parts of the page, and a door to `nianbao.page.calls`.
 *
 * Nothing is fetched: what Pyodide asks for is taken from the parts.
 */

import createPyodideModule from "pyodide/pyodide.asm.mjs";
import { loadPyodide, type PyodideAPI } from "pyodide";
import type { Answered, Ask, Failure, Language, Parts, Said, Stage } from "./protocol";

interface Door {
  facts(): string;
  call(name: string, language: Language, ask: string, files: unknown): Door & { toJs(): [string, Uint8Array] };
  destroy(): void;
}

const BASE = "https://page.invalid/";
const LOCK = {
  info: { abi_version: "2026_0", arch: "wasm32", platform: "emscripten_5_0_3", python: "3.14.2", version: "314.0.7" },
  packages: {},
};

const say = (said: Said, transfer: Transferable[] = []): void =>
  (self as unknown as { postMessage(message: Said, transfer: Transferable[]): void }).postMessage(said, transfer);
const stage = (name: Stage): void => say({ type: "loading", stage: name });

function decoded(part: string): Uint8Array {
  const raw = atob(part);
  const bytes = new Uint8Array(raw.length);
  for (let at = 0; at < raw.length; at++) bytes[at] = raw.charCodeAt(at);
  return bytes;
}

function inflated(part: Uint8Array): ReadableStream<Uint8Array> {
  const stream = new Blob([part as BlobPart]).stream() as ReadableStream<BufferSource>;
  return stream.pipeThrough(new DecompressionStream("gzip")) as ReadableStream<Uint8Array>;
}

/** Answer what Pyodide fetches from the parts; a request for anything else fails. */
function fetchFrom(wasm: Uint8Array, stdlib: Uint8Array): void {
  self.fetch = async (asked: RequestInfo | URL): Promise<Response> => {
    const url = String(asked);
    if (url === `${BASE}pyodide.asm.wasm`) {
      return new Response(inflated(wasm), { headers: { "content-type": "application/wasm" } });
    }
    if (url === `${BASE}std.zip`) return new Response(inflated(stdlib));
    throw new Error(`nothing is fetched: ${url}`);
  };
}

let door: Door | null = null;
let python: PyodideAPI | null = null;
let inHand = 0;

async function start(parts: Parts): Promise<void> {
  stage("unpacking");
  fetchFrom(decoded(parts.wasm), decoded(parts.stdlib));
  const app = new Response(inflated(decoded(parts.app))).arrayBuffer();
  const py = await loadPyodide({
    indexURL: BASE,
    stdLibURL: `${BASE}std.zip`,
    packageBaseUrl: BASE,
    lockFileContents: LOCK as never,
    createPyodideModule: createPyodideModule as never,
  });
  stage("python");
  py.unpackArchive(await app, "zip", { extractDir: "/app" });
  py.runPython("import sys; sys.path.insert(0, '/app'); import boot");
  stage("rules");
  const boot = py.pyimport("boot") as { start(pdf: Uint8Array, progress: unknown): Door };
  const progress = (done: number, of: number, name: string): void =>
    say({ type: "judging", id: inHand, progress: { done, of, name } });
  door = boot.start(decoded(parts.pdf), progress);
  python = py;
  say({ type: "ready", facts: JSON.parse(door.facts()) });
}

/** What Python gives back for a call: the answer in JSON, and the bytes of a file. */
function called(name: string, language: Language, ask: unknown, files: (Uint8Array | null)[]): [string, Uint8Array] {
  if (door === null || python === null) throw new Error("not ready");
  const given = python.toPy(files.map((file) => file ?? undefined)); // null is no None of Python
  const made = door.call(name, language, JSON.stringify(ask), given);
  try {
    return made.toJs();
  } finally {
    made.destroy();
    given.destroy();
  }
}

function answer(asked: Extract<Ask, { type: "call" }>): void {
  inHand = asked.id;
  try {
    const [text, bytes] = called(asked.call, asked.language, asked.ask, asked.files);
    const said = JSON.parse(text) as Answered | { failure: Failure };
    if ("failure" in said) {
      say({ type: "failure", id: asked.id, failure: said.failure });
      return;
    }
    const whole = bytes.length ? bytes.slice() : null;
    say({ type: "answer", id: asked.id, answered: said, bytes: whole }, whole ? [whole.buffer as ArrayBuffer] : []);
  } catch (error) {
    // A fault that leaves Python itself in doubt, such as too little memory: this worker is not asked again.
    say({ type: "broken", id: asked.id, message: String(error) });
  }
}

self.onmessage = (event: MessageEvent<Ask>): void => {
  const asked = event.data;
  if (asked.type === "call") {
    answer(asked);
    return;
  }
  start(asked.parts).catch((error: unknown) => say({ type: "broken", id: 0, message: String(error) }));
};
