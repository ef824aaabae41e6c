// SPDX-License-Identifier: MIT
// What each cell of a dashboard says and in which colour, by Grafana's own code over a live Prometheus, as JSON:
//   node cells.cjs DASHBOARD PROMETHEUS VARIABLES TIME
require('./dom.cjs');
const fs = require('node:fs');
const grafana = require('./grafana.cjs')(require('@grafana/data'));
const { unfolded } = require('./layout.cjs');
const { Source } = require('./source.cjs');

const [file, prometheus, variables, at] = process.argv.slice(2);
const theme = grafana.createTheme({ colors: { mode: 'dark' } });

function shown(field, frame, all) {
  const cells = [...field.values].map((value) => {
    const { text, color } = field.display(value);
    return { text, color };
  });
  const links = field.config.links?.length ? field.values.map((_, row) => field.getLinks({ valueRowIndex: row }).map((link) => link.href)) : [];
  return { name: grafana.getFieldDisplayName(field, frame, all), cells, links };
}

async function main() {
  const source = new Source(grafana, { prometheus, variables: JSON.parse(variables), span: 300, at: Number(at), theme });
  const panels = unfolded(JSON.parse(fs.readFileSync(file)).panels).filter((panel) => panel.type !== 'row');
  const out = {};
  for (const panel of panels) {
    const all = await source.frames(panel);
    grafana.cacheFieldDisplayNames(all);
    out[panel.title] = all.map((frame) => frame.fields.map((field) => shown(field, frame, all)));
  }
  process.stdout.write(JSON.stringify({ panels: out, colors: Object.fromEntries(['red', 'green', 'orange'].map((each) => [each, theme.visualization.getColorByName(each)])) }));
}

main().catch((error) => {
  console.error(error);
  process.exit(1);
});
