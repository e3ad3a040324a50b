// The page: a line at the top, and below it the empty page, one report with its findings, or the list of all.

import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import type { Finding, View } from "../protocol";
import { About } from "./about";
import { dropped } from "./bringing";
import { useDesk, type Deeds, type Shown } from "./desk";
import { Findings } from "./findings";
import { useCell } from "./looking";
import { changes, cutter } from "./marks";
import { organ, Overview } from "./overview";
import { inCell, overlaps, Paper, type Place } from "./paper";
import { Saving } from "./saving";
import { Chooser, Loading, Start } from "./start";

export function App() {
  const [shown, deeds] = useDesk();
  const [over, setOver] = useState(false);
  const { view, opened, language } = shown;
  const say = deeds.say;

  useEffect(() => {
    document.documentElement.lang = language === "zh" ? "zh-CN" : "en";
    document.title = say("name");
  }, [language]);

  useEffect(() => {
    const files = (event: DragEvent) => event.dataTransfer?.types.includes("Files") ?? false;
    const dragover = (event: DragEvent) => {
      if (!files(event)) return;
      event.preventDefault();
      setOver(true);
    };
    const dragleave = (event: DragEvent) => event.relatedTarget === null && setOver(false);
    const drop = async (event: DragEvent) => {
      if (!files(event)) return;
      event.preventDefault();
      setOver(false);
      deeds.open(await dropped(event.dataTransfer!));
    };
    const paste = (event: ClipboardEvent) => {
      const target = event.target as HTMLElement;
      const data = event.clipboardData;
      if (!data || (target.matches("input, textarea") && !target.closest(".paste"))) return;
      const taken = Array.from(data.files);
      const text = data.getData("text/plain");
      if (taken.length === 0 && !text.trim()) return;
      event.preventDefault();
      if (taken.length > 0) deeds.open(taken);
      else deeds.paste({ text, html: data.getData("text/html") });
    };
    const key = (event: KeyboardEvent) => {
      const letter = (event.ctrlKey || event.metaKey) && !event.altKey ? event.key.toLowerCase() : "";
      if ((event.target as HTMLElement).matches("input, textarea")) return;
      const back = letter === "z" && !event.shiftKey;
      const forth = (letter === "z" && event.shiftKey) || letter === "y";
      if (!back && !forth) return;
      event.preventDefault();
      deeds.change(back ? "undo" : "redo");
    };
    // A menu closes when the mouse goes elsewhere.
    const mousedown = (event: MouseEvent) => {
      for (const menu of document.querySelectorAll("details.menu[open]")) {
        if (!menu.contains(event.target as Node)) menu.removeAttribute("open");
      }
    };
    const all = { dragover, dragleave, drop, paste, mousedown, keydown: key };
    for (const [name, act] of Object.entries(all)) document.addEventListener(name, act as EventListener);
    return () => {
      for (const [name, act] of Object.entries(all)) document.removeEventListener(name, act as EventListener);
    };
  }, []);

  // A browser asks whether corrections are to be lost.
  const unsaved = shown.unsaved.size > 0;
  useEffect(() => {
    if (!unsaved) return;
    const stay = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener("beforeunload", stay);
    return () => window.removeEventListener("beforeunload", stay);
  }, [unsaved]);

  const entries = opened?.reports ?? [];
  return (
    <div class={`page${over ? " over" : ""}`} data-drop={say("dropAnywhere")}>
      <Top shown={shown} deeds={deeds} />
      <Notices shown={shown} deeds={deeds} />
      {view && view.entry.error !== null ? (
        <Unread reason={view.entry.error} deeds={deeds} />
      ) : view ? (
        <Report key={view.report} shown={{ ...shown, view }} deeds={deeds} />
      ) : entries.length > 0 ? (
        <Overview shown={shown} deeds={deeds} />
      ) : (
        <Start shown={shown} deeds={deeds} />
      )}
    </div>
  );
}

// A file of which there is nothing to show but the reason.
function Unread({ reason, deeds }: { reason: string; deeds: Deeds }) {
  return (
    <main class="unread">
      <h2>{deeds.say("notRead")}</h2>
      <p>{reason}</p>
    </main>
  );
}

