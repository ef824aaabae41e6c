// SPDX-License-Identifier: MIT
// The dashboard of one host: what fails, since when, why, what to do; below, its history and the resources of its services.
import type { Dashboard } from '@grafana/grafana-foundation-sdk/dashboard';
import { annotations } from './annotations.js';
import { board, choice, everyChoice, jobs, Layout, link, optional } from './board.js';
import { checksAt, countOf, findings, firing, leading, named, ofHostToo } from './queries.js';
import { details } from './host_details.js';
import { page, toAlertmanager, toExplanation, toLogs, toSilence, toUnit } from './links.js';
import { alertTimeline, count, moment, timeline, verdicts } from './panels.js';
import { list, unitMatrix } from './tables.js';
import { host, results, scope, units } from './scope.js';

const alerts = `${host},alertname=~"Checklist.+"`;
const acknowledged = (kind: string) => `checklist_${kind}_acknowledged{${host}}`;
const failing = (kind: string, by: string) =>
  `checklist_${kind}_problem_timestamp_seconds{${host}} and on (${by}) checklist_${kind}_result{${host}} == 3`;
const newest = `1000 * max(${failing('check', 'manager, unit, check')} or ${failing('host_check', 'check')})`;
const selected = { labels: units, within: scope };
// `or` keeps the order of both sides.
const why = [
  findings('fail', { ...selected, severity: 'severity="critical"' }),
  findings('fail', { ...selected, severity: 'severity!="critical"' }, host),
  findings('unknown', selected, host),
].join(' or ');
const since = (labels: string) =>
  `sort_desc(1000 * ALERTS{${alerts},${labels}} * ignoring (alertstate) group_left () ALERTS_FOR_STATE{${alerts}})`;
const listed = [
  since('alertstate="firing",severity="critical"'),
  since('alertstate="firing",severity!="critical"'),
  since('alertstate="pending"'),
].join(' or ');
const worst = `max by (manager, unit) (${results()})`;
const checklist = `max by (manager, unit, check) (${results()}) or label_replace(${worst}, "check", "worst", "", "")`;

function numbers(layout: Layout): void {
  layout.row(
    4,
    [4, verdicts('Host', 'The worst result of all checks.', `instance:checklist_severity:max{${host}}`)],
    [4, count('Failing', 'Failing checks of all units and of the host.', countOf(checksAt(3, host)), 'red')],
    [4, moment('Newest failure', 'When a check last turned to fail, of those that fail now.', newest, 'none')],
    [4, count('Unknown', 'Checks of all units and of the host that cannot be observed.', countOf(checksAt(2, host)), 'orange')],
    [
      4,
      count(
        'Acknowledged',
        'Acknowledged failures, which raise no alert.',
        countOf(`${acknowledged('check')} or ${acknowledged('host_check')}`),
      ),
    ],
    [4, count('Firing alerts', 'Alerts of all units and of the host.', countOf(`ALERTS{${alerts},alertstate="firing"}`), 'red')],
  );
}

function failures(layout: Layout): void {
  layout.row(11, [
    24,
    list(
      'Why it fails',
      'Critical failures, other failures, what is unknown; of each, the newest first. Severity is that of the alert.',
      ofHostToo(leading(why, 'logs', 'loki', 'manager', 'system')),
      [
        { name: 'status', width: 90 },
        { name: 'severity', width: 90 },
        { name: 'name', shown: 'unit', width: 190, links: [toUnit] },
        { name: 'check', width: 135, links: [toExplanation] },
        { name: 'Value', shown: 'since', width: 145, unit: 'dateTimeFromNow' },
        { name: 'expected', width: 240 },
        { name: 'observed' },
        { name: 'hint', shown: 'what to do' },
        { name: 'by', shown: 'acknowledged by', width: 115 },
        { name: 'logs', width: 70, text: 'open', links: [toLogs] },
      ],
      'Nothing fails, and nothing is unknown.',
      ['instance', 'manager', 'unit'],
    ),
  ]);
}

function alertsAndAcknowledgements(layout: Layout): void {
  layout.row(
    8,
    [
      12,
      list(
        'Alerts',
        'Firing and pending alerts: critical ones, others, pending ones; of each, the newest first.',
        named(leading(listed, 'silence', 'alertmanager', 'alertstate', 'firing')),
        [
          { name: 'severity', width: 90 },
          { name: 'alertname', shown: 'alert' },
          { name: 'name', shown: 'unit', width: 190 },
          { name: 'alertstate', shown: 'state', width: 75 },
          { name: 'Value', shown: 'since', width: 145, unit: 'dateTimeFromNow' },
          { name: 'silence', width: 80, text: 'silence', links: [toSilence, toAlertmanager] },
        ],
        'No alerts.',
        ['instance', 'unit'],
      ),
    ],
    [
      12,
      list(
        'Acknowledged until',
        'Known failures, which raise no alert until then. checklistctl ack writes them.',
        ofHostToo(`${acknowledged('check')} or ${acknowledged('host_check')}`),
        [
          { name: 'name', shown: 'unit', width: 180 },
          { name: 'check', width: 130 },
          { name: 'until', width: 180 },
          { name: 'by', width: 70 },
          { name: 'reason', shown: 'why' },
        ],
        'Nothing is acknowledged.',
      ),
    ],
  );
}

function checks(layout: Layout): void {
  layout
    .row(4, [
      24,
      verdicts(
        'Checks of the host',
        'Checks that belong to no single unit.',
        `max by (check) (checklist_host_check_result{${host}})`,
        '{{check}}',
        20,
      ),
    ])
    .row(15, [
      24,
      unitMatrix(
        'Checklist',
        'Every unit and every check; what fails comes first. A unit links to this dashboard for that unit only.',
        named(checklist),
        toUnit,
      ),
    ]);
}

function history(layout: Layout): void {
  layout
    .headline('History')
    .row(
      9,
      [
        12,
        alertTimeline(
          'Alerts over time',
          'Firing alerts by severity.',
          `max by (alertname, name) (${named(firing(host))})`,
          '{{name}} {{alertname}}',
        ),
      ],
      [12, timeline('Units over time', 'The worst check of each unit.', named(worst), '{{name}}')],
    );
}

export function hostDashboard(): Dashboard {
  const dashboard = board('checklistd-host', 'checklistd: a host', 'What fails on one host, since when, why, and what to do.')
    .withVariable(jobs('checklist_build_info, job'))
    .withVariable(choice('instance', 'Host', 'up{job=~"$job"}, instance'))
    .withVariable(everyChoice(choice('manager', 'Manager', `checklist_unit_info{${host}}, manager`)))
    .withVariable(everyChoice(choice('group', 'Group', `checklist_unit_info{${host}}, group`)))
    .withVariable(everyChoice(choice('severity', 'Severity', `checklist_unit_info{${host}}, severity`)))
    .withVariable(
      everyChoice(choice('unit', 'Unit', `checklist_unit_info{${host},manager=~"$manager",group=~"$group",severity=~"$severity"}, unit`)),
    )
    .withVariable(optional('loki', 'Logs', 'loki'))
    .withVariable(optional('alertmanager', 'Alertmanager', 'alertmanager'))
    .link(link('Fleet', '/d/checklistd-fleet?${datasource:queryparam}').keepTime(true))
    .link(link('Page of this host', `${page}/`).targetBlank(true));
  for (const annotation of annotations(host)) {
    dashboard.annotation(annotation);
  }

  const layout = new Layout(dashboard);
  for (const part of [numbers, failures, alertsAndAcknowledgements, checks, history, details]) {
    part(layout);
  }
  layout.close();
  return dashboard.build();
}
