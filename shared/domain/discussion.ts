import * as z from 'zod';
import { Despite } from '#shared/domain/awaited-cards.ts';
import { Attendance, attendanceEvents, evolveAttendance } from '#shared/domain/discussion-attendance.ts';
import type { Aggregate } from '#shared/domain/event.ts';
import { ApplicationId, ApplicationNumber, GateId, PersonId, RoundId } from '#shared/domain/ids.ts';
import { Instant } from '#shared/domain/time.ts';

/** An application to talk about. */
export const DiscussedItem = z.object({ applicationId: ApplicationId, number: ApplicationNumber });
export type DiscussedItem = z.infer<typeof DiscussedItem>;

/** While a committee talked about one application without a break. */
const Span = z.object({
  applicationId: ApplicationId,
  from: Instant,
  until: Instant.optional(),
  /** Who was out of the room because of a conflict of interest, for any part of it. */
  away: z.array(PersonId),
});

/** A meeting at which applications are talked about one after another. */
export const Discussion = Attendance.extend({
  /** In the order in which they are talked about. */
  items: z.array(DiscussedItem).min(1),
  spans: z.array(Span),
  /** What was opened though cards were awaited, when and by whom; absent where nothing was. */
  despite: z.array(Despite.extend({ at: Instant, by: PersonId })).optional(),
  /** Who took the last step: the same step once more by the same person is a double click. */
  by: PersonId,
  closedAt: Instant.optional(),
});
export type Discussion = z.infer<typeof Discussion>;

/** The discussions at one gate; its id is the gate's. */
export const Discussions = z.object({
  gate: GateId,
  roundId: RoundId,
  meetings: z.array(Discussion).min(1),
  /** How often something was allowed beside the steps (`item-allowed`). */
  allowed: z.int().optional(),
});
export type Discussions = z.infer<typeof Discussions>;

const step = { at: Instant, by: PersonId };
const away = z.array(PersonId);

export const DiscussionsEvent = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('discussion-opened'),
    ...step,
    gate: GateId,
    roundId: RoundId,
    absent: z.array(PersonId),
    items: z.array(DiscussedItem).min(1),
    /** What of it still waits for cards. */
    despite: Despite.optional(),
  }),
  z.object({
    type: z.literal('item-taken-up'),
    ...step,
    applicationId: ApplicationId,
    away,
    /** Cards were awaited anew since the discussion was opened. */
    despite: Despite.optional(),
  }),
  /** Whoever presides over it has it discussed before all cards are in. No step: whoever leads goes on from what they saw. */
  z.object({ type: z.literal('item-allowed'), ...step, applicationId: ApplicationId, despite: Despite }),
  /** For a pause, or because another one is taken up. `away`: also who had to leave meanwhile. */
  z.object({ type: z.literal('item-laid-aside'), ...step, applicationId: ApplicationId, away }),
  /** What was not talked about yet is ordered anew, after a conflict of interest was declared, say. */
  z.object({ type: z.literal('discussion-ordered'), ...step, items: z.array(DiscussedItem).min(1) }),
  ...attendanceEvents,
  z.object({ type: z.literal('discussion-closed'), ...step }),
]);
export type DiscussionsEvent = z.infer<typeof DiscussionsEvent>;

/** The one that goes on, or went last. */
export const lastDiscussion = (discussions: Discussions | undefined): Discussion | undefined =>
  discussions?.meetings.at(-1);

/**
 * Names the discussion as it stands for the next step. What was allowed beside the steps does not count: it would tell that to those to whom the
 * application is closed, and refuse the step of whoever leads.
 */
export const seenOf = ({ state, version }: { state: Discussions; version: number }): number =>
  version - (state.allowed ?? 0);

/** The application that is talked about, or was before a pause. */
export const itemUp = ({ items, spans }: Discussion): (DiscussedItem & { paused: boolean }) | undefined => {
  const span = spans.at(-1);
  const item = items.find(({ applicationId }) => applicationId === span?.applicationId);
  return span && item && { ...item, paused: span.until !== undefined };
};

