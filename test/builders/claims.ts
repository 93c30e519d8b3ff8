import { settleClaim } from '#functions/commands/claim-decision.ts';
import { claimEffects } from '#functions/commands/claim-effects.ts';
import { askReopening, confirmReopening } from '#functions/commands/claim-reopening.ts';
import { type ReopenCommand, reopeningEffects } from '#functions/commands/claim-reopening-effects.ts';
import { openGate } from '#functions/commands/gates.ts';
import type { CommitteeCommand, Person } from '#functions/commands/workplace.ts';
import type { Correction } from '#shared/domain/claim.ts';
import type { ClaimId, RoundId } from '#shared/domain/ids.ts';
import type { RoundFile } from '#shared/domain/round-file.ts';
import type { Standing } from '#shared/domain/standing.ts';
import type { Instant } from '#shared/domain/time.ts';
import { advanceTo, anInterviewRoundIn, applicants } from '#test/builders/interview-scenes.ts';
import { aWorld, granted, type World } from '#test/builders/scenes.ts';
import { at } from '#test/builders/worlds.ts';

export const grounds = 'scoring-error' as const;
export const text = 'Тест балым дұрыс есептелмеген.';

/**
 * Results are published: 70 percent for the first, 69 for the second; the third had no interview.
 * @param during what happens while interviews are held
 * @param letters whether those about the results still wait
 */
export const published = async (
  file?: RoundFile,
  during: (world: World, roundId: RoundId) => Promise<unknown> = async () => {},
  letters: { untold?: true } = {},
) => {
  const world = aWorld();
  const scene = await anInterviewRoundIn(world, { people: applicants(3), stopped: 1, ...(file && { file }) });
  const { roundId, candidates } = scene;
  await during(world, roundId);
  world.clock.to(at('2022-11-02T06:00'));
  const standings = candidates.map(({ applicationId, application: { number } }, index): Standing => {
    const whose = { applicationId, number };
    return index === 2
      ? { ...whose, outcome: 'stops', reasons: ['below-minimum'], scoring: 10 }
      : {
          ...whose,
          outcome: 'goes-on',
          reasons: [],
          scoring: 70 - index,
          interview: 70 - index,
          total: 70 - index,
          rank: index + 1,
        };
  });
  await advanceTo(world, roundId, { from: 'interviews', to: 'preliminary', standings });
  await advanceTo(world, roundId, { from: 'preliminary', to: 'claims', standings, ...letters });
  granted(await openGate(world, { roundId, token: 'claims' }));
  return { world, roundId, candidates };
};

export type ClaimScene = Awaited<ReturnType<typeof published>>;

type Settling = CommitteeCommand & {
  claimId: ClaimId;
  reason: string;
  corrected: Correction;
  openSince?: Instant;
};

/** Upheld as whoever decides has seen it. */
export const uphold = async (world: World, command: Settling) => {
  const { digest: shown } = granted(await claimEffects(world, command));
  return await settleClaim(world, { ...command, verdict: 'upheld', shown });
};

const why = 'Қате шешілген.';

/** Somebody who decides the claim asks that it be reopened, as they have seen it. */
export const askToReopen = async (world: World, command: ReopenCommand) => {
  const { digest: shown } = granted(await reopeningEffects(world, command));
  return await askReopening(world, { ...command, reason: why, shown });
};

/** Another person confirms it. */
export const reopen = async (world: World, command: ReopenCommand, second: Person) => {
  granted(await askToReopen(world, command));
  const confirming = { ...command, by: second };
  const { digest: shown } = granted(await reopeningEffects(world, confirming));
  return await confirmReopening(world, { ...confirming, shown });
};
