import { beforeEach, describe, expect, it } from 'vitest';
import { pressed } from '#test/builders/pressed.ts';
import { at } from '#test/builders/worlds.ts';
import { aSite, begin, fillIn, type Site, uploadTo, type Visitor } from '../site.ts';

let site: Site;
let applicant: Visitor;
let roundId: string;

beforeEach(async () => {
  site = aSite();
  roundId = await site.openCall();
  applicant = site.applicant();
});

describe('an applicant with a file on its way', () => {
  it('sees which one it is, and submits without it when asked to', async () => {
    const address = await begin(applicant, roundId);
    await fillIn(site, applicant, address);
    await applicant.post(`${address}/documents/recommendation`, {});

    const refused = await applicant.post(`${address}/submit`, {});
    const check = await applicant.get(`${address}/check`);
    const [, without = ''] = /name="without" value="(\w+)"/.exec(check.text) ?? [];
    const submitted = await applicant.post(`${address}/submit`, { without });

    expect(refused.status).toBe(409);
    for (const { text } of [refused, check]) {
      expect(text).toContain(`href="${address}/documents#documents.recommendation"`);
      expect(text).toContain('A file has not arrived yet: Recommendation letter');
    }
    expect(check.text).toContain('Submit without the file that has not arrived');
    expect(submitted.location).toBe(`${address}/receipt`);
  });

  it('is shown the answers again when a file that was given up has arrived after all', async () => {
    const address = await begin(applicant, roundId);
    await fillIn(site, applicant, address);
    const form = await pressed(applicant, `${address}/documents/recommendation`);
    const [, application = '', without = ''] = /value="quarantine\/(\w+)\/(\w+)"/.exec(form.text) ?? [];
    await site.arrive(application, without, new TextEncoder().encode('%PDF-1.7 after all'));

    const answer = await applicant.post(`${address}/submit`, { without });
    const check = await applicant.get(answer.location);

    expect(answer.location).toBe(`${address}/check`);
    expect(check.text).not.toContain('name="without"');
    expect(check.text).toContain('Submit the application');
  });

  it.for([
    ['no file at all', '', 'The file is empty.'],
    ['one byte too many', '%PDF-1.7'.padEnd(5_242_881), 'The file is too large.'],
  ] as const)(
    'reads on the page what was wrong with %s, and it counts as nothing',
    async ([, file, said]) => {
      const address = await begin(applicant, roundId);
      const form = await pressed(applicant, `${address}/documents/diploma`);
      const [, application = '', document = ''] = /value="quarantine\/(\w+)\/(\w+)"/.exec(form.text) ?? [];
      await site.arrive(application, document, new TextEncoder().encode(file));

      const { text } = await applicant.get(`${address}/documents`);
      const submitted = await applicant.post(`${address}/submit`, {});

      expect(text).toContain(said);
      expect(text).not.toContain('SHA-256');
      expect(submitted.text).toContain(`href="${address}/documents#documents.diploma"`);
    },
  );

  it('cannot send the form without a file, and reads until when it is good', async () => {
    const address = await begin(applicant, roundId);

    const { text } = await pressed(applicant, `${address}/documents/diploma`);

    expect(text).toMatch(/<input [^>]*type="file"[^>]* required/);
    expect(text).toContain('This form takes the file until 12 September 2022 at 10:00 (UTC+06:00).');
  });

  it('has another form for the same file whenever the page is opened, also after the first ran out, until the file has come', async () => {
    const address = await begin(applicant, roundId);
    const { location } = await applicant.post(`${address}/documents/diploma`, {});
    const before = await applicant.get(location);
    const [, application = '', document = ''] = /value="quarantine\/(\w+)\/(\w+)"/.exec(before.text) ?? [];
    site.clock.to(at('2022-09-12T04:30'));

    const later = await applicant.get(location);
    const history = await site.records.history('application', application);
    expect(later.text).toContain(`value="quarantine/${application}/${document}"`);
    expect(later.text).toContain('This form takes the file until 12 September 2022 at 11:30 (UTC+06:00).');
    expect(history.filter(({ fact }) => fact.type === 'document-announced')).toHaveLength(1);
    expect((await site.applicant('stranger').get(location)).text).not.toContain('quarantine/');

    await site.arrive(application, document, new TextEncoder().encode('%PDF-1.4 diploma'));
    expect((await applicant.get(location)).location).toBe(`${address}/documents`);
    expect((await applicant.get(`${address}/documents/diploma`)).location).toBe(`${address}/documents`);
  });

  it('shows the documents with a mark that changes with every file that arrives', async () => {
    const address = await begin(applicant, roundId);
    const markNow = async () =>
      /data-refresh="([\w.-]+)"/.exec((await applicant.get(`${address}/documents`)).text)?.[1];
    await applicant.post(`${address}/documents/recommendation`, {});
    await applicant.post(`${address}/documents/employment-record`, {});
    const before = await markNow();

    await uploadTo(site, applicant, address, 'diploma');

    expect(before).toMatch(/announced/);
    expect(await markNow()).toMatch(/received/);
  });
});
