// SPDX-License-Identifier: MIT
// The dashboard of many hosts: which of them fail, since when and why. It needs no more series than docs/fleet.md federates.
import type { Dashboard } from '@grafana/grafana-foundation-sdk/dashboard';
import { board, choice, everyChoice, jobs, Layout, link } from './board.js';
import { toHost, toUnitOfHost } from './links.js';
import { alertTimeline, count, counts, graph, moment, names, timeline, verdicts } from './panels.js';
import { countOf, findings, firing, ofHostToo } from './queries.js';
import { hostMatrix, list } from './tables.js';

const hosts = 'job=~"$job",instance=~"$instance"';
const severity = 'severity=~"$severity"';
const worst = `instance:checklist_severity:max{${hosts}}`;
const hostsAt = (number: number) => countOf(`${worst} == ${number}`);
// From findings, which exist only while a check does not pass: a query over every check of every host takes too long.
const found = (status: string) => findings(status, { labels: hosts, severity }, hosts);
const critical = findings('fail', { labels: hosts, severity: `${severity},severity="critical"` });
const others = findings('fail', { labels: hosts, severity: `${severity},severity!="critical"` }, hosts);
const at = (status: string) => `(${found(status)} > bool 0)`;
const notPassing = `max by (instance, check) (3 * ${at('fail')} or 2 * ${at('unknown')})`;
const reasons = (status: string) => {
  const of = (family: string) => `${family}{${hosts},status="${status}"}`;
  return `sort_desc(count by (check, reason, status) (${of('checklist_finding_info')} or ${of('checklist_host_finding_info')}))`;
};
const alerts = (of: string) =>
  `sort_desc(count by (instance, alertname, severity) (ALERTS{${hosts},${severity},${of},alertname=~"Checklist.+",alertstate="firing"}))`;
// Limits the rows; the worst come first.
const shown = `topk(100, ${worst})`;

export function fleetDashboard(): Dashboard {
  const dashboard = board('checklistd-fleet', 'checklistd: the fleet', 'Which hosts fail, since when, and why.')
    .withVariable(jobs('instance:checklist_severity:max, job'))
    .withVariable(everyChoice(choice('instance', 'Hosts', 'instance:checklist_severity:max{job=~"$job"}, instance')))
    .withVariable(everyChoice(choice('severity', 'Severity', `checklist_check_problem_timestamp_seconds{${hosts}}, severity`)))
    .link(link('A host', '/d/checklistd-host?${datasource:queryparam}').keepTime(true));

  const layout = new Layout(dashboard)
    .row(
      4,
      [4, verdicts('Worst', 'The worst result of all hosts.', `max(${worst})`)],
      [4, count('Failing', 'Hosts with a failing check.', hostsAt(3), 'red')],
      [4, moment('Newest failure', 'When a check last turned to fail, of those that fail now.', `max(${found('fail')})`, 'none')],
      [4, count('Without an answer', 'Hosts whose checklistd does not answer.', hostsAt(4), 'purple')],
      [4, count('Unknown', 'Hosts with an unknown check and no failing one.', hostsAt(2), 'orange')],
      [4, count('Passing', 'Hosts on which every check passes.', hostsAt(1))],
    )
    .row(11, [
      24,
      list(
        'What fails',
        'The newest hundred critical failures, and the newest hundred others. Checks of a host have no severity and are always shown.',
        ofHostToo(`sort_desc(topk(100, ${critical})) or sort_desc(topk(100, ${others}))`),
        [
          { name: 'instance', shown: 'host', width: 110, links: [toHost] },
          { name: 'severity', width: 90 },
          { name: 'name', shown: 'unit', width: 190, links: [toUnitOfHost] },
          { name: 'check', width: 135 },
          { name: 'Value', shown: 'since', width: 145, unit: 'dateTimeFromNow' },
          { name: 'expected', width: 240 },
          { name: 'observed' },
          { name: 'hint', shown: 'what to do' },
          { name: 'by', shown: 'acknowledged by', width: 115 },
        ],
        'Nothing fails.',
        ['manager', 'unit'],
      ),
    ])
    .row(6, [
      24,
      hostMatrix(
        'Checks by host',
        'The worst hundred hosts and their checks that do not pass. A host links to its dashboard.',
        `(label_replace(max by (instance) (${worst}), "check", "worst", "", "") or ${notPassing}) and on (instance) ${shown}`,
        toHost,
      ),
    ])
    .row(
      8,
      [
        12,
        list(
          'Why hosts fail',
          'Number of findings by reason: failures, then what is unknown.',
          `${reasons('fail')} or ${reasons('unknown')}`,
          [{ name: 'status', width: 95 }, { name: 'check' }, { name: 'reason' }, { name: 'Value', width: 90, shown: 'findings' }],
          'Nothing fails.',
        ),
      ],
      [
        12,
        list(
          'Alerts',
          'Firing alerts by host, critical ones first.',
          `${alerts('severity="critical"')} or ${alerts('severity!="critical"')}`,
          [
            { name: 'severity', width: 95 },
            { name: 'instance', shown: 'host', links: [toHost] },
            { name: 'alertname', shown: 'alert' },
            { name: 'Value', width: 90, shown: 'alerts' },
          ],
          'No alerts.',
        ),
      ],
    )
    .headline('History')
    .row(
      9,
      [
        12,
        timeline(
          'Worst hosts',
          'The worst check of each host, for the worst hundred.',
          `${worst} and on (instance) topk(100, last_over_time(${worst}[$__range] @ end()))`,
          '{{instance}}',
        ),
      ],
      [
        12,
        alertTimeline(
          'Alerts over time',
          'Firing alerts of all hosts by severity.',
          `max by (alertname) (${firing(`${hosts},${severity}`)})`,
          '{{alertname}}',
        ),
      ],
    )
    .row(8, [24, counts('Hosts by status', 'Number of hosts by their worst result.', `count_values("severity", ${worst})`, 'severity')])
    .fold('Versions and cost')
    .row(
      6,
      [6, names('checklistd', 'Number of hosts by version.', `count by (version) (checklist_build_info{${hosts}})`, '{{version}}')],
      [6, names('systemd', 'Number of hosts by version.', `count by (version) (checklist_systemd_info{${hosts}})`, '{{version}}')],
      [6, graph('Series', 'The largest of all hosts, as scraped.', `max(scrape_samples_scraped{${hosts}})`, 'most', 'none')],
      [6, graph('Slowest scrape', 'The maximum of all hosts.', `max(scrape_duration_seconds{${hosts}})`, 'slowest', 's')],
    );
  layout.close();
  return dashboard.build();
}
