/** The files in deploy for Prometheus and Grafana, against the metrics of a server. */

import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { beforeAll, expect, it, onTestFinished } from 'vitest';
import { parse } from 'yaml';
import { type Json, testBerth } from './berth.js';

const RULES = 'deploy/alerts.yml';
const DASHBOARD: Json = JSON.parse(readFileSync('deploy/grafana-dashboard.json', 'utf8'));
const rules: readonly Json[] = parse(readFileSync(RULES, 'utf8')).groups.flatMap((group: Json) => group.rules);

/** Names with the parts of metrics of Berth, and of the metrics of the process. */
const METRIC = /\b(?:berth|http|process|nodejs)_\w+/g;

/** Each metric, with the names of its labels. */
const metrics = new Map<string, ReadonlySet<string>>();

beforeAll(async () => {
  const t = await testBerth();
  await t.declare({ name: 'web', image: 'training/webapp' });
  const { text } = await t.send('GET', '/metrics');
  for (const [, name = '', type] of text.matchAll(/^# TYPE (\w+) (\w+)$/gm)) {
    const all = type === 'histogram' ? ['_bucket', '_count', '_sum'].map((part) => `${name}${part}`) : [name];
    for (const one of all) metrics.set(one, new Set());
  }
  for (const [, name = '', labels = ''] of text.matchAll(/^(\w+)\{(.*)\} /gm)) {
    metrics.set(name, new Set([...labels.matchAll(/(\w+)="/g)].map(([, label = '']) => label)));
  }
  await t.stop();
});

const expressions: readonly (readonly [string, string])[] = [
  ...rules.map(({ alert, expr }) => [alert, expr] as const),
  ...DASHBOARD.panels.flatMap(({ title, targets }: Json) => targets.map(({ expr }: Json) => [title, expr])),
  ['variable', DASHBOARD.templating.list[1].query.query],
];

it.each(expressions)('uses metrics and labels that /metrics has: %s', (_, expr) => {
  const used = expr.match(METRIC) ?? [];
  if (!expr.startsWith('up{')) expect(used.length).toBeGreaterThan(0);
  for (const name of used) expect([...metrics.keys()]).toContain(name);
  const [known] = used;
  const grouped = [...expr.matchAll(/by \(([^)]*)\)/g)].flatMap(([, labels = '']) => labels.split(', '));
  const matched = [...expr.matchAll(/(\w+)(?:=~|!~|!=|=)"/g)].map(([, label = '']) => label);
  const own = new Set(['instance', 'job', 'le']);
  const labels = new Set([...grouped, ...matched].filter((label) => !own.has(label)));
  // Metrics without a sample yet have no labels to compare.
  const has = known === undefined ? undefined : metrics.get(known);
  if (has !== undefined && has.size > 0) expect([...has]).toEqual(expect.arrayContaining([...labels]));
});

const hasPromtool = spawnSync('promtool', ['--version']).status === 0;
const promtool = (...args: string[]): string => {
  const { status, stdout, stderr } = spawnSync('promtool', args, { encoding: 'utf8' });
  expect(status, `${stdout}${stderr}`).toBe(0);
  return stdout;
};

it.skipIf(!hasPromtool)('has rules, a scrape example and expressions that promtool accepts', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'berth-promtool-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  expect(promtool('check', 'rules', RULES)).toContain(`SUCCESS: ${rules.length} rules found`);
  promtool('check', 'config', '--syntax-only', 'deploy/prometheus.yml');
  const panels = expressions
    .filter(([, expr]) => !expr.startsWith('label_values'))
    .map(([, expr], at) => ({ record: `panel${at}`, expr: expr.replaceAll('$__rate_interval', '5m') }));
  const file = path.join(folder, 'panels.yml');
  writeFileSync(file, JSON.stringify({ groups: [{ name: 'panels', rules: panels }] }));
  promtool('check', 'rules', file);
});

it.skipIf(!hasPromtool)('fires each alert for its fault, and none for a healthy server', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'berth-promtool-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const series = (text: string, values: string) => ({ series: text, values });
  const FAULTS: Readonly<Record<string, Json>> = {
    BerthDown: [series('up{job="berth"}', '0x90')],
    BerthEngineUnreachable: [series('berth_engine_reachable', '0x90')],
    BerthDefinitionNotReady: [series('berth_definition_not_ready{container="web",reason="ImageUnavailable"}', '1x90')],
    BerthQueueStuck: [series('berth_queue_oldest_seconds', '0+60x90')],
    BerthPaused: [series('berth_held', '1x90')],
    BerthEngineErrors: [series('berth_engine_call_seconds_count{operation="create",outcome="timeout"}', '0+9x90')],
    BerthDriftRepeats: [series('berth_drift_corrected_total{kind="stopped"}', '0+1x90')],
    BerthEventsNotDelivered: [series('berth_webhook_deliveries_total{outcome="dead"}', '0+1x90')],
    BerthRequestsFail: [series('http_request_duration_seconds_count{status="5xx"}', '0+60x90')],
  };
  const healthy = [
    ...[series('up{job="berth"}', '1x90'), series('berth_engine_reachable', '1x90'), series('berth_held', '0x90')],
    series('berth_definition_not_ready{container="job",reason="Stopped"}', '1x90'),
    series('berth_queue_oldest_seconds', '1x90'),
    series('berth_engine_call_seconds_count{operation="create",outcome="ok"}', '0+9x90'),
    series('http_request_duration_seconds_count{status="2xx"}', '0+60x90'),
  ];
  expect(Object.keys(FAULTS)).toEqual(rules.map(({ alert }) => alert));
  const firing = (input_series: Json, isFiring: (alert: string) => boolean): Json => ({
    interval: '1m',
    input_series,
    promql_expr_test: rules.map(({ alert }) => ({
      expr: `count(ALERTS{alertname="${alert}",alertstate="firing"}) or vector(0)`,
      eval_time: '85m',
      exp_samples: [{ labels: '{}', value: isFiring(alert) ? 1 : 0 }],
    })),
  });
  const tests = [
    firing(healthy, () => false),
    ...Object.entries(FAULTS).map(([fault, input]) => firing(input, (alert) => alert === fault)),
  ];
  const file = path.join(folder, 'tests.yml');
  writeFileSync(file, JSON.stringify({ rule_files: [path.resolve(RULES)], evaluation_interval: '1m', tests }));
  promtool('test', 'rules', file);
});
