import { type Ordered, offerOrderOf } from '#functions/commands/offer-order.ts';
import { decidedList } from '#functions/commands/proposals/proposal.ts';
import { eachOf } from '#functions/commands/selection.ts';
import { applicationAggregate } from '#shared/domain/application-record.ts';
import type { ApplicationId } from '#shared/domain/ids.ts';
import type { GatedRound } from '#shared/domain/round.ts';
import type { GatedStage } from '#shared/domain/stage.ts';
import type { Standing } from '#shared/domain/standing.ts';
import { concerns, goesToAll, isReached, isTellable, thereSince } from '#shared/domain/telling.ts';
import type { Instant } from '#shared/domain/time.ts';
import type { Records } from '#shared/ports/records.ts';

const readsAtOnce = 32;

/**
 * Those of them who get a letter at a moment: not who has withdrawn by then. Each is read by its id, since the number that somebody
 * confirms is the number that goes out.
 */
export const reached = async (
  records: Pick<Records, 'find'>,
  concerned: readonly Standing[],
  at: Instant,
): Promise<Standing[]> => {
  const there = await eachOf(concerned, readsAtOnce, async (standing) => {
    const application = await records.find(applicationAggregate, standing.applicationId);
    return application && isReached(application.state, at) ? [standing] : [];
  });
  return there.flat();
};

/** As far as it says whom letters go to. */
type Telling = Ordered & { told?: GatedRound['told']; claimantsTold?: true | undefined };

/** Whom the letters about a decision concern. It stays the same, so letters are written along it. */
export const concernedBy = async (
  records: Pick<Records, 'blob'>,
  round: Telling,
  about: GatedStage,
): Promise<Standing[]> => {
  // What an older release began goes on to whom it began with.
  const isOlder = round.told?.[about] !== undefined && !round.claimantsTold;
  if (!goesToAll(about) || isOlder) return await madeAbout(records, round, about);
  const list = await decidedList(records, round, about);
  return (list?.standings ?? []).filter((standing) => concerns(about, standing));
};

/** Whom a decision is about: everyone who was still there when it was made, and after the claims whom one brought back. */
export const madeAbout = async (
  records: Pick<Records, 'blob'>,
  round: Ordered,
  about: GatedStage,
): Promise<Standing[]> => {
  const list = await decidedList(records, round, about);
  const there = await thereBefore(records, round, about);
  return (list?.standings ?? []).filter(
    (standing) =>
      (!there || there.has(standing.applicationId) || (about === 'claims' && goesOn(standing))) &&
      concerns(about, standing),
  );
};

/** Undefined where it is everybody. */
const thereBefore = async (
  records: Pick<Records, 'blob'>,
  round: Ordered,
  about: GatedStage,
): Promise<ReadonlySet<ApplicationId> | undefined> => {
  // Corrected results may have let on whom the decided ones did not.
  if (about === 'offers') return new Set((await offerOrderOf(records, round)).order);
  const since = isTellable(about) ? thereSince[about] : undefined;
  const earlier = since && (await decidedList(records, round, since));
  return earlier && new Set(earlier.standings.filter(goesOn).map(({ applicationId }) => applicationId));
};

const goesOn = ({ outcome }: Standing): boolean => outcome === 'goes-on';
