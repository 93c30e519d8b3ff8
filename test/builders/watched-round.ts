import { Hono } from 'hono';
import { type ApiDeps, operations } from '#functions/api/app.ts';
import { applicationsIn } from '#functions/commands/selection.ts';
import type { Person } from '#functions/commands/workplace.ts';
import { registerRoutes } from '#functions/http/authorize.ts';
import { problem } from '#functions/http/problem.ts';
import { sha256Of } from '#shared/domain/hash.ts';
import type { ApplicationId, RoundId } from '#shared/domain/ids.ts';
import { RoundEvent } from '#shared/domain/round.ts';
import { aClosedRoundIn, type ClosedRound } from '#test/builders/closed-round.ts';
import { memoryPeople } from '#test/builders/memory-people.ts';
import type { World } from '#test/builders/scenes.ts';

type Answer = { status: number; text: string; link: string | null };

/** What a program gets from the API that runs on this world for one person, whose session never ends. */
export const programOf = (world: World, { id: personId, role }: Person) => {
  const deps: ApiDeps = {
    ...world,
    people: memoryPeople(),
    publicOrigin: 'http://localhost',
    sendCode: async () => {},
  };
  const id = sha256Of(personId);
  const app = new Hono();
  app.use(async (c, next) => {
    c.set('session', {
      id,
      personId,
      strength: 'passkey',
      credential: undefined,
      roles: [role],
      waiting: [],
    });
    await next();
  });
  registerRoutes(app, operations(deps), problem);
  return async (path: string): Promise<Answer> => {
    const answer = await app.request(path);
    return { status: answer.status, text: await answer.text(), link: answer.headers.get('link') };
  };
};

/**
 * A whole round by its own commands. After each transaction somebody looks at it, before a millisecond passes: what they see is what is stored, at a
 * moment of its own.
 */
export const aWatchedRoundIn = async (
  world: World,
  look: (round: { roundId: RoundId; applicationId: ApplicationId }) => Promise<void>,
): Promise<ClosedRound> => {
  const { commit } = world.records;
  let roundId: RoundId | undefined;
  let isLooking = false;
  world.records.commit = async (wanted) => {
    const stored = await commit(wanted);
    if (isLooking) return stored;
    isLooking = true;
    for (const fact of wanted.changes.flatMap((change) => change.facts)) {
      const event = RoundEvent.safeParse(fact).data;
      if (event?.type === 'round-drafted') roundId ??= event.id;
    }
    const [first] = roundId ? await applicationsIn(world.records, roundId) : [];
    if (roundId && first) await look({ roundId, applicationId: first.state.id });
    world.clock.pass(0.001);
    isLooking = false;
    return stored;
  };
  return await aClosedRoundIn(world);
};
