// What lies on the desk, and what can be done with it. All judging is the engine's.

import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { Engine, EngineFailure } from "../engine";
import type { Call, Calls, CellView, Changed, Facts, Opened, Pasted, Progress, Save, Span, Stage, View } from "../protocol";
import { speaker, type Language, type Word } from "./words";

export interface Notice {
  bad: boolean;
  text: string;
}

/** What is shown. */
export interface Shown {
  language: Language;
  /** How far the engine is loaded; null: it is there. */
  stage: Stage | null;
  facts: Facts | null;
  opened: Opened | null;
  /** The report on the desk; null: the list of all, or the empty page. */
  view: View | null;
  /** How many files have been brought and are not open yet. */
  waiting: number;
  progress: Progress | null;
  notices: Notice[];
  /** Fingerprint of the finding that is open, or the code of a rule that could not judge. */
  picked: string | null;
  /** What the last correction did; of one that is typed, since its field was opened. */
  effect: { gone: number; come: number } | null;
  /** Reports with corrections that no file has that was saved. */
  unsaved: ReadonlySet<number>;
  /** On a phone, which of the two is seen. */
  side: "report" | "findings";
}

export interface Deeds {
  say: (word: Word) => string;
  switchLanguage: () => void;
  open: (files: File[]) => void;
  paste: (pasted: Pasted) => void;
  show: (report: number) => void;
  showAll: () => void;
  close: (report: number) => void;
  dismissSettings: (name: string) => void;
  dismissNotices: () => void;
  pick: (finding: string | null, side?: Shown["side"]) => void;
  turn: (side: Shown["side"]) => void;
  /** Puts *text* in the place of *span*, which is being changed *since* then; says whether it was judged. */
  edit: (span: Span, text: string, since: View) => Promise<boolean>;
  change: (call: "undo" | "redo" | "restart" | "fixAll") => void;
  fix: (finding: string) => void;
  cell: (address: string) => Promise<CellView | null>;
  save: (report: number | null, as: Save) => void;
  copy: (report: number) => Promise<boolean>;
}

const EMPTY: Shown = {
  language: "zh",
  stage: "unpacking",
  facts: null,
  opened: null,
  view: null,
  waiting: 0,
  progress: null,
  notices: [],
  picked: null,
  effect: null,
  unsaved: new Set(),
  side: "findings",
};

const CORRECTED: readonly Save[] = ["tracked", "direct", "text"];

/** Returns what is shown and what can be done, with an engine of its own. */
export function useDesk(): [Shown, Deeds] {
  const [shown, put] = useState(EMPTY);
  const now = useRef(shown);
  const set = (some: Partial<Shown>) => {
    now.current = { ...now.current, ...some };
    put(now.current);
  };
  const engine = useRef<Engine | null>(null);
  const deeds = useMemo(() => makeDeeds(now, set, () => engine.current!), []);
  useEffect(() => {
    const made = new Engine({
      language: () => now.current.language,
      onLoading: (stage) => set({ stage }),
      onReady: (facts) => set({ facts, stage: null }),
      onProgress: (progress) => set({ progress }),
      onRestart: () => set({ notices: [...now.current.notices, { bad: true, text: deeds.say("restarted") }] }),
      onReports: (opened) => set({ opened }),
    });
    made.ready.catch((fault) => set({ notices: [{ bad: true, text: `${deeds.say("failed")}: ${fault.message}` }] }));
    engine.current = made;
    return () => made.terminate();
  }, []);
  return [shown, deeds];
}

