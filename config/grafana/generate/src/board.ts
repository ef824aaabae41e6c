// SPDX-License-Identifier: MIT
// The frame of both dashboards, their variables, and the layout of panels.
import {
  DashboardBuilder,
  DashboardCursorSync,
  DashboardLinkBuilder,
  DashboardLinkType,
  DatasourceVariableBuilder,
  QueryVariableBuilder,
  RowBuilder,
  VariableHide,
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

export function board(uid: string, title: string, description: string): DashboardBuilder {
  return new DashboardBuilder(title)
    .uid(uid)
    .description(description)
    .tags(['checklistd'])
    .readonly()
    .timezone('browser')
    .time({ from: 'now-3h', to: 'now' })
    .refresh('30s')
    .tooltip(DashboardCursorSync.Crosshair)
    .withVariable(new DatasourceVariableBuilder('datasource').label('Data source').type('prometheus'));
}

/** A link above the panels: to the other dashboard, or to a page. */
export const link = (title: string, url: string) => new DashboardLinkBuilder(title).type(DashboardLinkType.Link).url(url);

/** A data source that not every Grafana has; without it, the columns that lead there are not shown. */
export const optional = (name: string, label: string, type: string) =>
  new DatasourceVariableBuilder(name).label(label).type(type).hide(VariableHide.InControlsMenu);

/** A variable of a label's values. */
export function choice(name: string, label: string, values: string): QueryVariableBuilder {
  return new QueryVariableBuilder(name)
    .label(label)
    .datasource(source)
    .query({ query: `label_values(${values})`, refId: 'A' })
    .refresh(VariableRefresh.OnTimeRangeChanged)
    .sort(VariableSort.AlphabeticalAsc);
}

/** All of them at first, also those without such a label. */
export const everyChoice = (variable: QueryVariableBuilder) => variable.multi(true).includeAll(true).allValue('.*');

/** Prometheus's jobs that scrape checklistd. All are a list of them: other jobs have series of the same names, such as `up`. */
export const jobs = (values: string) => choice('job', 'Job', values).multi(true).includeAll(true).hide(VariableHide.InControlsMenu);

/** Puts rows of panels one below the other; each panel says how wide it is, each row how high. */
export class Layout {
  private y = 0;
  private folded?: { row: RowBuilder; y: number };

  constructor(private readonly dashboard: DashboardBuilder) {}

  headline(title: string): this {
    this.close();
    this.dashboard.withRow(this.headlineAt(title));
    this.y += 1;
    return this;
  }

  /** What follows is not shown, nor asked of Prometheus, until a viewer opens it. */
  fold(title: string): this {
    this.close();
    this.folded = { row: this.headlineAt(title).collapsed(true), y: this.y + 1 };
    this.y += 1;
    return this;
  }

  row(h: number, ...panels: [number, Placed][]): this {
    let x = 0;
    for (const [w, panel] of panels) {
      if (this.folded) {
        this.folded.row.withPanel(panel.gridPos({ h, w, x, y: this.folded.y }));
      } else {
        this.dashboard.withPanel(panel.gridPos({ h, w, x, y: this.y }));
      }
      x += w;
    }
    if (x !== columns) {
      throw new Error(`a row is ${x} wide, not ${columns}`);
    }
    if (this.folded) {
      this.folded.y += h;
    } else {
      this.y += h;
    }
    return this;
  }

  /** Ends the last fold; must be called once all panels are placed. */
  close(): void {
    if (this.folded) {
      this.dashboard.withRow(this.folded.row);
      this.folded = undefined;
    }
  }

  private headlineAt(title: string): RowBuilder {
    return new RowBuilder(title).gridPos({ h: 1, w: columns, x: 0, y: this.y });
  }
}
