// Waiving a finding: the server's entry, with the reason asked for before anything is written.

import * as vscode from "vscode";
import { text } from "./language";

export const WAIVE = "nianbao.waive";

/** What the server ends an entry with: put the cursor into the quotes of its reason, at this place of this file. */
const SHOW = "nianbao.show";

type Offered = (vscode.Command | vscode.CodeAction)[] | null | undefined;

/** Returns what the server has *offered*; what leaves a reason to be written asks for it first. */
export function asked(offered: Offered): Offered {
  return offered?.map((one) => (one instanceof vscode.CodeAction ? asking(one) : one));
}

function asking(action: vscode.CodeAction): vscode.CodeAction {
  if (action.edit === undefined || action.command?.command !== SHOW) {
    return action;
  }
  const made = new vscode.CodeAction(action.title, action.kind);
  made.diagnostics = action.diagnostics ?? [];
  const given = [action.title, action.edit, ...(action.command.arguments ?? [])];
  made.command = { title: action.title, command: WAIVE, arguments: given };
  return made;
}

/** Asks for a reason, then adds the entry and puts the reason at its place in the file. Without a reason it does nothing. */
export async function waive(
  title: string,
  entry: vscode.WorkspaceEdit,
  file: string,
  line: number,
  character: number,
): Promise<void> {
  const reason = await vscode.window.showInputBox({
    title,
    prompt: text("理由写进 nianbao.waivers.yaml，谁都看得到", "The reason goes into nianbao.waivers.yaml, for everybody to see"),
    placeHolder: text("如：以上级核定的数为准", "such as: the figure approved by the county holds"),
    ignoreFocusOut: true, // it may have to be looked up
    validateInput: (value) => (value.trim() === "" ? text("必须写明理由", "A reason is required") : undefined),
  });
  if (reason === undefined) {
    return;
  }
  const uri = vscode.Uri.parse(file, true);
  const before = vscode.workspace.textDocuments.find((open) => open.uri.toString() === uri.toString());
  const unsaved = before?.isDirty ?? false;
  if (!(await vscode.workspace.applyEdit(entry))) {
    return;
  }
  const written = new vscode.WorkspaceEdit();
  written.insert(uri, new vscode.Position(line, character), quoted(reason.trim()));
  await vscode.workspace.applyEdit(written);
  // What else somebody was writing there stays theirs to save.
  if (!unsaved) {
    await (await vscode.workspace.openTextDocument(uri)).save();
  }
}

/** Returns *reason* as it stands between double quotes in YAML, of which JSON is a part. */
function quoted(reason: string): string {
  return JSON.stringify(reason).slice(1, -1);
}
