import type { CommandDeps } from '#functions/commands/deps.ts';
import { everyOf } from '#functions/commands/every.ts';
import { readForm } from '#functions/commands/selection.ts';
import type { Application, ApplicationIn } from '#shared/domain/application.ts';
import { applicationAggregate, applicationsOf, numberClaim } from '#shared/domain/application-record.ts';
import { ApplicationId, type ApplicationNumber, type RoundId } from '#shared/domain/ids.ts';
import type { OutboxMessage } from '#shared/domain/outbox.ts';
import type { Plan } from '#shared/domain/round.ts';
import { iinClaim, iinSecret } from '#shared/domain/same-iin.ts';
import type { Instant } from '#shared/domain/time.ts';
import type { Claim, Records } from '#shared/ports/records.ts';

type Deps = Pick<CommandDeps, 'records' | 'chance'>;
type Submitted = ApplicationIn<'submitted'>;

/** What a submission finds about its IIN: who else has it, and the claim by which the next one finds this one. */
export type IinFound = { others: Submitted[]; claims: Claim[] };

type Sought = { roundId: RoundId; id: ApplicationId; iin: string | undefined; secret: string };

/**
 * Takes the first place without looking, as nearly everyone may: where it is taken, the commit is refused, and the next try
 * looks (`findSameIin`).
 */
export const firstWithIin = ({ roundId, id, iin, secret }: Sought): IinFound => ({
  others: [],
  claims: iin === undefined ? [] : [{ key: iinClaim({ secret, roundId, iin, place: 0 }), value: id }],
});

/** What hides the IIN of a round in the names of its places. */
export const iinSecretOf = ({ records, chance }: Deps, roundId: RoundId): Promise<string> =>
  records.secret(iinSecret(roundId), chance.token(32));

/**
 * Every submission with an IIN takes the next free place among those of the round, so two at once cannot miss each other.
 * Who counts is told from the forms themselves: an IIN that was corrected since is no other's any more, a withdrawn
 * application nobody's.
 */
export const findSameIin = async (
  { records }: Pick<Deps, 'records'>,
  { roundId, id, iin, secret }: Sought,
): Promise<IinFound> => {
  // A foreign resident may have none.
  if (iin === undefined) return { others: [], claims: [] };
  const holders = new Set<ApplicationId>();
  for (let place = 0; ; place += 1) {
    const key = iinClaim({ secret, roundId, iin, place });
    const holder = await records.claimed(key);
    if (holder !== undefined) {
      holders.add(ApplicationId.parse(holder));
      continue;
    }
    const others = [...holders].filter((other) => other !== id);
    const found = await Promise.all(others.map((other) => standingWith(records, other, iin)));
    return { others: found.flat(), claims: holders.has(id) ? [] : [{ key, value: id }] };
  }
};

const standingWith = async (
  records: Pick<Records, 'find' | 'document'>,
  id: ApplicationId,
  iin: string,
): Promise<Submitted[]> => {
  const found = await records.find(applicationAggregate, id);
  if (found?.state.stage !== 'submitted') return [];
  return (await readForm(records, found.state.form))?.iin === iin ? [found.state] : [];
};

/** Those of these numbers whose applications take no part any more; reads nothing where there are none. */
export const leftAmong = async (
  records: Pick<Records, 'claimed' | 'find'>,
  numbers: readonly ApplicationNumber[],
): Promise<ReadonlySet<ApplicationNumber>> => {
  const left = await Promise.all(
    [...new Set(numbers)].map(async (number) => {
      const id = await records.claimed(numberClaim(number));
      const found = id && (await records.find(applicationAggregate, ApplicationId.parse(id)));
      return found && found.state.stage !== 'submitted' ? [number] : [];
    }),
  );
  return new Set(left.flat());
};

/** The letters to everyone who is concerned by a submission, each about the own application only. */
export const lettersAboutIin = (
  application: Application,
  others: readonly Application[],
  plan: Plan,
  at: Instant,
): OutboxMessage[] =>
  [application, ...others].map(({ id, personId, number }) => ({
    id: `same-iin#${id}#${application.id}#${application.formVersions}`,
    at,
    body: {
      kind: 'letter',
      template: 'same-iin',
      personId,
      facts: {
        applicationId: id,
        number,
        roundId: application.roundId,
        intake: plan.intake,
        zone: plan.timeZone,
      },
    },
  }));

/** Others that stand with the same IIN beside this one, of whomever; none once its form was erased. */
const beside = async (deps: Deps, application: Application): Promise<Submitted[]> => {
  if (application.stage !== 'submitted') return [];
  const { roundId, id, form } = application;
  const iin = (await readForm(deps.records, form))?.iin;
  const secret = await iinSecretOf(deps, roundId);
  return (await findSameIin(deps, { roundId, id, iin, secret })).others;
};

/** Whether another application with the same IIN stands beside this one. */
export const sharesIin = async (deps: Deps, application: Application): Promise<boolean> =>
  (await beside(deps, application)).length > 0;

/** Applications of a round that stand with the same IIN, each group once, in the order of their numbers. */
export const sameIinIn = async (deps: Deps, roundId: RoundId): Promise<Submitted[][]> => {
  const all = await everyOf(deps.records, applicationAggregate, applicationsOf(roundId));
  const noted = all.flatMap(({ state }) => (state.stage === 'submitted' && state.sameIin ? [state] : []));
  const groups = new Map<string, Submitted[]>();
  for (const one of noted) {
    const group = [one, ...(await beside(deps, one))].toSorted((a, b) => (a.number < b.number ? -1 : 1));
    if (group.length > 1) groups.set(group.map(({ id }) => id).join(' '), group);
  }
  return [...groups.values()];
};
