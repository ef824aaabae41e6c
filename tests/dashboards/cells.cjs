// SPDX-License-Identifier: MIT
// What each cell of a dashboard says and in which colour, by Grafana's own code over a live Prometheus, as JSON:
//   node cells.cjs DASHBOARD PROMETHEUS VARIABLES
const fs = require('node:fs');
const { lastValueFrom } = require('rxjs');
const grafana = require('./grafana.cjs');

const [file, prometheus, variables] = process.argv.slice(2);
const chosen = JSON.parse(variables);
const span = 300; // seconds
const step = 5;

// ${name}, ${name:queryparam} and $name; ${__value.text} is that of the cell a link stands in, as Grafana's own macro takes it.
function fill(text, scoped) {
  return String(text).replace(/\$\{(\w+)(\.text)?(?::(\w+))?\}|\$(\w+)/g, (whole, braced, ofCell, format, plain) => {
    const name = braced ?? plain;
    if (ofCell) {
      const { field, rowIndex } = scoped.__dataContext.value;
      return field.display(field.values[rowIndex]).text;
    }
    return format === 'queryparam' ? `var-${name}=${chosen[name]}` : chosen[name] ?? whole;
  });
}

async function ask(target) {
  const now = Date.now() / 1000;
  const time = target.instant ? { time: now } : { start: now - span, end: now, step };
  const path = target.instant ? 'query' : 'query_range';
  const answer = await fetch(`${prometheus}/api/v1/${path}?${new URLSearchParams({ ...time, query: fill(target.expr) })}`);
  const body = await answer.json();
  if (body.status !== 'success') {
    throw new Error(body.error);
  }
  return body.data.result;
}

// As Grafana's data source answers a table: one row for each series, one column for each label.
function table(series, refId) {
  const labels = [...new Set(series.flatMap((each) => Object.keys(each.metric)))].sort();
  return grafana.toDataFrame({
    refId,
    fields: [
      { name: 'Time', type: grafana.FieldType.time, values: series.map((each) => each.value[0] * 1000) },
      ...labels.map((label) => ({ name: label, type: grafana.FieldType.string, values: series.map((each) => each.metric[label] ?? '') })),
      { name: 'Value', type: grafana.FieldType.number, values: series.map((each) => Number(each.value[1])) },
    ],
  });
}

function curve({ metric, values, value }, target) {
  const points = values ?? [value];
  const name = target.legendFormat?.replace(/\{\{\s*(\w+)\s*\}\}/g, (_, label) => metric[label] ?? '');
  return grafana.toDataFrame({
    refId: target.refId,
    name,
    fields: [
      { name: 'Time', type: grafana.FieldType.time, values: points.map((point) => point[0] * 1000) },
      { name: 'Value', type: grafana.FieldType.number, labels: metric, config: name ? { displayNameFromDS: name } : {}, values: points.map((point) => Number(point[1])) },
    ],
  });
}

async function frames(panel) {
  const found = [];
  for (const target of panel.targets) {
    const series = await ask(target);
    found.push(...(target.format === 'table' ? [table(series, target.refId)] : series.map((each) => curve(each, target))));
  }
  for (const { id } of panel.transformations ?? []) {
    grafana.standardTransformersRegistry.get(id); // throws if Grafana has none of that name
  }
  const data = await lastValueFrom(grafana.transformDataFrame(panel.transformations ?? [], found, { interpolate: fill }));
  const { defaults, overrides } = panel.fieldConfig;
  if (defaults.unit && !grafana.units.has(defaults.unit)) {
    throw new Error(`Grafana has no unit ${defaults.unit}`);
  }
  return grafana.applyFieldOverrides({
    data,
    fieldConfig: { defaults: { color: { mode: 'thresholds' }, ...defaults }, overrides: overrides ?? [] },
    replaceVariables: fill,
    theme: grafana.theme,
    timeZone: 'utc',
    fieldConfigRegistry: grafana.fieldConfigRegistry,
  });
}

function shown(field, frame, all) {
  const cells = [...field.values].map((value) => {
    const { text, color } = field.display(value);
    return { text, color };
  });
  const links = field.config.links?.length ? field.values.map((_, row) => field.getLinks({ valueRowIndex: row })[0].href) : [];
  return { name: grafana.getFieldDisplayName(field, frame, all), cells, links };
}

async function main() {
  const panels = JSON.parse(fs.readFileSync(file)).panels.filter((panel) => panel.type !== 'row');
  const out = {};
  for (const panel of panels) {
    const all = await frames(panel);
    grafana.cacheFieldDisplayNames(all);
    out[panel.title] = all.map((frame) => frame.fields.map((field) => shown(field, frame, all)));
  }
  process.stdout.write(JSON.stringify({ panels: out, colors: Object.fromEntries(['red', 'green', 'orange'].map((each) => [each, grafana.theme.visualization.getColorByName(each)])) }));
}

main().catch((error) => {
  console.error(error);
  process.exit(1);
});
