// Starts code-server with the extension on a folder with an example, and takes pictures of the editor.
//
//   cd linter/vscode && npm ci && npm run package && cd ../..
//   npm install --prefix DIR code-server@4.100.3 playwright-core
//   node docs/pictures/vscode.mjs DIR/node_modules
//
// It needs `nianbao` with its extra lsp and `chromium` on the path, a font with Chinese, and what code-server asks
// for: Node.js 20, a C++ compiler, and as root npm_config_unsafe_perm=true. Where nothing but the registry can be
// reached, `--ignore-scripts` leaves out what would be fetched elsewhere, and the parts that count are built after:
//
//   npm rebuild --prefix DIR argon2
//   npm install --prefix DIR/node_modules/code-server/lib/vscode --ignore-scripts --omit=dev
//   npm rebuild --prefix DIR/node_modules/code-server/lib/vscode @vscode/spdlog native-watchdog
//
// On the way a finding is waived with a reason, all that is certain is put right, and a program that is missing is
// asked for; what is not as it should be in the editor ends this with an error.

import { spawn, spawnSync } from "node:child_process";
import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const HERE = dirname(fileURLToPath(import.meta.url));
const ROOT = resolve(HERE, "..", "..");
const [modules = "node_modules"] = process.argv.slice(2).map((path) => resolve(path));
const { chromium } = createRequire(join(modules, "_"))("playwright-core");
const PORT = 18080;
const WIDE = 1180;
const TOP = { x: 0, y: 0, width: WIDE, height: 400 };
const WORD = "12:28"; // in 截止, which is to be 截至
const REASON = "引自来文，原文如此";
const FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
  "--disable-background-networking", "--disable-component-update", "--disable-sync"];
const SETTINGS = {
  "nianbao.language": "zh",
  "workbench.colorTheme": "Default Light Modern",
  "workbench.startupEditor": "none",
  "workbench.activityBar.location": "hidden",
  "workbench.layoutControl.enabled": false,
  "chat.commandCenter.enabled": false,
  "window.commandCenter": false,
  "editor.minimap.enabled": false,
  "editor.unicodeHighlight.ambiguousCharacters": false,
  "editor.unicodeHighlight.invisibleCharacters": false,
  "editor.fontFamily": "'Noto Sans Mono CJK SC', monospace",
  "editor.occurrencesHighlight": "off", // a line of Chinese is one word to it
  "security.workspace.trust.enabled": false,
  "telemetry.telemetryLevel": "off",
};

function found(program) {
  return spawnSync("sh", ["-c", `command -v ${program}`], { encoding: "utf-8" }).stdout.trim();
}

function laidOut(room) {
  const folder = join(room, "乡镇");
  mkdirSync(folder);
  copyFileSync(join(ROOT, "docs", "examples", "qinghe-2025.txt"), join(folder, "青禾镇2025年年报.txt"));
  set(room, found("nianbao"));
  return folder;
}

/** Writes the settings of whoever sits at the editor. */
function set(room, command) {
  const user = join(room, "data", "User");
  mkdirSync(user, { recursive: true });
  writeFileSync(join(user, "settings.json"), JSON.stringify({ ...SETTINGS, "nianbao.command": [command] }));
}

function served(room, folder) {
  const program = join(modules, "code-server", "out", "node", "entry.js");
  const common = [program, "--user-data-dir", join(room, "data"), "--extensions-dir", join(room, "extensions"),
    "--config", join(room, "config.yaml")];
  const extension = join(ROOT, "linter", "vscode");
  const [vsix] = readdirSync(extension).filter((name) => name.endsWith(".vsix"));
  const installed = spawnSync(process.execPath, [...common, "--install-extension", join(extension, vsix)], { encoding: "utf-8" });
  if (installed.status !== 0) {
    throw new Error(installed.stdout + installed.stderr);
  }
  return spawn(process.execPath, [...common, "--auth", "none", "--bind-addr", `127.0.0.1:${PORT}`, "--disable-telemetry",
    "--disable-update-check", "--disable-workspace-trust", folder], { stdio: "inherit" });
}

