import { describe, expect, it } from 'vitest';
import type { CommitteeEvent } from '#shared/domain/committee.ts';
import { chain } from '#shared/domain/event.ts';
import { sha256Of } from '#shared/domain/hash.ts';
import { PersonId, RoundId } from '#shared/domain/ids.ts';
import { translator } from '#shared/i18n/index.ts';
import { gatheredGuests } from '#shared/papers/gathered-guests.ts';
import { Minutes } from '#shared/papers/minutes.ts';
import { committeeSection } from '#shared/papers/minutes-committee.ts';
import { withPaperTexts } from '#shared/papers/words.ts';
import { aCandidacy } from '#test/builders/candidacy.ts';
import { someMinutes } from '#test/builders/minutes.ts';
import { at } from '#test/builders/worlds.ts';

const roundId = RoundId.parse('7'.repeat(20));
const secretary = PersonId.parse('D'.repeat(20));
const guest = PersonId.parse('G'.repeat(20));

const invited = (number: number): CommitteeEvent => ({
  type: 'guest-invited',
  at: at('2022-10-02T04:00'),
  guest: number,
  region: 'KZ-35',
  contact: { owner: `round#${roundId}#${number}`, kind: 'guest', version: 1, digest: sha256Of(`${number}`) },
  items: { kind: 'drawn', atMost: 5 },
  invitedBy: secretary,
  until: at('2022-10-20T18:00'),
});
const joined: CommitteeEvent = {
  type: 'guest-joined',
  at: at('2022-10-03T04:00'),
  guest: 1,
  personId: guest,
};

const certificate = { at: at('2022-10-04T04:00'), until: at('2022-12-03T04:00'), distance: 4.5, lean: -1 };

const guestsAfter = (...later: CommitteeEvent[]) => {
  const first: CommitteeEvent = {
    type: 'seat-given',
    at: at('2022-10-01T04:00'),
    roundId,
    personId: secretary,
    seat: 'secretary',
  };
  const score = { raterId: guest, points: {}, total: 50, at: at('2022-10-05T04:00') };
  return gatheredGuests({
    committee: chain(
      { aggregate: 'committee', id: roundId, version: 0 },
      { kind: 'system', name: 'workflow' },
      [first, invited(1), invited(2), ...later],
    ),
    names: new Map([[guest, 'Сәуле Қонақова']]),
    candidacies: [
      aCandidacy({ raters: [guest], scores: [score] }),
      aCandidacy({ raters: [guest] }),
      aCandidacy(),
    ],
    passports: [
      { roundId, personId: guest, tries: [], failed: 0, certificates: [certificate] },
      { roundId, personId: secretary, tries: [], failed: 0, certificates: [] },
    ],
    round: { endedAt: at('2022-12-15T04:00') },
  });
};

describe('the guests of the minutes', () => {
  it('are those who came, with their region and how many of their items they scored', () => {
    expect(guestsAfter()).toEqual({});
    expect(guestsAfter(joined)).toEqual({
      guests: [
        {
          personId: guest,
          name: 'Сәуле Қонақова',
          region: 'KZ-35',
          from: at('2022-10-03T04:00'),
          to: at('2022-10-20T18:00'),
          asked: 2,
          scored: 1,
          certified: [{ at: certificate.at }],
        },
      ],
    });
  });

  it('end with the day on which the secretary ended it', () => {
    const ended: CommitteeEvent = { type: 'guest-ended', at: at('2022-10-10T04:00'), guest: 1 };

    expect(guestsAfter(joined, ended).guests?.[0]?.to).toBe(at('2022-10-10T04:00'));
  });

  it('stand under the committee, each as a guest without a vote', () => {
    const minutes = Minutes.parse({ ...someMinutes(), ...guestsAfter(joined) });
    const { blocks } = committeeSection(minutes, withPaperTexts(translator('en')));

    expect(JSON.stringify(blocks.slice(1)).replaceAll('\u00A0', ' ')).toContain(
      '"Сәуле Қонақова","Karaganda Region","guest without a vote; from 3 October 2022 to 20 October 2022; scored 1 of 2; certified to score on 4 October 2022 after practice"',
    );
  });
});
