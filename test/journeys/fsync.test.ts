import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { apply } from '#infra/demo/applicant.ts';
import { openRound, readCall } from '#infra/demo/call.ts';
import { syntheticApplicant } from '#infra/demo/people.ts';
import { readIntakeFile } from '#infra/demo/round-file.ts';
import { expectJson, type HttpClient, nothing } from '#infra/rehearsal/http-client.ts';
import { enrol, signIn } from '#infra/rehearsal/sign-in.ts';
import { type HomeProcess, homeProcess } from './home-process.ts';

const canTrace = ((): boolean => {
  try {
    execFileSync('strace', ['-o', '/dev/null', 'true']);
    return true;
  } catch {
    return false;
  }
})();

if (!canTrace)
  process.stdout.write('Skipped: strace is not here or may not trace, so no fsync can be seen.\n');

/**
 * The home's system calls, in the order in which they ended: what was flushed to the disk, and what was said to
 * browsers. An acknowledgement counts as safe when the engine's file was flushed after the request came in.
 */
describe.skipIf(!canTrace)('what is acknowledged is on the disk', () => {
  let home: HomeProcess;
  let folder: string;
  let trace: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'irikteu-trace-'));
    trace = join(folder, 'calls');
    const calls = 'trace=fsync,fdatasync,write,writev,sendto,sendmsg,rename,renameat,renameat2';
    home = await homeProcess({ under: ['strace', '-f', '-yy', '-s', '40', '-e', calls, '-o', trace] });
    await home.start();
  });

  afterAll(async () => {
    await home.remove();
    await rm(folder, { recursive: true, force: true });
  });

  const flushes = (): number => readFileSync(trace, 'utf8').split('records.sqlite').length;

  /** What was set off before, a letter that is noted as sent, is done once nothing was flushed for a second. */
  const atRest = async (): Promise<void> => {
    for (let before = 0, now = flushes(); now !== before; now = flushes()) {
      before = now;
      await sleep(1000);
    }
  };

  /** What was flushed between a request and the line that answers it. */
  const flushedBefore = async (work: () => Promise<unknown>): Promise<{ file: string }[]> => {
    await atRest();
    const from = readFileSync(trace, 'utf8').length;
    await work();
    // The tracer writes a line after the call has returned; give the last one time to appear.
    await sleep(300);
    const lines = readFileSync(trace, 'utf8').slice(from).split('\n');
    const port = new URL(home.origin).port;
    const answered = lines.findIndex((line) => line.includes(`:${port}->`) && line.includes('"HTTP/1.1 '));
    expect(answered, 'the answer is in the trace').toBeGreaterThan(-1);
    return lines.slice(0, answered).flatMap((line) => {
      const file = /f(?:data)?sync\(\d+<([^>]+)>/.exec(line)?.[1];
      // The workflow engine flushes its own file whenever a round moves; this is about what people send.
      return file?.startsWith(join(home.data, 'records.sqlite')) ? [{ file }] : [];
    });
  };

  const opened = async (): Promise<{ client: HttpClient; call: Awaited<ReturnType<typeof readCall>> }> => {
    const file = await readIntakeFile();
    await home.operator.setClock(new Date(file.start).toISOString());
    const person = { mail: 'administrator@example.kz', locale: 'ru', role: 'administrator' };
    const administrator = await enrol(home.operator, home.origin, person);
    const round = await openRound(administrator.client, file.text);
    const call = await readCall(administrator.client, round);
    return { client: await signIn(home.operator, home.origin, syntheticApplicant(0)), call };
  };

  it('a begun, a saved and a submitted application were flushed before they were acknowledged; reading flushes nothing', async () => {
    const { client, call } = await opened();
    const Started = z.object({ id: z.string() });
    let id = '';

    const begun = await flushedBefore(async () => {
      const path = `/api/calls/${call.id}/applications`;
      ({ id } = await expectJson(client, path, { method: 'POST' }, Started));
    });
    const read = await flushedBefore(() => client.ask(`/api/calls/${call.id}`));
    const saved = await flushedBefore(() =>
      expectJson(
        client,
        `/api/applications/${id}/sections/motivation`,
        { method: 'PUT', json: { basedOn: 0, typed: { motivation: 'Ауылда' } } },
        nothing,
      ),
    );

    expect(begun.length).toBeGreaterThan(0);
    expect(saved.length).toBeGreaterThan(0);
    expect(read).toEqual([]);

    await client.ask(`/api/applications/${id}/withdrawal`, { method: 'POST', json: {} });
    const other = await signIn(home.operator, home.origin, syntheticApplicant(1));
    const { sha256 } = await apply(other, call, syntheticApplicant(1));
    expect(sha256).toMatch(/^[0-9a-f]{64}$/);
  });
});