async function opened(tab, folder) {
  const address = `http://127.0.0.1:${PORT}/?folder=${encodeURIComponent(folder)}`;
  for (let left = 60; ; left--) {
    try {
      await tab.goto(address);
      break;
    } catch (error) {
      if (left === 0) throw error;
      await tab.waitForTimeout(500);
    }
  }
  await tab.locator(".explorer-folders-view").getByText("青禾镇2025年年报.txt").dblclick();
  await tab.locator(".view-lines").getByText("青禾镇").first().waitFor();
  await tab.keyboard.press("Control+B");
  await tab.keyboard.press("Control+Shift+M");
}

/** Puts the cursor before the place, LINE:COLUMN from 1. */
async function go(tab, place) {
  await tab.keyboard.press("Control+1");
  await tab.keyboard.press("Control+G");
  await tab.keyboard.type(place);
  await tab.keyboard.press("Enter");
  await tab.waitForTimeout(500);
}

/** Waits until *count* findings are shown. */
async function left(tab, count) {
  await tab.locator(".markers-panel .monaco-count-badge", { hasText: new RegExp(`^${count}$`) }).first().waitFor();
}

/** Shows what is known of the place. */
async function hovered(tab, place, words) {
  await go(tab, place);
  await tab.keyboard.press("Control+K");
  await tab.keyboard.press("Control+I");
  await tab.locator(".monaco-hover").getByText(words).first().waitFor();
  await tab.waitForTimeout(500);
}

/** Shows what can be done at the place. */
async function offered(tab, place, words) {
  await go(tab, place);
  await tab.keyboard.press("Control+.");
  await tab.locator(".action-widget").getByText(words).first().waitFor();
  await tab.waitForTimeout(500);
}

/** Answers for the finding at the place, whose *code* is second in the menu. */
async function waived(tab, place, code, folder) {
  await offered(tab, place, `豁免 ${code}`);
  await tab.keyboard.press("ArrowDown");
  await tab.keyboard.press("Enter");
  await tab.locator(".quick-input-widget input").first().waitFor();
  await tab.keyboard.type(REASON);
  await tab.screenshot({ path: join(HERE, "vscode-waive.png"), clip: TOP });
  await tab.keyboard.press("Enter");
  await left(tab, 6);
  const written = readFileSync(join(folder, "nianbao.waivers.yaml"), "utf-8");
  if (!written.includes(`code: ${code}`) || !written.includes(`reason: "${REASON}"`)) {
    throw new Error(written);
  }
}

/** Puts right all that is certain: two of the findings. */
async function putRight(tab) {
  await tab.keyboard.press("F1");
  await tab.keyboard.type("nianbao fixes");
  await tab.locator(".quick-input-list").getByText("nianbao: Apply all safe fixes").first().waitFor();
  await tab.keyboard.press("Enter");
  await left(tab, 4);
}

async function main() {
  const room = mkdtempSync(join(tmpdir(), "nianbao-"));
  const folder = laidOut(room);
  const server = served(room, folder);
  const browser = await chromium.launch({ executablePath: found("chromium"), args: FLAGS });
  try {
    const tab = await browser.newPage({ viewport: { width: WIDE, height: 760 } });
    tab.setDefaultTimeout(20_000);
    await opened(tab, folder);
    await left(tab, 7);
    await hovered(tab, WORD, "依据");
    await tab.screenshot({ path: join(HERE, "vscode.png") });
    await tab.keyboard.press("Escape");
    await offered(tab, WORD, "改为“截至”");
    await tab.screenshot({ path: join(HERE, "vscode-fix.png"), clip: TOP });
    await tab.keyboard.press("Escape");
    await waived(tab, WORD, "TYP001", folder);
    await putRight(tab);
    set(room, "no-such-program");
    await tab.reload();
    await tab.getByText("nianbao 没有启动：找不到程序“no-such-program”").first().waitFor();
  } finally {
    await browser.close();
    server.kill();
    rmSync(room, { recursive: true, force: true });
  }
}

await main();
