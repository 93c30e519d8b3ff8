import { parse } from 'node-html-parser';
import { beforeEach, describe, expect, it } from 'vitest';
import { translator } from '#shared/i18n/index.ts';
import { aRoundFile, asUpload, roundFileBytes, vacancyBytes } from '#test/builders/round-file.ts';
import { aSite, begin, fillIn, hiddenOf, type Page, type Site, type Visitor } from './site.ts';

let site: Site;
let administrator: Visitor;

beforeEach(async () => {
  site = aSite();
  administrator = await site.administrator();
});

/** Looks at the page before opening and presses its button. */
const pressOpen = async (roundId: string): Promise<Page> => {
  const address = `/en/manage/rounds/${roundId}/open`;
  return administrator.post(address, hiddenOf((await administrator.get(address)).text));
};

const opened = async (): Promise<string> => {
  const roundId = await site.draft('2022-7');
  await pressOpen(roundId);
  return roundId;
};

/** What a call says, as drawn; only where its links lead differs between the preview and the public page. */
const drawn = (text: string): string =>
  (parse(text).querySelector('.beside__text')?.innerHTML ?? '').replaceAll(/ href="[^"]*"/g, '');

/** Every rule by which is decided, with its source. */
const rulesIn = (text: string, within: string): string[] =>
  (parse(text).querySelector(within)?.querySelectorAll('li, .source') ?? []).map(
    ({ innerHTML }) => innerHTML,
  );

