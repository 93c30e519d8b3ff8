import { changed } from '#functions/commands/storing.ts';
import { committeeAggregate } from '#shared/domain/committee.ts';
import { GateId, type PersonId, type RoundId } from '#shared/domain/ids.ts';
import type { RoundEvent } from '#shared/domain/round.ts';
import { roundAggregate } from '#shared/domain/round-record.ts';
import { stageAfter } from '#shared/domain/stage.ts';
import { standingText } from '#shared/domain/standing.ts';
import type { Instant } from '#shared/domain/time.ts';
import { administrator, granted, type World } from '#test/builders/scenes.ts';

const gate = GateId.parse('GATE0000000000000000');

/** Brings an open call so far that applicants are told of their interviews, with one member, all at one moment; nothing was proposed about anybody. */
export const toldOfInterviewsIn = async (
  { records }: World,
  roundId: RoundId,
  { member, at }: { member: PersonId; at: Instant },
): Promise<void> => {
  const told = (['screening', 'scoring', 'interviews'] as const).map((stage) => ({
    stage,
    list: standingText({ roundId, stage, standings: [] }),
  }));
  const events: RoundEvent[] = [
    { type: 'call-closed', at },
    ...told.flatMap(({ stage: from, list: { sha256: decision } }): RoundEvent[] => [
      { type: 'stage-advanced', at, from, to: stageAfter(from), gate, decision },
      { type: 'letters-released', at, about: from, recipients: 1 },
    ]),
  ];
  const seat = { type: 'seat-given', at, roundId, personId: member, seat: 'member' } as const;
  const round = changed(roundAggregate, roundId, await records.find(roundAggregate, roundId), events);
  const committee = changed(committeeAggregate, roundId, undefined, [seat]);
  const blobs = told.map(({ list }) => list);
  granted(await records.commit({ by: administrator, changes: [round.change, committee.change], blobs }));
};
