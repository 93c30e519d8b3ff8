import { beforeEach, describe, expect, it } from 'vitest';
import { at } from '#test/builders/worlds.ts';
import { aSite, begin, fillIn, posted, type Site, type Visitor } from '../site.ts';

let site: Site;
let applicant: Visitor;
let address: string;

const submittedIn = async (locale: string): Promise<void> => {
  site = aSite();
  const roundId = await site.openCall();
  applicant = site.applicant();
  address = await begin(applicant, roundId, locale);
  await fillIn(site, applicant, address);
  await applicant.post(`${address}/submit`, { after: '0' });
};

beforeEach(() => submittedIn('en'));

const changed = { ...posted('motivation'), motivation: 'I want to teach physics as well. '.repeat(12) };

describe('an applicant who changes a submission', () => {
  it.for(['kk', 'ru', 'en'])('does so from the page of the application, in %s', async (locale) => {
    await submittedIn(locale);
    const before = await applicant.get(`${address}/receipt.json`);

    const begun = await applicant.post(`${address}/amendment`, {});
    const tasks = await applicant.get(begun.location);
    const section = await applicant.get(`${address}/sections/motivation`);
    const [, basedOn = ''] = /name="basedOn" value="(\d+)"/.exec(section.text) ?? [];
    const saved = await applicant.post(`${address}/sections/motivation`, { ...changed, basedOn });
    const check = await applicant.get(`${address}/check`);
    const meanwhile = await applicant.get(`${address}/receipt.json`);
    const [, after = ''] = /name="after" value="(\d+)"/.exec(check.text) ?? [];
    const submitted = await applicant.post(`${address}/submit`, { after });
    const receipt = await applicant.get(submitted.location);
    const page = await applicant.get(address);

    expect([begun.status, saved.status, submitted.status]).toEqual([303, 303, 303]);
    expect(tasks.text).toContain(`href="${address}/amendment/end"`);
    expect(tasks.text).toContain(`<html lang="${locale}"`);
    expect(after).toBe('1');
    expect(meanwhile.text).toBe(before.text);
    expect(JSON.parse((await applicant.get(`${address}/receipt.json`)).text)).toMatchObject({
      submission: 2,
    });
    expect(receipt.text).toMatch(/KZ19-[0-9A-Z]{4}-[0-9A-Z]{4}/);
    expect(page.text).toContain(`action="${address}/amendment"`);
  });

  it('is told what counts meanwhile, also in the list of applications', async () => {
    await applicant.post(`${address}/amendment`, {});

    const tasks = await applicant.get(address);
    const list = await applicant.get('/en/applications');

    expect(tasks.text).toContain('What you submitted on 12 September 2022');
    expect(list.text).toContain('Changes not submitted');
  });

  it('gives the changes up after being asked once more', async () => {
    await applicant.post(`${address}/amendment`, {});

    const asked = await applicant.get(`${address}/amendment/end`);
    const given = await applicant.post(`${address}/amendment/end`, {});
    const page = await applicant.get(given.location);

    expect(asked.text).toContain('will be deleted');
    expect(page.text).toContain('What you submitted before is in force.');
    expect((await applicant.get(`${address}/amendment/end`)).location).toBe(address);
    expect((await applicant.get(`${address}/check`)).location).toBe(address);
  });

  it('is told after the deadline that the changes do not count, and can still give them up', async () => {
    await applicant.post(`${address}/amendment`, {});
    site.clock.to(at('2022-10-04T12:00'));
    applicant = site.applicant();

    const page = await applicant.get(address);
    const late = await applicant.post(`${address}/sections/motivation`, { ...changed, basedOn: '4' });

    expect(page.text).toContain('You did not submit your changes before the call closed');
    expect(page.text).not.toContain('Change the application');
    expect(late.status).toBe(409);
    expect((await applicant.post(`${address}/amendment/end`, {})).status).toBe(303);
    expect((await applicant.get(address)).text).not.toContain('You did not submit your changes');
  });

  it('cannot open somebody else’s, nor give theirs up', async () => {
    const other = site.applicant('other');

    for (const path of ['amendment', 'amendment/end']) {
      expect((await other.post(`${address}/${path}`, {})).status).toBe(404);
    }
    expect((await other.get(`${address}/amendment/end`)).status).toBe(404);
  });
});
