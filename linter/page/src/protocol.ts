/**
 * What the page and its worker say to each other: plain data, every text as the command words it.
 *
 * The interface calls `Engine` (engine.ts), which speaks this with the worker; the worker hands each call to
 * `nianbao.page` and its answer back. Nothing is judged here or there in TypeScript.
 */

/** The language of findings, reasons and files; the interface has its own words for the rest. */
export type Language = "zh" | "en";

/** A stretch of the judged text, in Unicode code points, half open; never UTF-16 units. */
export interface Span {
  start: number;
  end: number;
}

/** A file as it was dropped: `name` may be a path with "/" of a folder. `bytes` is null for one that is too large to read. */
export interface Dropped {
  name: string;
  bytes: Uint8Array | null;
}

/** What was pasted: the text, and the HTML of it if a web page or a word processor gave any. */
export interface Pasted {
  text: string;
  html: string;
}

// -- calls ----------------------------------------------------------------------------------------------

/** Each call and the answer to it. Every call fails with a `Failure` in its place where there is nothing to answer. */
export interface Calls {
  /** Take reports, and files of settings, waivers and rules (YAML). Reports that are open are judged by new rules again. */
  open: { ask: { files: Dropped[] }; answer: Opened };
  /** Take pasted text or a pasted web table as a report. */
  paste: { ask: { pasted: Pasted }; answer: Opened };
  /** Show one report. Costs little: what was judged is kept. */
  view: { ask: { report: number }; answer: View };
  /** Put `text` in the place of `span` in the judged text of `report`, and judge again. */
  edit: { ask: { report: number; span: Span; text: string }; answer: Changed };
  /** Take the fix of the finding with this fingerprint. */
  fix: { ask: { report: number; finding: string }; answer: Changed };
  /** Take every fix that has one right answer and changes no figure, as `check --fix` does. */
  fixAll: { ask: { report: number }; answer: Changed };
  /** Take back the last correction of a report, or make it again. */
  undo: { ask: { report: number }; answer: Changed };
  redo: { ask: { report: number }; answer: Changed };
  /** Take back all corrections of a report; `redo` makes them again one by one. */
  restart: { ask: { report: number }; answer: Changed };
  /** Close a report. The others may be judged differently without it. */
  close: { ask: { report: number }; answer: Opened };
  /** Take a file of settings or rules out again. */
  dismiss: { ask: { name: string }; answer: Opened };
  /** What a cell of a table is, and the sums it is in; null for one that is none of the form's. */
  cell: { ask: { report: number; address: string }; answer: CellView | null };
  /** A file to take away. `report` null: all that are open, as one run. */
  save: { ask: { report: number | null; as: Save }; answer: Saved };
}

export type Call = keyof Calls;

/** The kinds of files to take away; `View.saves` and `Opened.saves` tell which there are. */
export type Save =
  | "comments" // the report with every finding at its place, as `nianbao annotate`: docx comments, html marks
  | "tracked" // a docx with the corrections as tracked changes, as `check --fix`
  | "direct" // the report in its own format with the corrections in it
  | "text" // the corrected text to paste: cells of a row parted by tabs
  | Format;

/** Formats of `nianbao check -f`. */
export type Format =
  | "full" | "concise" | "grouped" | "json" | "jsonl" | "sarif" | "github" | "gitlab" | "junit" | "rdjson"
  | "checkstyle" | "csv" | "score" | "xlsx" | "html" | "docx" | "markdown";

// -- answers --------------------------------------------------------------------------------------------

/** All that is open, after something was opened, closed or changed. */
export interface Opened {
  reports: Entry[];
  /** Files of settings, waivers and rules that are in force. */
  settings: SettingsFile[];
  /** Reports that this call has opened, in order. */
  added: number[];
  /** What the command says on standard error: settings passed over, files that are no report. */
  notices: string[];
  /** What can be saved of all together; empty if nothing is open. */
  saves: Save[];
  /** The totals of the run, as `summary` of `-f json`. */
  summary: Summary;
}

