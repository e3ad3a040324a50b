// The line below the report: what the cell that is looked at is, and the sums it is in, with the figures.

import type { CellView, Sum } from "../protocol";
import type { Deeds } from "./desk";
import type { Word } from "./words";

export function About({ cell, was, deeds }: { cell: CellView | null; was: string | null; deeds: Deeds }) {
  const { say } = deeds;
  if (!cell) {
    return (
      <div class="about" role="status">
        <p class="quiet">{say("cellHint")}</p>
      </div>
    );
  }
  return (
    <div class="about" role="status">
      <p class="place">
        <span>
          {`${say("row")} `}
          <b>{cell.row}</b>
        </span>
        <span>
          {`${say("column")} `}
          <b>{cell.column}</b>
        </span>
        <span>
          {`${say("value")} `}
          <b>{cell.raw.trim() || say("blank")}</b>
          {was !== null && <span class="quiet">{` ${say("was")} ${was || say("blank")}`}</span>}
        </span>
      </p>
      {cell.sums.length > 0 ? <Sums sums={cell.sums} deeds={deeds} /> : <p class="quiet">{say("noSums")}</p>}
    </div>
  );
}

/** Sums with their figures, and whether they hold. */
export function Sums({ sums, deeds }: { sums: readonly Sum[]; deeds: Deeds }) {
  // One that cannot be judged has no figures to show.
  const state = (holds: boolean | null) =>
    holds === null ? (["open", "?", "sumOpen"] as const) : holds ? (["right", "✓", "sumHolds"] as const) : (["wrong", "✗", "sumFails"] as const);
  return (
    <ul class="sums">
      {sums.map((sum) => {
        const [tone, sign, word] = state(sum.holds);
        return (
          <li key={sum.place + sum.along + sum.written} class={tone}>
            <span aria-hidden="true">{sign}</span>
            <span>
              <span class={sum.holds === null ? "" : "unseen"}>{deeds.say(word)} </span>
              {sum.holds === null ? "" : once(sum.written)}
              <span class="quiet">{`　${sum.place}${deeds.say(`along_${sum.along}` as Word)}`}</span>
            </span>
          </li>
        );
      })}
    </ul>
  );
}

// Returns a sum without results that are said twice, 14 + 1 = 15 = 14 + 1; two sides it always has.
function once(written: string): string {
  const terms = written.split(" = ");
  const said = terms.filter((term, index) => term !== terms[index - 1]);
  return said.length > 1 ? said.join(" = ") : written;
}
