import { describe, expect, it } from 'vitest';
import { sha256Of } from '#shared/domain/hash.ts';
import { ApplicationId, ApplicationNumber, GateId, PersonId } from '#shared/domain/ids.ts';
import type { Poll } from '#shared/domain/poll.ts';
import { locales, translator } from '#shared/i18n/index.ts';
import { gatheredPolls } from '#shared/papers/gathered-polls.ts';
import { minutesPaper } from '#shared/papers/minutes-paper.ts';
import { withPaperTexts } from '#shared/papers/words.ts';
import { numberOf, seated, someMinutes } from '#test/builders/minutes.ts';
import { at } from '#test/builders/worlds.ts';

const person = (place: number): PersonId => PersonId.parse(seated(place));
const id = GateId.parse('G'.repeat(20));
const reason = { owner: 'round#R', kind: 'reason' as const, version: 1, digest: sha256Of('reason') };
const item = (place: number) => ({
  applicationId: ApplicationId.parse(`${place}`.padStart(20, '0')),
  number: ApplicationNumber.parse(numberOf(place)),
});
const ballot = (member: number, ...places: number[]) => ({
  memberId: person(member),
  at: at('2022-10-12T04:30'),
  version: 1,
  ranks: places.map((place, index) => ({ applicationId: item(place).applicationId, rank: index + 1 })),
});
const opened = {
  number: 1,
  gate: id,
  stage: 'scoring' as const,
  proposal: sha256Of('list'),
  items: [item(0), item(1), item(2), item(3)],
  openedAt: at('2022-10-12T04:00'),
  openedBy: person(0),
  ballots: [ballot(0, 2, 0, 1), ballot(1, 2, 1, 0), ballot(2, 0, 1, 2)],
};
const closed: Poll = {
  ...opened,
  status: 'closed',
  closedAt: at('2022-10-12T05:00'),
  closedBy: person(1),
  counted: [
    { memberId: person(0), without: [] },
    { memberId: person(1), without: [item(0).applicationId] },
  ],
  left: [item(3).applicationId],
  voters: 3,
};
const annulled: Poll = {
  ...opened,
  number: 2,
  status: 'annulled',
  annulledAt: at('2022-10-12T05:00'),
  annulledBy: person(0),
  reason,
};
const told = (...polls: readonly Poll[]) =>
  gatheredPolls({ id }, { polls, said: () => 'Пропущено заявление.' }).polls ?? [];

describe('what the minutes know of a ballot', () => {
  it('is the order of those that count, by whom it was led, and nobody’s ballot', () => {
    const [one] = told(closed);

    expect(one?.end).toEqual({
      kind: 'closed',
      at: at('2022-10-12T05:00'),
      by: person(1),
      ballots: 2,
      voters: 3,
      order: [
        { number: numberOf(2), place: 1, beats: 2, beatenBy: 0, borda: 2 },
        { number: numberOf(0), place: 2, beats: 1, beatenBy: 1, borda: 1 },
        { number: numberOf(1), place: 3, beats: 0, beatenBy: 2, borda: 0 },
      ],
      left: [numberOf(3)],
    });
  });

  it('is that it was annulled and why, or never closed', () => {
    const open: Poll = { ...opened, number: 3, status: 'open' };

    expect(told(annulled, open).map(({ end }) => end)).toEqual([
      { kind: 'annulled', at: at('2022-10-12T05:00'), by: person(0), reason: 'Пропущено заявление.' },
      { kind: 'lapsed' },
    ]);
    expect(gatheredPolls({ id: GateId.parse('H'.repeat(20)) }, { polls: [open], said: () => '' })).toEqual(
      {},
    );
  });

  it.each(locales)('stands in the paper at its gate, in %s', (locale) => {
    const minutes = someMinutes();
    const polls = told(closed, annulled, { ...opened, number: 3, status: 'open' });
    const [first, ...rest] = minutes.gates;
    if (!first) throw new Error('There is a gate.');
    const t = withPaperTexts(translator(locale));
    const paper = minutesPaper({ ...minutes, gates: [{ ...first, polls }, ...rest] }, t);
    const text = JSON.stringify(paper);

    for (const number of [1, 2, 3]) expect(text).toContain(t('papers.ballot', { number }));
    expect(text).toContain(t('papers.ballot.lapsed'));
    expect(text).toContain('Пропущено заявление.');
    expect(text).toContain(t('papers.ballot.rule'));
    expect(text).toContain(JSON.stringify([numberOf(2), '1', '2', '0', '2']));
  });
});
