// Starts `nianbao lsp` and leaves everything else to it: findings, fixes, hover and waivers are the server's.

import * as vscode from "vscode";
import { LanguageClient, type LanguageClientOptions, RevealOutputChannelOn } from "vscode-languageclient/node";
import { offerHelp, program, refusal } from "./program";
import { asked, WAIVE, waive } from "./waiving";

/** Reports as text, and every YAML file: which of them rule over reports the server knows by settings and names. */
const DOCUMENTS = [
  { scheme: "file", language: "plaintext" },
  { scheme: "untitled", language: "plaintext" },
  { scheme: "file", language: "markdown" },
  { scheme: "untitled", language: "markdown" },
  { scheme: "file", language: "html" },
  { scheme: "untitled", language: "html" },
  { scheme: "file", language: "yaml" },
];

const FIX_ALL = "source.fixAll.nianbao";

/** What is read when the server starts; the other settings it asks for itself. */
const AT_START = ["nianbao.command", "nianbao.language"];

let client: LanguageClient | undefined;

/** One start or stop after the other, however fast settings change. */
let turn: Promise<void> = Promise.resolve();

export async function activate(context: vscode.ExtensionContext): Promise<void> {
  const output = vscode.window.createOutputChannel("nianbao");
  const restart = (): Promise<void> => inTurn(() => stop().then(() => start(output)));
  context.subscriptions.push(
    output,
    vscode.commands.registerCommand("nianbao.fixAll", fixAll),
    vscode.commands.registerCommand("nianbao.restart", restart),
    vscode.commands.registerCommand("nianbao.showOutput", () => output.show()),
    vscode.commands.registerCommand(WAIVE, waive),
    vscode.workspace.onDidChangeConfiguration((changed) =>
      AT_START.some((setting) => changed.affectsConfiguration(setting)) ? restart() : undefined,
    ),
  );
  await inTurn(() => start(output));
}

export function deactivate(): Promise<void> {
  return inTurn(stop);
}

function inTurn(does: () => Promise<void>): Promise<void> {
  turn = turn.catch(() => undefined).then(does);
  return turn;
}

async function stop(): Promise<void> {
  const stopping = client;
  client = undefined;
  await stopping?.dispose().catch(() => undefined); // one that has died has nothing to stop
}

async function start(output: vscode.OutputChannel): Promise<void> {
  const server = program();
  const reason = await refusal(server);
  if (reason !== undefined) {
    output.appendLine(reason);
    void offerHelp(reason, output); // not waited for: it may stand there all day
    return;
  }
  const options: LanguageClientOptions = {
    documentSelector: DOCUMENTS,
    outputChannel: output,
    revealOutputChannelOn: RevealOutputChannelOn.Never,
    initializationOptions: { hover: "brief" }, // VS Code shows there what a finding says
    synchronize: { configurationSection: "nianbao" },
    middleware: {
      provideCodeActions: async (document, range, context, token, next) =>
        asked(await next(document, range, context, token)),
    },
  };
  client = new LanguageClient("nianbao", "nianbao", server, options);
  // What goes wrong here the client has shown itself.
  await client.start().catch((error: unknown) => output.appendLine(String(error)));
}

/** Applies what the server offers as fixing all in the active editor. */
async function fixAll(): Promise<void> {
  if (vscode.window.activeTextEditor !== undefined) {
    await vscode.commands.executeCommand("editor.action.sourceAction", { kind: FIX_ALL, apply: "first" });
  }
}
