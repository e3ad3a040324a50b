// The two languages of every message of this extension. Those of the server are its own.

import * as vscode from "vscode";

export type Language = "zh" | "en";

/** Returns the language that messages are in: what the setting says, else that of the editor. */
export function language(): Language {
  const asked = vscode.workspace.getConfiguration("nianbao").get<string>("language", "auto");
  if (asked === "zh" || asked === "en") {
    return asked;
  }
  return vscode.env.language.toLowerCase().startsWith("zh") ? "zh" : "en";
}

/** Returns the one of the two that is in the language of messages. */
export function text(zh: string, en: string): string {
  return language() === "zh" ? zh : en;
}
