// SPDX-License-Identifier: MIT
// The dashboard of many hosts: which of them need a person, and what they have in common.
import type { Dashboard } from '@grafana/grafana-foundation-sdk/dashboard';
import { board, choice, everyChoice, Layout } from './board.js';
import { count, counts, graph, list, matrix, names, timeline, verdicts } from './panels.js';

const hosts = 'instance=~"$instance"';
const worst = `instance:checklist_severity:max{${hosts}}`;
const hostsAt = (severity: number) => `count(${worst} == ${severity}) or vector(0)`;
// By findings, which exist only while a check does not pass: to look at every check of every host takes too long.
const findings = (status: string) =>
  `(checklist_finding_info{${hosts},status="${status}"} or checklist_host_finding_info{${hosts},status="${status}"})`;
const notPassing = `max by (instance, check) (3 * ${findings('fail')} or 2 * ${findings('unknown')})`;
// More rows than a person reads only cost time; the worst come first.
const shown = `topk(100, ${worst})`;

export function fleetDashboard(): Dashboard {
  const dashboard = board('checklistd-fleet', 'checklistd: the fleet', 'Which hosts need a person, and what they have in common.', {
    title: 'A host',
    uid: 'checklistd-host',
  }).withVariable(everyChoice(choice('instance', 'Hosts', 'up{job="checklistd"}, instance')));

  new Layout(dashboard)
    .row(
      4,
      [4, verdicts('Worst', 'The worst of all hosts.', `max(${worst})`)],
      [4, count('Hosts', 'All that are scraped.', `count(up{job="checklistd",${hosts}})`)],
      [4, count('Without an answer', 'Hosts whose checklistd does not answer.', hostsAt(4), 'purple')],
      [4, count('Failing', 'Hosts of which a check fails.', hostsAt(3), 'red')],
      [4, count('Unknown', 'Hosts of which nothing fails and a check cannot be decided.', hostsAt(2), 'orange')],
      [4, count('Passing', 'Hosts of which every check passes.', hostsAt(1))],
    )
    .row(12, [
      24,
      matrix('Checks by host', 'The worst hundred hosts, and the checks that do not pass there; a host leads to its own page.', `(${notPassing} or label_replace(${worst}, "check", "worst", "", "")) and on (instance) ${shown}`, 'instance', 'check', {
        title: 'Open ${__value.text}',
        url: '/d/checklistd-host?var-instance=${__value.text}&${datasource:queryparam}',
      }),
    ])
    .row(
      9,
      [
        12,
        list('Why hosts fail', 'How many units fail for one reason.', `sort_desc(count by (check, reason, status) (checklist_finding_info{${hosts}} or checklist_host_finding_info{${hosts}}))`, [['status', 95], ['check'], ['reason'], ['Value', 90, 'units']], 'Nothing fails.'),
      ],
      [
        12,
        list('Alerts', 'What Prometheus has raised, by host.', `sort_desc(count by (instance, alertname, severity) (ALERTS{${hosts},alertname=~"Checklist.+",alertstate="firing"}))`, [['severity', 95], ['instance'], ['alertname'], ['Value', 90, 'alerts']], 'No alerts.'),
      ],
    )
    .headline('Since when')
    .row(
      10,
      [12, timeline('Worst hosts', 'The worst check of each of the worst hundred hosts.', `${worst} and on (instance) topk(100, last_over_time(${worst}[$__range] @ end()))`, '{{instance}}')],
      [12, counts('Hosts by status', 'How many hosts are how at worst.', `count_values("severity", ${worst})`, 'severity')],
    )
    .headline('What runs there')
    .row(
      6,
      [6, names('checklistd', 'Versions that run.', `count by (version) (checklist_build_info{${hosts}})`, '{{version}}')],
      [6, names('systemd', 'Versions that run.', `count by (version) (checklist_systemd_info{${hosts}})`, '{{version}}')],
      [6, graph('Series', 'Of the host with the most, as scraped.', `max(scrape_samples_scraped{job="checklistd",${hosts}})`, 'most', 'none')],
      [6, graph('Slowest scrape', 'Of all hosts.', `max(scrape_duration_seconds{job="checklistd",${hosts}})`, 'slowest', 's')],
    );
  return dashboard.build();
}
