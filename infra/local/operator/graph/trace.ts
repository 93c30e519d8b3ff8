import * as z from 'zod';

const Details = z.looseObject({ name: z.string().optional(), error: z.string().optional() });

const Event = z
  .looseObject({
    /** Seconds since 1970. */
    timestamp: z.number(),
    type: z.string(),
    id: z.int(),
    previousEventId: z.int(),
  })
  .transform((event) => {
    const key = Object.keys(event).find((name) => name.endsWith('EventDetails'));
    const details = Details.safeParse(key === undefined ? {} : event[key]).data ?? {};
    const { timestamp, type, id, previousEventId } = event;
    return { at: timestamp * 1000, type, id, previous: previousEventId, details };
  });
type TraceEvent = z.infer<typeof Event>;

/** What an execution has done in one state. `since` is when it was last entered, milliseconds since 1970. */
export type Visit = { entered: number; left: number; failures: number; error?: string; since: number };

export type Trace = {
  events: readonly (TraceEvent & { state?: string })[];
  visits: ReadonlyMap<string, Visit>;
  /** How often a transition was taken, by `from → to`. */
  taken: ReadonlyMap<string, number>;
};

export const transition = (from: string, to: string): string => `${from} → ${to}`;

/** Reads a history as GetExecutionHistory spells it. */
export const traceOf = (history: readonly unknown[]): Trace => {
  const events = history.flatMap((event) => Event.safeParse(event).data ?? []);
  const byId = new Map(events.map((event) => [event.id, event]));
  const visits = new Map<string, Visit>();
  const taken = new Map<string, number>();
  const told: Trace['events'][number][] = [];
  for (const event of events) {
    const state = stateOf(event, byId);
    told.push(state === undefined ? event : { ...event, state });
    if (state === undefined) continue;
    const visit = visits.get(state) ?? { entered: 0, left: 0, failures: 0, since: event.at };
    visits.set(state, visit);
    if (event.type.endsWith('StateEntered')) {
      visit.entered += 1;
      visit.since = event.at;
      const from = stateOf(byId.get(event.previous), byId);
      if (from !== undefined) {
        const key = transition(from, state);
        taken.set(key, (taken.get(key) ?? 0) + 1);
      }
    } else if (event.type.endsWith('StateExited')) visit.left += 1;
    else if (/(Failed|TimedOut)$/.test(event.type) && !event.type.startsWith('Execution')) {
      visit.failures += 1;
      if (event.details.error !== undefined) visit.error = event.details.error;
    }
  }
  return { events: told, visits, taken };
};

/** The state that an event belongs to: its own, or that of the line before it. */
const stateOf = (
  event: TraceEvent | undefined,
  byId: ReadonlyMap<number, TraceEvent>,
): string | undefined => {
  for (let current = event; current; current = byId.get(current.previous)) {
    if (/State(Entered|Exited)$/.test(current.type)) return current.details.name;
  }
  return undefined;
};
