/**
 * Plays the main thread of the page to the end of workers: `node ended.mjs FOLDER`, where the built parts are.
 *
 * The workers are those of in_node.mjs, but for two calls that end them: a file called 毒.txt breaks one at once, and an
 * edit to 停 is never answered. No clock runs: a timer is over when the play says so. Prints one JSON object.
 */

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { Worker } from "node:worker_threads";
import { BROWSER, parts, script } from "./in_node.mjs";

const folder = process.argv[2];
const { Engine } = await import(pathToFileURL(join(folder, "engine.mjs")));

let timers = new Map();
let last = 0;
globalThis.setTimeout = (over) => (timers.set(++last, over), last);
globalThis.clearTimeout = (timer) => timers.delete(timer);
const timeIsUp = () => [...timers.values()].forEach((over) => over());

let started = 0;
class Ending {
  constructor() {
    started += 1;
    this.thread = new Worker(BROWSER(script(folder)), { eval: true });
    this.thread.on("message", (data) => this.onmessage({ data }));
  }
  postMessage(asked) {
    if (asked.call === "open" && asked.ask.names.includes("毒.txt")) {
      this.onmessage({ data: { type: "judging", id: asked.id, progress: { done: 0, of: 1, name: "毒.txt" } } });
      this.onmessage({ data: { type: "broken", id: asked.id, message: "out of memory" } });
    } else if (asked.call === "edit" && asked.ask.text === "停") timeIsUp();
    else this.thread.postMessage(asked);
  }
  terminate() {
    void this.thread.terminate();
  }
}

const restarts = [];
const engine = new Engine({
  language: () => "zh",
  worker: () => new Ending(),
  parts: parts(folder),
  onRestart: (why) => restarts.push(why),
});
const text = (path) => new Uint8Array(readFileSync(path));
const file = (name) => ({ name, bytes: text(process.argv[3]) });
const corrected = ({ text, corrections, findings }) => ({ text, corrections, findings: findings.length });

const [first] = (await engine.openNamed([file("年报.txt")])).added;
const { text: words } = await engine.call("view", { report: first });
const edit = (start, end, word) => engine.call("edit", { report: first, span: { start, end }, text: word });
const before = corrected((await edit(0, 1, "某")).view);
const opened = await engine.openNamed([file("毒.txt")]);
const lost = (await engine.call("view", { report: opened.added[0] })).entry;
const after = corrected(await engine.call("view", { report: first }));
const failure = await edit(0, 1, "停").then(() => null, (error) => error.failure);
const now = corrected(await engine.call("view", { report: first }));
const undone = corrected((await engine.call("undo", { report: first })).view);

const broken = new Engine({
  language: () => "zh",
  parts: parts(folder),
  worker: () => {
    const worker = { terminate: () => undefined };
    worker.postMessage = () => worker.onmessage({ data: { type: "broken", id: 0, message: "too old" } });
    return worker;
  },
});
const unready = await broken.ready.then(() => null, (error) => error.message);

const said = { words, before, opened, lost, after, failure, now, undone, restarts, started, unready };
process.stdout.write(JSON.stringify(said));
process.exit();
