// A table of the report: arrows go from cell to cell, what is typed goes into the one that has the focus.

import { useRef, useState } from "preact/hooks";
import type { Table, TableCell } from "../protocol";
import { worst } from "./marks";
import { inCell, Numbers, overlaps, toFinding, type Ground } from "./paper";
import { Trying, type Way } from "./trying";

export function Cells({ table, ground }: { table: Table; ground: Ground }) {
  // The one cell of the table that Tab reaches; arrows move it.
  const [tab, setTab] = useState(table.rows[0]?.[0]?.span.start ?? -1);
  const width = Math.max(...table.rows.map((row) => row.reduce((sum, cell) => sum + cell.columns, 0)));
  const cells = table.rows.flat();
  const starts = new Set(cells.map((cell) => cell.span.start));
  const reached = starts.has(tab) ? tab : (table.rows[0]?.[0]?.span.start ?? -1);
  const unread = cells.some((cell) => cell.number) && cells.every((cell) => cell.address === null);
  const classes = ["sheet-table", unread && "unread", table.rows.length <= SMALL && "small"];
  return (
    <div class={classes.filter(Boolean).join(" ")}>
      {unread && <p class="where">{ground.deeds.say("tableUnread")}</p>}
      <table class={width >= BROAD ? "broad" : ""} role="grid" aria-label={ground.deeds.say("table")}>
        <tbody>
          {table.rows.map((row, index) => {
            const head = !row.some((cell) => cell.number || cell.address !== null);
            return (
              <tr key={index} class={head ? "head" : ""}>
                {row.map((cell) => (
                  <Cell
                    key={cell.span.start}
                    cell={cell}
                    head={head}
                    ground={ground}
                    reached={cell.span.start === reached}
                    reach={() => setTab(cell.span.start)}
                  />
                ))}
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}

const SMALL = 12; // rows of a table that is printed on one page
const BROAD = 10; // columns of one that has no room to spare
const TALL = 3; // rows of a cell that may be narrow, for it has room below
const LONG = 8; // signs of a label that is not to be squeezed into a narrow column

interface Given {
  cell: TableCell;
  head: boolean;
  ground: Ground;
  reached: boolean;
  reach: () => void;
}

function Cell({ cell, head, ground, reached, reach }: Given) {
  const { deeds, picked } = ground;
  const found = inCell(cell, ground.findings);
  const gravest = worst(found);
  const text = ground.cut(cell.span);
  const figure = cell.address !== null || cell.number;
  const trying = ground.trying?.start === cell.span.start;
  const change = ground.changes.find((one) => overlaps(one.span, cell.span));
  const related = picked?.related.some((place) => overlaps(place, cell.span)) ?? false;
  const classes = [
    figure ? "figure" : "label",
    head && "middle",
    !figure && !head && text.length > LONG && cell.rows <= TALL && "long",
    gravest && `marked ${gravest.record.severity}`,
    picked !== null && found.includes(picked) && "now",
    ((cell.address !== null && ground.insum.has(cell.address)) || related) && "insum",
    change && "changed",
    trying && "chosen",
  ];
  const begin = (caret: number | null) => {
    ground.look(cell.address);
    ground.tryAt({ start: cell.span.start, caret, since: ground.view });
  };
  const key = (event: KeyboardEvent) => {
    const here = event.currentTarget as HTMLTableCellElement;
    const to = event.ctrlKey || event.metaKey || event.altKey ? null : nextTo(here, event.key);
    if (to) {
      event.preventDefault();
      to.focus();
    } else if (event.key === "Enter" || event.key === "F2") {
      event.preventDefault();
      begin(null);
    } else if (event.key.length === 1 && event.key !== " " && !event.ctrlKey && !event.metaKey && !event.altKey) {
      begin(null); // the field is there before the sign that was typed, which takes the place of what it says
    } else if (event.key === " " && gravest) {
      event.preventDefault();
      toFinding(gravest, deeds, true);
    }
  };
  const leave = (way: Way, element: HTMLElement | null) => {
    ground.tryAt(null);
    const here = element?.closest("td") ?? null;
    if (way === "away" || !here) return;
    const key = { down: "ArrowDown", right: "ArrowRight", left: "ArrowLeft", back: "" }[way];
    const to = nextTo(here, key) ?? here;
    setTimeout(() => to.focus());
  };
  const self = useRef<HTMLTableCellElement>(null);
  return (
    <td
      ref={self}
      rowSpan={cell.rows}
      colSpan={cell.columns}
      class={classes.filter(Boolean).join(" ")}
      tabIndex={trying ? -1 : reached ? 0 : -1}
      onFocus={() => {
        reach();
        ground.look(cell.address);
      }}
      onMouseEnter={() => ground.trying === null && ground.look(cell.address)}
      onKeyDown={trying ? undefined : key}
      onClick={() => {
        if (!window.getSelection()?.isCollapsed) return;
        if (gravest && !(picked && found.includes(picked))) toFinding(gravest, deeds, false);
        begin(null);
      }}
    >
      {trying ? (
        <Trying
          cell
          text={text}
          span={cell.span}
          caret={null}
          label={text}
          judge={(draft, span) => deeds.edit(span, draft, ground.trying!.since)}
          leave={(way) => leave(way, self.current)}
        />
      ) : (
        text
      )}
      {found.length > 0 && <Numbers findings={found} />}
      {change && <span class="unseen">{`${deeds.say("was")} ${change.old || deeds.say("blank")}`}</span>}
    </td>
  );
}

// Returns the cell that an arrow leads to, by where the cells are drawn: merged ones stand beside several others.
function nextTo(here: HTMLTableCellElement, key: string): HTMLTableCellElement | null {
  const way = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[key];
  if (!way) return null;
  const [across, down] = way as [number, number];
  const from = here.getBoundingClientRect();
  const x = across ? (across > 0 ? from.right + 2 : from.left - 2) : from.left + from.width / 2;
  const y = down ? (down > 0 ? from.bottom + 2 : from.top - 2) : from.top + Math.min(from.height / 2, 12);
  for (const cell of here.closest("table")!.querySelectorAll("td")) {
    const box = cell.getBoundingClientRect();
    if (box.left <= x && x < box.right && box.top <= y && y < box.bottom) return cell;
  }
  return null;
}
