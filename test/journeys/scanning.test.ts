import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { openRound } from '#infra/demo/call.ts';
import { syntheticApplicant } from '#infra/demo/people.ts';
import { readIntakeFile } from '#infra/demo/round-file.ts';
import { expectJson, type HttpClient, nothing } from '#infra/rehearsal/http-client.ts';
import { enrol, signIn } from '#infra/rehearsal/sign-in.ts';
import { eicar, type FakeClamd, fakeClamd } from '#test/functions/adapters/clamd/fake-clamd.ts';
import { type HomeProcess, homeProcess } from './home-process.ts';

let daemon: FakeClamd;
let home: HomeProcess;
let applicant: HttpClient;
let application: string;

beforeAll(async () => {
  daemon = await fakeClamd();
  home = await homeProcess({ env: { CLAMD_ADDRESS: daemon.address } });
  await home.start();
  const file = await readIntakeFile();
  await home.operator.setClock(new Date(file.start).toISOString());
  const person = { mail: 'administrator@example.kz', locale: 'ru', role: 'administrator' };
  const administrator = await enrol(home.operator, home.origin, person);
  const round = await openRound(administrator.client, file.text);
  applicant = await signIn(home.operator, home.origin, syntheticApplicant(1));
  const begun = z.object({ id: z.string() });
  const started = { method: 'POST' } as const;
  const { id } = await expectJson(applicant, `/api/calls/${round}/applications`, started, begun);
  application = `/api/applications/${id}`;
}, 240_000);

afterAll(async () => {
  await home.remove();
  await daemon.stop();
}, 60_000);

const Documents = z.object({
  documents: z.array(
    z.object({
      id: z.string(),
      status: z.string(),
      fault: z.string().optional(),
      held: z.boolean().optional(),
    }),
  ),
});

const upload = async (content: string): Promise<string> => {
  const Announced = z.object({
    documentId: z.string(),
    upload: z.object({ url: z.string(), fields: z.record(z.string(), z.string()) }),
  });
  const json = { requirement: 'diploma' };
  const { documentId, upload: form } = await expectJson(
    applicant,
    `${application}/documents`,
    { method: 'POST', json },
    Announced,
  );
  const body = new FormData();
  for (const [name, value] of Object.entries(form.fields)) body.set(name, value);
  body.set('file', new Blob([content]));
  expect((await applicant.ask(form.url, { method: 'POST', body })).status).toBeLessThan(400);
  return documentId;
};

/** Once it is what is waited for: the storage tells its function a moment later. */
const documentOnce = async (id: string, isSo: (one: { status: string; held: boolean }) => boolean) => {
  for (let tries = 0; tries < 600; tries += 1) {
    const { documents } = await expectJson(applicant, application, {}, Documents);
    const one = documents.find((document) => document.id === id);
    if (one && isSo({ status: one.status, held: one.held === true })) return one;
    await sleep(100);
  }
  throw new Error(`Document ${id} did not become what was waited for within a minute.`);
};

describe('a home that clamd scans for', () => {
  it('refuses the test file of EICAR, and says why', async () => {
    const id = await upload(eicar);

    const document = await documentOnce(id, ({ status }) => status === 'refused');

    expect(document.fault).toBe('malware');
    expect(daemon.streams.map(String)).toContain(eicar);
    await expectJson(applicant, `${application}/documents/${id}`, { method: 'DELETE' }, nothing);
  });

  it('holds what cannot be scanned, says so on the page, and lets it through once the scanner is back', async () => {
    daemon.say('stream: out of memory. ERROR');
    const id = await upload('%PDF-1.7 a diploma');
    await documentOnce(id, ({ status, held }) => status === 'received' && held);
    const page = await applicant.ask(`${application.replace('/api', '/en')}/documents`);
    const opening = await applicant.ask(`${application}/documents/${id}`);

    daemon.say(undefined);
    const { now } = await home.operator.health();
    await home.operator.setClock(new Date(Date.parse(now) + 11 * 60_000).toISOString());
    await documentOnce(id, ({ status, held }) => status === 'received' && !held);

    expect(page.text).toContain('Waits for the virus check');
    expect(opening.status).toBe(409);
    expect((await applicant.ask(`${application}/documents/${id}`)).status).toBe(200);
  });
});
