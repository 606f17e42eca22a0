// Takes pictures of the page for whoever works on it: node browser/look.mjs [address], into shots/.
// Without an address it serves dist/ with the fixtures.
import { mkdirSync } from "node:fs";
import { preview } from "vite";
import { findChromium, launch, picture, violations } from "./browser.mjs";

const server = process.argv[2] ? undefined : await preview({ mode: "fixtures", preview: { port: 0 } });
const address = process.argv[2] ?? server.resolvedUrls.local[0];
const browser = await launch(findChromium());
mkdirSync("shots", { recursive: true });

const looks = [
  { name: "wide", width: 1440, height: 900, scheme: "light" },
  { name: "dark", width: 1440, height: 900, scheme: "dark" },
  { name: "phone", width: 390, height: 844, scheme: "light" },
];
for (const { name, width, height, scheme } of looks) {
  const context = await browser.newContext({ viewport: { width, height }, colorScheme: scheme });
  const page = await context.newPage();
  page.on("pageerror", error => console.log(`${name}: ${error.message}`));
  page.on("console", message => message.type() === "error" && console.log(`${name}: ${message.text()}`));
  await page.goto(address);
  await page.waitForSelector("#machines table");
  await page.waitForTimeout(1500);
  await picture(page, `shots/${name}.png`, true);
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  if (overflow > 0) console.log(`${name}: ${overflow} px wider than the screen`);
  for (const line of await violations(page)) console.log(`${name}: ${line}`);
  for (const kind of ["machines", "channels", "customers"]) {
    const href = await page.locator(`main a[href^="/${kind}/"]`).first().getAttribute("href");
    const detail = await context.newPage();
    detail.on("pageerror", error => console.log(`${name} ${kind}: ${error.message}`));
    await detail.goto(new URL(href, address).href);
    await detail.waitForSelector("h1");
    await detail.waitForTimeout(1200);
    await picture(detail, `shots/${name}-${kind}.png`, true);
    for (const line of await violations(detail)) console.log(`${name} ${kind}: ${line}`);
    await detail.close();
  }
  await context.close();
}
await browser.close();
await server?.close();
