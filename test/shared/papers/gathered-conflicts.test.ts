import { describe, expect, it } from 'vitest';
import type { CommitteeEvent } from '#shared/domain/committee.ts';
import { writeDocument } from '#shared/domain/document.ts';
import { chain } from '#shared/domain/event.ts';
import { ApplicationId, ApplicationNumber, RoundId } from '#shared/domain/ids.ts';
import { gatheredConflicts } from '#shared/papers/gathered-conflicts.ts';
import { aCandidacy, rater } from '#test/builders/candidacy.ts';
import { at } from '#test/builders/worlds.ts';

const roundId = RoundId.parse('7'.repeat(20));
const [member, other, secretary] = [rater('A'), rater('B'), rater('C')];
const first = aCandidacy();
const second = aCandidacy({
  applicationId: ApplicationId.parse('2'.repeat(20)),
  number: ApplicationNumber.parse('KZ19-7Q4M-0C2Y'),
});
const reason = writeDocument({ owner: `round#${roundId}#1`, kind: 'reason', version: 1 }, {}, 'salt').ref;

const moment = at('2022-10-01T04:00');
const later = at('2022-10-02T04:00');
const seat = { type: 'seat-given', at: moment, roundId, seat: 'member' } as const;
const finding = { grounds: ['employer' as const], bars: true };

const found = (...events: CommitteeEvent[]) =>
  gatheredConflicts({
    committee: chain(
      { aggregate: 'committee', id: roundId, version: 0 },
      { kind: 'system', name: 'workflow' },
      [{ ...seat, personId: member }, { ...seat, personId: other }, ...events],
    ),
    candidacies: [second, first],
    said: (ref) => (ref?.digest === reason.digest ? 'Екеуі туыс емес' : undefined),
  });

const about = { memberId: member, applicationId: first.applicationId };
const ruled = { type: 'conflict-ruled', at: later, ...about, by: secretary, reason } as const;

describe('the conflicts of the minutes', () => {
  it('tell by number who was kept away since when, in the order of the numbers', () => {
    expect(
      found(
        {
          type: 'conflicts-found',
          at: moment,
          found: [{ memberId: other, applicationId: second.applicationId, ...finding }],
        },
        { type: 'conflict-declared', at: later, ...about },
      ),
    ).toEqual([
      { number: first.number, personId: member, because: 'declared', since: later },
      { number: second.number, personId: other, because: 'found', since: moment },
    ]);
  });

  it('tell what the secretary cleared and why, and keep the moment of the finding', () => {
    expect(
      found(
        { type: 'conflicts-found', at: moment, found: [{ ...about, ...finding }] },
        { ...ruled, ruling: 'cleared' },
      ),
    ).toEqual([
      {
        number: first.number,
        personId: member,
        because: 'found',
        since: moment,
        ruling: { ruling: 'cleared', at: later, reason: 'Екеуі туыс емес' },
      },
    ]);
  });

  it('do not tell what was only shown, nor a pin that was taken back', () => {
    const shown = { memberId: other, applicationId: first.applicationId, ...finding, bars: false };

    expect(
      found(
        { type: 'conflicts-found', at: moment, found: [shown] },
        { ...ruled, ruling: 'pinned' },
        { type: 'conflict-ruling-undone', at: later, ...about, by: secretary, reason },
      ),
    ).toEqual([]);
  });
});
