import { changed } from '#functions/commands/storing.ts';
import type { ApplicationEvent } from '#shared/domain/application.ts';
import { applicationAggregate } from '#shared/domain/application-record.ts';
import type { CandidacyEvent } from '#shared/domain/candidacy.ts';
import { candidacyAggregate } from '#shared/domain/candidacy-record.ts';
import type { Subject } from '#shared/domain/codes.ts';
import type { Aggregate, Fact } from '#shared/domain/event.ts';
import { sha256Of } from '#shared/domain/hash.ts';
import {
  type ApplicationId,
  type ApplicationNumber,
  type PersonId,
  type RoundId,
  VacancyCode,
} from '#shared/domain/ids.ts';
import type { Screened } from '#shared/domain/screened.ts';
import { granted, type World } from '#test/builders/scenes.ts';
import { at } from '#test/builders/worlds.ts';
import { theSystem } from '#test/contracts/tally.ts';

/** Somebody with a final result; the first of a list has the best rank. */
export type Contender = {
  choices: readonly string[];
  subjects?: readonly Subject[];
  /** Somebody whom the test signs in. */
  personId?: PersonId;
  /** Percent, where it is of interest. */
  total?: number;
  /** Does not go on. */
  stops?: true;
  /** What an earlier intake promised. */
  promised?: Screened['promised'];
};

/** Wants either of the first two posts, the first rather. */
export const wantsBoth = { choices: ['MAT-001', 'MAT-002'] };

export const aContenderIn = async (
  world: World,
  roundId: RoundId,
  person: { personId: PersonId; applicationId: ApplicationId; number: ApplicationNumber },
  contender: Contender | undefined,
): Promise<void> => {
  const { personId, applicationId: id, number } = person;
  const choices = (contender?.choices ?? []).map((code) => VacancyCode.parse(code));
  const form = { owner: `application#${id}`, kind: 'form', version: 1, digest: sha256Of(id) } as const;
  const receipt = sha256Of(number);
  const submitted = { form, documents: [], choices, consentVersion: '2022-3.2', receipt };
  const application: ApplicationEvent[] = [
    { type: 'application-started', at: at('2022-09-20T04:00'), id, number, roundId, personId },
    { type: 'application-submitted', at: at('2022-09-20T04:00'), ...submitted },
  ];
  const subjects = [...(contender?.subjects ?? ['mathematics' as const])];
  const candidacy: CandidacyEvent[] = [
    {
      type: 'candidacy-opened',
      at: at('2022-10-04T12:01'),
      applicationId: id,
      roundId,
      number,
      facts: { subjects, languages: ['kk'], choices },
      screened: {
        rules: [],
        missing: [],
        sameIin: [],
        ...(contender?.promised && { promised: contender.promised }),
        proposal: 'admitted',
      },
    },
  ];
  await written(world, applicationAggregate, id, application);
  await world.records.commit({
    by: theSystem,
    changes: [],
    claims: [
      { key: `application-of#${roundId}#${personId}`, value: id },
      { key: `application-number#${number}`, value: id },
    ],
  });
  await written(world, candidacyAggregate, id, candidacy);
};

/** Writes a record's first events. */
export const written = async <State, Event extends Fact>(
  world: World,
  aggregate: Aggregate<State, Event>,
  id: string,
  events: readonly Event[],
): Promise<void> => {
  const { change } = changed(aggregate, id, undefined, events);
  granted(await world.records.commit({ by: theSystem, changes: [change] }));
};
