import { castBallotOn, openPollOf } from '#functions/commands/polls.ts';
import type { Person } from '#functions/commands/workplace.ts';
import { type Poll, pollsAggregate } from '#shared/domain/poll.ts';
import type { RoundFile } from '#shared/domain/round-file.ts';
import { aNearLineScene, aShownFile, qualities, scoreByQuality } from '#test/builders/near-line.ts';
import { granted } from '#test/builders/scenes.ts';
import { secretary } from '#test/builders/selection.ts';
import { proposedIn } from '#test/builders/severity-scene.ts';

/** Eight that were scored, four of them near the third place, with the list on the table. */
export const aPollScene = async (over: (file: RoundFile) => RoundFile = (file) => file) => {
  const scene = await aNearLineScene(qualities.length, {}, over(aShownFile()));
  await scoreByQuality(scene);
  const list = await proposedIn(scene);
  const { world, roundId, applications } = scene;
  const near = list.line?.near ?? [];
  const numberOf = (id: string) => applications.find((one) => one.id === id)?.number ?? '';
  const open = (by: Person = secretary, numbers: readonly string[] = [], group = numbers.length === 0) =>
    openPollOf(world, { by, roundId, group, numbers });
  const polls = async (): Promise<readonly Poll[]> =>
    (await world.records.find(pollsAggregate, roundId))?.state.polls ?? [];
  const last = async (): Promise<Poll> => {
    const poll = (await polls()).at(-1);
    if (!poll) throw new Error('There is no poll.');
    return poll;
  };
  /** `order`: places among those near the line, best first; -1 and below are not ranked. */
  const cast = async (by: Person, order: readonly number[], seen = 0) => {
    const { number: poll } = await last();
    const ranks = order.flatMap((place, index) => {
      const applicationId = near[place];
      return applicationId ? [{ applicationId, rank: index + 1 }] : [];
    });
    return await castBallotOn(world, { by, roundId, poll, seen, ranks });
  };
  return { ...scene, list, near, numberOf, open, polls, last, cast };
};

export type PollScene = Awaited<ReturnType<typeof aPollScene>>;

/** The same, opened on the group at the line. */
export const anOpenPoll = async (over?: (file: RoundFile) => RoundFile): Promise<PollScene> => {
  const scene = await aPollScene(over);
  granted(await scene.open());
  return scene;
};
