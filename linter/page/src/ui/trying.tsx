// A field over the words it changes: what is typed is judged while it is typed, one draft at a time.

import type { ComponentChildren } from "preact";
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import type { Span } from "../protocol";

/** Where one goes from a field that is left; away: elsewhere by oneself. */
export type Way = "down" | "right" | "left" | "back" | "away";

interface Given {
  text: string;
  /** Where the words are now. */
  span: Span;
  caret: number | null;
  label: string;
  judge: (draft: string, span: Span) => Promise<boolean>;
  leave: (way: Way) => void;
  /** In a cell there is one line and nothing below it. */
  cell?: boolean;
  children?: ComponentChildren;
}

export function Trying({ text, span, caret, label, judge, leave, cell, children }: Given) {
  const [draft, setDraft] = useState(text);
  const field = useRef<HTMLTextAreaElement & HTMLInputElement>(null);
  const begun = useRef(text);
  // What was judged last, and the draft that waits until it is judged.
  const sent = useRef(text);
  const waits = useRef<string | null>(null);
  const flying = useRef(false);
  // Where these words are: the field may be left before all of them are judged.
  const place = useRef(span);

  const send = async (words: string) => {
    if (flying.current) {
      waits.current = words;
      return;
    }
    if (words === sent.current) return;
    flying.current = true;
    const { start } = place.current;
    if (await judge(words, place.current)) {
      sent.current = words;
      place.current = { start, end: start + Array.from(words).length };
    }
    flying.current = false;
    const next = waits.current;
    waits.current = null;
    if (next !== null) void send(next);
  };
  useLayoutEffect(() => {
    const element = field.current!;
    element.focus({ preventScroll: true });
    if (caret === null) element.select();
    else {
      const before = Array.from(text).slice(0, caret).join("").length;
      element.setSelectionRange(before, before);
    }
  }, []);
  // Undone or put right by a click elsewhere while the field is open.
  useEffect(() => {
    if (!flying.current && text.trim() !== sent.current.trim()) {
      sent.current = text;
      place.current = span;
      setDraft(text);
    }
  }, [text]);

  const typed = (event: InputEvent) => {
    const words = field.current!.value;
    setDraft(words);
    if (!event.isComposing) void send(words);
  };
  const key = (event: KeyboardEvent) => {
    if (event.isComposing) return;
    if (event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      leave("down");
    } else if (event.key === "Tab" && cell) {
      event.preventDefault();
      leave(event.shiftKey ? "left" : "right");
    } else if (event.key === "Escape") {
      setDraft(begun.current);
      void send(begun.current);
      leave("back");
    }
    event.stopPropagation();
  };
  const common = {
    ref: field,
    value: draft,
    "aria-label": label,
    onInput: typed,
    onCompositionEnd: () => void send(field.current!.value),
    onKeyDown: key,
    onBlur: () => leave("away"),
    onClick: (event: Event) => event.stopPropagation(),
    spellcheck: false,
  };
  if (cell) return <input class="field" type="text" size={1} autocomplete="off" {...common} />;
  return (
    <div class="trying">
      <div class="under" aria-hidden="true">
        {draft === text ? children : draft}
        {"\u200b"}
      </div>
      <textarea rows={1} {...common} />
    </div>
  );
}
