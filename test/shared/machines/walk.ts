import { type Aggregate, evolveAll, type Fact } from '#shared/domain/event.ts';
import { canonicalJson } from '#shared/domain/hash.ts';
import type { Refusal } from '#shared/errors.ts';
import type { MachineKind } from '#shared/machines/index.ts';
import type { Result } from '#shared/result.ts';

type Decided<Event> = Result<Event[], Refusal> | Event[];

/** A machine as its decisions make it: a story that leads to each state, and everything that anybody can ask of it. */
export type Walked<State, Event extends Fact> = {
  kind: MachineKind;
  aggregate: Aggregate<State, Event>;
  /** In which of the declared states it is. */
  stateOf: (state: State) => string;
  stories: Readonly<Record<string, State>>;
  commands: Readonly<Record<string, (state: State) => Decided<Event>>>;
};

/** What a command came to in a state: another state, `=` where nothing happened or it stayed where it was, or the refusal. */
type Pair = { state: string; command: string; outcome: string };

/** Asks every command in every state. @throws where one throws, or decides an event that the record does not know */
const walkOf = <State, Event extends Fact>(walked: Walked<State, Event>): Pair[] =>
  Object.entries(walked.stories).flatMap(([state, story]) => {
    if (walked.stateOf(story) !== state)
      throw new Error(`${walked.kind}: the story of ${state} ends elsewhere.`);
    return Object.entries(walked.commands).map(([command, decide]) => {
      const decision = decide(story);
      const answer = Array.isArray(decision) ? { ok: true as const, value: decision } : decision;
      return {
        state,
        command,
        outcome: answer.ok ? afterwards(walked, story, answer.value) : `✗ ${answer.error.kind}`,
      };
    });
  });

const afterwards = <State, Event extends Fact>(
  { kind, aggregate, stateOf }: Walked<State, Event>,
  before: State,
  events: Event[],
): string => {
  const known = events.map((event) => aggregate.event.parse(JSON.parse(canonicalJson(event))));
  const after = evolveAll(aggregate, before, known);
  if (after === undefined) throw new Error(`${kind} is gone.`);
  const state = stateOf(aggregate.snapshot.parse(JSON.parse(canonicalJson(after))));
  if (events.length === 0) return '= nothing';
  return state === stateOf(before) ? `= ${events.map(({ type }) => type).join(', ')}` : `→ ${state}`;
};

/** A walk, whatever its machine is made of. */
export type Walk = { kind: MachineKind; states: string[]; pairs: Pair[] };

export const walk = <State, Event extends Fact>(walked: Walked<State, Event>): Walk => ({
  kind: walked.kind,
  states: Object.keys(walked.stories),
  pairs: walkOf(walked),
});
