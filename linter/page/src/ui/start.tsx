// The empty page: where to drop, what happens to it, and how far the checker is.

import { useRef } from "preact/hooks";
import type { Stage } from "../protocol";
import { chosen } from "./bringing";
import type { Deeds, Shown } from "./desk";

const STAGES: readonly Stage[] = ["unpacking", "python", "rules"];

export function Start({ shown, deeds }: { shown: Shown; deeds: Deeds }) {
  const { say } = deeds;
  return (
    <main class="start">
      <div class="sheet">
        <h2>{say("purpose")}</h2>
        <p class="lead">{say("kinds")}</p>
        <hr class="seal" />
        <div class="drop">
          <strong>{say("dropHere")}</strong>
          <div class="choices">
            <Chooser deeds={deeds} main />
          </div>
          <PasteBox deeds={deeds} />
        </div>
        <Loading shown={shown} deeds={deeds} />
        <dl class="facts">
          <dt>{say("privateLead")}</dt>
          <dd>{say("private")}</dd>
          <dt>{say("officeLead")}</dt>
          <dd>{say("office")}</dd>
          <dt>{say("settingsLead")}</dt>
          <dd>{say("settings")}</dd>
        </dl>
      </div>
    </main>
  );
}

/** Buttons that open the browser's dialogue for files and for a folder. */
export function Chooser({ deeds, main }: { deeds: Deeds; main?: boolean }) {
  const files = useRef<HTMLInputElement>(null);
  const folder = useRef<HTMLInputElement>(null);
  const take = (event: Event) => {
    const field = event.currentTarget as HTMLInputElement;
    deeds.open(chosen(field.files));
    field.value = "";
  };
  return (
    <>
      <button type="button" class={main ? "button main" : "item"} onClick={() => files.current?.click()}>
        {deeds.say("openFiles")}
      </button>
      <button type="button" class={main ? "button" : "item"} onClick={() => folder.current?.click()}>
        {deeds.say("openFolder")}
      </button>
      <input ref={files} class="files" type="file" multiple hidden onChange={take} />
      <input
        ref={(field) => {
          folder.current = field;
          field?.setAttribute("webkitdirectory", "");
        }}
        class="folder"
        type="file"
        hidden
        onChange={take}
      />
    </>
  );
}

// A field to paste into, for those who use the mouse; the keys for it work on the whole page.
function PasteBox({ deeds }: { deeds: Deeds }) {
  const field = useRef<HTMLTextAreaElement>(null);
  const check = () => {
    const text = field.current?.value ?? "";
    if (text.trim()) deeds.paste({ text, html: "" });
  };
  return (
    <details class="paste">
      <summary>{deeds.say("paste")}</summary>
      <textarea ref={field} aria-label={deeds.say("pasteHere")} placeholder={deeds.say("pasteHere")} />
      <button type="button" class="button" onClick={check}>
        {deeds.say("check")}
      </button>
    </details>
  );
}

/** How far the checker is, and what waits for it. */
export function Loading({ shown, deeds }: { shown: Shown; deeds: Deeds }) {
  const { say } = deeds;
  const { stage, waiting, progress, facts } = shown;
  if (stage === null && waiting === 0) {
    return (
      <p class="state quiet" role="status">
        {say("ready")}
        {facts && ` · nianbao ${facts.version} · ${facts.rules} ${say("rules")}`}
      </p>
    );
  }
    const loading = stage !== null;
  const done = stage ? STAGES.indexOf(stage) + 0.5 : (progress?.done ?? 0);
  const of = stage ? STAGES.length : (progress?.of ?? 1);
  return (
    <div class="progress" role="status">
      <p>
        <span>{loading ? `${say("loading")}…` : `${say("checking")}${progress ? ` ${progress.name}` : "…"}`}</span>
        {progress && progress.of > 1 && !loading && <span>{`${progress.done + 1} / ${progress.of}`}</span>}
        {loading && waiting > 0 && <span>{`${waiting} ${say("waiting")}`}</span>}
      </p>
      <progress value={done} max={of} aria-label={loading ? say("loading") : say("checking")} />
    </div>
  );
}