function makeDeeds(
  now: { current: Shown },
  set: (some: Partial<Shown>) => void,
  engine: () => Engine,
): Deeds {
  const say = (word: Word) => speaker(now.current.language)(word);
  const tell = (bad: boolean, ...texts: string[]) =>
    set({ notices: [...now.current.notices, ...texts.map((text) => ({ bad, text }))] });

  async function ask<C extends Call>(call: C, what: Calls[C]["ask"]): Promise<Calls[C]["answer"] | null> {
    try {
      return (await engine().call(call, what)) as Calls[C]["answer"];
    } catch (fault) {
      tell(true, told(fault));
      return null;
    }
  }

  function told(fault: unknown): string {
    if (fault instanceof EngineFailure) return fault.failure.message;
    return `${say("failed")}: ${String(fault)}`;
  }

  async function taken(work: Promise<Opened>, count: number): Promise<void> {
    set({ waiting: now.current.waiting + count });
    try {
      const opened = await work;
      list(opened);
      tell(false, ...opened.notices);
      const [only, second] = opened.added;
      if (only !== undefined && second === undefined) await show(only);
      else if (opened.added.length > 1) set({ view: null, picked: null });
      else if (now.current.view) await show(now.current.view.report);
    } catch (fault) {
      tell(true, told(fault));
    } finally {
      set({ waiting: now.current.waiting - count, progress: null });
    }
  }

  function list(opened: Opened): void {
    const { view, unsaved } = now.current;
    const there = new Set(opened.reports.map((entry) => entry.report));
    set({ opened, unsaved: new Set([...unsaved].filter((report) => there.has(report))) });
    if (view && !there.has(view.report)) set({ view: null, picked: null });
  }

  async function show(report: number): Promise<void> {
    const same = now.current.view?.report === report;
    const view = await ask("view", { report });
    if (view) set(same ? { view } : { view, picked: null, effect: null, side: "findings" });
  }

  function changed(answer: Changed | null, since = now.current.view): boolean {
    if (!answer) return false;
    const { opened, picked } = now.current;
    const [before, after] = [marked(since), marked(answer.view)];
    const { reports, summary, waiting } = answer;
    set({
      view: answer.view,
      opened: opened && { ...opened, reports, summary, waiting },
      picked: picked !== null && after.has(picked) ? picked : null,
      effect: since?.text === answer.view.text ? null : { gone: lacking(before, after), come: lacking(after, before) },
    });
    keep(answer.view.report, answer.view.corrections.length === 0);
    return true;
  }

  /** Notes whether what was corrected in *report* is also elsewhere. */
  function keep(report: number, kept: boolean): void {
    const unsaved = new Set(now.current.unsaved);
    if (kept) unsaved.delete(report);
    else unsaved.add(report);
    set({ unsaved });
  }

  /** Whether what is saved *as* this has the corrections in it. */
  const holds = (as: Save) => CORRECTED.includes(as) || (as === "comments" && now.current.view?.unwritable === null);

  const current = () => now.current.view?.report ?? -1;

  return {
    say,
    switchLanguage: async () => {
      set({ language: now.current.language === "zh" ? "en" : "zh" });
      const opened = now.current.opened && (await ask("open", { names: [] }));
      if (opened) list(opened);
      if (now.current.view) await show(current());
    },
    open: (files) => void (files.length > 0 && taken(engine().open(files), files.length)),
    paste: (pasted) => void taken(engine().call("paste", { pasted }), 1),
    show: (report) => void show(report),
    showAll: () => set({ view: null, picked: null }),
    close: async (report) => {
      const opened = await ask("close", { report });
      if (opened) list(opened);
    },
    dismissSettings: async (name) => {
      const opened = await ask("dismiss", { name });
      if (!opened) return;
      if (now.current.view) await show(current()); // before the file is gone from sight
      list(opened);
    },
    dismissNotices: () => set({ notices: [] }),
    pick: (finding, side) => set(side ? { picked: finding, side } : { picked: finding }),
    turn: (side) => set({ side }),
    edit: async (span, text, since) => changed(await ask("edit", { report: current(), span, text }), since),
    change: async (call) => void changed(await ask(call, { report: current() })),
    fix: async (finding) => void changed(await ask("fix", { report: current(), finding })),
    cell: async (address) => ask("cell", { report: current(), address }),
    save: async (report, as) => {
      const saved = await ask("save", { report, as });
      if (!saved) return;
      handOver(saved.name, new Blob([saved.bytes as BlobPart]));
      if (report !== null && holds(as)) keep(report, true);
    },
    copy: async (report) => {
      const saved = await ask("save", { report, as: "text" });
      const copied = saved !== null && (await toClipboard(new TextDecoder().decode(saved.bytes)));
      if (copied) keep(report, true);
      return copied;
    },
  };
}

// Returns the fingerprints of the findings that count.
function marked(view: View | null): ReadonlySet<string> {
  return new Set(view?.findings.filter((finding) => finding.number > 0).map((finding) => finding.record.fingerprint));
}

function lacking(some: ReadonlySet<string>, others: ReadonlySet<string>): number {
  return [...some].filter((one) => !others.has(one)).length;
}

function handOver(name: string, blob: Blob): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

async function toClipboard(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    // Not everywhere does a page that was opened from a folder have the newer way.
    const field = document.createElement("textarea");
    field.value = text;
    document.body.append(field);
    field.select();
    const done = document.execCommand("copy");
    field.remove();
    return done;
  }
}
