import type { Candidacy } from '#shared/domain/candidacy.ts';
import type { Committee } from '#shared/domain/committee.ts';
import type { Discussion } from '#shared/domain/discussion.ts';
import { type GateEvent, gateAggregate } from '#shared/domain/gate.ts';
import { sha256Of } from '#shared/domain/hash.ts';
import { ApplicationId, ApplicationNumber, GateId, PersonId, RoundId } from '#shared/domain/ids.ts';
import type { Gathered } from '#shared/papers/gathered.ts';
import { gatheredDiscussions } from '#shared/papers/gathered-discussions.ts';
import { numberOf, seated } from './minutes.ts';
import { at } from './worlds.ts';

export const person = (place: number): PersonId => PersonId.parse(seated(place));
export const id = GateId.parse('G'.repeat(20));
export const roundId = RoundId.parse('R'.repeat(20));
const opened: GateEvent = {
  type: 'gate-opened',
  at: at('2022-10-11T04:00'),
  id,
  roundId,
  stage: 'screening',
  attempt: 1,
  tokenDigest: sha256Of('token'),
};
export const gate = gateAggregate.evolve(undefined, opened);
export const item = (place: number) => ({
  applicationId: ApplicationId.parse(`${place}`.padStart(20, '0')),
  number: ApplicationNumber.parse(numberOf(place)),
});

export const committee: Committee = {
  roundId,
  conflicts: [],
  seats: [0, 1, 2].map((place) => ({
    personId: person(place),
    seat: place === 0 ? ('chair' as const) : ('member' as const),
    appointedAt: at('2022-10-01T04:00'),
  })),
};

export const span = (place: number, from: string, until: string | undefined, ...away: number[]) => ({
  applicationId: item(place).applicationId,
  from: at(`2022-10-12T${from}`),
  ...(until !== undefined && { until: at(`2022-10-12T${until}`) }),
  away: away.map(person),
});

export const meeting: Discussion = {
  openedAt: at('2022-10-12T04:00'),
  absent: [person(1)],
  items: [item(0), item(1), item(2)],
  by: person(0),
  spans: [span(1, '04:01', '04:05', 2), span(0, '04:05', '04:06'), span(1, '04:06', '04:08', 0)],
  closedAt: at('2022-10-12T04:08'),
};

export const facts = { seats: committee.seats, calls: [] };

export const end = at('2022-10-12T05:00');

export const why = { owner: 'round#R#1', kind: 'reason', version: 1, digest: sha256Of('why') } as const;
export const said: Gathered['said'] = (ref) => (ref?.digest === why.digest ? 'Сарапшы науқас.' : undefined);

export const told = (
  one: Discussion,
  stage: 'screening' | 'scoring' = 'screening',
  candidacies: Candidacy[] = [],
) =>
  gatheredDiscussions(
    { ...gate, stage },
    { discussions: [{ gate: id, roundId, meetings: [one] }], candidacies, said },
    { committee, end, facts },
  ).discussions;