describe('an administrator', () => {
  it('drafts a round from its file, imports vacancies, previews and opens the call', async () => {
    const drafted = await administrator.upload('/en/manage/rounds', 'file', roundFileBytes);
    const address = drafted.location.split('?')[0] ?? '';
    const imported = await administrator.upload(`${address}/vacancies`, 'register', vacancyBytes);
    const preview = await administrator.get(`${address}/preview`);
    const confirm = await administrator.get(`${address}/open`);
    const open = await administrator.post(`${address}/open`, hiddenOf(confirm.text));

    const digests = new Set(confirm.text.match(/[0-9a-f]{64}/g));
    const call = await site.anonymous.get(address.replace('/manage/rounds/', '/calls/'));
    expect([drafted.status, imported.status, open.status]).toEqual([303, 303, 303]);
    expect(confirm.text).toContain('438');
    expect(digests.size).toBe(2);
    for (const digest of digests) {
      expect(preview.text).toContain(digest);
      expect(call.text).toContain(digest);
    }
  });

  it('sees in the preview what the public sees afterwards, word for word', async () => {
    const roundId = await site.draft('2022-7');

    const before = await administrator.get(`/ru/manage/rounds/${roundId}/preview`);
    await pressOpen(roundId);
    const after = await site.anonymous.get(`/ru/calls/${roundId}`);
    const deciding = await site.anonymous.get(`/ru/calls/${roundId}/rules`);

    expect(drawn(before.text).length).toBeGreaterThan(1000);
    expect(drawn(before.text)).toBe(drawn(after.text));
    expect(rulesIn(before.text, '#deciding').length).toBeGreaterThan(20);
    expect(rulesIn(before.text, '#deciding')).toEqual(rulesIn(deciding.text, 'main'));
    const votes = translator('ru')('call.rules.committee.least', {
      minimum: 5,
      numerator: 2,
      denominator: 3,
    });
    expect(deciding.text).toContain(votes);
  });

  it('gets every fault of a round file with line and column, and nothing is drafted', async () => {
    const { title: _, ...broken } = aRoundFile({ region: 'KZ-61' });
    const before = site.records.commits.length;

    const answer = await administrator.upload('/en/manage/rounds', 'file', asUpload(broken));

    expect(answer.status).toBe(422);
    expect(answer.text).toContain('line 1, column 1, /title: The member “title” is missing');
    expect(answer.text).toContain('/region: The file is for KZ-61, this is KZ-19');
    expect(site.records.commits).toHaveLength(before);
  });

  it.for([
    ['in English', '/en', 'The column “school_ru” is missing'],
    ['in Russian', '/ru', 'Нет столбца «school_ru»'],
    ['in Kazakh', '/kk', '«school_ru» бағаны жоқ'],
  ] as const)('reads %s which column of a register is missing', async ([, locale, sentence]) => {
    const roundId = await site.draft('2022-7');
    const csv = new TextEncoder().encode('code,school_kk\nA,B\n');

    const answer = await administrator.upload(
      `${locale}/manage/rounds/${roundId}/vacancies`,
      'register',
      csv,
    );

    expect(answer.status).toBe(422);
    expect(answer.text).toContain(sentence);
  });

  it('is told when no file was chosen, or it is larger than an import may be', async () => {
    const none = await administrator.upload('/en/manage/rounds', 'file', new Uint8Array());
    const huge = await administrator.upload('/en/manage/rounds', 'file', new Uint8Array(6_000_000));

    expect(none.status).toBe(422);
    expect(none.text).toContain('Choose a file');
    expect(huge.status).toBe(413);
  });

  it('extends the deadline as the clock of the region shows it, only to a later moment', async () => {
    const roundId = await opened();
    const address = `/en/manage/rounds/${roundId}/deadline`;

    const nonsense = await administrator.post(address, { closesAt: 'tomorrow' });
    const earlier = await administrator.post(address, { closesAt: '2022-10-01T18:00' });
    const wrongYear = await administrator.post(address, { closesAt: '9999-12-31T23:59' });
    const confirm = await administrator.post(address, { closesAt: '2022-10-10T18:00' });
    const before = await site.anonymous.get(`/en/calls/${roundId}`);
    const later = await administrator.post(address, hiddenOf(confirm.text));
    const call = await site.anonymous.get(`/en/calls/${roundId}`);

    expect([nonsense, earlier, wrongYear].map(({ status }) => status)).toEqual([422, 422, 422]);
    expect([confirm.status, later.status]).toEqual([200, 303]);
    expect(confirm.text).toContain('4 October 2022 at 18:00 (UTC+06:00)');
    expect(confirm.text).toContain('10 October 2022 at 18:00 (UTC+06:00)');
    expect(before.text).not.toContain('10 October 2022');
    expect(wrongYear.text).toContain('The new deadline is too far ahead');
    expect(nonsense.text).toContain('value="tomorrow"');
    expect(earlier.text).toContain('value="2022-10-01T18:00"');
    expect(call.text).toContain('10 October 2022 at 18:00 (UTC+06:00)');
    expect(call.text).toContain('First deadline');
  });

  it('sees the letter and how many people get it before the deadline is moved, and again when the number is another', async () => {
    const roundId = await opened();
    const address = `/en/manage/rounds/${roundId}/deadline`;
    const confirm = await administrator.post(address, { closesAt: '2022-10-10T18:00' });

    const refused = await administrator.post(address, { ...hiddenOf(confirm.text), recipients: '7' });
    const unseen = await administrator.post(address, {
      closesAt: '2022-10-10T18:00',
      confirmed: '2022-10-10T12:00:00.000Z',
    });
    expect(confirm.text).toContain('0 people get this letter:');
    expect(confirm.text).toContain('New deadline: 10 October 2022 at 18:00 (UTC+06:00)');
    expect(confirm.text).toContain('lang="kk"');
    expect([refused.status, unseen.status]).toEqual([409, 409]);
    expect(refused.text).toContain('You confirmed 7; now there are 0.');
    expect((await administrator.post(address, hiddenOf(refused.text))).status).toBe(303);
  });

  it('cancels only with a reason, which the public then reads as it was typed', async () => {
    const roundId = await opened();
    const address = `/en/manage/rounds/${roundId}/cancel`;

    const empty = await administrator.post(address, { reason: '  ' });
    const form = await administrator.get(address);
    const reason = 'The <budget> was not approved.';
    const miscounted = await administrator.post(address, { ...hiddenOf(form.text), recipients: '1', reason });
    const cancelled = await administrator.post(address, { ...hiddenOf(miscounted.text), reason });
    const call = await site.anonymous.get(`/en/calls/${roundId}`);

    expect([empty.status, miscounted.status, cancelled.status]).toEqual([422, 409, 303]);
    expect(miscounted.text).toContain('The &lt;budget&gt; was not approved.');
    expect(form.text).toContain('0 people get this letter:');
    expect(call.text).toContain('This selection was cancelled.');
    expect(form.text).toContain('Everyone can read the reason');
    expect(call.text).toContain('The &lt;budget&gt; was not approved.');
  });

  it('opens a call once, however often the button is pressed', async () => {
    const roundId = await site.draft('2022-7');
    const address = `/en/manage/rounds/${roundId}/open`;
    const shown = hiddenOf((await administrator.get(address)).text);

    const answers = [await administrator.post(address, shown), await administrator.post(address, shown)];

    const history = await site.records.history('round', roundId);
    expect(answers.map(({ status }) => status)).toEqual([303, 303]);
    expect(history.filter(({ fact }) => fact.type === 'call-opened')).toHaveLength(1);
  });

  it('does not open a file that was replaced since the page was looked at', async () => {
    const roundId = await site.draft('2022-7');
    const address = `/en/manage/rounds/${roundId}`;
    const shown = hiddenOf((await administrator.get(`${address}/open`)).text);
    const replaced = asUpload(aRoundFile({ intake: '2022-8' }));
    await administrator.upload(`${address}/round-file`, 'file', replaced);

    const answers = [
      await administrator.post(`${address}/open`, shown),
      await administrator.post(`${address}/open`, {}),
    ];

    expect(answers.map(({ status }) => status)).toEqual([409, 409]);
    expect((await site.anonymous.get(`/en/calls/${roundId}`)).status).toBe(404);
  });

  it('sees how many applied, and no name of anyone', async () => {
    const roundId = await opened();
    const applicant = site.applicant();
    await fillIn(site, applicant, await begin(applicant, roundId));

    const page = await administrator.get(`/en/manage/rounds/${roundId}`);

    expect(page.text.replaceAll(/<[^>]+>/g, ' ')).toMatch(
      /Applications begun\s+1\s+Applications submitted\s+0/,
    );
    expect(page.text).not.toContain('Сапарова');
    expect(page.text).not.toContain('KZ19-');
  });

  it('comes to the page that the form stands on when changing the language after a refusal', async () => {
    const roundId = await site.draft('2022-7');

    const answers = await Promise.all(
      ['', `/${roundId}/vacancies`, `/${roundId}/round-file`].map((part) =>
        administrator.get(`/kk/manage/rounds${part}`),
      ),
    );

    expect(answers.map(({ location }) => location)).toEqual([
      '/kk/manage',
      `/kk/manage/rounds/${roundId}`,
      `/kk/manage/rounds/${roundId}`,
    ]);
  });
});

