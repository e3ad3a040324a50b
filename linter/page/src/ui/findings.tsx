// The findings beside the report, by section in its order, and what could not be judged.

import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import type { Finding, Gap, View } from "../protocol";
import { Sums } from "./about";
import type { Deeds, Shown } from "./desk";
import { reveal, useCell } from "./looking";
import type { Word } from "./words";

type Kind = "error" | "warning" | "info" | "doubt";
const KINDS: readonly Kind[] = ["error", "warning", "info", "doubt"];

interface Given {
  shown: Shown & { view: View };
  deeds: Deeds;
  /** Shows the place of a finding in the report and lets it be changed there. */
  tryFinding: (finding: Finding) => void;
}

export function Findings({ shown, deeds, tryFinding }: Given) {
  const { view, picked, effect } = shown;
  const { say } = deeds;
  const [only, setOnly] = useState<ReadonlySet<Kind>>(new Set());
  const [sought, seek] = useState("");
  const list = useRef<HTMLDivElement>(null);
  const counted = view.findings.filter((finding) => finding.number > 0);
  const suppressed = view.findings.filter((finding) => finding.number === 0);
  const words = sought.toLowerCase().split(/\s+/).filter(Boolean);
  const wanted = (kind: Kind, text: string) =>
    (only.size === 0 || only.has(kind)) && words.every((word) => text.toLowerCase().includes(word));
  const kept = counted.filter((finding) => wanted(finding.record.severity, told(finding)));
  const open = view.gaps.filter((gap) => wanted("doubt", `${gap.reason} ${gap.rules.map((rule) => `${rule.code} ${rule.title}`).join(" ")}`));
  const sections = useMemo(() => bySection(kept), [kept]);
  const number = (kind: Kind) =>
    kind === "doubt" ? view.entry.unjudged : counted.filter((finding) => finding.record.severity === kind).length;

  useEffect(() => {
    const card = list.current?.querySelector(".finding.now");
    reveal(card, list.current);
  }, [picked, shown.side]);

  const turn = (kind: Kind) => {
    const next = new Set(only);
    if (!next.delete(kind)) next.add(kind);
    setOnly(next);
  };
  // Arrows go from finding to finding.
  const key = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const heads = [...list.current!.querySelectorAll<HTMLElement>(".finding > button")];
    const here = heads.indexOf(document.activeElement as HTMLElement);
    if (!step || here < 0) return;
    event.preventDefault();
    heads[here + step]?.focus();
  };
  // Where there is no full verdict, what is lacking is said before what was found.
  const first = view.entry.error !== null || view.entry.lack !== null;
  const doubts = open.length > 0 && (
    <section>
      <h3>{say("doubt")}</h3>
      {open.map((gap) => (
        <Doubt key={gap.state + gap.reason} gap={gap} deeds={deeds} />
      ))}
    </section>
  );
  const none = kept.length + open.length === 0;
  const filtering = only.size > 0 || words.length > 0;
  return (
    <aside class="beside" aria-label={say("findings")}>
      <div class="sieve">
        <h2 class="unseen">{say("findings")}</h2>
        <div class="counts" role="group" aria-label={say("show")}>
          {KINDS.map((kind) => (
            <button
              key={kind}
              type="button"
              class={`count ${kind}`}
              aria-pressed={only.has(kind)}
              disabled={number(kind) === 0}
              onClick={() => turn(kind)}
            >
              {say(kind)} <b>{number(kind)}</b>
            </button>
          ))}
        </div>
        <input
          type="search"
          aria-label={say("find")}
          placeholder={say("find")}
          value={sought}
          onInput={(event) => seek(event.currentTarget.value)}
        />
        <p class="effect quiet" role="status">
          {effect &&
            (effect.gone + effect.come > 0
              ? say("effect").replace("{gone}", String(effect.gone)).replace("{come}", String(effect.come))
              : say("noEffect"))}
        </p>
      </div>
      <div class="list" ref={list} onKeyDown={key}>
        {none && (
          <div class="none">
            <strong>{say(filtering ? "noneShown" : "noneLeft")}</strong>
            {filtering && (
              <button type="button" class="button" onClick={() => (setOnly(new Set()), seek(""))}>
                {say("showAll")}
              </button>
            )}
          </div>
        )}
        {!filtering && kept.length === 0 && open.length > 0 && <p class="none">{say("noneButDoubt")}</p>}
        {first && doubts}
        {sections.map(([section, findings]) => (
          <section key={section}>
            <h3>{section || say("title")}</h3>
            {findings.map((finding) => (
              <Card
                key={finding.record.fingerprint}
                finding={finding}
                view={view}
                now={picked === finding.record.fingerprint}
                deeds={deeds}
                tryFinding={tryFinding}
              />
            ))}
          </section>
        ))}
        {!first && doubts}
        {suppressed.length > 0 && !filtering && (
          <section>
            <h3>{say("suppressed")}</h3>
            {suppressed.map(({ record }) => (
              <p key={record.fingerprint} class="set-aside quiet">
                {record.message}
                {record.suppressed?.reason ? ` — ${record.suppressed.reason}` : ""}
              </p>
            ))}
          </section>
        )}
      </div>
    </aside>
  );
}

