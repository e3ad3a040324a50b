// What can be taken away.

import type { Save } from "../protocol";
import { useRef, useState } from "preact/hooks";
import type { Deeds, Shown } from "./desk";
import type { Word } from "./words";

// In the order of use; the other formats are in a list of their own.
const REPORT = ["comments", "tracked", "direct"] as const;
const FINDINGS = ["html", "xlsx", "docx"] as const;
const KNOWN: readonly Save[] = [...REPORT, ...FINDINGS];

export function Saving({ shown, deeds }: { shown: Shown; deeds: Deeds }) {
  const { say } = deeds;
  const { view, opened } = shown;
  const menu = useRef<HTMLDetailsElement>(null);
  const [copied, setCopied] = useState(false);
  const report = view?.report ?? null;
  const saves = view?.saves ?? opened?.saves ?? [];
  const others = saves.filter((kind) => kind !== "text" && !KNOWN.includes(kind));
  const close = () => menu.current?.removeAttribute("open");
  const item = (kind: Save) => {
    const word = `save_${kind}` as Word;
    const known = KNOWN.includes(kind);
    return (
      <button
        key={kind}
        type="button"
        class="item"
        data-save={kind}
        onClick={() => {
          close();
          deeds.save(report, kind);
        }}
      >
        {known ? say(word) : kind}
        {known && <small>{say(`${word}_is` as Word)}</small>}
      </button>
    );
  };
  return (
    <details class="menu" ref={menu} onKeyDown={(event) => event.key === "Escape" && close()}>
      <summary class="button main">{say("save")}</summary>
      <div class="sheet">
        {REPORT.filter((kind) => saves.includes(kind)).map(item)}
        {view && saves.includes("text") && (
          <button
            type="button"
            class="item"
            data-copy
            onClick={async () => {
              setCopied(await deeds.copy(view.report));
              setTimeout(() => setCopied(false), 2500);
            }}
          >
            {copied ? `${say("copied")} ✓` : say("copy")}
            <small>{say("copyIs")}</small>
          </button>
        )}
        {view && <hr />}
        {FINDINGS.filter((kind) => saves.includes(kind)).map(item)}
        <button type="button" class="item" onClick={() => (close(), window.print())}>
          {say("print")}
          <small>{say("printIs")}</small>
        </button>
        {others.length > 0 && (
          <details class="others">
            <summary class="item">{say("otherFormats")}</summary>
            {others.map(item)}
          </details>
        )}
      </div>
    </details>
  );
}
