// What the engine says of a cell that is looked at.

import { useEffect, useRef, useState } from "preact/hooks";
import type { CellView, View } from "../protocol";
import type { Deeds } from "./desk";

/** Returns what the cell at *address* is, in the report as it is now; one question at a time, the last one counts. */
export function useCell(view: View, address: string | null, deeds: Deeds): CellView | null {
  const [seen, see] = useState<CellView | null>(null);
  const asking = useRef(false);
  const wanted = useRef({ address, view });
  if (wanted.current.address !== address || wanted.current.view !== view) wanted.current = { address, view };
  useEffect(() => {
    const ask = async () => {
      const about = wanted.current;
      if (asking.current || about.address === null) return;
      asking.current = true;
      const answer = await deeds.cell(about.address);
      asking.current = false;
      if (about === wanted.current) see(answer);
      else void ask();
    };
    if (address === null) see(null);
    else void ask();
  }, [address, view]);
  return seen;
}

/** Brings *element* into sight, if it is not in sight of what it scrolls in. */
export function reveal(element: Element | null | undefined, scroller: Element | null | undefined): void {
  if (!element || !scroller) return;
  const box = element.getBoundingClientRect();
  const seen = scroller.getBoundingClientRect();
  const whole = box.top >= seen.top + 40 && box.bottom <= seen.bottom - 20;
  if (!whole) element.scrollIntoView({ block: box.height > seen.height * 0.8 ? "start" : "center", inline: "nearest" });
}
