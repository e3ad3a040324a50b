// All reports that are open, a line each.

import { useState } from "preact/hooks";
import type { Entry } from "../protocol";
import type { Deeds, Shown } from "./desk";
import { Loading } from "./start";
import type { Word } from "./words";

type Column = "organ" | "year" | "errors" | "warnings" | "infos" | "unjudged";
const COUNTS = [
  ["errors", "error"],
  ["warnings", "warning"],
  ["infos", "info"],
  ["unjudged", "doubt"],
] as const;

export function Overview({ shown, deeds }: { shown: Shown; deeds: Deeds }) {
  const { say } = deeds;
  const entries = shown.opened?.reports ?? [];
  const leftOut = shown.opened?.leftOut ?? [];
  const [by, sortBy] = useState<{ column: Column; down: boolean } | null>(null);
  const sorted = by ? [...entries].sort((one, other) => (by.down ? -1 : 1) * compared(one, other, by.column)) : entries;
  const names = new Map(entries.map((entry) => [entry.report, `${organ(entry)} ${entry.year ?? ""}`.trim()]));
  const sum = (column: (typeof COUNTS)[number][0]) => entries.reduce((total, entry) => total + entry[column], 0);
  const clean = entries.filter((entry) => entry.standing === "clean").length;
  const waiting = shown.opened?.waiting ?? 0;
  const unread = entries.filter((entry) => entry.standing === "unread").length;
  // A figure is first sorted with the greatest on top.
  const head = (column: Column, word: Word, count: boolean) => {
    const here = by?.column === column ? (by.down ? "descending" : "ascending") : undefined;
    const turn = () => sortBy(here === undefined ? { column, down: count } : { column, down: !by!.down });
    return (
      <th class={count ? "n" : ""} aria-sort={here} scope="col">
        <button type="button" onClick={turn}>
          {say(word)}
        </button>
      </th>
    );
  };
  return (
    <main class="over-all">
      <h2>{`${entries.length} ${say("filesWord")}`}</h2>
      <p class="counts">
        {COUNTS.map(([column, word]) => (
          <span key={column} class={word}>
            {say(word)} <b>{sum(column)}</b>
          </span>
        ))}
        <span>
          {say("standing_clean")} <b>{clean}</b>
        </span>
        {waiting > 0 && (
          <span class="quiet">
            {say("standing_waiting")} <b>{waiting}</b>
          </span>
        )}
        {unread > 0 && (
          <span class="error">
            {say("standing_unread")} <b>{unread}</b>
          </span>
        )}
      </p>
      {(shown.waiting + waiting > 0 || shown.stage !== null) && (
        <Loading shown={{ ...shown, waiting: shown.waiting || waiting }} deeds={deeds} />
      )}
      <div class="card">
        <table class="reports">
          <thead>
            <tr>
              {head("organ", "organ", false)}
              {head("year", "year", false)}
              <th scope="col">{say("verdict")}</th>
              {COUNTS.map(([column, word]) => head(column, word, true))}
              <th scope="col" class="wide">
                {say("comparedWith")}
              </th>
              <th scope="col">
                <span class="unseen">{say("remove")}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {sorted.map((entry) => (
              <tr key={entry.report}>
                <td class="name">
                  <button type="button" onClick={() => deeds.show(entry.report)}>
                    {organ(entry)}
                  </button>
                  {organ(entry) !== entry.name && <small>{entry.name}</small>}
                </td>
                <td>{entry.year ?? ""}</td>
                <td class={`verdict ${entry.standing}`}>
                  {say(`standing_${entry.standing}` as Word)}
                  {(entry.error ?? entry.lack) && <small>{entry.error ?? entry.lack}</small>}
                </td>
                {COUNTS.map(([column, word]) => (
                  <td key={column} class={`n ${word}`}>
                    {entry[column] || ""}
                  </td>
                ))}
                <td class="wide quiet">{entry.compared.map((other) => names.get(other)).filter(Boolean).join("、")}</td>
                <td class="n">
                  <button
                    type="button"
                    class="button plain"
                    aria-label={`${say("remove")} ${organ(entry)}`}
                    onClick={() => deeds.close(entry.report)}
                  >
                    {say("remove")}
                  </button>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {leftOut.length > 0 && (
        <details class="card">
          <summary>{`${say("leftOut")} ${leftOut.length}`}</summary>
          <ul>
            {leftOut.map((file) => (
              <li key={file.name}>
                {`${file.name} `}
                <span class="quiet">{file.reason}</span>
              </li>
            ))}
          </ul>
        </details>
      )}
    </main>
  );
}

/** Returns what a report is called: its organ, else its title, else the name of its file. */
export function organ(entry: Entry): string {
  return entry.organ || entry.title || entry.name;
}

function compared(one: Entry, other: Entry, column: Column): number {
  if (column === "organ") return organ(one).localeCompare(organ(other), "zh-CN", { numeric: true });
  return (one[column] ?? 0) - (other[column] ?? 0);
}
