/**
 * The engine as the interface sees it: calls that are answered in order by a worker, which may be ended at any time.
 *
 * The main thread keeps the clock, for the worker has no alarm: one that is over its time is ended and another is
 * started, with the same files and corrections. What was in hand is then a report without a verdict.
 */

import type { Answered, Ask, Call, Calls, Corrected, Facts, Failure, Language, Opened, Parts, Progress, Said, Saved, Stage } from "./protocol";

export interface Options {
  language: () => Language;
  onLoading?: (stage: Stage) => void;
  onReady?: (facts: Facts) => void;
  /** Several files are read: before each. */
  onProgress?: (progress: Progress) => void;
  /** The list of reports has changed by itself: one more was judged, or a new worker has taken over. */
  onReports?: (opened: Opened) => void;
  /** A worker was ended, and another is loading. */
  onRestart?: (why: Lost["why"]) => void;
  /** For tests: another worker than that of the page, and its parts. */
  worker?: () => Worker;
  parts?: Parts;
}

/** A call without an answer, for a reason in the command's words. */
export class EngineFailure extends Error {
  constructor(readonly failure: Failure) {
    super(failure.message);
  }
}

/** A report whose work has ended a worker. */
interface Lost {
  path: string;
  why: "late" | "broken";
}

interface Asked {
  name: string;
  ask: unknown;
  files: (Uint8Array | null)[];
  resolve: (answer: unknown) => void;
  reject: (error: Error) => void;
}

const PARTS = ["worker", "wasm", "stdlib", "app", "pdf"] as const;
const LOADING = 180_000; // milliseconds that a worker may take to load
const GRACE = 15_000; // beyond the time of one report, in which the engine may say so itself
const KEPT = new Set(["edit", "fix", "fixAll", "undo", "redo", "restart"]); // those that leave the report as it was

/** What the browser lacks, by its name; null if it has all that is needed. */
export function unsupported(): string | null {
  if (typeof WebAssembly !== "object") return "WebAssembly";
  if (typeof DecompressionStream !== "function") return "DecompressionStream";
  // A table of references: the newest thing that Pyodide is compiled to.
  const references = new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 111, 3, 2, 1, 0, 10, 6, 1, 4, 0, 208, 111, 11]);
  if (!WebAssembly.validate(references)) return "WebAssembly reference types";
  // A try block.
  const exceptions = new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0, 1, 4, 1, 96, 0, 0, 3, 2, 1, 0, 10, 8, 1, 6, 0, 6, 64, 25, 11, 11]);
  if (!WebAssembly.validate(exceptions)) return "WebAssembly exceptions";
  // One that does not know the word of the policy for compiling forbids it.
  try {
    new WebAssembly.Module(references);
  } catch {
    return "wasm-unsafe-eval";
  }
  return null;
}

function pageParts(): Parts {
  const text = (id: string): string => {
    const element = document.getElementById(`part-${id}`)!;
    element.remove();
    return element.textContent!;
  };
  return Object.fromEntries(PARTS.map((id) => [id, text(id)])) as unknown as Parts;
}

/** Make what starts a worker of `code`, packed. */
async function pageWorker(code: string): Promise<() => Worker> {
  const packed = Uint8Array.from(atob(code), (sign) => sign.charCodeAt(0));
  const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream("gzip"));
  const url = URL.createObjectURL(new Blob([await new Response(stream).arrayBuffer()], { type: "text/javascript" }));
  return () => new Worker(url);
}

export class Engine {
  /** Rejects if the engine cannot be started at all. */
  readonly ready: Promise<Facts>;
  facts: Facts | null = null;

