import { describe, expect, it } from 'vitest';
import { candidateTimeline, ownTimeline } from '#functions/commands/application-timeline.ts';
import type { TimelineStep } from '#shared/domain/timeline-step.ts';
import { locales, translator } from '#shared/i18n/index.ts';
import { stepTitle } from '#shared/timeline-words.ts';
import { applied, asked } from '#test/builders/corrections.ts';
import { nth } from '#test/builders/interview-scenes.ts';
import type { MarksScene } from '#test/builders/marks-scene.ts';
import { granted } from '#test/builders/scenes.ts';
import { anApplicant, auditor } from '#test/builders/selection.ts';
import { aWrongOffering, fails } from '#test/builders/wrong-offers.ts';

const stepsOf = async ({ world, applications }: MarksScene, index: number): Promise<TimelineStep[]> => {
  const own = { by: anApplicant(index), applicationId: nth(applications, index).id };
  return granted(await ownTimeline(world, own)).steps;
};

/** What the timeline says of the final results and of their corrections. */
const finalIn = (steps: readonly TimelineStep[]) =>
  steps
    .filter(({ edition, what, stage }) => edition !== undefined || (what === 'told' && stage === 'claims'))
    .map(({ what, edition, outcome }) => [what, edition, outcome].filter(Boolean).join(' '));

describe('the timeline of an application whose results were corrected while offers are made', () => {
  it('keeps what was told, and says by which edition offers go and what it changed', async () => {
    const { scene } = await aWrongOffering();
    expect(finalIn(await stepsOf(scene, 3))).toEqual(['told goes-on']);
    const out = await asked(scene, fails(scene, 3));
    await applied(scene, out);
    expect(finalIn(await stepsOf(scene, 3))).toEqual(['told goes-on', 'offers-by-edition 2 stops']);
    await applied(scene, await asked(scene, { kind: 'undo', correction: out }));

    const steps = await stepsOf(scene, 3);
    expect(finalIn(steps)).toEqual([
      'told goes-on',
      'offers-by-edition 2 stops',
      'offers-by-edition 3 goes-on',
    ]);
    expect(finalIn(await stepsOf(scene, 2))).toEqual([
      'told goes-on',
      'offers-by-edition 2',
      'offers-by-edition 3',
    ]);
    const ofEdition = steps.find(({ edition }) => edition === 2);
    for (const locale of locales) {
      const t = translator(locale);
      expect(ofEdition && stepTitle(t, ofEdition)).toBe(
        `${t('timeline.offers-by-edition', { edition: 2 })}. ${t('timeline.edition.stops')}`,
      );
    }
  });

  it('says it to the committee by number as well', async () => {
    const { scene } = await aWrongOffering();
    await applied(scene, await asked(scene, fails(scene, 3)));
    const { world, roundId, applications } = scene;

    const command = { by: auditor, roundId, applicationId: nth(applications, 3).id };
    const { events } = granted(await candidateTimeline(world, command));
    expect(events.findLast(({ type }) => type === 'results-corrected')).toMatchObject({
      stage: 'claims',
      outcome: 'stops',
    });
  });
});
