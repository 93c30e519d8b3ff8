import { expect, it } from 'vitest';
import { sha256Of } from '#shared/domain/hash.ts';
import { translator } from '#shared/i18n/index.ts';
import type { Minutes } from '#shared/papers/minutes.ts';
import { minutesPaper } from '#shared/papers/minutes-paper.ts';
import { someMinutes } from '#test/builders/minutes.ts';
import { at } from '#test/builders/worlds.ts';

/** What the gates of the minutes say of further ratings. */
const saidOf = (minutes: Minutes): string[] =>
  minutesPaper(minutes, translator('en'))
    .sections.flatMap(({ blocks }) => blocks)
    .flatMap((block) => (block.kind === 'facts' ? block.facts : []))
    .filter(({ name }) => name === 'Further ratings near the line')
    .map(({ value }) => value.replaceAll('\u00A0', ' '));

it('the minutes tell each turn in which one more rating was asked near the line, and from what it followed', () => {
  const { gates } = someMinutes();
  const [, scoring] = gates;
  if (!scoring) throw new Error('There is a gate of scoring.');
  const basis = sha256Of('standings');
  const turn = { at: at('2022-10-12T04:00'), basis, applications: 4 };

  const [said, ...more] = saidOf(someMinutes({ gates: gates.with(1, { ...scoring, further: [turn] }) }));
  expect(more).toEqual([]);
  expect(said).toMatch(
    new RegExp(`^12 October 2022.+: a further rating of 4 applications near the line; basis ${basis}$`),
  );
  expect(saidOf(someMinutes())).toEqual([]);
});