/** How long an application was talked about, in seconds; until `now` where it still is. */
export const secondsOn = ({ spans }: Discussion, applicationId: ApplicationId, now: Instant): number =>
  spans
    .filter((span) => span.applicationId === applicationId)
    .reduce((sum, { from, until }) => sum + (Date.parse(until ?? now) - Date.parse(from)) / 1000, 0);

export const discussionsAggregate: Aggregate<Discussions, DiscussionsEvent> = {
  name: 'discussions',
  event: DiscussionsEvent,
  snapshot: Discussions,
  evolve: (before, event) => {
    if (event.type === 'discussion-opened') {
      const { gate, roundId, absent, items, by, at: openedAt } = event;
      const opened = { openedAt, absent, items, spans: [], by, ...despiteThen(undefined, event) };
      return { ...before, gate, roundId, meetings: [...(before?.meetings ?? []), opened] };
    }
    const last = lastDiscussion(before);
    if (!before || !last) throw new Error(`Discussions cannot begin with ${event.type}.`);
    if (event.type === 'item-allowed') {
      const after = { ...last, ...despiteThen(last, event) };
      return {
        ...before,
        meetings: [...before.meetings.slice(0, -1), after],
        allowed: (before.allowed ?? 0) + 1,
      };
    }
    const after = { ...evolveDiscussion(last, event), by: event.by };
    return { ...before, meetings: [...before.meetings.slice(0, -1), after] };
  },
  lists: () => ({}),
};

const evolveDiscussion = (
  discussion: Discussion,
  event: Exclude<DiscussionsEvent, { type: 'discussion-opened' | 'item-allowed' }>,
): Discussion => {
  const { spans } = discussion;
  switch (event.type) {
    case 'item-taken-up': {
      const span = { applicationId: event.applicationId, from: event.at, away: event.away };
      return { ...discussion, spans: [...spans, span], ...despiteThen(discussion, event) };
    }
    case 'item-laid-aside': {
      const [last] = withAway(spans, event.away).slice(-1);
      if (!last) return discussion;
      return { ...discussion, spans: [...spans.slice(0, -1), { ...last, until: event.at }] };
    }
    case 'discussion-ordered':
      return { ...discussion, items: event.items };
    case 'member-arrived':
    case 'member-left': {
      const { away: kept = [] } = event;
      return { ...discussion, ...evolveAttendance(discussion, event), spans: withAway(spans, kept) };
    }
    case 'attendance-undone':
      return { ...discussion, ...evolveAttendance(discussion, event) };
    case 'discussion-closed':
      return { ...discussion, closedAt: event.at };
    default:
      return event satisfies never;
  }
};

/** What is talked about now, with whom else a conflict of interest kept out of the room. */
const withAway = (spans: Discussion['spans'], kept: readonly PersonId[]): Discussion['spans'] => {
  const last = spans.at(-1);
  if (!last || kept.length === 0) return spans;
  return [...spans.slice(0, -1), { ...last, away: [...new Set([...last.away, ...kept])] }];
};

type Opening = Extract<DiscussionsEvent, { type: 'discussion-opened' | 'item-taken-up' | 'item-allowed' }>;

const despiteThen = (
  before: Discussion | undefined,
  { despite, at, by }: Opening,
): Pick<Discussion, 'despite'> =>
  despite ? { despite: [...(before?.despite ?? []), { ...despite, at, by }] } : {};

/** Whether an application may be discussed whatever cards come to be awaited: it was, or somebody opened it all the same. */
export const isBegun = ({ spans, despite = [] }: Discussion, applicationId: ApplicationId): boolean =>
  [...spans, ...despite.flatMap(({ awaited }) => awaited)].some((one) => one.applicationId === applicationId);
