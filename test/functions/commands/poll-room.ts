import { isWalledPlace } from '#functions/commands/poll-result-view.ts';
import { pollsView } from '#functions/commands/poll-view.ts';
import { annulPollOf, closePollOf } from '#functions/commands/polls.ts';
import type { Person } from '#functions/commands/workplace.ts';
import { nth } from '#test/builders/interview-scenes.ts';
import { memoryPeople } from '#test/builders/memory-people.ts';
import { type PollScene } from '#test/builders/poll-scenes.ts';
import { granted } from '#test/builders/scenes.ts';
import { secretary } from '#test/builders/selection.ts';

export const close = ({ world, roundId }: PollScene, by: Person = secretary, poll = 1) =>
  closePollOf(world, { by, roundId, poll });
export const annul = (
  { world, roundId }: PollScene,
  by: Person = secretary,
  reason = 'Пропущено заявление.',
) => annulPollOf(world, { by, roundId, poll: 1, reason });
export const view = async ({ world, roundId }: PollScene, by: Person) =>
  granted(await pollsView({ ...world, people: memoryPeople() }, { by, roundId }));
export const newest = async (scene: PollScene, by: Person) => nth((await view(scene, by)).polls, 0);
export const refusalOf = (answer: { ok: boolean; error?: { kind: string } }) =>
  answer.ok ? 'ok' : answer.error?.kind;

/** Places of those near the line, as the result orders them. */
export const orderIn = async (scene: PollScene, by: Person = secretary) => {
  const { state } = await newest(scene, by);
  if (state.kind !== 'closed') throw new Error('It is not closed.');
  return state.result.order.map((one) =>
    isWalledPlace(one) ? 'closed' : scene.near.indexOf(one.applicationId),
  );
};
