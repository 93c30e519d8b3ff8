import { expect, it } from 'vitest';
import type { RoundFile } from '#shared/domain/round-file.ts';
import { aRoundFile, asUpload, withSites, withStations } from '#test/builders/round-file.ts';
import { aSite } from './site.ts';

const deciding = async (file: RoundFile, locale = 'en'): Promise<string> => {
  const site = aSite();
  const roundId = await site.openCall(asUpload(file));
  return (await site.anonymous.get(`/${locale}/calls/${roundId}/rules`)).text;
};

it('everyone reads what an interview weighs, who hears it, and from which points on who goes on', async () => {
  const { interviews, shortlist, results, answer } = aRoundFile();

  const text = await deciding(aRoundFile({ shortlist: { ...shortlist, minimumPoints: 55, atMost: 40 } }));

  expect(text).toContain(
    `The final total is ${interviews.weight}% interview and ${100 - interviews.weight}% scoring.`,
  );
  expect(text).toContain('An interview takes 30 minutes. It needs 3 scorecards,');
  for (const { title, weight } of interviews.criteria) expect(text).toContain(`${title.en} – ${weight}%`);
  expect(text).toContain('Invited to an interview: from 55% of the scale on, at most 40 applications');
  expect(text).toContain(`May get an offer: a final total from ${results.minimumPoints}% on`);
  expect(text).toContain(`An offer can be answered for ${answer.workingDays} working days.`);
  expect(text).not.toContain('Lyceum');
  for (const { questions } of interviews.criteria) {
    for (const question of questions ?? []) expect(text).not.toContain(question.ask.en);
  }
});

it('of several stations each is named with its length, and where the file names sites, also the way between', async () => {
  const file = withSites(withStations());
  const { travel } = file.interviews;
  const between = [{ sites: ['college', 'lyceum'], minutes: 75 }];
  const interviews = { ...file.interviews, ...(travel && { travel: { ...travel, between } }) };

  const en = await deciding({ ...file, interviews });
  const kk = await deciding({ ...file, interviews }, 'kk');

  expect(en).toContain('Demo lesson: 20 minutes, 3 scorecards');
  expect(en).toContain('held at these sites: Lyceum, College.');
  expect(en).toContain('the time for the way: 40 minutes');
  expect(en).toContain('College – Lyceum: 75 minutes');
  expect(en).toContain('at least 2 work elsewhere than at the schools where the applicant wants a post.');
  expect(kk).toContain('кемінде 2 мүшесі ол барғысы келетін мектептерде жұмыс істемейді.');
});