export interface SettingsFile {
  name: string;
  kind: "settings" | "waivers" | "baseline" | "rules" | "roster" | "other";
}

/** One report in the list of those that are open. */
export interface Entry {
  report: number;
  name: string;
  /** The title as it stands in the report, "" for none. */
  title: string;
  issuer: string | null;
  year: number | null;
  errors: number;
  warnings: number;
  infos: number;
  /** Rules that could not judge. */
  undetermined: number;
  /** Why there is no full verdict (tables could not be read …), null if there is one. */
  lack: string | null;
  /** Why there is no verdict at all, in the command's words; null if there is one. */
  error: string | null;
  /** How many corrections have been made. */
  corrections: number;
  /** Others that are open and that it was compared with: the year before, the units below it. */
  compared: number[];
}

/** A report that was corrected. */
export interface Changed {
  view: View;
  /** Other reports whose verdict may have changed by this: their entries are new, their views are to be asked for. */
  entries: Entry[];
  summary: Summary;
  /** Findings that were there before and are gone, and those that have come, by fingerprint. */
  gone: string[];
  come: string[];
}

export interface View {
  report: number;
  entry: Entry;
  /** As in `-f json`. `findings` has the suppressed ones too, in the order of the text. */
  document: Json;
  findings: Finding[];
  outcomes: Outcome[];
  /** The outcomes without a conclusion, with the names of the rules. */
  open: Open[];
  /** The judged text. Spans are of it. Corrections are in it. */
  text: string;
  /** All of `text` but line ends, in order. */
  blocks: Block[];
  /** The corrections that are made, the oldest first, and whether there are any to take back or make again. */
  corrections: Correction[];
  undo: boolean;
  redo: boolean;
  /** Whether corrections go back into a file of its own kind; if not (a PDF), why, and the text alone is corrected. */
  writable: boolean;
  unwritable: string | null;
  saves: Save[];
}

/** A rule that came to no conclusion. */
export interface Open {
  code: string;
  title: string;
  reason: string;
  outcome: "undetermined" | "crashed";
}

export interface Correction {
  /** In the text as it was first read. */
  span: Span;
  old: string;
  new: string;
}

export type Block = Heading | Paragraph | Table;

export interface Heading {
  kind: "heading";
  /** 0 the title of the report, 1 a section, 2 … */
  level: number;
  span: Span;
}

export interface Paragraph {
  kind: "paragraph";
  span: Span;
}

export interface Table {
  kind: "table";
  span: Span;
  rows: TableCell[][];
}

export interface TableCell {
  /** May be empty: an empty cell. */
  span: Span;
  rows: number;
  columns: number;
  /** Whether it holds a figure or a sign in its place. */
  number: boolean;
  /** The keys of table, row and column of a cell of the form, null for a label. */
  address: string | null;
}

export interface CellView {
  address: string;
  /** 表三 · 三（一）予以公开 · 自然人 */
  place: string;
  row: string;
  column: string;
  /** As written, and as read; value null for none. */
  raw: string;
  value: string | null;
  state: "number" | "blank" | "absent" | "mark" | "text" | "unread";
  sums: Sum[];
}

export interface Sum {
  /** What the identity is called, in the words of the form. */
  name: string;
  /** The column or row that it is in. */
  place: string;
  /** `7 + 1 = 8 ≠ 9 = 8 + 1` */
  written: string;
  /** null: a cell without a figure leaves it open. */
  holds: boolean | null;
  /** Addresses of the cells on each side. */
  left: string[];
  right: string[];
}

export interface Saved {
  name: string;
  bytes: Uint8Array;
  /** Its media type, for the Blob. */
  type: string;
}

/** Why a call has no answer, in the command's words. */
export interface Failure {
  kind:
    | "refused" // the command would refuse this: a file that cannot be changed, a fix that does not hold
    | "settings" // a file of settings, waivers or rules is wrong; nothing was changed
    | "late" // it took too long and was stopped: the report is open without a verdict
    | "fault"; // the program failed
  message: string;
}

