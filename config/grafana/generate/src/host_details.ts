// SPDX-License-Identifier: MIT
// What is not needed at first sight of a host: checks over time, resources of its units, checklistd itself.
import type { Layout } from './board.js';
import { events, graph, history, levels, count, names, timeline } from './panels.js';
import { named } from './queries.js';
import { host, inScope, results, units } from './scope.js';
import { steps } from './status.js';

const byName = (expr: string) => named(inScope(expr));
const family = (name: string) => byName(`${name}{${units}}`);
const probed = (part: string) => `rate(checklist_probe_duration_seconds_${part}{${units}}[$__rate_interval])`;

function checksOverTime(layout: Layout): void {
  const one = (check: string) => named(`max by (manager, unit) (${results(`,check="${check}"`)})`);
  const failures = `round(${inScope(`increase(checklist_check_failures_total{${units}}[10m])`)})`;
  layout
    .fold('Checks over time')
    .row(
      9,
      [12, history('Checks', 'The worst unit of each check.', `max by (check) (${results()})`, '{{check}}')],
      [
        12,
        events(
          'Turns to fail',
          'How often checks of a unit turned to fail within ten minutes.',
          named(`sum by (manager, unit) (${failures})`),
          '{{name}}',
          'No check turned to fail.',
        ),
      ],
    )
    .row(
      8,
      [
        8,
        timeline('Ports', 'Whether each unit listens on exactly the declared addresses.', one('port_bindings'), '{{name}}').noValue(
          'No unit declares addresses.',
        ),
      ],
      [
        8,
        timeline('GPU', 'Whether each unit can open its devices.', one('gpu_device_access'), '{{name}}').noValue(
          'No unit declares devices.',
        ),
      ],
      // A quotient of 0 and 0 is not a number: without a probe between two scrapes there is no point.
      [
        8,
        graph('Probes', 'Mean duration of probes.', byName(`${probed('sum')} / (${probed('count')} > 0)`), '{{name}}', 's').noValue(
          'No unit is probed.',
        ),
      ],
    );
}

function resources(layout: Layout): void {
  const messages = `sum by (job, instance, manager, unit, level) (increase(checklist_journal_messages_total{${units}}[$__rate_interval]))`;
  layout
    .fold('What the units do')
    .row(
      8,
      [
        12,
        events(
          'Journal errors',
          'Messages that journal_errors counts, by level.',
          `round(${byName(messages)})`,
          '{{name}} {{level}}',
          'No unit logged an error or a warning.',
        ),
      ],
      [
        12,
        events(
          'Restarts',
          'Automatic restarts within ten minutes.',
          `round(${byName(`increase(checklist_unit_restarts_total{${units}}[10m])`)})`,
          '{{name}}',
          'No unit was restarted.',
        ),
      ],
    )
    .row(
      8,
      [
        8,
        graph('Memory', 'Memory of the cgroup of each unit.', family('checklist_unit_memory_bytes'), '{{name}}', 'bytes').noValue(
          'This host has no memory controller.',
        ),
      ],
      [
        8,
        graph(
          'CPU',
          'CPU of the cgroup of each unit; 1 is one core.',
          byName(`rate(checklist_unit_cpu_seconds_total{${units}}[$__rate_interval])`),
          '{{name}}',
          'none',
        ).noValue('No unit has a cgroup.'),
      ],
      [
        8,
        graph('Tasks', 'Processes and threads of each unit.', family('checklist_unit_tasks'), '{{name}}', 'none')
          .decimals(0)
          .noValue('This host has no pids controller.'),
      ],
    )
    .row(
      8,
      [
        12,
        levels(
          'Exposure',
          'Exposure level of systemd-analyze security: 0 is best, 10 is worst.',
          `sort_desc(${family('checklist_unit_exposure_level')})`,
          '{{name}}',
        )
          .min(0)
          .max(10)
          .decimals(1)
          .noValue('No unit is rated.')
          .thresholds(steps('green', [5, 'orange'], [8, 'red'])),
      ],
      [
        12,
        levels(
          'Exercises',
          'Steps of the last exercise of each unit that succeeded.',
          `sort(${named(`avg by (manager, unit) (${inScope(`checklist_exercise_success{${units}}`)})`)})`,
          '{{name}}',
        )
          .unit('percentunit')
          .min(0)
          .max(1)
          .noValue('No unit was exercised.')
          .thresholds(steps('red', [1, 'green'])),
      ],
    );
}

function itself(layout: Layout): void {
  layout
    .fold('checklistd itself')
    .row(
      4,
      [8, names('checklistd', 'The running version.', `checklist_build_info{${host}}`, '{{version}}')],
      [8, names('systemd', 'The version of the service manager.', `checklist_systemd_info{${host}}`, '{{version}}')],
      [8, count('Specs', 'Units with a spec.', `checklist_specs_loaded{${host}}`)],
    )
    .row(
      8,
      [
        8,
        graph(
          'Longest turn',
          'Longest turn of the event loop between two scrapes.',
          `checklist_loop_longest_turn_seconds{${host}}`,
          'turn',
          's',
        ),
      ],
      [
        8,
        graph(
          'Evaluations',
          'Evaluations of checks per second.',
          `rate(checklist_evaluations_total{${host}}[$__rate_interval])`,
          'evaluations',
          'ops',
        ),
      ],
      [8, graph('Resident memory', 'Resident memory of the daemon.', `process_resident_memory_bytes{${host}}`, 'checklistd', 'bytes')],
    );
}

export function details(layout: Layout): void {
  checksOverTime(layout);
  resources(layout);
  itself(layout);
}
