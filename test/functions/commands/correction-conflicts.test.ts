import { expect, it } from 'vitest';
import { applyCorrection, showCorrection } from '#functions/commands/correction-applying.ts';
import { askCorrection, refuseCorrection, withdrawCorrection } from '#functions/commands/corrections.ts';
import type { Corrects } from '#shared/replay/correction.ts';
import { published } from '#test/builders/claims.ts';
import { chair, nth, secretary } from '#test/builders/interview-scenes.ts';
import { theAdministrator } from '#test/builders/offers.ts';
import { inConflictWith } from '#test/builders/panels.ts';
import { granted } from '#test/builders/scenes.ts';

const reason = 'Қосу қатесі.';
const conflict = { error: { kind: 'conflict-of-interest' } };

/** Results are published; the secretary asked that the second be given other totals. */
const asked = async () => {
  const { world, roundId, candidates } = await published();
  const { applicationId, application } = nth(candidates, 1);
  const { number } = application;
  const corrects: Corrects = { kind: 'totals', number, corrected: { scoring: 90 } };
  granted(await askCorrection(world, { by: secretary, roundId, corrects, reason }));
  const closedTo = (by: typeof chair) => inConflictWith(world, roundId, applicationId, [by.id]);
  return { world, roundId, closedTo, one: { roundId, correction: 1 } };
};

it('a correction is answered by nobody whom a conflict of interest keeps away from its application', async () => {
  const { world, closedTo, one } = await asked();
  await closedTo(chair);
  await closedTo(secretary);

  expect(await refuseCorrection(world, { ...one, by: chair, reason })).toMatchObject(conflict);
  expect(await withdrawCorrection(world, { ...one, by: secretary })).toMatchObject(conflict);
  granted(await refuseCorrection(world, { ...one, by: theAdministrator, reason }));
});

it('a correction that was applied is taken back by nobody who is kept away from its application', async () => {
  const { world, roundId, closedTo, one } = await asked();
  const { digest: shown, recipients } = granted(await showCorrection(world, { ...one, by: chair }));
  granted(await applyCorrection(world, { ...one, by: chair, shown, confirmed: recipients, sample: [] }));
  await closedTo(chair);
  const undo = { roundId, corrects: { kind: 'undo', correction: 1 }, reason } as const;

  expect(await askCorrection(world, { ...undo, by: chair })).toMatchObject(conflict);
  granted(await askCorrection(world, { ...undo, by: secretary }));
});
