// Builds the console into the folder given as argument: types from openapi.yaml, type check, bundle.
// Does nothing when neither sources nor settings have changed. Runs `npm ci` when package-lock.json has changed.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const home = fileURLToPath(new URL("..", import.meta.url));
if (process.argv.length !== 3) {
  console.error(
    "console: name the folder to build into, such as: node bin/build.mjs ../target/classes/console",
  );
  process.exit(2);
}
const out = resolve(process.argv[2]);
const description = join(home, "../src/main/resources/openapi.yaml");

installPackages();
buildChanged();

/** The packages of package-lock.json, once per lock file. */
function installPackages() {
  const stamp = join(home, "node_modules", ".crema-lock");
  const wanted = sha([join(home, "package-lock.json")]);
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === wanted) return;
  console.log("console: npm ci (package-lock.json is new here)");
  run(
    process.platform === "win32" ? "npm.cmd" : "npm",
    ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"],
    "It needs Node 20.19 or later, npm and the npm registry.",
  );
  writeFileSync(stamp, wanted);
}

function buildChanged() {
  const settings = readdirSync(home).filter(name => statSync(join(home, name)).isFile());
  const files = [
    description,
    ...settings.map(name => join(home, name)),
    ...["src", "public", "dev", "bin"].flatMap(name => filesIn(join(home, name))),
  ];
  const wanted = sha(files.sort());
  const stamp = join(dirname(dirname(out)), `${basename(out)}.stamp`);
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === wanted && existsSync(join(out, "index.html")))
    return;
  rmSync(stamp, { force: true });
  const program = name => join(home, "node_modules", name);
  const types = join(home, "target/schema.d.ts");
  const node = (script, options) =>
    run(process.execPath, [program(script), ...options], "See the messages above.");
  node("openapi-typescript/bin/cli.js", [description, "--output", types]);
  node("typescript/bin/tsc", ["--noEmit"]);
  node("vite/bin/vite.js", ["build", "--logLevel", "warn", "--outDir", out]);
  mkdirSync(dirname(stamp), { recursive: true });
  writeFileSync(stamp, wanted);
  console.log(`console: built into ${out}`);
}

function run(program, options, remedy) {
  const ended = spawnSync(program, options, { cwd: home, stdio: "inherit" });
  if (ended.status !== 0) {
    const why = ended.error ? ended.error.message : `exit code ${ended.status}`;
    console.error(`console: ${program} ${options.join(" ")} failed in ${home} (${why}). ${remedy}`);
    process.exit(1);
  }
}

function sha(files) {
  return files
    .reduce(
      (hash, file) => hash.update(file.slice(home.length)).update("\0").update(readFileSync(file)),
      createHash("sha256"),
    )
    .digest("hex");
}

function filesIn(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile())
    .map(entry => join(entry.parentPath, entry.name));
}
