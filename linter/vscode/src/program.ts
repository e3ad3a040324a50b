// Which program serves, whether it can, and what to do where it cannot.

import { spawn } from "node:child_process";
import { homedir } from "node:os";
import * as vscode from "vscode";
import { language, text } from "./language";

export interface Program {
  readonly command: string;
  readonly args: string[];
  readonly options: { readonly env: NodeJS.ProcessEnv };
}

/** How much of what a program complains about is shown, in characters; the output has it all. */
const MOST = 300;

/** How long a program may take to say goodbye, in milliseconds. */
const PATIENCE = 30_000;

/** Returns the program that the settings name, with what it is to be started with. */
export function program(): Program {
  const words = vscode.workspace.getConfiguration("nianbao").get<string[]>("command", []);
  const [command = "nianbao", ...first] = words.map(writtenOut);
  // What it complains about is read as UTF-8, whatever the code page of this machine.
  const env = { ...process.env, PYTHONIOENCODING: "utf-8" };
  return { command, args: [...first, "lsp", "--lang", language()], options: { env } };
}

/** Returns *word* with what stands for a folder written out, as in tasks and launches. */
function writtenOut(word: string): string {
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri.fsPath ?? "";
  return word.replaceAll("${workspaceFolder}", folder).replaceAll("${userHome}", homedir());
}

/**
 * Returns why *server* cannot serve, undefined where it can: with nothing to read a server says goodbye at once.
 *
 * Asked beforehand, for afterwards a client can only tell that nobody answers.
 */
export function refusal(server: Program): Promise<string | undefined> {
  return new Promise((resolve) => {
    const tried = spawn(server.command, server.args, {
      ...server.options,
      stdio: ["ignore", "ignore", "pipe"],
      timeout: PATIENCE,
    });
    let said = "";
    tried.stderr.setEncoding("utf-8").on("data", (words: string) => (said += words));
    tried.on("error", () => resolve(text(`找不到程序“${server.command}”`, `there is no program “${server.command}”`)));
    tried.on("close", (code) => resolve(code === 0 ? undefined : said.trim() || `${server.command}: ${code}`));
  });
}

/** Shows *reason* with what can be done about it. */
export async function offerHelp(reason: string, output: vscode.OutputChannel): Promise<void> {
  const shown = reason.slice(-MOST);
  const message = text(
    `nianbao 没有启动：${shown}。安装：pip install nianbao；装在别处的，在设置 nianbao.command 里写明。`,
    `nianbao did not start: ${shown}. Install it: pip install nianbao; where it is elsewhere, say so in nianbao.command.`,
  );
  const settings = text("打开设置", "Open settings");
  const again = text("再试一次", "Try again");
  const log = text("查看输出", "Show output");
  const chosen = await vscode.window.showErrorMessage(message, settings, again, log);
  if (chosen === settings) {
    await vscode.commands.executeCommand("workbench.action.openSettings", "nianbao.command");
  } else if (chosen === again) {
    await vscode.commands.executeCommand("nianbao.restart");
  } else if (chosen === log) {
    output.show();
  }
}
