import { expect, it } from 'vitest';
import { saidOf } from '#functions/commands/elsewhere-said.ts';
import { ApplicationNumber, PersonId, VacancyCode } from '#shared/domain/ids.ts';
import { Instant } from '#shared/domain/time.ts';
import type { Newcomer } from '#shared/elsewhere/newcomer.ts';

const at = Instant.parse('2022-11-22T05:00:00.000Z');

const somebody = (number: string, over: Partial<Newcomer> = {}): Newcomer => ({
  number: ApplicationNumber.parse(number),
  name: number,
  mail: `${number.toLowerCase()}@example.org`,
  locale: 'kk',
  subjects: ['mathematics'],
  agreedAt: at,
  choices: [VacancyCode.parse('T-MAT')],
  from: 'KZ-19',
  rank: 1,
  of: 10,
  total: 50,
  ...over,
});

const accepted = ({ from, number }: Newcomer) => ({
  from,
  number,
  answer: 'accepted' as const,
  on: '2022-11-22',
  by: PersonId.parse('0'.repeat(20)),
  at,
});

it('a statement about one packet names nobody of another one that the same region sent', async () => {
  const here = somebody('KZ19-AAAA-0000');
  const later = somebody('KZ19-BBBB-0000');
  const said = [accepted(here), accepted(later)];
  const everyone = [here, later];

  const numbers = async (own: Newcomer[]) =>
    (await saidOf({ said }, { own, everyone })).map(({ number }) => number);

  expect(await numbers([here])).toEqual([here.number]);
  expect(await numbers([later])).toEqual([later.number]);
});

it('who came from two regions said the same to both', async () => {
  const first = somebody('KZ19-AAAA-0000');
  const again = somebody('KZ23-AAAA-0000', { from: 'KZ-23', mail: first.mail });
  const everyone = [first, again];

  const stated = await saidOf({ said: [accepted(first)] }, { own: [again], everyone });

  expect(stated).toEqual([{ number: again.number, answer: 'accepted', on: '2022-11-22' }]);
});
