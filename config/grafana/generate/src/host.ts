// SPDX-License-Identifier: MIT
// The dashboard of one host: what fails, why, since when, and the resources of its services.
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
  const dashboard = board('checklistd-host', 'checklistd: a host', 'The checks of one host and its services.', {
    title: 'Fleet',
    uid: 'checklistd-fleet',
  })
    .withVariable(choice('instance', 'Host', 'checklist_build_info, instance'))
    .withVariable(everyChoice(choice('unit', 'Unit', `checklist_unit_info{${host}}, unit`)))
    .annotation(generations);

  new Layout(dashboard)
    .row(
      4,
      [4, verdicts('Host', 'The worst status of all checks.', `instance:checklist_severity:max{${host}}`)],
      [4, count('Failing', 'Failing checks, including those of the host.', countOf('fail'), 'red')],
      [4, count('Unknown', 'Unknown checks.', countOf('unknown'), 'orange')],
      [
        4,
        count(
          'Acknowledged',
          'Acknowledged failures, including those of the host, which raise no alert.',
          `sum(checklist_check_acknowledged{${host}} or checklist_host_check_acknowledged{${host}}) or vector(0)`,
        ),
      ],
      [4, count('Specs', 'Units with a spec.', `checklist_specs_loaded{${host}}`)],
      [4, names('systemd', 'The version of the service manager.', `checklist_systemd_info{${host}}`, '{{version}}')],
    )
    .row(7, [
      24,
      list(
        'Why it fails',
        'Every finding that does not pass, with expected and observed.',
        `checklist_finding_info{${units}} or checklist_host_finding_info{${host}}`,
        [['status', 95], ['unit', 255], ['check', 150], ['subject', 220], ['reason', 130], ['expected'], ['observed']],
        'Nothing fails.',
      ),
    ])
    .row(17, [
      24,
      matrix('Checklist', 'Every unit and every check. A unit links to this dashboard for that unit only.', `max by (unit, check) (${severity()})`, 'unit', 'check', {
        title: 'Only ${__value.text}',
        url: '/d/checklistd-host?var-instance=${instance}&var-unit=${__value.text}&${datasource:queryparam}',
      }),
    ])
    .row(4, [24, verdicts('Checks of the host', 'Checks that belong to no single unit.', severityOf('checklist_host_check_status', host), '{{check}}')])
    .row(7, [
      24,
      list(
        'Alerts',
        'Firing and pending alerts.',
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
      [8, timeline('Ports', 'Whether each unit listens on exactly the declared addresses.', `max by (unit) (${severity(',check="port_bindings"')})`, '{{unit}}')],
      [8, timeline('GPU', 'Whether each unit can open its devices.', `max by (unit) (${severity(',check="gpu_device_access"')})`, '{{unit}}').noValue('No unit declares devices.')],
      [
        8,
        graph('Probes', '95th percentile of the duration of probes.', `histogram_quantile(0.95, sum by (unit, le) (rate(checklist_probe_duration_seconds_bucket{${units}}[$__rate_interval])))`, '{{unit}}', 's'),
      ],
    )
    .headline('Resources of the units')
    .row(
      8,
      [
        12,
        graph('Journal errors', 'Messages that journal_errors counts, by unit and priority.', `sum by (unit, priority) (increase(checklist_journal_messages_total{${units}}[$__rate_interval]))`, '{{unit}} {{priority}}', 'short')
          .drawStyle(common.GraphDrawStyle.Bars)
          .fillOpacity(60),
      ],
      [12, graph('Restarts', 'Automatic restarts within ten minutes.', `increase(checklist_unit_restarts_total{${units}}[10m])`, '{{unit}}', 'short')],
    )
    .row(
      8,
      [8, graph('Memory', 'Memory of the cgroup of each unit.', `checklist_unit_memory_bytes{${units}}`, '{{unit}}', 'bytes')],
      [8, graph('CPU', 'CPU of the cgroup of each unit; 1 is one core.', `rate(checklist_unit_cpu_seconds_total{${units}}[$__rate_interval])`, '{{unit}}', 'none')],
      [8, graph('Tasks', 'Processes and threads of each unit.', `checklist_unit_tasks{${units}}`, '{{unit}}', 'none')],
    )
    .row(
      8,
      [
        12,
        levels('Exposure', 'Exposure level of systemd-analyze security: 0 is best, 10 is worst.', `sort_desc(checklist_unit_exposure_level{${units}})`, '{{unit}}')
          .min(0)
          .max(10)
          .decimals(1)
          .thresholds(steps('green', [5, 'orange'], [8, 'red'])),
      ],
      [
        12,
        levels('Exercises', 'Steps of the last exercise of each unit that succeeded.', `sort(avg by (unit) (checklist_exercise_success{${units}}))`, '{{unit}}')
          .unit('percentunit')
          .min(0)
          .max(1)
          .noValue('No unit was exercised.')
          .thresholds(steps('red', [1, 'green'])),
      ],
    )
    .headline('checklistd itself')
    .row(
      8,
      [8, graph('Longest turn', 'Longest turn of the event loop between two scrapes.', `checklist_loop_longest_turn_seconds{${host}}`, 'turn', 's')],
      [8, graph('Evaluations', 'Evaluations of services per second.', `rate(checklist_evaluations_total{${host}}[$__rate_interval])`, 'evaluations', 'ops')],
      [8, graph('Resident memory', 'Resident memory of the daemon.', `process_resident_memory_bytes{${host},job="checklistd"}`, 'checklistd', 'bytes')],
    );
  return dashboard.build();
}
