import { expect, it } from 'vitest';
import { sha256Of } from '#shared/domain/hash.ts';
import { ApplicationId, ApplicationNumber, PersonId, VacancyCode } from '#shared/domain/ids.ts';
import type { Remedy } from '#shared/domain/remedy.ts';
import { locales, translator } from '#shared/i18n/index.ts';
import { minutesPaper } from '#shared/papers/minutes-paper.ts';
import { gatheredRemedies } from '#shared/papers/minutes-remedies.ts';
import { someMinutes } from '#test/builders/minutes.ts';
import { at } from '#test/builders/worlds.ts';

const aRemedy = (number: number, over: Partial<Remedy>): Remedy => ({
  number,
  kind: 'offer-next',
  applicationId: ApplicationId.parse('APP00000000000000001'),
  application: ApplicationNumber.parse('KZ19-AAAA-0001'),
  vacancies: [VacancyCode.parse('MAT-001')],
  by: PersonId.parse('ADM1N000000000000001'),
  at: at('2022-11-14T05:00'),
  reason: { owner: 'round#R', kind: 'reason', version: 1, digest: sha256Of('reason') },
  status: 'granted',
  ended: { by: PersonId.parse('ADM1N000000000000002'), at: at('2022-11-15T05:00'), turn: number },
  ...over,
});

it('the minutes tell what is promised in the next intake, and whom an earlier one put first', () => {
  const told = gatheredRemedies({
    round: { remedies: [aRemedy(1, { kind: 'next-intake', until: '2023-12-31' })] },
    candidacies: [
      { number: ApplicationNumber.parse('KZ19-AAAA-0003') },
      {
        number: ApplicationNumber.parse('KZ19-AAAA-0002'),
        promisedFirst: {
          at: at('2022-10-04T12:01'),
          intake: '2022-2',
          vacancies: [VacancyCode.parse('MAT-002')],
        },
      },
    ],
  });
  const { remedies = [], promised = [] } = told;

  for (const locale of locales) {
    const said = minutesPaper(someMinutes({ remedies, promised }), translator(locale))
      .sections.flatMap(({ blocks }) => blocks)
      .flatMap((block) => (block.kind === 'text' ? [block.text] : []));
    expect(said.filter((text) => text.includes('KZ19-AAAA-0001'))).toHaveLength(1);
    expect(said.filter((text) => text.includes('2022-2') && text.includes('MAT-002'))).toHaveLength(1);
  }
});

it('the minutes tell remedies that counted, in the order in which they were granted, and no others', () => {
  const later = aRemedy(1, {
    kind: 'extra-place',
    ended: { by: PersonId.parse('ADM1N000000000000002'), at: at('2022-11-16T05:00'), turn: 9 },
  });
  const { status: _, ended: _none, ...proposed } = aRemedy(3, {});
  const all = [later, aRemedy(2, {}), { ...proposed, status: 'waiting' as const }];
  const { remedies } = gatheredRemedies({ round: { remedies: all }, candidacies: [] });
  if (!remedies) throw new Error('There are two.');

  expect(remedies.map(({ kind }) => kind)).toEqual(['offer-next', 'extra-place']);
  for (const locale of locales) {
    const said = minutesPaper(someMinutes({ remedies }), translator(locale))
      .sections.flatMap(({ blocks }) => blocks)
      .flatMap((block) =>
        block.kind === 'text' && block.text.includes('KZ19-AAAA-0001') ? [block.text] : [],
      );
    expect(said).toHaveLength(2);
    expect(said.every((text) => text.includes('MAT-001'))).toBe(true);
  }
  expect(gatheredRemedies({ round: {}, candidacies: [] })).toEqual({});
});
