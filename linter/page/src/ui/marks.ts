// Where the findings are marked in the words of a block, and which words a correction has changed.

import type { Correction, Finding, Span, View } from "../protocol";

/** Words that the same findings are at. `ends` are those whose mark ends with them, and which say their number there. */
export interface Piece {
  text: string;
  span: Span;
  marked: Finding | null;
  ends: Finding[];
}

/** Returns how to take a stretch, counted in code points, out of *text*. */
export function cutter(text: string): (span: Span) => string {
  const points = Array.from(text);
  if (points.length === text.length) return ({ start, end }) => text.slice(start, end);
  return ({ start, end }) => points.slice(start, end).join("");
}

/** Returns the pieces that the marks of *findings* make of the words in *span*, in order. */
export function pieces(span: Span, findings: readonly Finding[], cut: (span: Span) => string): Piece[] {
  const here = findings
    .filter((finding) => finding.number > 0 && at(finding.at, span))
    .map((finding) => ({ finding, start: finding.at.start, end: Math.min(finding.at.end, span.end) }));
  const ends = new Set([span.start, span.end]);
  for (const { start, end } of here) ends.add(start).add(end);
  const bounds = [...ends].sort((one, other) => one - other);
  const made: Piece[] = [];
  const numbers = (place: number) => here.filter(({ end }) => end === place).map(({ finding }) => finding);
  const first = here.filter(({ start, end }) => start === end && end === span.start).map(({ finding }) => finding);
  if (first.length > 0) made.push({ text: "", span: { start: span.start, end: span.start }, marked: null, ends: first });
  for (let index = 0; index + 1 < bounds.length; index++) {
    const [start, end] = [bounds[index]!, bounds[index + 1]!];
    const over = here.filter((mark) => mark.start <= start && mark.end >= end && mark.end > mark.start);
    over.sort((one, other) => one.end - one.start - (other.end - other.start));
    made.push({ text: cut({ start, end }), span: { start, end }, marked: over[0]?.finding ?? null, ends: numbers(end) });
  }
  return made;
}

/** Returns whether what is marked begins in *span*; a mark over several blocks is shown in the first of them. */
export function at(mark: Span, span: Span): boolean {
  const last = mark.start === mark.end || span.start === span.end;
  return mark.start >= span.start && (last ? mark.start <= span.end : mark.start < span.end);
}

/** Words as they are now that a correction has put there, and what was there. */
export interface Change {
  span: Span;
  old: string;
}

/** Returns the corrections of *view* by where they are in its text now. */
export function changes(view: View): Change[] {
  let moved = 0;
  return [...view.corrections].sort((one, other) => one.span.start - other.span.start).map((made: Correction) => {
    const start = made.span.start + moved;
    const length = Array.from(made.new).length;
    moved += length - (made.span.end - made.span.start);
    return { span: { start, end: start + length }, old: made.old };
  });
}

/** Returns the worst of *findings*, or null: the severity that colours what all of them are at. */
export function worst(findings: readonly Finding[]): Finding | null {
  const grave = { error: 0, warning: 1, info: 2 };
  return findings.reduce<Finding | null>(
    (one, other) => (one && grave[one.record.severity] <= grave[other.record.severity] ? one : other),
    null,
  );
}
