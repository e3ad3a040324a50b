// What can be taken away.

import type { Save } from "../protocol";
import { useRef, useState } from "preact/hooks";
import type { Deeds, Shown } from "./desk";
import type { Word } from "./words";

// In the order of use; what is not here is for programs.
const FOR_PEOPLE = ["comments", "tracked", "direct", "html", "xlsx", "docx", "csv", "markdown"] as const;

export function Saving({ shown, deeds }: { shown: Shown; deeds: Deeds }) {
  const { say } = deeds;
  const { view, opened } = shown;
  const menu = useRef<HTMLDetailsElement>(null);
  const [copied, setCopied] = useState(false);
  const report = view?.report ?? null;
  const saves = view?.saves ?? opened?.saves ?? [];
  const people = FOR_PEOPLE.filter((kind) => saves.includes(kind));
  const programs = saves.filter((kind) => kind !== "text" && !(FOR_PEOPLE as readonly Save[]).includes(kind));
  const close = () => menu.current?.removeAttribute("open");
  const item = (kind: Save) => {
    const word = `save_${kind}` as Word;
    const known = (FOR_PEOPLE as readonly Save[]).includes(kind);
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
        {known ? say(word) : kind.toUpperCase()}
        {known && <small>{say(`${word}_is` as Word)}</small>}
      </button>
    );
  };
  return (
    <details class="menu" ref={menu} onKeyDown={(event) => event.key === "Escape" && close()}>
      <summary class="button main">{say("save")}</summary>
      <div class="sheet">
        {people.map(item)}
        {view && saves.includes("text") && (
          <button
            type="button"
            class="item"
            onClick={async () => {
              setCopied(await deeds.copy(view.report));
              setTimeout(() => setCopied(false), 2500);
            }}
          >
            {copied ? `${say("copied")} ✓` : say("copy")}
            <small>{say("copyIs")}</small>
          </button>
        )}
        <button type="button" class="item" onClick={() => (close(), window.print())}>
          {say("print")}
          <small>{say("printIs")}</small>
        </button>
        {programs.length > 0 && (
          <details class="programs">
            <summary class="item">{say("forPrograms")}</summary>
            {programs.map(item)}
          </details>
        )}
      </div>
    </details>
  );
}
