// SPDX-License-Identifier: MIT
// The frame of both dashboards, and the layout of panels.
import {
  DashboardBuilder,
  DashboardCursorSync,
  DashboardLinkBuilder,
  DashboardLinkType,
  DatasourceVariableBuilder,
  QueryVariableBuilder,
  RowBuilder,
  VariableRefresh,
  VariableSort,
} from '@grafana/grafana-foundation-sdk/dashboard';
import type { GridPos, Panel } from '@grafana/grafana-foundation-sdk/dashboard';
import type { Builder } from '@grafana/grafana-foundation-sdk/cog';
import { source } from './panels.js';

const columns = 24;

export interface Placed extends Builder<Panel> {
  gridPos(position: GridPos): Placed;
}

export function board(uid: string, title: string, description: string, other: { title: string; uid: string }): DashboardBuilder {
  return new DashboardBuilder(title)
    .uid(uid)
    .description(description)
    .tags(['checklistd'])
    .readonly()
    .timezone('browser')
    .time({ from: 'now-3h', to: 'now' })
    .refresh('30s')
    .tooltip(DashboardCursorSync.Crosshair)
    .link(
      new DashboardLinkBuilder(other.title)
        .type(DashboardLinkType.Link)
        .url(`/d/${other.uid}?\${datasource:queryparam}`)
        .keepTime(true),
    )
    .withVariable(new DatasourceVariableBuilder('datasource').label('Data source').type('prometheus'));
}

/** A variable of a label's values. */
export function choice(name: string, label: string, values: string): QueryVariableBuilder {
  return new QueryVariableBuilder(name)
    .label(label)
    .datasource(source)
    .query({ query: `label_values(${values})`, refId: 'A' })
    .refresh(VariableRefresh.OnTimeRangeChanged)
    .sort(VariableSort.AlphabeticalAsc);
}

export const everyChoice = (variable: QueryVariableBuilder) => variable.multi(true).includeAll(true).allValue('.+');

/** Puts rows of panels one below the other; each panel says how wide it is, each row how high. */
export class Layout {
  private y = 0;

  constructor(private readonly dashboard: DashboardBuilder) {}

  headline(title: string): this {
    this.dashboard.withRow(new RowBuilder(title).gridPos({ h: 1, w: columns, x: 0, y: this.y }));
    this.y += 1;
    return this;
  }

  row(h: number, ...panels: [number, Placed][]): this {
    let x = 0;
    for (const [w, panel] of panels) {
      this.dashboard.withPanel(panel.gridPos({ h, w, x, y: this.y }));
      x += w;
    }
    if (x !== columns) {
      throw new Error(`a row is ${x} wide, not ${columns}`);
    }
    this.y += h;
    return this;
  }
}
