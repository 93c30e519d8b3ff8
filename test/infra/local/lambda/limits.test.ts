import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { aFolder } from '#test/infra/local/assembly.ts';
import { hosting } from './harness.ts';

describe('a function', () => {
  it('is throttled beyond as many callers as would wait, and takes others when they are through', async () => {
    const { invoke } = hosting('exports.handler = async () => 1');

    const answers = await Promise.all(Array.from({ length: 2_100 }, () => invoke('region-web', {})));
    const later = await invoke('region-web', {});

    const refused = answers.filter(({ outcome }) => outcome === 'refused');
    expect(refused).toHaveLength(100);
    expect(refused[0]).toMatchObject({ error: 'TooManyRequestsException', message: 'Rate Exceeded.' });
    expect(later).toEqual({ outcome: 'returned', payload: 1 });
  });

  it('takes and gives 6 MB of bytes, not of letters, and no more', async () => {
    const { invoke } = hosting("exports.handler = async ({ text, times }) => text + 'қ'.repeat(times ?? 0)");
    const half = 3 * 1024 * 1024;

    const answers = await Promise.all([
      invoke('region-web', { text: 'қ'.repeat(half) }),
      invoke('region-web', { text: '', times: half }),
      invoke('region-web', { text: 'q'.repeat(half) }),
    ]);

    expect(answers).toMatchObject([
      { outcome: 'refused', error: 'RequestTooLargeException' },
      { outcome: 'failed', payload: { errorType: 'Function.ResponseSizeTooLarge' } },
      { outcome: 'returned' },
    ]);
  });

  it('does not begin what nobody waits for any more', async () => {
    const { invoke } = hosting(
      `exports.handler = async ({ file, wait = 0 }) => {
        if (file) require('node:fs').writeFileSync(file, 'begun');
        await new Promise((resolve) => setTimeout(resolve, wait));
      }`,
    );
    const folder = aFolder();
    const more = 40;

    const running = Array.from({ length: more }, () => invoke('region-web', { wait: 200 }));
    const dropped = await invoke('region-web', { file: join(folder, 'dropped') }, 20);
    await Promise.all(running);
    const patient = await invoke('region-web', { file: join(folder, 'patient') }, 10_000);

    expect(dropped).toMatchObject({ outcome: 'refused', error: 'TooManyRequestsException' });
    expect(patient).toMatchObject({ outcome: 'returned' });
    expect(readdirSync(folder)).toEqual(['patient']);
  });
});
