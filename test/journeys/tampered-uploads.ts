import { beforeAll, expect, it } from 'vitest';
import { translator } from '#shared/i18n/index.ts';
import { type Applying, asForm, begun, settled, stateOf } from './half-done.ts';
import type { HomeProcess } from './home-process.ts';
import { uploadsOf } from './mistakes.ts';

const kk = translator('kk');

/** The tests of uploads, on a home and a call that another file has opened. */
export const uploadsThatAreTamperedWith = (place: () => { home: HomeProcess; round: string }) => () => {
  let uploader: Applying;
  let uploads: ReturnType<typeof uploadsOf>;
  beforeAll(async () => {
    const { home, round } = place();
    uploader = await begun(home, round, { mail: 'uploader@example.kz', language: 'kk' });
    uploads = uploadsOf(uploader);
  });

  const pdf = '%PDF-1.4\n% synthetic\n%%EOF\n';

  it.for([
    ['another place', () => ({ key: `quarantine/${'0'.repeat(20)}/${'0'.repeat(20)}` }), pdf, 'AccessDenied'],
    ['another policy', () => ({ Policy: btoa('{"conditions": []}') }), pdf, 'SignatureDoesNotMatch'],
    ['far more than was agreed', () => ({}), '%PDF-1.4\n'.padEnd(10_485_761, ' '), 'EntityTooLarge'],
  ] as const)('with %s is refused by the storage, and nothing arrives', async ([, change, file, code]) => {
    const form = await uploads.announce();
    const before = await stateOf(uploader);

    const answer = await uploads.post(form, file, change());

    expect(answer.status).toBeGreaterThanOrEqual(400);
    expect(answer.text).toContain(code);
    await settled(place().home);
    expect(await stateOf(uploader)).toBe(before);
    const page = await uploader.who.open(`${uploader.path}/documents`);
    expect(page.text).toContain(kk('apply.document.arriving'));
    const submission = await uploader.who.client.ask(`${uploader.path}/submit`, asForm({}));
    expect(submission.text).toContain(kk('apply.stillMissing'));
    await uploads.remove(form);
  });

  it('of another type than it says is refused by its content, and the page says so', async () => {
    const form = await uploads.announce();

    await uploads.post(form, 'MZ\u0090\u0000 not a document at all');
    await settled(place().home);

    const page = await uploader.who.open(`${uploader.path}/documents`);
    expect(page.text).toContain(kk('apply.document.fault.wrong-type'));
    await uploads.remove(form);
  });
};
