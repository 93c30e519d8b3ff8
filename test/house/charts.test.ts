import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { withCharts, withDiagrams } from '#infra/build/charts.ts';

it('the charts of workflows/README.md show the machines as they are (npm run charts)', () => {
  const page = readFileSync('workflows/README.md', 'utf8');

  expect(page).toContain('flowchart TD');
  expect(withCharts(page)).toBe(page);
});

it('the diagrams of shared/machines/README.md show the records as they are declared (npm run charts)', () => {
  const page = readFileSync('shared/machines/README.md', 'utf8');

  expect(page).toContain('stateDiagram-v2');
  expect(withDiagrams(page)).toBe(page);
});