  readonly #options: Options;
  readonly #parts: Parts;
  #start: () => Worker = () => {
    throw new Error("no worker");
  };
  #worker: Worker | null = null;
  #settleReady!: { resolve: (facts: Facts) => void; reject: (error: Error) => void };
  #loaded = false;
  #queue: Asked[] = [];
  #inHand: Asked | null = null;
  #number = 0;
  #clock: ReturnType<typeof setTimeout> | undefined;
  #waiting = 0;
  #reading = "";

  // What another worker needs to go on.
  readonly #files = new Map<string, Uint8Array | null>();
  readonly #numbers = new Map<string, number>();
  #state: Corrected[] = [];
  #lost: Lost[] = [];

  constructor(options: Options) {
    this.#options = options;
    this.ready = new Promise((resolve, reject) => (this.#settleReady = { resolve, reject }));
    this.ready.catch(() => undefined);
    this.#parts = options.parts ?? pageParts();
    const worker = options.worker !== undefined ? Promise.resolve(options.worker) : pageWorker(this.#parts.worker);
    worker.then((start) => {
      this.#start = start;
      this.#load();
    }, (error: unknown) => this.#giveUp(String(error)));
  }

  /** Ask for `name`. Rejects with an EngineFailure. */
  call<C extends Call>(name: C, ask: Calls[C]["ask"]): Promise<Calls[C]["answer"]> {
    return this.#ask(name, ask, []);
  }

  /** Open files as they are dropped; those that are too large are not even read. */
  async open(files: File[]): Promise<Opened> {
    const facts = await this.ready;
    const read = async (file: File): Promise<Uint8Array | null> =>
      file.size > facts.mostBytes ? null : new Uint8Array(await file.arrayBuffer());
    const bytes = await Promise.all(files.map(read));
    return this.#ask("open", { names: files.map((file) => file.webkitRelativePath || file.name) }, bytes);
  }

  /** Open files under names of one's own: what is dropped as a folder has no path that a File knows. */
  async openNamed(files: { name: string; bytes: Uint8Array }[]): Promise<Opened> {
    const facts = await this.ready;
    const bytes = files.map((file) => (file.bytes.length > facts.mostBytes ? null : file.bytes));
    return this.#ask("open", { names: files.map((file) => file.name) }, bytes);
  }

  terminate(): void {
    clearTimeout(this.#clock);
    this.#worker?.terminate();
  }

  #ask<T>(name: string, ask: unknown, files: (Uint8Array | null)[]): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      this.#queue.push({ name, ask, files, resolve: resolve as (answer: unknown) => void, reject });
      this.#next();
    });
  }

  // -- the worker ----------------------------------------------------------------------------------------

  #load(): void {
    this.#loaded = false;
    const worker = (this.#worker = this.#start());
    worker.onmessage = (event: MessageEvent<Said>) => {
      if (this.#worker === worker) this.#hear(event.data);
    };
    worker.onerror = (event: ErrorEvent) => {
      if (this.#worker === worker) this.#ended("broken", event.message || "worker");
    };
    this.#send({ type: "parts", parts: this.#parts });
    this.#wind(LOADING);
  }

  #send(asked: Ask): void {
    this.#worker?.postMessage(asked);
  }

  #wind(milliseconds: number): void {
    clearTimeout(this.#clock);
    this.#clock = setTimeout(() => this.#ended("late", "late"), milliseconds);
  }

  #allowed(): number {
    return (this.facts?.seconds ?? 60) * 1000 + GRACE;
  }

  /** Send the next call, if there is none in hand; with nothing to do, have reports judged that wait. */
  #next(): void {
    if (!this.#loaded || this.#inHand !== null) return;
    const next = this.#queue.shift() ?? (this.#waiting > 0 ? this.#settle() : undefined);
    if (next === undefined) return;
    this.#inHand = next;
    this.#reading = "";
    this.#wind(this.#allowed());
    const { name, ask, files } = next;
    this.#send({ type: "call", id: ++this.#number, call: name, language: this.#options.language(), ask, files });
  }

  #settle(): Asked {
    const told = (opened: unknown): void => this.#options.onReports?.(opened as Opened);
    return { name: "settle", ask: {}, files: [], resolve: told, reject: () => undefined };
  }

  #hear(said: Said): void {
    switch (said.type) {
      case "loading":
        this.#options.onLoading?.(said.stage);
        return;
      case "ready":
        this.#begin(said.facts);
        return;
      case "judging":
        this.#reading = said.progress.name;
        this.#wind(this.#allowed());
        this.#options.onProgress?.(said.progress);
        return;
      case "broken":
        this.#ended("broken", said.message);
        return;
      case "answer":
        this.#answered(said.answered, said.bytes);
        return;
      case "failure":
        this.#done()?.reject(new EngineFailure(said.failure));
        this.#next();
    }
  }

  #begin(facts: Facts): void {
    clearTimeout(this.#clock);
    const first = this.facts === null;
    this.facts = facts;
    this.#loaded = true;
    if (first) {
      this.#settleReady.resolve(facts);
      this.#options.onReady?.(facts);
    }
    this.#next();
  }

  #done(): Asked | null {
    clearTimeout(this.#clock);
    const done = this.#inHand;
    this.#inHand = null;
    return done;
  }

  #answered(answered: Answered, bytes: Uint8Array | null): void {
    const done = this.#done();
    if (done === null) return;
    this.#state = answered.state;
    const answer = answered.answer as Partial<Opened> | null;
    if (done.name === "save") {
      done.resolve({ ...(answer as unknown as Saved), bytes: bytes ?? new Uint8Array() });
    } else {
      this.#keep(done, answer);
      done.resolve(answer);
    }
    this.#next();
  }

  /** Keep what another worker would need to know of this answer. */
  #keep(done: Asked, answer: Partial<Opened> | null): void {
    if (answer?.reports !== undefined) {
      this.#numbers.clear();
      for (const entry of answer.reports) this.#numbers.set(entry.name, entry.report);
      this.#waiting = answer.waiting ?? 0;
    }
    const paths = answer?.paths ?? [];
    if (done.name === "open") this.#keepFiles(paths, done.files);
    if (done.name === "paste") {
      const { text, html } = (done.ask as Calls["paste"]["ask"]).pasted;
      for (const path of paths) this.#files.set(path, new TextEncoder().encode(path.endsWith(".html") ? html : text));
    }
    if (done.name === "close" || done.name === "dismiss") {
      for (const path of paths) this.#files.delete(path);
      this.#lost = this.#lost.filter((lost) => this.#files.has(lost.path));
    }
  }

  #keepFiles(paths: string[], files: (Uint8Array | null)[]): void {
    paths.forEach((path, index) => path && this.#files.set(path, files[index] ?? null));
  }

  // -- a worker that was ended ---------------------------------------------------------------------------

  #ended(why: Lost["why"], message: string): void {
    this.terminate();
    this.#worker = null;
    if (!this.#loaded) {
      this.#giveUp(message);
      return;
    }
    const done = this.#done();
    const path = done === null ? "" : this.#pathOf(done);
    const reported = this.facts!.words[why][this.#options.language()];
    const failure = new EngineFailure({ kind: why === "late" ? "late" : "fault", message: reported });
    if (done === null) {
      // Nothing was asked: it ended by itself.
    } else if (KEPT.has(done.name) || path === "") {
      done.reject(failure);
    } else if (this.#lost.some((lost) => lost.path === path)) {
      this.#giveUp(message);
      return;
    } else {
      this.#lost.push({ path, why });
    }
    this.#options.onRestart?.(why);
    if (this.#files.size > 0 || done?.name === "open" || done?.name === "restore") this.#queue.unshift(this.#restored(done, failure));
    this.#load();
  }

  #pathOf(done: Asked): string {
    if (this.#reading !== "") return this.#reading;
    const asked = done.ask as { report?: number };
    for (const [path, number] of this.#numbers) if (number === asked.report) return path;
    return "";
  }

  /** The call that has a new worker take over, and then answers what was asked of the old one. */
  #restored(done: Asked | null, failure: Error): Asked {
    const opening = done?.name === "open" || done?.name === "restore";
    const files = new Map(this.#files);
    if (done?.name === "open") {
      const names = (done.ask as Calls["open"]["ask"]).names;
      names.forEach((name, index) => files.set(name, done.files[index] ?? null));
    }
    const before = new Set(this.#numbers.values());
    const ask = {
      names: done?.name === "restore" ? (done.ask as { names: string[] }).names : [...files.keys()],
      numbers: Object.fromEntries(this.#numbers),
      state: this.#state,
      lost: this.#lost,
    };
    const told = (answer: unknown): void => {
      const opened = answer as Opened;
      this.#keepFiles(opened.paths, sent);
      this.#options.onReports?.(opened);
      if (opening) done.resolve({ ...opened, added: opened.reports.map((entry) => entry.report).filter((report) => !before.has(report)) });
      else if (done !== null && !KEPT.has(done.name)) done.reject(failure);
    };
    const sent = done?.name === "restore" ? done.files : [...files.values()];
    return { name: "restore", ask, files: sent, resolve: told, reject: (error) => done?.reject(error) };
  }

  #giveUp(message: string): void {
    const failure = new EngineFailure({ kind: "fault", message });
    this.#settleReady.reject(failure);
    this.#done()?.reject(failure);
    for (const asked of this.#queue.splice(0)) asked.reject(failure);
  }
}
