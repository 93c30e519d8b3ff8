import * as z from 'zod';
import type { Invocation } from '#infra/local/ports.ts';
import { committees } from './machines.ts';

/** What the functions and the committees of the random machines do, and what the world noted while it lasted. */

const Asked = z.object({ token: z.string(), committee: z.enum(committees), n: z.number() });
type Asked = z.infer<typeof Asked>;

const Scripted = z.object({ arn: z.string(), key: z.string(), script: z.array(z.string()) });

const Note = z.discriminatedUnion('kind', [
  Asked.extend({ kind: z.literal('asked') }),
  z.object({ kind: z.literal('acknowledged'), token: z.string() }),
  z.object({ kind: z.literal('wrong'), what: z.string() }),
]);
export type Note = z.infer<typeof Note>;

/** Notes outlive the home: a file, or a list. A line that a kill cut in the middle was never said. */
type Journal = { add: (note: Note) => void; all: () => Note[] };

export const notesIn = (lines: string): Note[] =>
  lines
    .split('\n')
    .slice(0, -1)
    .map((line) => Note.parse(JSON.parse(line)));

const Event = z.looseObject({
  id: z.number(),
  previousEventId: z.number(),
  type: z.string(),
  taskScheduledEventDetails: z.object({ parameters: z.string() }).optional(),
  taskFailedEventDetails: z.object({ error: z.string() }).optional(),
});
export type Event = z.infer<typeof Event>;
export const eventsIn = (history: unknown): Event[] => z.array(Event).parse(history ?? []);

type World = {
  call: (operation: string, body: object) => Promise<{ __type?: string | undefined }>;
  history: (arn: string) => unknown;
  journal: Journal;
  track: <T>(work: Promise<T>) => Promise<T>;
};

export const openWorld = (world: World) => ({
  invoke: async (name: string, payload: unknown): Promise<Invocation> => {
    await pause(3);
    switch (name) {
      case 'works':
        return { outcome: 'returned', payload: 1 };
      case 'fails':
        return failed('Broken');
      case 'scripted': {
        const { arn, key, script } = Scripted.parse(payload);
        const trouble = script[failuresSoFar(eventsIn(world.history(arn)), key)];
        return trouble === undefined ? { outcome: 'returned', payload: 1 } : failed(trouble);
      }
      default:
        return ask(world, Asked.parse(payload));
    }
  },
  /** After a stop: every committee that was ever asked answers again, not knowing whether it was heard. */
  resume: (): void => {
    for (const note of world.journal.all()) {
      if (note.kind === 'asked') void world.track(decide(world, note));
    }
  },
});

const failed = (errorType: string): Invocation => ({
  outcome: 'failed',
  payload: { errorType, errorMessage: 'as the script says' },
});

/** Up to so many real milliseconds. */
const pause = (most: number): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve, Math.random() * most);
  });

/** How often the task that is being tried has failed since its state was entered: the history alone knows. */
const failuresSoFar = (events: readonly Event[], key: string): number => {
  const byId = new Map(events.map((event) => [event.id, event]));
  const isMine = ({ taskScheduledEventDetails: scheduled }: Event): boolean =>
    scheduled !== undefined && keyIn(scheduled.parameters) === key;
  let failures = 0;
  for (
    let event = events.findLast(isMine);
    event && event.type !== 'TaskStateEntered';
    event = byId.get(event.previousEventId)
  ) {
    const error = event.taskFailedEventDetails?.error;
    if (error !== undefined && error !== 'Lambda.ServiceException') failures += 1;
  }
  return failures;
};

const Parameters = z.object({ Payload: z.object({ key: z.string() }) });

const keyIn = (parameters: string): string | undefined =>
  Parameters.safeParse(JSON.parse(parameters)).data?.Payload.key;

const ask = async (world: World, asked: Asked): Promise<Invocation> => {
  world.journal.add({ kind: 'asked', ...asked });
  const deciding = world.track(decide(world, asked));
  if (asked.committee === 'early') await deciding;
  return { outcome: 'returned', payload: 'asked' };
};

const decide = async (world: World, { token, committee, n }: Asked): Promise<void> => {
  if (committee === 'silent' || committee === 'asleep') return;
  if (committee !== 'early') await pause(20);
  if (committee === 'unknown') await tryUnknown(world);
  if (committee === 'beating') {
    for (let beat = 0; beat < 2; beat += 1) await world.call('SendTaskHeartbeat', { taskToken: token });
  }
  if (committee === 'refusing')
    await answer(world, 'SendTaskFailure', { taskToken: token, error: 'Refused' });
  else await answer(world, 'SendTaskSuccess', { taskToken: token, output: JSON.stringify(n) });
  await answer(world, 'SendTaskSuccess', { taskToken: token, output: JSON.stringify(n + 1_000) });
};

type TaskAnswer = { taskToken: string; output?: string; error?: string };

const answer = async (world: World, operation: string, body: TaskAnswer): Promise<void> => {
  const { __type } = await world.call(operation, body);
  if (__type === undefined) world.journal.add({ kind: 'acknowledged', token: body.taskToken });
  else if (__type !== 'TaskTimedOut' && __type !== 'InternalServerException') {
    world.journal.add({ kind: 'wrong', what: `${operation} was told ${__type}` });
  }
};

const tryUnknown = async (world: World): Promise<void> => {
  const { __type } = await world.call('SendTaskSuccess', { taskToken: 'A'.repeat(48), output: '1' });
  if (__type === 'TaskDoesNotExist' || __type === 'InternalServerException') return;
  world.journal.add({ kind: 'wrong', what: `an unknown token was told ${__type ?? 'nothing'}` });
};

/** Tokens for which two answers were taken. */
export const answeredTwice = (notes: readonly Note[]): string[] => {
  const tokens = notes.flatMap((note) => (note.kind === 'acknowledged' ? [note.token] : []));
  return tokens.filter((token, index) => tokens.indexOf(token) !== index);
};

/** What is wrong with a history: gaps, links into the future, a beginning or an end that is none. */
export const faultsOfHistory = (events: readonly Event[], status: string): string[] => {
  const last = { SUCCEEDED: 'ExecutionSucceeded', FAILED: 'ExecutionFailed', ABORTED: 'ExecutionAborted' };
  const expected = Object.entries(last).find(([name]) => name === status)?.[1];
  return [
    ...(events[0]?.type === 'ExecutionStarted' ? [] : ['does not begin with ExecutionStarted']),
    ...(events.at(-1)?.type === expected ? [] : [`${status} ends with ${events.at(-1)?.type}`]),
    ...events.flatMap(({ id, previousEventId, type }, index) =>
      id === index + 1 && previousEventId < id && (id < 3 || previousEventId > 0)
        ? []
        : [`event ${id} (${type}) follows ${previousEventId}, at ${index + 1}`],
    ),
  ];
};
