// SPDX-License-Identifier: MIT
// What a panel is drawn from: Prometheus's answers as Grafana's own code turns them into frames, with texts and colours.
const { lastValueFrom } = require('rxjs');

class Source {
  /** What is shown are the `span` seconds up to `at`; the theme says what the names of colours mean. */
  constructor(grafana, { prometheus, variables, span, at, theme }) {
    Object.assign(this, { grafana, prometheus, variables, theme, from: at - span, to: at });
    this.fill = this.fill.bind(this);
  }

  /**
   * $name, ${name} and ${name:format} as Grafana fills them in. In links, ${__value.text} is that of the cell a link stands in and
   * ${__data.fields.name} that of another cell of its row.
   */
  fill(text, scoped) {
    return String(text).replace(/\$\{([\w.]+)(?::(\w+))?\}|\$(\w+)/g, (whole, braced, format, plain) => {
      const name = braced ?? plain;
      const value = this.value(name, scoped) ?? whole;
      if (format === 'queryparam') {
        return `var-${name}=${value}`;
      }
      return format === 'percentencode' ? encodeURIComponent(value) : value;
    });
  }

  value(name, scoped) {
    if (name === '__url_time_range') {
      return `from=${this.variables.__from}&to=${this.variables.__to}`;
    }
    const context = scoped?.__dataContext?.value;
    if (context && name === '__value.text') {
      return context.field.display(context.field.values[context.rowIndex]).text;
    }
    if (context && name.startsWith('__data.fields.')) {
      return this.grafana.getFieldDisplayValuesProxy(context)[name.slice('__data.fields.'.length)]?.text;
    }
    return this.variables[name];
  }

  async frames(panel) {
    const found = [];
    for (const target of panel.targets) {
      const series = await this.ask(target, panel.maxDataPoints);
      found.push(...(target.format === 'table' ? [this.table(series, target.refId)] : series.map((each) => this.curve(each, target))));
    }
    for (const { id } of panel.transformations ?? []) {
      this.grafana.standardTransformersRegistry.get(id); // throws if Grafana has none of that name
    }
    const data = await lastValueFrom(this.grafana.transformDataFrame(panel.transformations ?? [], found, { interpolate: this.fill }));
    const { unit } = panel.fieldConfig.defaults;
    if (unit && !this.grafana.units.has(unit)) {
      throw new Error(`Grafana has no unit ${unit}`);
    }
    return this.grafana.applyFieldOverrides({
      data,
      fieldConfig: this.fieldConfig(panel),
      replaceVariables: this.fill,
      theme: this.theme,
      timeZone: 'utc',
      fieldConfigRegistry: this.grafana.fieldConfigRegistry,
    });
  }

  /** With what Grafana adds where a panel says nothing. */
  fieldConfig(panel) {
    const mode = panel.type === 'timeseries' ? 'palette-classic' : 'thresholds';
    const { defaults, overrides } = panel.fieldConfig;
    return { defaults: { color: { mode }, ...defaults }, overrides: overrides ?? [] };
  }

  async ask(target, points = 60) {
    const step = Math.max(1, Math.round((this.to - this.from) / points));
    const time = target.instant ? { time: this.to } : { start: this.from, end: this.to, step };
    const path = target.instant ? 'query' : 'query_range';
    const answer = await fetch(`${this.prometheus}/api/v1/${path}?${new URLSearchParams({ ...time, query: this.fill(target.expr) })}`);
    const body = await answer.json();
    if (body.status !== 'success') {
      throw new Error(body.error);
    }
    return body.data.result;
  }

  /** As Grafana's data source answers a table: one row for each series, one column for each label. */
  table(series, refId) {
    const { FieldType, toDataFrame } = this.grafana;
    const labels = [...new Set(series.flatMap((each) => Object.keys(each.metric)))].sort();
    return toDataFrame({
      refId,
      fields: [
        { name: 'Time', type: FieldType.time, values: series.map((each) => each.value[0] * 1000) },
        ...labels.map((label) => ({ name: label, type: FieldType.string, values: series.map((each) => each.metric[label] ?? '') })),
        { name: 'Value', type: FieldType.number, values: series.map((each) => Number(each.value[1])) },
      ],
    });
  }

  curve({ metric, values, value }, target) {
    const { FieldType, toDataFrame } = this.grafana;
    const points = values ?? [value];
    const name = target.legendFormat?.replace(/\{\{\s*(\w+)\s*\}\}/g, (_, label) => metric[label] ?? '');
    return toDataFrame({
      refId: target.refId,
      name,
      fields: [
        { name: 'Time', type: FieldType.time, values: points.map((point) => Math.round(point[0] * 1000)) },
        { name: 'Value', type: FieldType.number, labels: metric, config: name ? { displayNameFromDS: name } : {}, values: points.map((point) => numberOf(point[1])) },
      ],
    });
  }
}

/** As Grafana's data source takes a sample: what is no number is a gap. A plot with one in its range shows nothing. */
function numberOf(text) {
  const value = Number(text);
  return Number.isNaN(value) ? null : value;
}

module.exports = { Source };
