import { eachOf } from '#functions/commands/selection.ts';
import type { DocumentRef } from '#shared/domain/document.ts';
import type { StoredEvent } from '#shared/domain/event.ts';
import type { PersonId, RoundId } from '#shared/domain/ids.ts';
import type { Heeded } from '#shared/domain/release-alarms.ts';
import { RoundEvent } from '#shared/domain/round.ts';
import type { Gathered } from '#shared/papers/gathered.ts';
import type { Records } from '#shared/ports/records.ts';
import { correctionsAggregate } from '#shared/replay/correction.ts';
import { AffectedList } from '#shared/replay/told.ts';

type Corrections = NonNullable<Gathered['corrections']>;

const readsAtOnce = 8;

type Reports = NonNullable<Gathered['reports']>;
type Told = { corrections: Corrections; reports: Reports };

/** Every correction that was asked for, with how many people it concerned once it was applied; and what raters reported. */
export const correctionsIn = async (
  records: Pick<Records, 'find' | 'blob'>,
  roundId: RoundId,
): Promise<Told> => {
  const state = (await records.find(correctionsAggregate, roundId))?.state;
  const corrections = await eachOf(state?.corrections ?? [], readsAtOnce, async (one) => {
    const text = one.applied && (await records.blob(one.applied.affected));
    const concerned = text ? AffectedList.parse(JSON.parse(text)).affected.length : 0;
    return Object.assign({ concerned }, one);
  });
  return { corrections, reports: state?.reports ?? [] };
};

/** What looked wrong in something that was released. */
export const heededIn = (event: RoundEvent): Heeded | undefined =>
  event.type === 'letters-released' || event.type === 'offers-released' ? event.heeded : undefined;

/** Whether somebody did it whom the minutes name: released what looked wrong, or let offers go in parts or stopped them. */
const isNamed = (event: RoundEvent): boolean =>
  heededIn(event) !== undefined || event.type === 'offers-released' || event.type === 'offers-stopped';

/** Who asked for corrections or answered them or reports, and who released letters and offers; some of them have no seat. */
export const doersIn = ({ corrections, reports }: Told, history: readonly StoredEvent[]): PersonId[] => [
  ...reports.flatMap(({ closed }) => closed?.by ?? []),
  ...corrections.flatMap(({ by, ended, applied }) =>
    [by, ended?.by, applied?.by].filter((id) => id !== undefined),
  ),
  ...history.flatMap(({ by, fact }) =>
    by.kind === 'person' && isNamed(RoundEvent.parse(fact)) ? by.id : [],
  ),
];

export const reasonsIn = ({ corrections, reports }: Told): DocumentRef[] => [
  ...corrections.flatMap(({ reason, ended }) => [reason, ended?.reason].filter((ref) => ref !== undefined)),
  ...reports.flatMap(({ reason, closed }) => [reason, closed?.reason].filter((ref) => ref !== undefined)),
];
