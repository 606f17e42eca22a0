// Compiles src/ for the Java wrappers: NAME.abi and NAME.bin for each contract, in the folder given as argument; and
// test/vectors/, with which Java's tests compare themselves, likewise in its subfolder test.
// Does nothing when neither sources nor settings have changed. Runs `npm ci` when package-lock.json has changed.
import {createHash} from "node:crypto";
import {spawnSync} from "node:child_process";
import {createRequire} from "node:module";
import {existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync} from "node:fs";
import {join, resolve} from "node:path";
import {fileURLToPath} from "node:url";

const home = fileURLToPath(new URL("..", import.meta.url));
const out = process.argv[2] ? resolve(process.argv[2]) : undefined;
const read = path => readFileSync(join(home, path), "utf8");
const sha = parts => parts.reduce((h, part) => h.update(part).update("\0"), createHash("sha256")).digest("hex");

installPackages();
if (out) compileChanged();

/** The packages of package-lock.json, once per lock file. */
function installPackages() {
  const stamp = join(home, "node_modules", ".crema-lock");
  const wanted = sha([read("package-lock.json")]);
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === wanted) return;
  console.log("contracts: npm ci (package-lock.json is new here)");
  const npm = process.platform === "win32" ? "npm.cmd" : "npm";
  const run = spawnSync(npm, ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"], {cwd: home, stdio: "inherit"});
  if (run.status !== 0) {
    fail(`npm ci in ${home} failed (${run.error ? run.error.message : `exit code ${run.status}`}). It needs Node 18 or later, npm and the npm registry.`);
  }
  writeFileSync(stamp, wanted);
}

function compileChanged() {
  const settings = read("foundry.toml");
  const paths = ["src", "test/vectors"].flatMap(solidityIn);
  const sources = Object.fromEntries(paths.map(path => [path, {content: read(path)}]));
  const key = sha([read("bin/build.mjs"), settings, read("package-lock.json"), JSON.stringify(sources)]);
  const stamp = join(out, ".stamp");
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === key) return;

  const solc = createRequire(join(home, "package.json"))("solc");
  const input = {
    language: "Solidity",
    sources,
    settings: {
      remappings: ["@openzeppelin/=node_modules/@openzeppelin/"],
      optimizer: {enabled: true, runs: Number(setting(settings, "optimizer_runs"))},
      evmVersion: setting(settings, "evm_version"),
      metadata: {appendCBOR: false, bytecodeHash: "none"},
      outputSelection: Object.fromEntries(paths.map(path => [path, {"*": ["abi", "evm.bytecode.object"]}])),
    },
  };
  const found = path => (path.startsWith("node_modules/") ? {contents: read(path)} : {error: `not found: ${path}`});
  const output = JSON.parse(solc.compile(JSON.stringify(input), {import: found}));
  if (output.errors?.length) fail(output.errors.map(error => error.formattedMessage).join("\n"));

  mkdirSync(join(out, "test"), {recursive: true});
  let count = 0;
  for (const path of paths) {
    const folder = path.startsWith("src/") ? out : join(out, "test");
    for (const [name, contract] of Object.entries(output.contracts[path] ?? {})) {
      // abstract contracts and libraries are parts of the others
      if (!contract.evm.bytecode.object || !contract.abi.some(entry => entry.type === "function")) continue;
      writeChanged(join(folder, `${name}.abi`), JSON.stringify(contract.abi));
      writeChanged(join(folder, `${name}.bin`), contract.evm.bytecode.object);
      count++;
    }
  }
  writeFileSync(stamp, key);
  console.log(`contracts: compiled ${count} contracts with solc ${solc.version()}`);
}

/** The Solidity files of a folder, by their paths. */
function solidityIn(folder) {
  const names = readdirSync(join(home, folder)).filter(name => name.endsWith(".sol"));
  return names.sort().map(name => `${folder}/${name}`);
}

/** A value of foundry.toml, so that both ways to compile agree. */
function setting(toml, key) {
  const match = toml.match(new RegExp(`^${key} = "?([^"\\n]+)"?$`, "m"));
  return match ? match[1] : fail(`foundry.toml names no ${key}`);
}

function writeChanged(path, text) {
  if (!existsSync(path) || readFileSync(path, "utf8") !== text) writeFileSync(path, text);
}

function fail(message) {
  console.error(`contracts: ${message}`);
  process.exit(1);
}
