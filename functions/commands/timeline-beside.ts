import { ownClaim } from '#functions/commands/claim-reading.ts';
import type { CommandDeps } from '#functions/commands/deps.ts';
import { goesOn } from '#functions/commands/offer-board.ts';
import { elsewhereLists } from '#functions/commands/own-elsewhere.ts';
import { standingListOf } from '#functions/commands/pinned.ts';
import { contactBehind } from '#functions/commands/reference-contact.ts';
import { referencesOf } from '#functions/commands/references.ts';
import type { Application } from '#shared/domain/application.ts';
import type { TimelineOf, Told, ToldEdition } from '#shared/domain/application-timeline.ts';
import type { Candidacy } from '#shared/domain/candidacy.ts';
import type { Sha256 } from '#shared/domain/ids.ts';
import { acceptedOffer } from '#shared/domain/offer.ts';
import { owedInterviewAggregate } from '#shared/domain/owed-interview.ts';
import { placementAggregate } from '#shared/domain/placement.ts';
import type { Round } from '#shared/domain/round.ts';
import type { RoundFile } from '#shared/domain/round-file.ts';
import { isFinal } from '#shared/domain/round-record.ts';
import { slotAggregate } from '#shared/domain/slot.ts';

type Reads = Pick<CommandDeps, 'records'>;
type Of = { application: Application; round: Round; file: RoundFile; candidacy: Candidacy | undefined };
type Beside = Pick<TimelineOf, 'interviewAt' | 'owed' | 'claim' | 'placement' | 'referees' | 'secondChance'>;

/** What lies beside an application and its candidacy, and belongs into its timeline. */
export const besideOf = async (deps: Reads, of: Of): Promise<Beside> => {
  const { records } = deps;
  const { application, candidacy } = of;
  const placementId = candidacy && acceptedOffer(candidacy)?.placementId;
  const [claim, placement, slot, owed, referees, secondChance] = await Promise.all([
    ownClaim(records, application.id),
    placementId && records.find(placementAggregate, placementId),
    candidacy?.slotId && records.find(slotAggregate, candidacy.slotId),
    owedOf(deps, application),
    refereesOf(deps, of),
    secondChanceOf(deps, of),
  ]);
  const interviewAt = slot ? slot.state.startsAt : undefined;
  return {
    interviewAt,
    owed,
    claim: claim?.state,
    placement: placement ? placement.state : undefined,
    referees,
    secondChance,
  };
};

/** How the final results stood for an application at first, and by each correction of them. */
export const editionsAbout = async (
  records: Pick<Reads['records'], 'blob'>,
  round: Round,
  id: Application['id'],
): Promise<{ first?: Told['outcome'] | undefined; editions?: ToldEdition[] }> => {
  const { editions = [], decisions } = isFinal(round) ? round : { decisions: {} };
  if (editions.length === 0 || !decisions.claims) return {};
  const outcomeIn = async (decision: Sha256) =>
    (await standingListOf(records, decision)).standings.find(({ applicationId }) => applicationId === id)
      ?.outcome;
  return {
    first: await outcomeIn(decisions.claims),
    editions: await Promise.all(
      editions.map(async ({ number, decision, correctedAt: at, turn }) => ({
        number,
        at,
        forOffers: turn !== undefined,
        outcome: await outcomeIn(decision),
      })),
    ),
  };
};

/** From when it was granted on; what waits or was refused is told to nobody. */
const owedOf = async ({ records }: Reads, { id }: Application): Promise<Beside['owed']> => {
  const owed = (await records.find(owedInterviewAggregate, id))?.state;
  if (!owed?.ended || owed.status === 'refused') return undefined;
  const { slotId, missedInterview: missed, ended } = owed;
  const slot = slotId && (await records.find(slotAggregate, slotId))?.state;
  return { grantedAt: ended.at, missed, ...(slot && { startsAt: slot.startsAt }) };
};

const refereesOf = async ({ records }: Reads, { application, file }: Of): Promise<Beside['referees']> => {
  if (!file.references) return [];
  const named = (await referencesOf(records, application.id))?.state.referees ?? [];
  return await Promise.all(
    named.map(async (referee) => {
      const { slot, status, askedAt, endedAt } = referee;
      return { slot, status, askedAt, endedAt, name: (await contactBehind(records, referee))?.name };
    }),
  );
};

/** Only for who goes on in the final results: nobody else is asked. */
const secondChanceOf = async (
  { records }: Reads,
  { application: { id }, round, file }: Of,
): Promise<Beside['secondChance']> => {
  if (!isFinal(round) || !(file.exchange || file.elsewhere)) return undefined;
  if (!(await goesOn(records, round, id))) return undefined;
  return {
    exchange: file.exchange !== undefined,
    lists: await elsewhereLists({ records }, { id, round, file }),
  };
};
