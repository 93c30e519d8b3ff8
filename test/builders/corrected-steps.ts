import { withdrawApplication } from '#functions/commands/applications.ts';
import { settleClaim } from '#functions/commands/claim-decision.ts';
import { claimEffects, claimItems } from '#functions/commands/claim-effects.ts';
import { codedItems } from '#functions/commands/claim-items.ts';
import { makeClaim } from '#functions/commands/claims.ts';
import { openTrial, tryCorrection } from '#functions/commands/counterfactual.ts';
import { departFrom } from '#functions/commands/departures.ts';
import { takeProposalBack } from '#functions/commands/gate-work.ts';
import { bookInterview } from '#functions/commands/interview-booking.ts';
import { scoreInterview } from '#functions/commands/interview-scorecards.ts';
import { planSlots } from '#functions/commands/interview-slots.ts';
import { scoreApplication } from '#functions/commands/scoring.ts';
import { canonicalJson } from '#shared/domain/hash.ts';
import { ClaimId } from '#shared/domain/ids.ts';
import type { StandingList } from '#shared/domain/standing.ts';
import type { Corrects } from '#shared/replay/correction.ts';
import type { Part } from '#shared/replay/supposition.ts';
import { applied, asked, correctionsIn, listOf, rightFile } from '#test/builders/corrections.ts';
import { allPoints, nth } from '#test/builders/interview-scenes.ts';
import { aFile, aMarkedScoring, imported, type MarksScene } from '#test/builders/marks-scene.ts';
import { granted } from '#test/builders/scenes.ts';
import {
  advanceIn,
  anApplicant,
  chair,
  gateIn,
  members,
  pointsOf,
  ratersOf,
  roundIn,
  secretary,
} from '#test/builders/selection.ts';
import { at } from '#test/builders/worlds.ts';
import { onTable } from '#test/functions/commands/committee-room.ts';

/** What somebody does to results between two decisions; `to` is a number up to 100, of which each takes what it needs. */
export type Step = {
  does: 'totals' | 'criterion' | 'left-out' | 'shifted' | 'file' | 'undo' | 'claim' | 'withdraws' | 'departs';
  part: Part;
  who: number;
  to: number;
};

/** Interviewed, each scored in another way by each: the next thing is the committee's ranking. */
export const aMixedRound = async (): Promise<MarksScene> => {
  const scene = await aMarkedScoring(4);
  const { world, roundId, applications } = scene;
  for (const [index, { id }] of applications.entries()) {
    const [best, least] = [await pointsOf(world, true, roundId), await pointsOf(world, false, roundId)];
    for (const [turn, by] of (await ratersOf(world, id)).entries()) {
      const code = nth(Object.keys(best), (2 * index + turn) % Object.keys(best).length);
      const points = { ...best, ...(turn === 0 || index === 2 ? { [code]: least[code] ?? 0 } : {}) };
      granted(await scoreApplication(world, { by, roundId, applicationId: id, points }));
    }
  }
  await imported(scene, aFile(scene, [55, 40, 90, 70]));
  await imported(scene, aFile(scene, [14, 8, 14, 20], 'essay'));
  await advanceIn(world, roundId);
  world.clock.to(at('2022-10-20T03:00'));
  const plan = { from: at('2022-10-24T04:00'), count: 4, place: 'Талдықорған, кабинет 12' };
  const slots = granted(await planSlots(world, { by: secretary, roundId, ...plan }));
  const { standings } = await listOf(scene, (await roundIn(world, roundId)).decisions.scoring);
  const invited = applications.flatMap(({ id, number }, index) =>
    standings.some((one) => one.number === number && one.outcome === 'goes-on') ? [{ id, index }] : [],
  );
  for (const { id: applicationId, index } of invited) {
    const slotId = nth(slots, index).id;
    granted(await bookInterview(world, { by: anApplicant(index), applicationId, slotId }));
  }
  world.clock.to(at('2022-10-24T10:00'));
  for (const { id: applicationId, index } of invited) {
    for (const [turn, by] of [chair, ...members].slice(0, 3).entries()) {
      const points = { ...allPoints((index + turn) % 5), pupils: (2 * index + turn) % 5 };
      granted(await scoreInterview(world, { by, roundId, applicationId, points }));
    }
  }
  return scene;
};

const trialOf = async ({ world, roundId }: MarksScene) =>
  granted(await openTrial(world, { by: secretary, roundId }));

/** The results that stand, as whoever tries something is shown them beside those with it. */
export const shownToStand = async (scene: MarksScene) => {
  const trial = await trialOf(scene);
  const rater = nth(trial.raters.scoring, 0);
  const { before } = granted(tryCorrection(trial, { kind: 'rows-shifted', part: 'scoring', rater, rows: 0 }));
  return listed(before.results, before.departures);
};

/** In the order of numbers, as a list of the round is compared with what was shown. */
export const listed = (
  standings: StandingList['standings'] | readonly StandingList['standings'][number][] = [],
  departures: StandingList['departures'] | readonly NonNullable<StandingList['departures']>[number][] = [],
) => ({
  standings: standings.toSorted((a, b) => (a.number < b.number ? -1 : 1)),
  departures: departures.toSorted((a, b) => (a.applicationId < b.applicationId ? -1 : 1)),
});

