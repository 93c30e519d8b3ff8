import { apart, type ClosedItem } from '#functions/commands/closed-items.ts';
import type { CommandDeps } from '#functions/commands/deps.ts';
import { type InterviewLine, lineOf } from '#functions/commands/interview-lines.ts';
import { type OpenNeed, openNeedOf } from '#functions/commands/interview-needs.ts';
import { heldStations, type PlacedSlot, placedSlots } from '#functions/commands/interview-stations.ts';
import { owesOwedCards } from '#functions/commands/interviews-timed.ts';
import { type OwedCount, owedCounts } from '#functions/commands/owed-interview-counting.ts';
import { type Unasked, unaskedOwed } from '#functions/commands/owed-interview-unasked.ts';
import { type PanelBook, panelBook } from '#functions/commands/panel-reading.ts';
import { reasonText } from '#functions/commands/reasons.ts';
import { candidaciesOn } from '#functions/commands/selection.ts';
import { type CommitteeCommand, type Workplace, workplace } from '#functions/commands/workplace.ts';
import type { Candidacy } from '#shared/domain/candidacy.ts';
import type { OwedInterview } from '#shared/domain/owed-interview.ts';
import type { Panel } from '#shared/domain/panel.ts';
import { type Slot, slotAggregate } from '#shared/domain/slot.ts';
import type { Instant } from '#shared/domain/time.ts';
import type { Refusal } from '#shared/errors.ts';
import { ok, type Result } from '#shared/result.ts';

type Deps = Pick<CommandDeps, 'records' | 'clock'>;

/** How far an interview that was owed is. */
export const owedSteps = [
  'waiting',
  'refused',
  'granted',
  'planned',
  'held',
  'missed',
  'scored',
  'counted',
  'withdrawn',
] as const;
type OwedStep = (typeof owedSteps)[number];

export type ShownOwed = Pick<
  OwedInterview,
  'applicationId' | 'number' | 'found' | 'by' | 'at' | 'counted'
> & {
  step: OwedStep;
  said: string | undefined;
  /** Who granted or refused it. */
  ended?: { by: OwedInterview['by']; at: Instant; said: string | undefined };
  booked?: PlacedSlot;
  line: InterviewLine;
  /** What is open of what the applicant needs at one that is to come, for the secretary who plans it. */
  open?: OpenNeed;
  /** What it comes to, once each station has its cards. */
  total: number | undefined;
  cancelled: readonly { startsAt: Instant | undefined; said: string | undefined }[];
};

export type OwedInterviewsView = {
  place: Workplace;
  /** By number, without those that a conflict of interest closes to the visitor. */
  owed: readonly ShownOwed[];
  /** In the place of those that are closed to the visitor, asked for or not. */
  closed: readonly ClosedItem[];
  /** Found to be owed, and nobody has asked for it; as `owed`. */
  unasked: readonly Unasked[];
  panels: readonly Panel[];
  /** Whether somebody can be reminded of a scorecard. */
  owing: boolean;
  now: Instant;
};

/** The interviews that were owed in a round, for those who grant, plan and hold them. */
export const viewOwedInterviews = async (
  deps: Deps,
  command: CommitteeCommand,
): Promise<Result<OwedInterviewsView, Refusal>> => {
  const found = await workplace(deps, command, 'owed-interview.read');
  if (!found.ok) return found;
  const place = found.value;
  const book = await panelBook(deps.records, command.roundId);
  const action = 'owed-interview.grant';
  const all = [...(await owedCounts(deps, place)).values()].map((one) => {
    const { applicationId, by } = one.owed.state;
    return Object.assign({}, one, { applicationId, by });
  });
  const { open: counts, closed } = await apart(deps, place, { action, items: all, proposer: ({ by }) => by });
  const items = await unaskedOwed(deps.records, command.roundId);
  const unasked = await apart(deps, place, { action, items });
  const known = await candidaciesOn(
    deps.records,
    counts.map(({ owed }) => owed.state),
  );
  const owed = counts.map((one) =>
    shownOwed(deps, one, {
      place,
      book,
      candidacy: known.get(one.owed.state.applicationId),
    }),
  );
  return ok({
    place,
    owed: await Promise.all(owed),
    unasked: unasked.open,
    closed: [...closed, ...unasked.closed],
    panels: book.panels?.state.panels ?? [],
    now: deps.clock.now(),
    owing: counts.length > 0 && (await owesOwedCards(deps, place, deps.clock.now())),
  });
};

const shownOwed = async (
  { records, clock }: Deps,
  { owed: { state }, total }: OwedCount,
  { place, book, candidacy }: { place: Workplace; book: PanelBook; candidacy: Candidacy | undefined },
): Promise<ShownOwed> => {
  const slotOf = async (id: Slot['id'] | undefined): Promise<Slot | undefined> =>
    id && (await records.find(slotAggregate, id))?.state;
  const slot = await slotOf(state.slotId);
  const [booked] = slot ? await placedSlots(records, [slot], { ...book, ...place.file }) : [];
  const { applicationId, number, found, by, at, counted, ended, status } = state;
  const now = clock.now();
  const arranges = place.by.role === 'secretary' && (status === 'granted' || status === 'planned');
  const open =
    arranges && candidacy && !candidacy.withdrawnAt
      ? await openNeedOf(records, { candidacy, slot, book, file: place.file, now })
      : undefined;
  return {
    applicationId,
    number,
    found,
    by,
    at,
    ...(counted && { counted }),
    step: candidacy?.withdrawnAt ? 'withdrawn' : stepOf(state, { slot, total, now }),
    said: await reasonText(records, state.reason),
    ...(ended && {
      ended: { by: ended.by, at: ended.at, said: await reasonText(records, ended.reason) },
    }),
    ...(booked && { booked }),
    ...(open && { open }),
    line: lineOf(state, place, heldStations(book, place.file, slot)),
    total,
    cancelled: await Promise.all(
      state.cancelled.map(async ({ slot: id, reason }) => ({
        startsAt: (await slotOf(id))?.startsAt,
        said: await reasonText(records, reason),
      })),
    ),
  };
};

const stepOf = (
  { status, missedInterview }: OwedInterview,
  { slot, total, now }: { slot: Slot | undefined; total: number | undefined; now: Instant },
): OwedStep => {
  if (status !== 'planned') return status;
  if (missedInterview) return 'missed';
  if (total !== undefined) return 'scored';
  return slot && now >= slot.startsAt ? 'held' : 'planned';
};
