import { settleClaim } from '#functions/commands/claim-decision.ts';
import { claimEffects } from '#functions/commands/claim-effects.ts';
import { makeClaim } from '#functions/commands/claims.ts';
import { applyCorrection, showCorrection } from '#functions/commands/correction-applying.ts';
import { askCorrection } from '#functions/commands/corrections.ts';
import { bookInterview } from '#functions/commands/interview-booking.ts';
import { scoreInterview } from '#functions/commands/interview-scorecards.ts';
import { planSlots } from '#functions/commands/interview-slots.ts';
import { planOwedInterview } from '#functions/commands/owed-interview-planning.ts';
import { viewOwedInterviews } from '#functions/commands/owed-interview-view.ts';
import { askOwedInterview, grantOwedInterview } from '#functions/commands/owed-interviews.ts';
import type { Instant } from '#shared/domain/time.ts';
import type { Corrects } from '#shared/replay/correction.ts';
import { aWronglyMarkedRound } from '#test/builders/corrections.ts';
import { allPoints, nth } from '#test/builders/interview-scenes.ts';
import type { MarksScene } from '#test/builders/marks-scene.ts';
import { theAdministrator } from '#test/builders/offers.ts';
import { granted } from '#test/builders/scenes.ts';
import { advanceIn, anApplicant, chair, members, secretary } from '#test/builders/selection.ts';
import { at } from '#test/builders/worlds.ts';

const judges = [chair, ...members].slice(0, 3);

/** A round in its claims window, decided by the committee at each gate. Of four the best never had an interview: no time was left. */
export const aMissedInterview = async (): Promise<MarksScene> => {
  const scene = await aWronglyMarkedRound();
  const { world, roundId, applications } = scene;
  world.clock.to(at('2022-10-20T03:00'));
  const plan = { from: at('2022-10-24T04:00'), count: 3, place: 'Талдықорған, кабинет 12' };
  const slots = granted(await planSlots(world, { by: secretary, roundId, ...plan }));
  const booked = applications.flatMap(({ id }, index) => (index === best ? [] : [{ id, index }]));
  for (const [place, { id: applicationId, index }] of booked.entries()) {
    const slotId = nth(slots, place).id;
    granted(await bookInterview(world, { by: anApplicant(index), applicationId, slotId }));
  }
  world.clock.to(at('2022-10-24T10:00'));
  for (const { id: applicationId } of booked) {
    for (const by of judges) {
      granted(await scoreInterview(world, { by, roundId, applicationId, points: allPoints(3) }));
    }
  }
  await advanceIn(world, roundId);
  await advanceIn(world, roundId);
  return scene;
};

/** The third has the best marks. */
export const best = 2;

/** A claim about it, upheld: an interview is owed, and no total is other. */
export const upheldAsOwed = async ({ world, roundId, applications }: MarksScene) => {
  const { id: applicationId } = nth(applications, best);
  const filed = {
    by: anApplicant(best),
    applicationId,
    grounds: 'procedure',
    text: 'Маған уақыт қалмады.',
  } as const;
  const claimId = granted(await makeClaim(world, filed)).state.id;
  const corrected = { interviewOwed: true } as const;
  const about = { by: chair, roundId, claimId, corrected };
  const { digest: shown, found } = granted(await claimEffects(world, about));
  granted(await settleClaim(world, { ...about, verdict: 'upheld', reason: 'Уақыт жетпеген.', shown }));
  return { applicationId, claimId, found };
};

/** A scene with somebody who is owed an interview; the best where nobody else is named. */
type Owing = Pick<MarksScene, 'world' | 'roundId' | 'applications'> & { who?: number };

const onOf = ({ roundId, applications, who = best }: Owing) => ({
  roundId,
  applicationId: nth(applications, who).id,
});

const numberOf = ({ applications, who = best }: Owing) => nth(applications, who).number;

const reason = 'Шағым бойынша.';

/** Asked for and granted by two people. */
export const grantedAsOwed = async (scene: Owing): Promise<void> => {
  const { world, roundId } = scene;
  const application = numberOf(scene);
  granted(await askOwedInterview(world, { by: secretary, roundId, application, reason }));
  granted(await grantOwedInterview(world, { by: theAdministrator, ...onOf(scene) }));
};

/** Held before three from its beginning on; what it comes to. */
export const heldAsOwed = async (scene: Owing, from = at('2022-11-04T05:00')): Promise<number> => {
  const { world, roundId } = scene;
  const on = onOf(scene);
  granted(
    await planOwedInterview(world, { by: secretary, ...on, from, place: 'Кабинет 12', stepFree: true }),
  );
  world.clock.to(from);
  for (const by of judges) {
    granted(await scoreInterview(world, { by, ...on, owed: true, points: allPoints(4) }));
  }
  const [shown] = granted(await viewOwedInterviews(world, { by: secretary, roundId })).owed;
  return shown?.total ?? 0;
};

/** Applied by the administrator, after the secretary asked for it. */
export const correctedIn = async ({ world, roundId }: Owing, corrects: Corrects): Promise<void> => {
  const { state } = granted(await askCorrection(world, { by: secretary, roundId, corrects, reason }));
  const seen = { by: theAdministrator, roundId, correction: state.corrections.length };
  const { digest: shown, recipients: confirmed } = granted(await showCorrection(world, seen));
  granted(await applyCorrection(world, { ...seen, shown, confirmed, sample: [] }));
};

/** Counted by the correction that its page asks for. */
export const countedAsOwed = (scene: Owing, interview: number): Promise<void> =>
  correctedIn(scene, { kind: 'totals', number: numberOf(scene), corrected: { interview }, owed: true });

/** All of it: by as many people as it takes. */
export const givenAndCounted = async (scene: Owing, from?: Instant): Promise<void> => {
  await grantedAsOwed(scene);
  await countedAsOwed(scene, await heldAsOwed(scene, from));
};
