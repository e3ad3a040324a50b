/**
 * Makes dist/年报检查.html, the page in one file: `npm --prefix linter/page run build`.
 *
 * PYTHON is the interpreter that has nianbao[xlsx] installed, python3 by default. The other parts of dist are what
 * the tests run under Node.
 */

import { build } from "esbuild";
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { loadPyodide } from "pyodide";

const HERE = dirname(fileURLToPath(import.meta.url));
const OUT = process.env.NIANBAO_PAGE_OUT || join(HERE, "dist");
const PYODIDE = join(HERE, "node_modules", "pyodide");
const MOST = 15_000_000; // bytes of the page

const bytes = (path) => new Uint8Array(readFileSync(path)); // Pyodide knows no Buffer

/** Python with the sources of the page in /app. */
async function python(app, pdf) {
  const py = await loadPyodide({ indexURL: PYODIDE });
  py.unpackArchive(app, "zip", { extractDir: "/app" });
  py.mountNodeFS("/pdf", pdf);
  py.mountNodeFS("/build", join(HERE, "python"));
  py.runPython("import sys; sys.path[:0] = ['/app', '/pdf', '/build']");
  return py;
}

/** The compressed parts: Pyodide's program, Python's modules, ours, and the library for PDF. */
async function parts(work) {
  execFileSync(process.env.PYTHON || "python3", [join(HERE, "python", "gather.py"), work], { stdio: "inherit" });
  const app = bytes(join(work, "app.zip"));
  const pdf = join(work, "pdf");
  const tracing = await python(app, pdf);
  const modules = tracing.runPython("from trace_modules import traced\ntraced('/app')").toJs();
  const compiling = await python(app, pdf);
  compiling.unpackArchive(bytes(join(PYODIDE, "python_stdlib.zip")), "zip", { extractDir: "/stdlib" });
  compiling.globals.set("modules", compiling.toPy(modules));
  const made = (code) => compiling.runPython(`from compile_modules import *\n${code}`).toJs();
  made("compile_patterns_of('/app')\nb''");
  return {
    wasm: readFileSync(join(PYODIDE, "pyodide.asm.wasm")),
    stdlib: made("compiled('/stdlib', modules)"),
    app: made("compiled('/app')"),
    pdf: made("compiled('/pdf')"),
  };
}

async function bundled(entry, more = {}) {
  const made = await build({
    entryPoints: [join(HERE, "src", entry)],
    bundle: true,
    minify: true,
    write: false,
    format: "iife",
    target: "es2020",
    legalComments: "none",
    charset: "utf8",
    jsx: "automatic",
    jsxImportSource: "preact",
    outdir: OUT,
    logLevel: "warning",
    ...more,
  });
  const text = (ending) => made.outputFiles.find((file) => file.path.endsWith(ending))?.text ?? "";
  return { script: text(".js").trim(), style: text(".css").trim() };
}

const worker = () =>
  bundled("worker.ts", {
    external: ["node:*", "ws"],
    define: { "import.meta.url": '"https://page.invalid/x.js"' },
    // Pyodide takes a worker that can import scripts for one that it does not support.
    banner: { js: "self.importScripts=()=>{throw new Error()};" },
  });

const hash = (text) => `'sha256-${createHash("sha256").update(text).digest("base64")}'`;

/** The page: its policy lets it connect to nothing, and run nothing but this. */
function page(main, inert) {
  const policy = [
    "default-src 'none'",
    `script-src ${hash(main.script)} 'wasm-unsafe-eval'`,
    `style-src ${hash(main.style)}`,
    "worker-src blob:",
    "img-src data: blob:",
    "connect-src 'none'",
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");
  const elements = Object.entries(inert).map(([id, text]) => `<script type="text/plain" id="part-${id}">${text}</script>\n`);
  return `<!doctype html>
<html lang="zh-CN">
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>年报检查</title>
<style>${main.style}</style>
<body>
<div id="app"><p>这个浏览器太旧，打不开检查程序。请用 Edge 或 Chrome 97 以后的版本，或者 360 等浏览器的极速模式。</p></div>
${elements.join("")}<script>${main.script}</script>
</body>
</html>
`;
}

/** Text that no HTML parser ends early. */
function inline(text) {
  if (/<\/(script|style)|<!--/i.test(text)) throw new Error("a bundle holds the end of its own element");
  return text;
}

const work = mkdtempSync(join(tmpdir(), "nianbao-page-"));
try {
  const [made, main, code] = [await parts(work), await bundled("main.tsx"), await worker()];
  const engine = await bundled("engine.ts", { format: "esm" });
  const inert = {};
  mkdirSync(OUT, { recursive: true });
  for (const [name, data] of Object.entries({ ...made, worker: Buffer.from(code.script) })) {
    const packed = gzipSync(data, { level: 9 });
    writeFileSync(join(OUT, `${name}.gz`), packed);
    inert[name] = packed.toString("base64");
  }
  writeFileSync(join(OUT, "engine.mjs"), engine.script);
  inline(main.script);
  inline(main.style);
  const whole = page(main, inert);
  const size = Buffer.byteLength(whole);
  if (size > MOST) throw new Error(`the page has ${size} bytes, more than ${MOST}`);
  writeFileSync(join(OUT, "年报检查.html"), whole);
  process.stdout.write(`${join(OUT, "年报检查.html")}: ${(size / 1e6).toFixed(2)} MB\n`);
} catch (error) {
  // Not as Node shows it: the line that failed may be all of Pyodide.
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
} finally {
  rmSync(work, { recursive: true, force: true });
}
process.exit(); // Pyodide keeps Node running
