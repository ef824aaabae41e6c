// SPDX-License-Identifier: MIT
// Where names in tables lead. Every link to a dashboard keeps the time range and the data source.

export interface Link {
  title: string;
  url: string;
  targetBlank?: boolean;
}

const board = (variables: string) => `/d/checklistd-host?${variables}&\${datasource:queryparam}&\${__url_time_range}`;

/** A cell of the row, in an address. */
const cell = (name: string) => `\${__data.fields.${name}:percentencode}`;
const unit = `var-manager=${cell('manager')}&var-unit=${cell('unit')}`;

/** The dashboard of the host whose name the cell shows. */
export const toHost: Link = { title: 'Open ${__value.text}', url: board('var-instance=${__value.text:percentencode}') };

/** The same dashboard for the row's unit only. */
export const toUnit: Link = { title: 'Only ${__data.fields.unit}', url: board(`var-instance=\${instance}&${unit}`) };

/** The dashboard of the row's host, for the row's unit only. */
export const toUnitOfHost: Link = {
  title: 'Open ${__data.fields.unit} on ${__data.fields.instance}',
  url: board(`var-instance=${cell('instance')}&${unit}`),
};

/** The daemon's page: on the host whose name is the label `instance`. */
export const page = 'http://${instance}:10558';

/** What the check examines and how it is repaired, as the daemon serves it. */
export const toExplanation: Link = { title: 'About ${__value.text}', url: `${page}/explain/\${__value.text}`, targetBlank: true };

/** JSON in an address: what is between variables is encoded, variables are not. */
function encoded(value: unknown): string {
  return JSON.stringify(value).replace(/(\$\{[^}]+\})|([^\w.:-])/g, (_, variable, other) => variable ?? encodeURIComponent(other));
}

const logs = {
  now: {
    datasource: '${loki}',
    queries: [
      {
        refId: 'A',
        datasource: { type: 'loki', uid: '${loki}' },
        expr: '{instance="${__data.fields.instance}",unit="${__data.fields.unit}"}',
      },
    ],
    range: { from: '${__from}', to: '${__to}' },
  },
};

/** The messages of the row's unit in Loki. */
export const toLogs: Link = { title: 'Logs of ${__data.fields.unit}', url: `/explore?schemaVersion=1&panes=${encoded(logs)}` };

/** A new silence for the row's alert. */
export const toSilence: Link = {
  title: 'Silence ${__data.fields.alertname}',
  url:
    `/alerting/silence/new?alertmanager=\${alertmanager:text}&matcher=alertname%3D${cell('alertname')}` +
    `&matcher=instance%3D${cell('instance')}&matcher=unit%3D${cell('unit')}`,
};

/** What Alertmanager has of the row's host. */
export const toAlertmanager: Link = {
  title: 'Alertmanager: alerts of ${__data.fields.instance}',
  url: `/alerting/groups?alertmanager=\${alertmanager:text}&queryString=instance%3D${cell('instance')}`,
};
