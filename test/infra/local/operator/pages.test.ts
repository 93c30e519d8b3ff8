import { parse } from 'node-html-parser';
import { describe, expect, it } from 'vitest';
import type { ExecutionView } from '#infra/local/operator/sources.ts';
import { selectionRound } from '#workflows/selection-round.ts';
import { aRound, code, serving } from './harness.ts';

describe('the operator’s pages', () => {
  it('draws the way of an execution through its machine', async () => {
    const { get } = await serving();

    const page = parse((await get('/executions/KZ-19-R-1')).body);
    const classes = (name: string) =>
      page
        .querySelectorAll('svg g')
        .find((group) => group.text.includes(name))
        ?.getAttribute('class');

    expect(page.querySelectorAll('svg g')).toHaveLength(Object.keys(selectionRound.States).length);
    expect(page.querySelector('svg desc')?.text).toBe('It stands in WaitForDeadline.');
    expect(['ReadRound', 'WhichStage', 'WaitForDeadline', 'CloseCall'].map(classes)).toEqual([
      'done',
      'done',
      'now',
      'new',
    ]);
    expect(page.querySelectorAll('svg path.taken')).toHaveLength(2);
    expect(page.querySelectorAll('svg g').map(({ text }) => text)).toContainEqual(
      expect.stringContaining('✓ ×1, ✗ ×1'),
    );
    expect(page.querySelector('table')?.text).toContain('WaitForDeadline');
    expect(page.toString()).toContain('&lt;Lambda&gt;.TooManyRequestsException');
    expect(page.toString()).not.toContain('<Lambda>');
  });

  it('shows what failed, and why, and what happens next by itself', async () => {
    const failed: ExecutionView = {
      ...aRound.view,
      name: 'KZ-19-R-2',
      status: 'FAILED',
      waits: [],
      error: 'NothingToFollow',
      stoppedAt: code.at,
    };
    const { get } = await serving({
      executions: {
        list: async () => [aRound.view, failed],
        find: async () => ({ ...aRound, view: failed }),
      },
      schedules: () => [
        { name: 'EveryMinute', at: Date.parse(code.at) - 1 },
        { name: 'Once', at: undefined },
      ],
    });

    const page = parse((await get('/')).body);
    const section = (id: string) => page.querySelector(`section[aria-labelledby=${id}]`);
    const rows = (id: string) =>
      section(id)
        ?.querySelectorAll('tbody tr')
        .map(({ text }) => text);

    expect(rows('failures')).toEqual([expect.stringMatching(/KZ-19-R-2FAILEDNothingToFollow2027/)]);
    expect(section('failures')?.querySelector('a')?.getAttribute('href')).toBe('/executions/KZ-19-R-2');
    expect(rows('timers')).toEqual([
      expect.stringContaining('EveryMinute'),
      expect.stringContaining('KZ-19-R-1: WaitForDeadline'),
      expect.stringContaining('never again'),
    ]);
    expect(section('letters')?.text).toContain('Of the latest 2: sent 1, refused 1.');
    expect((await get('/executions/KZ-19-R-2')).body).toContain('✗ ended here');
  });
});
