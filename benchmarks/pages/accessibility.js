// axe-core in a real Chromium: every HTML file of the gallery, light and dark, on a phone and on a desk.
const fs = require("fs");
const puppeteer = require("puppeteer-core");
const axe = fs.readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");
const [executablePath, ...files] = process.argv.slice(2);

(async () => {
  const browser = await puppeteer.launch({ executablePath, args: ["--no-sandbox"], headless: true });
  for (const file of files)
    for (const scheme of ["light", "dark"])
      for (const width of [360, 700, 1200]) {
        const page = await browser.newPage();
        const requests = [];
        page.on("request", (request) => requests.push(request.url()));
        await page.setBypassCSP(true); // for axe alone; the page itself runs nothing
        await page.setViewport({ width, height: 900 });
        await page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: scheme }]);
        await page.goto("file://" + file);
        await page.evaluate(axe);
        const { violations } = await page.evaluate(() => axe.run(document, { resultTypes: ["violations"] }));
        const wide = await page.evaluate(() => document.documentElement.scrollWidth);
        console.log(JSON.stringify({
          file, scheme, width, requests: requests.length, overflow: wide > width,
          violations: violations.map((v) => `${v.id}: ${v.nodes[0].html}`),
        }));
        await page.close();
      }
  await browser.close();
})();
