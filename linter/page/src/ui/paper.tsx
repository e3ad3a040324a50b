// The report as a document, with marks at what is wrong; a cell or a paragraph that is clicked can be changed.

import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import type { Block, Finding, Span, Table, TableCell, View } from "../protocol";
import { Cells } from "./cells";
import type { Deeds, Shown } from "./desk";
import { at, changes, cutter, pieces, type Change } from "./marks";
import { Trying } from "./trying";

/** Where something is being tried: the place at which it begins does not move while it is typed. */
export interface Place {
  start: number;
  /** Where the caret is put, in code points from the beginning; null: all is selected. */
  caret: number | null;
  /** The report as it was when this was begun, with which it is compared until it is left. */
  since: View;
}

/** What all parts of the paper need to know. */
export interface Ground {
  view: View;
  cut: (span: Span) => string;
  findings: Finding[];
  changes: Change[];
  picked: Finding | null;
  /** Addresses of the cells that are in a sum with the one that is looked at. */
  insum: ReadonlySet<string>;
  trying: Place | null;
  tryAt: (place: Place | null) => void;
  look: (address: string | null) => void;
  deeds: Deeds;
}

interface Given {
  shown: Shown & { view: View };
  deeds: Deeds;
  insum: ReadonlySet<string>;
  look: (address: string | null) => void;
  trying: Place | null;
  tryAt: (place: Place | null) => void;
}

export function Paper({ shown, deeds, insum, look, trying, tryAt }: Given) {
  const { view, picked } = shown;
  const paper = useRef<HTMLElement>(null);
  const cut = useMemo(() => cutter(view.text), [view.text]);
  const found = view.findings.find((finding) => finding.record.fingerprint === picked) ?? null;
  const ground: Ground = {
    view,
    cut,
    findings: view.findings,
    changes: useMemo(() => changes(view), [view]),
    picked: found,
    insum,
    trying,
    tryAt,
    look,
    deeds,
  };
  // The one paragraph that Tab reaches; arrows move it.
  const [tab, setTab] = useState(0);
  const lines = view.blocks.flatMap((block, index) => (block.kind === "table" ? [] : [index]));
  const reached = lines.includes(tab) ? tab : lines[0];
  useEffect(() => {
    const mark = paper.current?.querySelector(".now");
    mark?.scrollIntoView({ block: "center", inline: "nearest" });
  }, [picked, shown.side]);
  return (
    <article class="paper" lang="zh-CN" ref={paper} aria-label={deeds.say("report")}>
      {view.blocks.map((block, index) => {
        const key = `${block.kind}${block.span.start}`;
        if (block.kind === "table") return <Cells key={key} table={block} ground={ground} />;
        return <Words key={key} block={block} ground={ground} reached={index === reached} reach={() => setTab(index)} />;
      })}
    </article>
  );
}

interface WordsGiven {
  block: Exclude<Block, Table>;
  ground: Ground;
  reached: boolean;
  reach: () => void;
}

// A heading or a paragraph.
function Words({ block, ground, reached, reach }: WordsGiven) {
  const self = useRef<HTMLDivElement>(null);
  const { span } = block;
  const text = ground.cut(span);
  const kind = kindOf(block, text);
  const changed = ground.changes.some((change) => overlaps(change.span, span));
  const loose = /^\s/.test(text) ? " said" : "";
  const classes = `${kind}${loose}${changed ? " changed" : ""}`;
  const tried = ground.trying?.start === span.start;
  const role = kind === "text" ? {} : { role: "heading" as const, "aria-level": kind === "title" ? 2 : kind === "heading" ? 3 : 4 };
  if (tried) {
    return (
      <div class={classes} ref={self} tabIndex={-1}>
        <Trying
          text={text}
          caret={ground.trying!.caret}
          label={ground.deeds.say("report")}
          judge={(draft, now) => ground.deeds.edit(now, draft, ground.trying!.since)}
          span={span}
          leave={(way) => {
            ground.tryAt(null);
            if (way !== "away") setTimeout(() => self.current?.focus());
          }}
        >
          <Marked span={span} ground={ground} bare />
        </Trying>
      </div>
    );
  }
  const begin = (caret: number) => {
    ground.look(null);
    ground.tryAt({ start: span.start, caret, since: ground.view });
  };
  const click = (event: MouseEvent) => {
    if (window.getSelection()?.isCollapsed) begin(caretIn(event)); // else words are being selected to be copied
  };
  const key = (event: KeyboardEvent) => {
    if (event.target !== event.currentTarget || event.ctrlKey || event.metaKey || event.altKey) return;
    const here = event.currentTarget as HTMLElement;
    const to = wordsBeside(here, event.key);
    if (to) to.focus();
    else if (event.key === "Enter" || event.key === "F2") begin(Array.from(text).length);
    else return;
    event.preventDefault();
  };
  return (
    <div class={classes} {...role} ref={self} tabIndex={reached ? 0 : -1} onFocus={reach} onClick={click} onKeyDown={key}>
      <Marked span={span} ground={ground} />
    </div>
  );
}

