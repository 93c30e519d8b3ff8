import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { withCharts } from '#infra/build/charts.ts';

it('the charts of workflows/README.md show the machines as they are (npm run charts)', () => {
  const page = readFileSync('workflows/README.md', 'utf8');

  expect(page).toContain('flowchart TD');
  expect(withCharts(page)).toBe(page);
});