function Top({ shown, deeds }: { shown: Shown; deeds: Deeds }) {
  const { view, opened } = shown;
  const { say } = deeds;
  const [dark, setDark] = useState(() => window.matchMedia("(prefers-color-scheme: dark)").matches);
  useEffect(() => {
    document.documentElement.dataset.theme = dark ? "dark" : "light";
  }, [dark]);
  const more = useRef<HTMLDetailsElement>(null);
  const entries = opened?.reports ?? [];
  const read = view !== null && view.entry.error === null;
  return (
    <header class="top">
      <h1>{say("name")}</h1>
      <div class="way">
        {view && entries.length > 1 && (
          <button type="button" class="button plain" onClick={deeds.showAll}>
            {`‹ ${say("all")} ${entries.length}`}
          </button>
        )}
        {view && <span title={view.entry.name}>{view.entry.name}</span>}
      </div>
      <div class="tools">
        {read && (
          <>
            <button type="button" class="button plain" disabled={!view.undo} onClick={() => deeds.change("undo")}>
              {say("undo")}
            </button>
            <button type="button" class="button plain" disabled={!view.redo} onClick={() => deeds.change("redo")}>
              {say("redo")}
            </button>
            {view.corrections.length > 0 && (
              <button type="button" class="button plain" onClick={() => deeds.change("restart")}>
                {say("original")}
              </button>
            )}
            {view.findings.some((finding) => finding.fixable && finding.record.fix?.safe) && (
              <button type="button" class="button plain" onClick={() => deeds.change("fixAll")}>
                {say("fixAll")}
              </button>
            )}
          </>
        )}
        {entries.length > 0 && (
          <details
            class="menu"
            ref={more}
            onClick={(event) => (event.target as HTMLElement).matches(".item") && more.current?.removeAttribute("open")}
          >
            <summary class="button">{say("openMore")}</summary>
            <div class="sheet">
              <Chooser deeds={deeds} />
            </div>
          </details>
        )}
        {(view === null ? entries.length > 0 : read) && <Saving shown={shown} deeds={deeds} />}
        <button type="button" class="button plain" aria-pressed={dark} onClick={() => setDark(!dark)}>
          {say(dark ? "light" : "dark")}
        </button>
        <button type="button" class="button plain" lang={shown.language === "zh" ? "en" : "zh-CN"} onClick={deeds.switchLanguage}>
          {say("other")}
        </button>
      </div>
    </header>
  );
}

function Notices({ shown, deeds }: { shown: Shown; deeds: Deeds }) {
  const { notices, view, opened } = shown;
  const { say } = deeds;
  const lack = view?.entry.lack;
  const settings = opened?.settings ?? [];
  const bad = notices.some((notice) => notice.bad);
  const any = notices.length > 0 || lack || view?.unwritable || settings.length > 0;
  return (
    <div class={any ? `notice${bad ? " bad" : ""}` : ""} role="status">
      {lack && <p>{lack}</p>}
      {view?.unwritable && <p>{view.unwritable}</p>}
      {notices.map((notice, index) => (
        <p key={index}>{notice.text}</p>
      ))}
      {notices.length > 0 && (
        <button type="button" class="button" onClick={deeds.dismissNotices}>
          {say("close")}
        </button>
      )}
      {settings.map((file) => (
        <p key={file.name} class="setting">
          {`${say(`kind_${file.kind}`)} ${file.name} `}
          <button type="button" class="button" aria-label={`${say("remove")} ${file.name}`} onClick={() => deeds.dismissSettings(file.name)}>
            {say("remove")}
          </button>
        </p>
      ))}
    </div>
  );
}

// One report and its findings side by side; on a phone one of the two.
function Report({ shown, deeds }: { shown: Shown & { view: View }; deeds: Deeds }) {
  const { view, side } = shown;
  const { say } = deeds;
  const [address, look] = useState<string | null>(null);
  const [trying, tryAt] = useState<Place | null>(null);
  const cell = useCell(view, address, deeds);
  const insum = useMemo(() => new Set(cell?.sums.flatMap((sum) => [...sum.left, ...sum.right])), [cell]);
  const was = useMemo(() => (cell ? before(view, cell.address) : null), [cell, view]);

  const tryFinding = (finding: Finding) => {
    deeds.pick(finding.record.fingerprint, "report");
    const place = placeOf(view, finding);
    if (place) setTimeout(() => (look(finding.cell), tryAt(place)));
  };
  return (
    <main class="both" data-side={side}>
      <div class="tabs">
        <button type="button" aria-pressed={side === "report"} onClick={() => deeds.turn("report")}>
          {say("report")}
        </button>
        <button type="button" aria-pressed={side === "findings"} onClick={() => deeds.turn("findings")}>
          {`${say("findings")} ${view.findings.filter((finding) => finding.number > 0).length}`}
        </button>
      </div>
      <section class="desk" aria-label={`${say("report")} ${organ(view.entry)}`}>
        <div class="scroll" tabIndex={-1}>
          <Paper shown={shown} deeds={deeds} insum={insum} look={look} trying={trying} tryAt={tryAt} />
        </div>
        <About cell={cell} was={was} deeds={deeds} />
      </section>
      <Findings shown={shown} deeds={deeds} tryFinding={tryFinding} />
    </main>
  );
}

// Returns what a cell said before it was changed, or null if it was not.
function before(view: View, address: string): string | null {
  const tables = view.blocks.flatMap((block) => (block.kind === "table" ? block.rows.flat() : []));
  const cell = tables.find((one) => one.address === address);
  return (cell && changes(view).find((change) => overlaps(change.span, cell.span))?.old) ?? null;
}

// Returns where what a finding is about can be changed: its cell, or its words in their paragraph.
function placeOf(view: View, finding: Finding): Place | null {
  for (const block of view.blocks) {
    if (block.kind === "table") {
      const cell = block.rows.flat().find((one) => inCell(one, [finding]).length > 0);
      if (cell) return { start: cell.span.start, caret: null, since: view };
    } else if (finding.at.start >= block.span.start && finding.at.start <= block.span.end) {
      const caret = Math.min(finding.at.end, block.span.end) - block.span.start;
      return { start: block.span.start, caret, since: view };
    }
  }
  return null;
}
