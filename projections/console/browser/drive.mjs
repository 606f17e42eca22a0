// Drives the installed Chromium for a test in another language: one JSON command a line on standard input, one JSON
// answer a line on standard output: {"value": …} or {"error": "…"}. Ends when the input ends.
//   {"do": "open", "url", "width", "height", "scheme"}   {"do": "text"}   {"do": "await", "pattern", "seconds"}
//   {"do": "loaded"} (when the document was loaded: the same number means that it was not loaded again)
//   {"do": "violations"}   {"do": "faults"} (errors of the page so far)   {"do": "picture", "file"} (whole)
import { createInterface } from "node:readline";
import { findChromium, launch, picture, violations } from "./browser.mjs";

const executable = findChromium();
if (executable === undefined) {
  console.log(JSON.stringify({ error: "no Chromium: set CREMA_CHROMIUM, or install chromium on PATH" }));
  process.exit(3);
}
const browser = await launch(executable);
const faults = [];
let page;

const actions = {
  async open({ url, width = 1440, height = 1000, scheme = "light" }) {
    await page?.context().close();
    const context = await browser.newContext({
      viewport: { width, height },
      colorScheme: scheme,
      timezoneId: "UTC",
    });
    page = await context.newPage();
    page.on("pageerror", error => faults.push(error.message));
    page.on("console", message => message.type() === "error" && faults.push(message.text()));
    await page.goto(url);
  },
  text: () => text(),
  async await({ pattern, seconds = 30 }) {
    const wanted = new RegExp(pattern);
    const deadline = Date.now() + seconds * 1000;
    for (;;) {
      const found = await text();
      if (wanted.test(found)) return found;
      if (Date.now() > deadline)
        throw new Error(`not within ${seconds} s: ${pattern}; the page says: ${found}`);
      await page.waitForTimeout(100);
    }
  },
  loaded: () => page.evaluate(() => performance.timeOrigin),
  violations: () => violations(page),
  faults: () => faults,
  picture: ({ file }) => picture(page, file, true),
};

async function text() {
  return (await page.locator("body").innerText()).replaceAll("\u00a0", " ");
}

console.log(JSON.stringify({ value: browser.version() }));
for await (const line of createInterface({ input: process.stdin })) {
  const command = JSON.parse(line);
  try {
    console.log(JSON.stringify({ value: (await actions[command.do](command)) ?? null }));
  } catch (error) {
    console.log(JSON.stringify({ error: error.message }));
  }
}
await browser.close();
