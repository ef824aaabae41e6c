// SPDX-License-Identifier: MIT
// The dashboard of one host: what fails, why, since when, and what its services use.
import { AnnotationQueryBuilder } from '@grafana/grafana-foundation-sdk/dashboard';
import type { Dashboard } from '@grafana/grafana-foundation-sdk/dashboard';
import * as common from '@grafana/grafana-foundation-sdk/common';
import { board, choice, everyChoice, Layout } from './board.js';
import { count, graph, history, levels, list, matrix, names, source, timeline, verdicts } from './panels.js';
import { severityOf, steps } from './status.js';

const host = 'instance="$instance"';
const units = `${host},unit=~"$unit"`;
const severity = (more = '') => severityOf('checklist_check_status', `${units}${more}`);
const countOf = (status: string) =>
  `sum(checklist_check_status{${host},status="${status}"} or checklist_host_check_status{${host},status="${status}"})`;

const generations = new AnnotationQueryBuilder()
  .name('NixOS generation')
  .datasource(source)
  .enable(true)
  .iconColor('blue')
  .expr(`changes(checklist_nixos_generation{${host}}[$__interval]) > 0`);

export function hostDashboard(): Dashboard {
  const dashboard = board('checklistd-host', 'checklistd: a host', 'What is expected of the services of one host, and what holds.', {
    title: 'Fleet',
    uid: 'checklistd-fleet',
  })
    .withVariable(choice('instance', 'Host', 'checklist_build_info, instance'))
    .withVariable(everyChoice(choice('unit', 'Unit', `checklist_unit_info{${host}}, unit`)))
    .annotation(generations);

  new Layout(dashboard)
    .row(
      4,
      [4, verdicts('Host', 'The worst of all its checks.', `instance:checklist_severity:max{${host}}`)],
      [4, count('Failing', 'Checks that fail, those of the host included.', countOf('fail'), 'red')],
      [4, count('Unknown', 'Checks that cannot be decided.', countOf('unknown'), 'orange')],
      [4, count('Acknowledged', 'Failures that raise no alert until a time.', `sum(checklist_check_acknowledged{${host}}) or vector(0)`)],
      [4, count('Specs', 'Units that are watched.', `checklist_specs_loaded{${host}}`)],
      [4, names('systemd', 'The version of the service manager.', `checklist_systemd_info{${host}}`, '{{version}}')],
    )
    .row(7, [
      24,
      list(
        'Why it fails',
        'Every finding that does not pass, with what was expected and what was observed.',
        `checklist_finding_info{${units}} or checklist_host_finding_info{${host}}`,
        [['status', 95], ['unit', 255], ['check', 150], ['subject', 220], ['reason', 130], ['expected'], ['observed']],
        'Nothing fails.',
      ),
    ])
    .row(17, [
      24,
      matrix('Checklist', 'Every unit and every check; a unit leads to its own part of this page.', `max by (unit, check) (${severity()})`, 'unit', 'check', {
        title: 'Only ${__value.text}',
        url: '/d/checklistd-host?var-instance=${instance}&var-unit=${__value.text}&${datasource:queryparam}',
      }),
    ])
    .row(4, [24, verdicts('Checks of the host', 'What concerns no single unit.', severityOf('checklist_host_check_status', host), '{{check}}')])
    .row(7, [
      24,
      list(
        'Alerts',
        'What Prometheus has raised or is about to.',
        `ALERTS{${host},alertname=~"Checklist.+"}`,
        [['alertname'], ['severity', 120], ['alertstate', 120], ['unit'], ['check']],
        'No alerts.',
      ),
    ])
    .headline('Since when')
    .row(
      10,
      [12, timeline('Units', 'The worst check of each unit.', `max by (unit) (${severity()})`, '{{unit}}')],
      [12, history('Checks', 'The worst unit of each check.', `max by (check) (${severity()})`, '{{check}}')],
    )
    .row(
      8,
      [8, timeline('Ports', 'Whether each unit listens exactly where it should.', `max by (unit) (${severity(',check="port_bindings"')})`, '{{unit}}')],
      [8, timeline('GPU', 'Whether each unit can open its devices.', `max by (unit) (${severity(',check="gpu_device_access"')})`, '{{unit}}').noValue('No unit declares devices.')],
      [
        8,
        graph('Probes', 'How long the slowest twentieth of the probes took.', `histogram_quantile(0.95, sum by (unit, le) (rate(checklist_probe_duration_seconds_bucket{${units}}[$__rate_interval])))`, '{{unit}}', 's'),
      ],
    )
    .headline('What the units do')
    .row(
      8,
      [
        12,
        graph('Journal errors', 'Messages that count as errors, by unit and priority.', `sum by (unit, priority) (increase(checklist_journal_messages_total{${units}}[$__rate_interval]))`, '{{unit}} {{priority}}', 'short')
          .drawStyle(common.GraphDrawStyle.Bars)
          .fillOpacity(60),
      ],
      [12, graph('Restarts', 'Automatic restarts within ten minutes.', `increase(checklist_unit_restarts_total{${units}}[10m])`, '{{unit}}', 'short')],
    )
    .row(
      8,
      [8, graph('Memory', 'Of the cgroup of each unit.', `checklist_unit_memory_bytes{${units}}`, '{{unit}}', 'bytes')],
      [8, graph('CPU', 'Of the cgroup of each unit; 1 is one core.', `rate(checklist_unit_cpu_seconds_total{${units}}[$__rate_interval])`, '{{unit}}', 'none')],
      [8, graph('Tasks', 'Processes and threads of each unit.', `checklist_unit_tasks{${units}}`, '{{unit}}', 'none')],
    )
    .row(
      8,
      [
        24,
        levels('Exposure', 'As systemd-analyze security says: 0 is closed, 10 open.', `sort_desc(checklist_unit_exposure_level{${units}})`, '{{unit}}')
          .min(0)
          .max(10)
          .decimals(1)
          .thresholds(steps('green', [5, 'orange'], [8, 'red'])),
      ],
    )
    .headline('checklistd itself')
    .row(
      8,
      [8, graph('Longest turn', 'Of its loop, between two scrapes.', `checklist_loop_longest_turn_seconds{${host}}`, 'turn', 's')],
      [8, graph('Evaluations', 'Of a service, per second.', `rate(checklist_evaluations_total{${host}}[$__rate_interval])`, 'evaluations', 'ops')],
      [8, graph('Resident memory', 'Of the daemon.', `process_resident_memory_bytes{${host},job="checklistd"}`, 'checklistd', 'bytes')],
    );
  return dashboard.build();
}