// Returns the heading or paragraph that an arrow leads to; the cells of a table have arrows of their own.
function wordsBeside(here: Element, key: string): HTMLElement | null {
  const way = { ArrowUp: "previousElementSibling", ArrowDown: "nextElementSibling" }[key] as "nextElementSibling" | undefined;
  let to = way ? here[way] : null;
  while (way && to?.matches(".sheet-table")) to = to[way];
  return to as HTMLElement | null;
}

// A heading that goes on as a sentence, （一）主动公开方面。全年…, is set as the paragraph that it is.
function kindOf(block: Exclude<Block, Table>, text: string): "title" | "heading" | "heading low" | "text" {
  if (block.kind === "paragraph") return "text";
  if (block.level === 0) return "title";
  if (block.level === 1) return "heading";
  return /。|[；：:;]./.test(text) || text.length > 40 ? "text" : "heading low";
}

/** The words in *span* with marks at those that findings are about. */
export function Marked({ span, ground, bare }: { span: Span; ground: Ground; bare?: boolean }) {
  const { picked, deeds } = ground;
  return (
    <>
      {pieces(span, ground.findings, ground.cut).map((piece) => {
        const { marked, ends, text } = piece;
        const related = picked?.related.some((place) => overlaps(place, piece.span)) ?? false;
        const now = marked !== null && picked === marked;
        const key = `${piece.span.start}-${piece.span.end}`;
        if (bare) return marked ? <span key={key} class={`mark ${marked.record.severity}`}>{text}</span> : text;
        if (marked === null && ends.length === 0) return related ? <span key={key} class="insum">{text}</span> : text;
        const finding = marked ?? ends[0]!;
        const ended = <Ended text={text} ends={ends} />;
        if (!marked && text) return ended;
        return (
          <a
            key={key}
            id={ends.includes(finding) ? `m${finding.number}` : undefined}
            class={`mark ${finding.record.severity}${now || (picked !== null && ends.includes(picked)) ? " now" : ""}`}
            href={`#f${finding.number}`}
            title={finding.record.message}
            onClick={(event) => {
              event.preventDefault();
              if (now && event.detail > 0) return; // a second click is one into the words
              event.stopPropagation();
              toFinding(finding, deeds, event.detail === 0);
            }}
          >
            {ended}
          </a>
        );
      })}
    </>
  );
}

// Words and the numbers of the findings that end with them; these begin no line.
function Ended({ text, ends }: { text: string; ends: Finding[] }) {
  if (ends.length === 0) return text;
  const signs = Array.from(text);
  const last = signs.pop();
  return (
    <>
      {signs.join("")}
      <span class="kept">
        {last}
        <Numbers findings={ends} />
      </span>
    </>
  );
}

export function Numbers({ findings }: { findings: Finding[] }) {
  return (
    <span class="numbers">
      {findings.map(({ number, record }) => (
        <span key={number} class={`number ${record.severity}`}>
          {number}
        </span>
      ))}
    </span>
  );
}

/** Opens *finding* in the list; by keyboard the focus goes there too. */
export function toFinding(finding: Finding, deeds: Deeds, focus: boolean): void {
  deeds.pick(finding.record.fingerprint, focus ? "findings" : undefined);
  if (focus) setTimeout(() => document.getElementById(`f${finding.number}`)?.focus());
}

/** Returns the findings that are at a cell. */
export function inCell(cell: TableCell, findings: readonly Finding[]): Finding[] {
  return findings.filter((finding) => finding.number > 0 && at(finding.at, cell.span));
}

export function overlaps(one: Span, other: Span): boolean {
  return one.start <= other.end && one.end >= other.start && (one.end > other.start || one.start === other.start);
}

// Returns the place in the words of an element that was clicked, in code points; numbers of marks are none of them.
function caretIn(event: MouseEvent): number {
  const element = event.currentTarget as HTMLElement;
  const page = document as Document & {
    caretPositionFromPoint?: (x: number, y: number) => { offsetNode: Node; offset: number } | null;
  };
  const range = document.caretRangeFromPoint?.(event.clientX, event.clientY);
  const place = page.caretPositionFromPoint?.(event.clientX, event.clientY);
  const [node, offset] = place ? [place.offsetNode, place.offset] : range ? [range.startContainer, range.startOffset] : [null, 0];
  let before = 0;
  const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  for (let text = walker.nextNode(); text; text = walker.nextNode()) {
    const words = text.parentElement?.closest(".number") ? "" : (text.nodeValue ?? "");
    if (text === node) return before + Array.from(words.slice(0, offset)).length;
    before += Array.from(words).length;
  }
  return before;
}
