import { describe, expect, it } from 'vitest';
import { besideLine, discussableIn, discussableOf } from '#shared/domain/discussion-items.ts';
import { ApplicationId, ApplicationNumber, PersonId, RoundId } from '#shared/domain/ids.ts';
import type { Standing, StandingList } from '#shared/domain/standing.ts';
import { numberOf, seated } from '#test/builders/minutes.ts';
import { at } from '#test/builders/worlds.ts';

const idOf = (place: number) => ApplicationId.parse(`${place}`.padStart(20, '0'));

const standing = (place: number, more: Partial<Standing> = {}): Standing => ({
  applicationId: idOf(place),
  number: ApplicationNumber.parse(numberOf(place)),
  outcome: 'goes-on',
  reasons: [],
  ...more,
});

const listOf = (standings: Standing[], departures?: StandingList['departures']): StandingList => ({
  schemaVersion: 1,
  roundId: RoundId.parse('R'.repeat(20)),
  stage: 'scoring',
  standings,
  ...(departures && { departures }),
});

const places = (all: readonly { applicationId: ApplicationId; suggested: boolean }[]): number[] =>
  all.flatMap(({ applicationId, suggested }) => (suggested ? [Number(applicationId)] : []));

const eight = (outcome: Standing['outcome']) =>
  Array.from({ length: 8 }, (_, place) => standing(place, { rank: place + 1, outcome }));

const candidacy = (place: number, more: object) => ({
  ...standing(place),
  screened: { proposal: 'unclear' },
  ...more,
});

describe('what is suggested to talk about', () => {
  it('are the places on both sides of the line, and every departure', () => {
    const ranked = Array.from({ length: 30 }, (_, place) =>
      standing(place, { rank: place + 1, outcome: place < 12 ? 'goes-on' : 'stops' }),
    );
    const reason = { owner: 'x', kind: 'reason', version: 1, digest: 'a'.repeat(64) };
    const departure = { applicationId: idOf(29), instead: [], by: PersonId.parse(seated(0)), reason };
    const list = listOf(ranked, [departure as never]);

    expect(places(discussableOf(list))).toEqual([7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 29]);
    expect(discussableOf(list)).toHaveLength(30);
  });

  it('are the first ones where nobody goes on, and the last where everybody does', () => {
    expect(places(discussableOf(listOf(eight('stops'))))).toEqual([0, 1, 2, 3, 4].slice(0, besideLine));
    expect(places(discussableOf(listOf(eight('goes-on'))))).toEqual([3, 4, 5, 6, 7]);
  });

  it('is whoever a rule stops where nobody is ranked, but not who has withdrawn', () => {
    const stops = { outcome: 'stops' } as const;
    const list = listOf([
      standing(0),
      standing(1, { ...stops, reasons: ['education'] }),
      standing(2, { ...stops, reasons: ['withdrawn'] }),
    ]);

    expect(places(discussableOf(list))).toEqual([1]);
  });

  it('is what screening left to people, until somebody has judged it and a second person, where one is needed', () => {
    const judged = { verdict: 'refused', by: PersonId.parse(seated(0)), at: at('2022-10-06T04:00') } as const;
    const found = discussableIn([
      candidacy(0, {}),
      candidacy(1, { screened: { proposal: 'admitted' } }),
      candidacy(2, { judgement: judged }),
      candidacy(3, { judgement: { ...judged, awaits: 'second' } }),
      candidacy(4, { withdrawnAt: judged.at }),
    ] as never);

    expect(places(found)).toEqual([0, 3]);
    expect(found).toHaveLength(4);
  });
});
