import { expect, it } from 'vitest';
import { createPortFindings } from '../../../src/reconcile/status/port-findings.js';
import { container } from './builders.js';

it('what a port check found holds for that run of the container, until another check or its end', () => {
  const findings = createPortFindings();
  const web = container();
  findings.note(web, 'dead');
  expect([findings.of(web), findings.of(container({ startedAt: '2026-01-02T00:00:00Z' }))]).toEqual(['dead', null]);
  findings.note(web, null);
  expect(findings.of(web)).toBeNull();
  findings.note(web, 'dead');
  findings.retain((id) => id !== web.id);
  expect(findings.of(web)).toBeNull();
});
