import { confirmCapacity, proposeCapacity, refuseCapacity } from '#shared/domain/capacity.ts';
import { VacancyCode } from '#shared/domain/ids.ts';
import { roundAggregate } from '#shared/domain/round-record.ts';
import { aRound } from '#test/builders/round.ts';
import { after, asker, now, other, reason } from './decided.ts';
import { walk } from './walk.ts';

const vacancy = VacancyCode.parse('MAT-001');
const proposal = { vacancy, from: 1, posts: 3, by: asker, reason };
const ended = { at: now, change: 1, by: other };

const proposed = after(roundAggregate, aRound('offers'), {
  type: 'capacity-proposed',
  at: now,
  number: 1,
  ...proposal,
});
const then = (event: Parameters<typeof roundAggregate.evolve>[1]) => after(roundAggregate, proposed, event);
const changesOf = (round: typeof proposed) => ('capacities' in round ? (round.capacities ?? []) : []);

export const capacities = walk({
  kind: 'capacity',
  aggregate: roundAggregate,
  stateOf: (round) => changesOf(round)[0]?.status ?? 'none',
  stories: {
    waiting: proposed,
    confirmed: then({ type: 'capacity-changed', ...ended }),
    refused: then({ type: 'capacity-refused', ...ended, reason }),
    replaced: then({ type: 'capacity-proposed', at: now, number: 2, ...proposal, posts: 2 }),
  },
  commands: {
    confirm: (one) => confirmCapacity(changesOf(one), { change: 1, by: other }, { taken: 1 }, now),
    'confirm the own one': (one) =>
      confirmCapacity(changesOf(one), { change: 1, by: asker }, { taken: 1 }, now),
    'confirm fewer than are taken': (one) =>
      confirmCapacity(changesOf(one), { change: 1, by: other }, { taken: 4 }, now),
    refuse: (one) => refuseCapacity(changesOf(one), { change: 1, by: other, reason }, now),
    'refuse the own one': (one) => refuseCapacity(changesOf(one), { change: 1, by: asker, reason }, now),
    'propose the same': (one) => proposeCapacity(changesOf(one), proposal, { taken: 1 }, now),
    'propose another number': (one) =>
      proposeCapacity(changesOf(one), { ...proposal, posts: 5 }, { taken: 1 }, now),
    'propose fewer than are taken': (one) =>
      proposeCapacity(changesOf(one), { ...proposal, posts: 0 }, { taken: 1 }, now),
    'confirm one that is not there': (one) =>
      confirmCapacity(changesOf(one), { change: 9, by: other }, { taken: 1 }, now),
  },
});