// -- records of `-f json`, as `nianbao schema` describes them ---------------------------------------------

export type Json = { [key: string]: unknown };

export interface Position {
  offset: number;
  line: number;
  column: number;
  byte_column: number;
  utf16: { line: number; character: number };
}

/** A place. Offsets are of the *file* if that is text, and of `View.text` else: use `Finding.at` in the page. */
export interface PlaceRecord {
  start: Position;
  end: Position;
  text: string;
  origin: Json | null;
}

export interface CellRecord {
  table: string;
  row: string;
  column: string;
  label: string;
  raw: string;
  value: string | null;
}

export interface FindingRecord {
  code: string;
  name: string;
  severity: "error" | "warning" | "info";
  message: string;
  help: string;
  path: string;
  span: PlaceRecord;
  address: string;
  cell: CellRecord | null;
  basis: { document: string; article: string; strength: string }[];
  related: { span: PlaceRecord; label: string; cell: CellRecord | null }[];
  elsewhere: { path: string; place: string; text: string }[];
  data: { [key: string]: string };
  fix: { title: string; safe: boolean; edits: { span: PlaceRecord; old: string; new: string }[] } | null;
  fingerprint: string;
  suppressed: { by: string; reason: string; origin: string } | null;
}

/** A finding: its record as `-f json` has it, and its places in `View.text`. */
export interface Finding {
  record: FindingRecord;
  /** The number that its mark has, from 1, in the order of the text; 0 for a suppressed one. */
  number: number;
  /** The name of the rule for people: in Chinese its summary. */
  title: string;
  at: Span;
  related: Span[];
  /** The section it is in, by the heading as printed; "" before the first. */
  section: string;
  /** Address of its cell, as in `TableCell.address`. */
  cell: string | null;
  /** Whether its fix can be taken here and now. */
  fixable: boolean;
}

export interface Outcome {
  path: string;
  code: string;
  outcome: "passed" | "failed" | "not_applicable" | "undetermined" | "crashed";
  reason: string | null;
}

export interface Summary {
  files: number;
  error: number;
  warning: number;
  info: number;
  unread: number;
  unjudged: number;
  exit_code: number;
  [key: string]: unknown;
}

// -- the worker's side ------------------------------------------------------------------------------------

/** Main thread to worker. */
export type Ask =
  | { type: "parts"; parts: Parts }
  | { type: "call"; id: number; call: Call; language: Language; ask: unknown }
  | { type: "restore"; id: number; language: Language; state: State };

/** Worker to main thread. */
export type Said =
  | { type: "loading"; stage: Stage }
  | { type: "ready"; facts: Facts }
  | { type: "judging"; id: number; progress: Progress }
  | { type: "answer"; id: number; answer: unknown; state: State | null }
  | { type: "failure"; id: number; failure: Failure }
  | { type: "broken"; message: string };

export type Stage = "unpacking" | "python" | "rules" | "ready";

/** The work on several files: which is in hand, from 0, of how many. */
export interface Progress {
  done: number;
  of: number;
  name: string;
}

/** What the engine says of itself once. */
export interface Facts {
  version: string;
  /** Bytes; a larger file is given without its bytes. */
  mostBytes: number;
  /** Seconds that one report may take. */
  seconds: number;
  /** Suffixes of files that are reports, with the dot, and those of the files of settings. */
  suffixes: string[];
  rules: number;
}

/** The compressed parts of the page. */
export interface Parts {
  wasm: Uint8Array;
  stdlib: Uint8Array;
  app: Uint8Array;
  pdf: Uint8Array;
}

/** What a new worker needs to go on where another was ended; the bytes of files stay on the main thread. */
export interface State {
  reports: { report: number; name: string; steps: { span: Span; new: string }[][]; made: number; lost: boolean }[];
  settings: string[];
}
