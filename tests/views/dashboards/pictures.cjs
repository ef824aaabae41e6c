// SPDX-License-Identifier: MIT
// A dashboard drawn by Grafana's own components in Chromium over a live Prometheus: pictures, and as JSON what is on them:
//   node pictures.cjs DASHBOARD PROMETHEUS VARIABLES TIME PICTURE      makes PICTURE-dark.png and others
const fs = require('node:fs');
const path = require('node:path');
const esbuild = require('esbuild');
const { chromium } = require('playwright-core');
const { unfolded } = require('./layout.cjs');

const [file, prometheus, variables, at, picture] = process.argv.slice(2);
const modules = process.env.NODE_PATH;
const home = `${prometheus}/board/`; // of Prometheus's own origin, so that the page may ask it
const width = 1680;
const html =
  '<!doctype html><meta charset="utf-8"><style>body { margin: 0; }</style><link rel="stylesheet" href="board.css">' +
  '<div id="board"></div><script src="board.js"></script>';

async function bundle() {
  const { outputFiles } = await esbuild.build({
    entryPoints: [path.join(__dirname, 'board.jsx')],
    bundle: true,
    write: false,
    outdir: '/',
    jsx: 'automatic',
    nodePaths: [modules],
    define: { 'process.env.NODE_ENV': '"production"', global: 'window' },
    loader: { '.png': 'dataurl', '.svg': 'dataurl', '.ttf': 'dataurl', '.woff2': 'dataurl' },
    logLevel: 'warning',
  });
  return Object.fromEntries(outputFiles.map((each) => [path.basename(each.path), each.text]));
}

/** Answers what the page asks for besides Prometheus: itself, and the fonts and icons that a Grafana server has. */
function answer(files) {
  const kinds = { '.css': 'text/css', '.js': 'text/javascript' };
  return (route) => {
    const name = new URL(route.request().url()).pathname.slice('/board/'.length);
    const icon = name.match(/^public\/build\/(img\/icons\/.*)$/);
    if (name === '') {
      return route.fulfill({ contentType: 'text/html', body: html });
    } else if (name.startsWith('public/fonts/inter/')) {
      return route.fulfill({ path: require.resolve('@fontsource-variable/inter/files/inter-latin-wght-normal.woff2') });
    } else if (icon) {
      return route.fulfill({ path: path.join(modules, '@grafana/ui/dist/public', icon[1]) });
    }
    return name in files ? route.fulfill({ contentType: kinds[path.extname(name)], body: files[name] }) : route.fulfill({ status: 404 });
  };
}

/** What is on the page, by panel; runs there. A line or a bar is a pixel of a plot that is not grey. */
function seen() {
  const cell = (each) => ({ text: each.innerText, background: getComputedStyle(each).backgroundColor, cut: each.scrollWidth > each.clientWidth });
  const isPlotted = (canvas) => {
    const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
    return data.some((red, at) => at % 4 === 0 && data[at + 3] > 0 && Math.max(red, data[at + 1], data[at + 2]) - Math.min(red, data[at + 1], data[at + 2]) > 60);
  };
  const panel = (section) => ({
    text: section.innerText,
    rows: [...section.querySelectorAll('[role=row]')].map((row) => [...row.querySelectorAll('[role=columnheader], [role=gridcell]')].map(cell)),
    plotted: [...section.querySelectorAll('canvas')].some(isPlotted),
  });
  return Object.fromEntries([...document.querySelectorAll('[data-panel]')].map((section) => [section.dataset.panel, panel(section)]));
}

async function draw(browser, files, mode) {
  const page = await browser.newPage({ viewport: { width, height: 1000 }, timezoneId: 'UTC' });
  page.setDefaultTimeout(120_000); // of a busy machine
  const complaints = [];
  page.on('console', (message) => ['error', 'warning'].includes(message.type()) && complaints.push(message.text()));
  page.on('pageerror', (error) => complaints.push(String(error)));
  await page.route(`${home}**`, answer(files));
  await page.goto(home);
  const panels = unfolded(JSON.parse(fs.readFileSync(file)).panels);
  const given = { panels, prometheus, variables: JSON.parse(variables), span: 300, at: Number(at), width, mode };
  const { height, colors } = await page.evaluate((each) => window.draw(each), given);
  await page.setViewportSize({ width, height }); // what is out of sight is not drawn
  // Each panel has an icon, which is loaded; fonts are measured again.
  await page.waitForFunction(() => [...document.querySelectorAll('[data-panel]')].every((each) => each.querySelector('svg path')));
  await page.waitForLoadState('networkidle');
  await page.screenshot({ path: `${picture}-${mode}.png` });
  const headline = await page.locator('[data-kind=row]').first().boundingBox();
  await page.screenshot({ path: `${picture}-${mode}-top.png`, clip: { x: 0, y: 0, width, height: headline.y } });
  const drawn = await page.evaluate(seen);
  await page.close();
  return { panels: drawn, colors, complaints };
}

async function main() {
  const files = await bundle();
  const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] });
  try {
    const drawn = { dark: await draw(browser, files, 'dark'), light: await draw(browser, files, 'light') };
    process.stdout.write(JSON.stringify(drawn));
  } finally {
    await browser.close();
  }
}

main().catch((error) => {
  console.error(error);
  process.exit(1);
});
