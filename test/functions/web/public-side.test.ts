import { beforeEach, describe, expect, it } from 'vitest';
import type { IncentiveRule } from '#shared/domain/incentive-rule.ts';
import { aRoundFile, asUpload } from '#test/builders/round-file.ts';
import { at } from '#test/builders/worlds.ts';
import { aSite, hiddenOf, type Site } from './site.ts';

let site: Site;
beforeEach(() => {
  site = aSite();
});

/** A call of 2026, when every figure of the state is sourced, announced on 1 September and open from the 10th. */
const announced = async (over: Parameters<typeof aRoundFile>[0] = {}): Promise<string> => {
  site.clock.to(at('2026-09-01T04:00'));
  const { call } = aRoundFile();
  const dates = { opensAt: '2026-09-10T09:00:00+05:00', closesAt: '2026-10-04T18:00:00+05:00' };
  return site.openCall(asUpload(aRoundFile({ intake: '2026-1', call: { ...call, ...dates }, ...over })));
};

const opensAt = at('2026-09-10T04:00');

describe('a call that is announced', () => {
  it('stands among the coming ones with the day on which it opens, until then', async () => {
    await announced();

    const before = await site.anonymous.get('/en/');
    site.clock.to(opensAt);
    const after = await site.anonymous.get('/en/');

    expect(before.text).toContain('Coming calls');
    expect(before.text).toContain('Applications open on 10 September 2026 at 09:00 (UTC+05:00)');
    expect(after.text).not.toContain('Coming calls');
    expect(after.text).toContain('Open for applications');
  });

  it('shows its vacancies, and takes no application yet', async () => {
    const roundId = await announced();

    const { text } = await site.anonymous.get('/en/vacancies');
    const early = await site.applicant().post(`/en/calls/${roundId}/apply`, {});
    const start = await site.anonymous.get(`/en/calls/${roundId}/apply`);

    expect(text).toContain('438 vacancies found');
    expect(early.status).toBe(409);
    expect(start.text).toContain('Applications open on 10 September 2026');
  });
});

const found = (text: string): number => Number(/(\d+) vacanc\w+ found/.exec(text)?.[1]);

describe('the vacancies of all calls', () => {
  it('are those of every call that is open or coming, and can be narrowed to one', async () => {
    const first = await announced();
    await announced({ intake: '2026-2' });

    const none = await site.anonymous.get('/en/vacancies?school=MAT&subject=mathematics&locality=');
    const both = await site.anonymous.get('/en/vacancies?subject=mathematics');
    const one = await site.anonymous.get(`/en/vacancies?subject=mathematics&call=${first}`);

    expect(found(none.text)).toBe(0);
    expect(found(both.text)).toBe(2 * found(one.text));
    expect(one.text).toContain('<details class="govuk-details" open="">');
  });

  it('are none when no call is open, and the page says so', async () => {
    await announced();
    site.clock.to(at('2026-10-04T13:00'));

    const { text } = await site.anonymous.get('/en/vacancies');

    expect(text).toContain('There is no open call at the moment.');
  });
});

const sample: IncentiveRule = {
  of: ['utilities'],
  title: { kk: 'Үлгі', ru: 'Образец', en: 'Rent, as recollected' },
  worth: { unit: 'tenge', from: 30_000, to: 45_000 },
  every: 'month',
  standing: 'rule',
  source: 'no source',
  confidence: 'unverified',
  verifiedOn: '2026-09-01',
};

describe('the support of a vacancy', () => {
  it('stands beside it in tenge, by the figures of the year', async () => {
    const roundId = await announced();

    const list = await site.anonymous.get(`/en/calls/${roundId}/vacancies`);
    const page = await site.anonymous.get(`/en/calls/${roundId}/vacancies/MAT-001`);

    const amount = '150% surcharge: 53,091 ₸ a month for each 1.0 of the pay coefficient';
    expect(list.text).toContain(amount);
    expect(list.text).toMatch(
      /53,091 ₸ a month for each 1\.0 of the pay coefficient.{0,80}Unverified sample/s,
    );
    expect(page.text).toContain(amount);
    expect(page.text).toContain('Base salary 17,697 ₸ × 2 for teachers × 150%');
    expect(page.text).toContain('A pay calculator; no act was read');
    expect(page.text).toContain('An example, not a promise');
    expect(page.text).toContain('utilities compensation: amount not known');
  });

  it('that a round file names without a source is marked as a sample', async () => {
    const roundId = await announced({ incentives: [sample] });

    const list = await site.anonymous.get(`/ru/calls/${roundId}/vacancies`);
    const call = await site.anonymous.get(`/en/calls/${roundId}`);

    expect(list.text).toMatch(/30\s000–45\s000 ₸ в месяц.{0,60}Образец, не подтверждено/u);
    expect(call.text).toMatch(/Rent, as recollected.{0,300}A sample, not an official rule/s);
  });

  it('are told with their sources in the language of the page', async () => {
    const source = { kk: 'Өлшенген үлгі', ru: 'Образец с улицы', en: 'A sample from the street' };
    const roundId = await announced({ incentives: [{ ...sample, source }] });

    const pages = await Promise.all(
      (['kk', 'ru', 'en'] as const).map(async (locale) => {
        const { text } = await site.anonymous.get(`/${locale}/calls/${roundId}`);
        return Object.values(source).filter((words) => text.includes(words));
      }),
    );

    expect(pages).toEqual([[source.kk], [source.ru], [source.en]]);
  });
});

describe('the calendar file of a call', () => {
  it('has its deadlines in UTC, with the name of the zone, each under a lasting name', async () => {
    const roundId = await announced();

    const { text, headers } = await site.anonymous.get(`/kk/calls/${roundId}/deadlines.ics`);

    const lines = text.replaceAll('\r\n ', '').split('\r\n');
    expect(headers.get('content-type')).toBe('text/calendar; charset=utf-8');
    expect(lines).toContain('DTSTART:20260910T040000Z');
    expect(lines).toContain('DTSTART:20261004T130000Z');
    expect(lines).toContain('X-WR-TIMEZONE:Asia/Almaty');
    expect(lines).toContain(`UID:${roundId}-closes@localhost:3000`);
    expect(lines.find((line) => line.startsWith('DESCRIPTION'))).toContain(
      String.raw`(UTC+05:00)\, Asia/Almaty`,
    );
  });

  it('is linked from the call, and follows an extension', async () => {
    const roundId = await announced();
    const administrator = await site.administrator();
    const address = `/en/manage/rounds/${roundId}/deadline`;
    const confirm = await administrator.post(address, { closesAt: '2026-10-05T18:00' });
    await administrator.post(address, hiddenOf(confirm.text));

    const call = await site.anonymous.get(`/en/calls/${roundId}`);
    const file = await site.anonymous.get(`/en/calls/${roundId}/deadlines.ics`);

    expect(call.text).toContain(`href="/en/calls/${roundId}/deadlines.ics"`);
    expect(file.text).toContain('DTSTART:20261005T130000Z');
    expect(file.text).not.toContain('DTSTART:20261004T130000Z');
  });

  it('of a draft is nobody’s', async () => {
    const roundId = await site.draft('2022-9');

    expect((await site.anonymous.get(`/en/calls/${roundId}/deadlines.ics`)).status).toBe(404);
  });
});