interface CardGiven {
  finding: Finding;
  view: View;
  now: boolean;
  deeds: Deeds;
  tryFinding: (finding: Finding) => void;
}

function Card({ finding, view, now, deeds, tryFinding }: CardGiven) {
  const { record, number } = finding;
  return (
    <div class={`finding ${record.severity}${now ? " now" : ""}`}>
      <button
        type="button"
        id={`f${number}`}
        aria-expanded={now}
        onClick={() => deeds.pick(now ? null : record.fingerprint)}
      >
        <span class={`number ${record.severity}`}>{number}</span>
        <span>
          <span class="head">
            <b>{deeds.say(record.severity)}</b>
            <span>{finding.title}</span>
          </span>
          <span class="message">{record.message}</span>
        </span>
      </button>
      <More finding={finding} view={view} now={now} deeds={deeds} tryFinding={tryFinding} />
    </div>
  );
}

// What a finding opens to. It is there in print whether it is open or not.
function More({ finding, view, now, deeds, tryFinding }: CardGiven) {
  const { record } = finding;
  const { say } = deeds;
  const cell = useCell(view, now ? finding.cell : null, deeds);
  const failing = cell?.sums.filter((sum) => sum.holds === false) ?? [];
  return (
    <div class="more">
      <dl>
        {failing.length > 0 && (
          <Row word="sums" deeds={deeds}>
            <Sums sums={failing} deeds={deeds} />
          </Row>
        )}
        <Row word="help" deeds={deeds}>
          {record.help}
        </Row>
        {record.fix && (
          <Row word="change" deeds={deeds}>
            <p>{record.fix.title}</p>
            {record.fix.edits.map((edit, index) => (
              <p class="change" key={index}>
                {edit.old ? <del>{edit.old}</del> : "＋ "}
                {edit.old && edit.new && " → "}
                {edit.new && <ins>{edit.new}</ins>}
              </p>
            ))}
          </Row>
        )}
        {record.elsewhere.length > 0 && (
          <Row word="elsewhere" deeds={deeds}>
            {record.elsewhere.map((other, index) => (
              <p key={index}>
                {`${other.path} · ${other.place} `}
                <q>{other.text}</q>
              </p>
            ))}
          </Row>
        )}
        <Row word="basis" deeds={deeds}>
          {finding.basis}
        </Row>
      </dl>
      <p class="rule">{`${record.code} ${record.name} · ${record.address}`}</p>
      <div class="deeds">
        {finding.fixable && (
          <button type="button" class="button main" onClick={() => take(finding, deeds)}>
            {say(record.fix?.safe ? "take" : "takeUnsafe")}
          </button>
        )}
        <button type="button" class="button" onClick={() => tryFinding(finding)}>
          {say("tryHere")}
        </button>
      </div>
    </div>
  );
}

// The finding that is put right goes, and with it the button that had the focus: the next one gets it.
function take(finding: Finding, deeds: Deeds): void {
  const heads = [...document.querySelectorAll<HTMLElement>(".finding > button")];
  const here = heads.findIndex((head) => head.id === `f${finding.number}`);
  const next = heads[here + 1] ?? heads[here - 1];
  deeds.fix(finding.record.fingerprint);
  next?.focus({ preventScroll: true });
}

function Row({ word, deeds, children }: { word: Word; deeds: Deeds; children: preact.ComponentChildren }) {
  return (
    <div>
      <dt>{deeds.say(word)}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function Doubt({ gap, deeds }: { gap: Gap; deeds: Deeds }) {
  return (
    <div class="finding doubt">
      <div class="told">
        <span class="number doubt">?</span>
        <span>
          <span class="head">
            <b>{gap.state}</b>
          </span>
          <span class="message">{gap.reason}</span>
          {gap.rules.length > 0 && (
            <details class="rules quiet">
              <summary>{`${gap.rules.length} ${deeds.say("rules")}`}</summary>
              <ul>
                {gap.rules.map((rule) => (
                  <li key={rule.code}>{`${rule.title} ${rule.code}`}</li>
                ))}
              </ul>
            </details>
          )}
        </span>
      </div>
    </div>
  );
}

function told({ record, title, section, basis }: Finding): string {
  return [record.code, record.name, title, section, record.address, record.message, record.span.text, record.help, basis].join(" ");
}

// Returns the findings of each section, in the order in which the report has them.
function bySection(findings: readonly Finding[]): [string, Finding[]][] {
  const made = new Map<string, Finding[]>();
  for (const finding of findings) {
    const here = made.get(finding.section);
    if (here) here.push(finding);
    else made.set(finding.section, [finding]);
  }
  return [...made];
}
