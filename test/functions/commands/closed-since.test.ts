import { describe, expect, it } from 'vitest';
import { candidatePlace } from '#functions/commands/candidate-views.ts';
import { makeClaim } from '#functions/commands/claims.ts';
import { committeeClaims } from '#functions/commands/committee-claims.ts';
import { withdrawConsent } from '#functions/commands/data-requests.ts';
import { openPast } from '#functions/commands/looking-back.ts';
import { judgeApplication } from '#functions/commands/screening.ts';
import type { Person } from '#functions/commands/workplace.ts';
import type { RoundId } from '#shared/domain/ids.ts';
import type { Instant } from '#shared/domain/time.ts';
import { nth } from '#test/builders/interview-scenes.ts';
import { aPublishedRoundIn } from '#test/builders/published.ts';
import { aTickingWorld, granted, type World } from '#test/builders/scenes.ts';
import {
  advanceIn,
  aScreeningIn,
  chair,
  dana,
  ratersOf,
  score,
  secretary,
} from '#test/builders/selection.ts';

/** What pages read for somebody at a moment. */
const pastOf = async (world: World, about: { by: Person; roundId: RoundId; until: Instant }) => {
  const { reads } = granted(await openPast(world, about));
  return { ...world, ...reads };
};

const reason = 'Тілді мектеп директорынан білемін.';

describe('a text of another stage', () => {
  it('is read by nobody who scores blind, until they have', async () => {
    const world = aTickingWorld();
    const { roundId, applications } = await aScreeningIn(world, [{}]);
    const applicationId = nth(applications, 0).id;
    const judged = { by: dana, roundId, applicationId, verdict: 'admitted', reason } as const;
    granted(await judgeApplication(world, judged));
    const until = world.clock.now();
    await advanceIn(world, roundId);
    const read = async (by: Person) => {
      const deps = await pastOf(world, { by, roundId, until });
      return granted(await candidatePlace(deps, { by, roundId, applicationId })).reason;
    };

    expect(await read(chair)).toBeUndefined();
    expect(await read(secretary)).toBe(reason);
    for (const by of await ratersOf(world, applicationId)) {
      granted(await score({ world, roundId }, by, applicationId));
    }
    await advanceIn(world, roundId);
    expect(await read(chair)).toBe(reason);
  });
});

describe('what an applicant typed', () => {
  it('is read at no moment, and no reading is noted, once the consent is withdrawn', async () => {
    const world = aTickingWorld();
    const { roundId, bolat } = await aPublishedRoundIn(world);
    const { by, applicationId } = bolat;
    const text = 'Баллы за стаж не учтены.';
    granted(await makeClaim(world, { by, applicationId, grounds: 'scoring-error', text }));
    const until = world.clock.now();
    world.clock.pass(60);
    const read = async () => {
      const deps = await pastOf(world, { by: secretary, roundId, until });
      return granted(await committeeClaims(deps, { by: secretary, roundId })).claims;
    };
    const readings = async () => (await world.readLog.of(`application#${applicationId}`)).length;
    expect(await read()).toMatchObject([{ texts: { text } }]);
    const noted = await readings();
    granted(await withdrawConsent(world, { by, applicationId }));

    const claims = await read();
    expect(claims).toHaveLength(1);
    expect(JSON.stringify(claims)).not.toContain(text);
    expect(await readings()).toBe(noted);
  });
});
