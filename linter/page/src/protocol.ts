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

/** What was pasted: the text, and the HTML of it if a web page or a word processor gave any. */
export interface Pasted {
  text: string;
  html: string;
}

// -- calls ----------------------------------------------------------------------------------------------

/** Each call and the answer to it. Every call fails with a `Failure` in its place where there is nothing to answer. */
export interface Calls {
  /** Take reports, and files of settings, waivers and rules (YAML). Reports that are open are judged by new rules again. */
  open: { ask: { names: string[] }; answer: Opened };
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
  /** Judge the next report that waits. `Engine` asks this by itself while nothing else is asked. */
  settle: { ask: Record<string, never>; answer: Opened };
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
  /** Reports that this call has opened, in order; of `open`, `paste` and `close` alone. */
  added: number[];
  /** The paths that the files of this call have been given, in their order; "" for one that was not taken. */
  paths: string[];
  /** What the command says on standard error: settings passed over, files that are no report. */
  notices: string[];
  /** Files of a folder that are no reports, with the reason. */
  leftOut: { name: string; reason: string }[];
  /** How many reports are still to be judged: their `standing` is `waiting`. */
  waiting: number;
  /** What can be saved of all together; empty if nothing is open. */
  saves: Save[];
  /** The totals of the run, as `summary` of `-f json`. */
  summary: Summary;
}

export interface SettingsFile {
  name: string;
  kind: "settings" | "waivers" | "baseline" | "rules" | "roster" | "other";
}

/** One report in the list of those that are open: its line in the overview. */
export interface Entry {
  report: number;
  /** Its path, with "/" in a folder. */
  name: string;
  /** The title as it stands in the report, "" for none. */
  title: string;
  /** Organ, the place it belongs to, and level, "" if not known. */
  organ: string;
  place: string;
  level: string;
  year: number | null;
  /** What is concluded on it, the first that is true; `waiting` until it is judged, or judged again. */
  standing: "waiting" | "unread" | "partial" | "error" | "warning" | "info" | "differs" | "clean";
  errors: number;
  warnings: number;
  infos: number;
  suppressed: number;
  /** Rules that could not judge. */
  unjudged: number;
  /** Why there is no full verdict (tables could not be read …), null if there is one. */
  lack: string | null;
  /** Why there is no verdict at all, in the command's words; null if there is one. */
  error: string | null;
  /** How many corrections have been made. */
  corrections: number;
  /** Others that are open and that it was compared with: the year before, the units below it; empty until it is judged. */
  compared: number[];
}

/** A report that was corrected. */
export interface Changed {
  view: View;
  /** All reports: others may be judged again for this, and wait for it. */
  reports: Entry[];
  summary: Summary;
  waiting: number;
}

export interface View {
  report: number;
  entry: Entry;
  /** As in `-f json`. `findings` has the suppressed ones too, in the order of the text. */
  document: Json;
  findings: Finding[];
  outcomes: Outcome[];
  /** What could not be judged: the rules with one reason together. No rules: the report was not read. */
  gaps: Gap[];
  /** The judged text. Spans are of it. Corrections are in it. */
  text: string;
  /** All of `text` but line ends, in order. */
  blocks: Block[];
  /** The corrections that are made, the oldest first, and whether there are any to take back or make again. */
  corrections: Correction[];
  undo: boolean;
  redo: boolean;
  /** Why corrections do not go into the file (of a PDF) but into the text alone; null if they do. */
  unwritable: string | null;
  saves: Save[];
}

/** Rules that came to no conclusion for one reason. */
export interface Gap {
  /** 无法判断, 规则出错, 没有读成 */
  state: string;
  reason: string;
  rules: { code: string; title: string }[];
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
  /** Whether it adds up cells of a column, one below the other, or of a row. */
  along: "columns" | "rows";
  /** The column or row that it is in. */
  place: string;
  /** Where the form says so. */
  basis: string;
  /** `7 + 1 = 8 ≠ 9 = 8 + 1`, or in words that both sides are one figure, or that it cannot be added up. */
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
}

/** Why a call has no answer, in the command's words. */
export interface Failure {
  kind:
    | "refused" // the command would refuse this: a file that cannot be changed, a fix that does not hold
    | "settings" // a file of settings, waivers or rules is wrong, and no report came with it; nothing was changed
    | "late" // it took too long and was stopped; of `open` and `view` the report is then one without a verdict
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
  /** The section of the form it is in, the same words in every report: to group by. */
  section: string;
  /** The clauses in one line. */
  basis: string;
  /** Lines on other places that it mentions. */
  see: string[];
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

/** Main thread to worker. The bytes of files go beside the call. */
export type Ask =
  | { type: "parts"; parts: Parts }
  | { type: "call"; id: number; call: string; language: Language; ask: unknown; files: (Uint8Array | null)[] };

/** Worker to main thread. */
export type Said =
  | { type: "loading"; stage: Stage }
  | { type: "ready"; facts: Facts }
  | { type: "judging"; id: number; progress: Progress }
  | { type: "answer"; id: number; answered: Answered; bytes: Uint8Array | null }
  | { type: "failure"; id: number; failure: Failure }
  | { type: "broken"; id: number; message: string };

export interface Answered {
  answer: unknown;
  /** The corrections of all reports after the call. */
  state: Corrected[];
}

export type Stage = "unpacking" | "python" | "rules";

/** The reading of several files: which is in hand, from 0, of how many. */
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
  /** Suffixes of files that are taken, with the dot. */
  suffixes: string[];
  rules: number;
  /** What is said of a report whose worker was ended. */
  words: { late: Both; broken: Both };
}

export type Both = { [language in Language]: string };

/** The parts of the page, compressed, in base64 as the page has them: the worker decodes them. */
export interface Parts {
  worker: string;
  wasm: string;
  stdlib: string;
  app: string;
  pdf: string;
}

/** The corrections of a report, with which a new worker goes on where another was ended. */
export interface Corrected {
  report: number;
  path: string;
  /** Each step has its edits: start, end, old, new. */
  steps: [number, number, string, string][][];
  made: number;
}
