import { apart, type ClosedItem } from '#functions/commands/closed-items.ts';
import type { CommandDeps } from '#functions/commands/deps.ts';
import { offerBoard } from '#functions/commands/offer-board.ts';
import { reasonText } from '#functions/commands/reasons.ts';
import { waitsFor } from '#functions/commands/remedies.ts';
import { offersAfterRemedy } from '#functions/commands/remedy-effects.ts';
import { wallIn } from '#functions/commands/walls.ts';
import { type CommitteeCommand, type Workplace, workplace } from '#functions/commands/workplace.ts';
import type { ApplicationNumber } from '#shared/domain/ids.ts';
import { permit } from '#shared/domain/permission.ts';
import type { PromisedFirst } from '#shared/domain/promised-first.ts';
import type { Remedy } from '#shared/domain/remedy.ts';
import type { Refusal } from '#shared/errors.ts';
import { ok, type Result, refuse } from '#shared/result.ts';

export type ShownRemedy = Omit<Remedy, 'reason' | 'ended' | 'applicationId'> & {
  said: string | undefined;
  ended?: Omit<NonNullable<Remedy['ended']>, 'reason' | 'turn'> & { said: string | undefined };
  /** Offers that follow once it counts, as long as it waits for a second person. */
  offers?: number;
  /** Of one that counts, the posts that the person still waits for: none once it is fulfilled, or they need it no more. */
  owed: string[];
};

/** Whom a remedy of an earlier intake put first in this round. */
type ShownPromise = Pick<PromisedFirst, 'intake' | 'vacancies'> & { application: ApplicationNumber };

export type RemedyView = {
  place: Workplace;
  remedies: readonly ShownRemedy[];
  promised: ShownPromise[];
  /** In the place of those for somebody who is closed to the reader. */
  closed: ClosedItem[];
  mayDecide: boolean;
};

/** Every remedy that was proposed in a round, newest first, with who decided what and why. */
export const remedyView = async (
  deps: Pick<CommandDeps, 'records' | 'clock'>,
  command: CommitteeCommand,
): Promise<Result<RemedyView, Refusal>> => {
  const found = await workplace(deps, command, 'offer.read');
  if (!found.ok) return found;
  const place = found.value;
  const { state } = place.round;
  if (!('decisions' in state) || !('claimsCloseAt' in state))
    return refuse({ kind: 'wrong-stage', stage: state.stage });
  const board = await offerBoard(deps, state);
  const remedies: ShownRemedy[] = [];
  const { open, closed } = await apart(deps, place, {
    action: 'remedy.decide',
    items: (state.remedies ?? []).toReversed(),
    proposer: ({ by }) => by,
  });
  for (const { reason, ended, applicationId, ...remedy } of open) {
    const waits = waitsFor({ board }, applicationId);
    remedies.push({
      ...remedy,
      said: await reasonText(deps.records, reason),
      owed: isOwedHere(remedy) ? remedy.vacancies.filter((code) => waits.includes(code)) : [],
      ...(ended && {
        ended: { by: ended.by, at: ended.at, said: await reasonText(deps.records, ended.reason) },
      }),
      ...(remedy.status === 'waiting' && {
        offers: offersAfterRemedy(
          { round: { state }, board },
          { ...remedy, applicationId },
          deps.clock.now(),
        ),
      }),
    });
  }
  const wall = wallIn(place);
  const promised = board.contenders.flatMap(
    ({ state: { applicationId, number: application, promisedFirst: first } }) =>
      first && !wall(applicationId) ? { application, intake: first.intake, vacancies: first.vacancies } : [],
  );
  const mayDecide = permit('remedy.decide', place.by.role, state.stage).ok;
  return ok({ place, remedies, promised, closed, mayDecide });
};

/** What counts and gives a place in this round. */
const isOwedHere = ({ status, kind }: Pick<Remedy, 'status' | 'kind'>): boolean =>
  status === 'granted' && kind !== 'next-intake';