describe('everybody else', () => {
  const addresses = ['', '/preview', '/open', '/deadline', '/cancel'];

  it.for(addresses)('cannot look at a round with its administrator’s eyes%s', async (part) => {
    const roundId = await site.draft('2022-7');

    const applicant = await site.applicant().get(`/en/manage/rounds/${roundId}${part}`);
    const nobody = await site.anonymous.get(`/en/manage/rounds/${roundId}${part}`);

    expect(applicant.status).toBe(403);
    expect(nobody.location).toMatch(/^\/en\/sign-in\?next=/);
  });

  it('sees nothing of a draft', async () => {
    const roundId = await site.draft('2022-7');

    const answers = await Promise.all(
      ['', '/vacancies', '/vacancies/MAT-001', '/apply'].map((part) =>
        site.anonymous.get(`/en/calls/${roundId}${part}`),
      ),
    );

    expect(answers.map(({ status }) => status)).toEqual([404, 404, 404, 404]);
  });

  it('cannot change a round', async () => {
    const roundId = await site.draft('2022-7');
    const before = site.records.commits.length;
    const applicant = site.applicant();

    const answers = [
      await applicant.post(`/en/manage/rounds/${roundId}/open`, {}),
      await applicant.post(`/en/manage/rounds/${roundId}/cancel`, { reason: 'x' }),
      await applicant.upload('/en/manage/rounds', 'file', roundFileBytes),
      await site.anonymous.post(`/en/manage/rounds/${roundId}/open`, {}),
    ];

    expect(answers.map(({ status }) => status)).toEqual([403, 403, 403, 401]);
    expect(site.records.commits).toHaveLength(before);
  });
});
