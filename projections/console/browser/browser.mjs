import { accessSync, constants, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { delimiter, join } from "node:path";
import { chromium } from "playwright-core";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** The installed Chromium: CREMA_CHROMIUM, else the first on PATH; undefined when there is none. */
export function findChromium() {
  const named = process.env.CREMA_CHROMIUM;
  const folders = (process.env.PATH ?? "").split(delimiter);
  const candidates = named
    ? [named]
    : ["chromium", "chromium-browser", "google-chrome"].flatMap(name =>
        folders.map(folder => join(folder, name)),
      );
  return candidates.find(file => {
    try {
      accessSync(file, constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}

/** A page in a headless browser that speaks to nobody but the address it is given. */
export async function launch(executablePath) {
  return chromium.launch({
    executablePath,
    args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--force-color-profile=srgb"],
  });
}

/** What axe-core finds on the page that is serious or critical, each in one line. */
export async function violations(page) {
  // Not by a script element: the page's own policy forbids foreign ones.
  await page.evaluate(axe);
  const { violations: found } = await page.evaluate(() =>
    globalThis.axe.run(document, { resultTypes: ["violations"] }),
  );
  return found
    .filter(one => one.impact === "serious" || one.impact === "critical")
    .map(
      one =>
        `${one.id} (${one.impact}): ${one.help}; ${one.nodes.map(node => node.target.join(" ")).join(", ")}`,
    );
}

/** Waits until the charts are drawn and nothing moves in, then takes the picture. */
export async function picture(page, file, whole) {
  await page.evaluate(() => document.fonts.ready);
  await page.waitForFunction(() => document.querySelector("[class*=Skeleton]") === null);
  await page.waitForTimeout(700);
  await page.screenshot({ path: file, fullPage: whole, animations: "disabled" });
}
