// SPDX-License-Identifier: MIT
// The dashboard of many hosts: which of them fail, and why.
import type { Dashboard } from '@grafana/grafana-foundation-sdk/dashboard';
import { board, choice, everyChoice, Layout } from './board.js';
import { count, counts, graph, list, matrix, names, timeline, verdicts } from './panels.js';

const hosts = 'instance=~"$instance"';
const worst = `instance:checklist_severity:max{${hosts}}`;
const hostsAt = (severity: number) => `count(${worst} == ${severity}) or vector(0)`;
// From findings, which exist only while a check does not pass: a query over every check of every host takes too long.
const findings = (status: string) =>
  `(checklist_finding_info{${hosts},status="${status}"} or checklist_host_finding_info{${hosts},status="${status}"})`;
const notPassing = `max by (instance, check) (3 * ${findings('fail')} or 2 * ${findings('unknown')})`;
// Limits the rows; the worst come first.
const shown = `topk(100, ${worst})`;

export function fleetDashboard(): Dashboard {
  const dashboard = board('checklistd-fleet', 'checklistd: the fleet', 'Which hosts fail, and why.', {
    title: 'A host',
    uid: 'checklistd-host',
  }).withVariable(everyChoice(choice('instance', 'Hosts', 'up{job="checklistd"}, instance')));

  new Layout(dashboard)
    .row(
      4,
      [4, verdicts('Worst', 'The worst status of all hosts.', `max(${worst})`)],
      [4, count('Hosts', 'Scraped hosts.', `count(up{job="checklistd",${hosts}})`)],
      [4, count('Without an answer', 'Hosts whose checklistd does not answer.', hostsAt(4), 'purple')],
      [4, count('Failing', 'Hosts with a failing check.', hostsAt(3), 'red')],
      [4, count('Unknown', 'Hosts with an unknown check and no failing one.', hostsAt(2), 'orange')],
      [4, count('Passing', 'Hosts on which every check passes.', hostsAt(1))],
    )
    .row(12, [
      24,
      matrix('Checks by host', 'The worst hundred hosts and their checks that do not pass. A host links to its dashboard.', `(${notPassing} or label_replace(${worst}, "check", "worst", "", "")) and on (instance) ${shown}`, 'instance', 'check', {
        title: 'Open ${__value.text}',
        url: '/d/checklistd-host?var-instance=${__value.text}&${datasource:queryparam}',
      }),
    ])
    .row(
      9,
      [
        12,
        list('Why hosts fail', 'Number of units by reason.', `sort_desc(count by (check, reason, status) (checklist_finding_info{${hosts}} or checklist_host_finding_info{${hosts}}))`, [['status', 95], ['check'], ['reason'], ['Value', 90, 'units']], 'Nothing fails.'),
      ],
      [
        12,
        list('Alerts', 'Firing alerts, by host.', `sort_desc(count by (instance, alertname, severity) (ALERTS{${hosts},alertname=~"Checklist.+",alertstate="firing"}))`, [['severity', 95], ['instance'], ['alertname'], ['Value', 90, 'alerts']], 'No alerts.'),
      ],
    )
    .headline('Since when')
    .row(
      10,
      [12, timeline('Worst hosts', 'The worst check of each host, for the worst hundred.', `${worst} and on (instance) topk(100, last_over_time(${worst}[$__range] @ end()))`, '{{instance}}')],
      [12, counts('Hosts by status', 'Number of hosts by their worst status.', `count_values("severity", ${worst})`, 'severity')],
    )
    .headline('Versions and cost')
    .row(
      6,
      [6, names('checklistd', 'Number of hosts by version.', `count by (version) (checklist_build_info{${hosts}})`, '{{version}}')],
      [6, names('systemd', 'Number of hosts by version.', `count by (version) (checklist_systemd_info{${hosts}})`, '{{version}}')],
      [6, graph('Series', 'The largest of all hosts, as scraped.', `max(scrape_samples_scraped{job="checklistd",${hosts}})`, 'most', 'none')],
      [6, graph('Slowest scrape', 'The maximum of all hosts.', `max(scrape_duration_seconds{job="checklistd",${hosts}})`, 'slowest', 's')],
    );
  return dashboard.build();
}
