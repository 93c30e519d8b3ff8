import { beforeEach, describe, expect, it } from 'vitest';
import { aSite, type Page, type Site, type Visitor } from '../site.ts';

const calendar = {
  schemaVersion: 1,
  holidays: ['2022-10-25', '2022-12-16'],
  transferred: [{ off: '2022-10-24' }, { off: '2022-10-26', worked: '2022-10-29' }],
  source: 'made for a test',
  confidence: 'unverified',
  verifiedOn: '2022-09-01',
};
const bytesOf = (file: object): Uint8Array => new TextEncoder().encode(JSON.stringify(file));

let site: Site;
let administrator: Visitor;
beforeEach(async () => {
  site = aSite();
  administrator = await site.administrator();
});

const digestIn = ({ text }: Page): Record<string, string> => {
  const sha256 = /name="sha256" value="([0-9a-f]{64})"/.exec(text)?.[1];
  if (sha256 === undefined) throw new Error('The page has no button.');
  return { sha256 };
};

describe('the page of working days', () => {
  it('takes a file, shows what it would change, and puts it in force', async () => {
    const roundId = await site.openCall();
    const before = await administrator.get('/en/manage/calendar');
    const imported = await administrator.upload('/en/manage/calendar', 'file', bytesOf(calendar));
    const waiting = await administrator.get('/en/manage/calendar');
    const forced = await administrator.post('/en/manage/calendar/force', digestIn(waiting));
    const inForce = await administrator.get('/en/manage/calendar');
    const followed = await administrator.post(`/en/manage/rounds/${roundId}/calendar`, digestIn(inForce));
    const after = await administrator.get('/en/manage/calendar');

    expect(before.text).toContain('No calendar has been imported');
    expect([imported.status, forced.status, followed.status]).toEqual([303, 303, 303]);
    expect(waiting.text).toContain('sample');
    expect(waiting.text).toContain('Preliminary results expected');
    expect(waiting.text).toContain('Put in force');
    expect(inForce.text).toContain('its round file');
    expect(after.text).toContain('this calendar');
    expect(after.text).not.toContain('Follow this calendar</button>');
    expect((await site.records.history('round', roundId)).map(({ fact }) => fact.type)).toContain(
      'calendar-adopted',
    );
  });

  it.for([
    ['en', '2022-01-01', 'The day 2022-01-01 stands twice'],
    ['ru', '2022-01-01', 'День 2022-01-01 указан дважды'],
    ['kk', '2022-01-01', '2022-01-01 күні екі рет көрсетілген'],
  ] as const)('names each fault in %s, and nothing changes', async ([locale, day, sentence]) => {
    const doubled = bytesOf({ ...calendar, holidays: [day, day] });
    const answer = await administrator.upload(`/${locale}/manage/calendar`, 'file', doubled);

    expect(answer.status).toBe(422);
    expect(answer.text).toContain(sentence);
    expect(await site.records.history('calendar', 'REGION')).toEqual([]);
  });

  it('puts nothing in force that nobody looked at', async () => {
    await administrator.upload('/en/manage/calendar', 'file', bytesOf(calendar));
    const nothing = await administrator.post('/en/manage/calendar/force', {});
    const other = await administrator.post('/en/manage/calendar/force', { sha256: 'a'.repeat(64) });

    expect([nothing.status, other.status]).toEqual([409, 409]);
  });
});