const correctsIn = async (
  scene: MarksScene,
  { does, part, who, to }: Step,
): Promise<Corrects | undefined> => {
  const number = nth(scene.numbers, who);
  const raters = (await trialOf(scene)).raters[part];
  const rater = nth(raters, to % raters.length);
  switch (does) {
    case 'totals':
      return { kind: 'totals', number, corrected: { [part]: to } };
    case 'criterion':
      return part === 'scoring'
        ? { kind: 'criterion', part, number, criterion: 'test', points: to }
        : { kind: 'criterion', part, number, criterion: 'pupils', points: to % 5, rater };
    case 'left-out':
      return { kind: 'rater-left-out', part, rater };
    case 'shifted':
      return { kind: 'rows-shifted', part, rater, rows: (to % 2) + 1 };
    case 'file':
      return { kind: 'marks-file', import: await rightFile(scene, [to, 90, 70, 55]) };
    case 'undo': {
      const standing = (await correctionsIn(scene))?.corrections.filter(
        ({ status, corrects }) => status === 'applied' && corrects.kind !== 'undo',
      );
      const last = standing?.at(-1 - (to % Math.max(standing.length, 1)));
      return last && { kind: 'undo', correction: last.number };
    }
    default:
      return undefined;
  }
};

/** Tries a correction and applies it; the results as they were shown, undefined where there was nothing to correct. */
const corrected = async (scene: MarksScene, step: Step) => {
  const corrects = await correctsIn(scene, step);
  const tried = corrects && tryCorrection(await trialOf(scene), corrects);
  if (!corrects || !tried?.ok || tried.value.same) return undefined;
  await applied(scene, await asked(scene, corrects));
  return listed(tried.value.after.results, tried.value.after.departures);
};

/** A claim is upheld with a total, or with other points. */
const claimed = async (scene: MarksScene, { who, part, to }: Step) => {
  const { world, roundId } = scene;
  if ((await roundIn(world, roundId)).stage !== 'claims') return undefined;
  const applicationId = nth(scene.applications, who).id;
  const grounds = 'scoring-error' as const;
  const made = await makeClaim(world, { by: anApplicant(who), applicationId, grounds, text: 'Қате.' });
  // Whoever claims once more in the same words is told of the claim that was decided.
  if (!made.ok || made.value.state.status !== 'open') return undefined;
  const command = { by: chair, roundId, claimId: ClaimId.parse(made.value.id) };
  const offered = granted(await claimItems(world, command));
  const { number } = nth(scene.applications, who);
  const [own, whole] = [offered, codedItems(await trialOf(scene), number)].map(canonicalJson);
  if (own !== whole) throw new Error('An application alone has other points than in the whole round.');
  const items = offered.filter((one) => one.part === part);
  const item = to % 2 === 0 ? items[to % Math.max(items.length, 1)] : undefined;
  const changed = item && { ...item, points: item.points === 0 ? 1 : 0 };
  const ways = [
    { corrected: {}, items: changed ? [changed] : [] },
    { corrected: { [part]: to }, items: [] },
  ];
  for (const wanted of ways) {
    const effects = await claimEffects(world, { ...command, ...wanted });
    if (!effects.ok) continue;
    const { digest: shown, found } = effects.value;
    granted(await settleClaim(world, { ...command, ...wanted, reason: 'Иә.', verdict: 'upheld', shown }));
    return listed(found.after.results, found.after.departures);
  }
  granted(await settleClaim(world, { ...command, reason: 'Жоқ.', verdict: 'rejected' }));
  return undefined;
};

/** At the gate, the committee means to decide on one of them otherwise than its points propose; the list is then taken off the table. */
const moved = async (scene: MarksScene, { who }: Step): Promise<void> => {
  const { world, roundId } = scene;
  const { stage } = await roundIn(world, roundId);
  if (stage === 'claims') world.clock.to(at('2022-11-14T05:00'));
  else if (stage !== 'interviews') return;
  const proposal = await onTable(world, roundId);
  const { standings } = await listOf(scene, proposal);
  const { id: applicationId, number } = nth(scene.applications, who);
  const outcome = standings.find((one) => one.number === number)?.outcome === 'stops' ? 'goes-on' : 'stops';
  const motion = { by: chair, roundId, proposal, applicationId, outcome, reason: 'Дәлелі бар.' } as const;
  await departFrom(world, motion);
  const now = (await gateIn(world, roundId))?.proposal;
  if (now) granted(await takeProposalBack(world, { by: secretary, roundId, shown: now }));
};

/** Does it; the results as they were shown with it, undefined where nothing was. */
export const stepIn = async (scene: MarksScene, step: Step) => {
  switch (step.does) {
    case 'withdraws': {
      const { id: applicationId } = nth(scene.applications, step.who);
      await withdrawApplication(scene.world, {
        by: anApplicant(step.who),
        applicationId,
        reasonCode: 'personal',
      });
      return undefined;
    }
    case 'departs':
      await moved(scene, step);
      return undefined;
    case 'claim':
      return await claimed(scene, step);
    default:
      return await corrected(scene, step);
  }
};
