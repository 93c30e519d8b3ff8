import * as z from 'zod';
import { judges } from '#infra/demo/company.ts';
import type { Scene } from '#infra/demo/scene.ts';
import { expectJson, nothing } from '#infra/rehearsal/http-client.ts';
import type { Staff } from '#infra/rehearsal/sign-in.ts';
import { PracticeRule } from '#shared/domain/practice-rule.ts';
import { endsOf, ratedCriteria } from '#shared/domain/rubric.ts';
import sample from '../data/almaty-2022-3.practice.json' with { type: 'json' };

/** The sample of the data folder: synthetic applications with the points that a committee agreed on. */
export const practice: PracticeRule = PracticeRule.parse(sample);

const Standing = z.object({
  standing: z.enum(['certified', 'practising', 'used-up']),
  triesLeft: z.int().optional(),
  left: z.array(z.object({ code: z.string() })),
});

const Criteria = z.array(
  z.object({
    code: z.string(),
    markedBy: z.literal('import').optional(),
    scale: z.array(z.object({ points: z.number() })),
  }),
);
const Pinned = z.object({ roundFile: z.object({ rubric: z.object({ criteria: Criteria }) }) });

/** Whoever rates scores synthetic applications before the real ones. The last member gives everybody the most at first, and comes near enough in the second try. */
export const practise = async (scene: Scene): Promise<void> => {
  const raters = judges(scene.company);
  const mild = raters.at(-1);
  const tries = await Promise.all(raters.map((rater) => certify(scene, rater, rater === mild)));
  const again = tries.filter((count) => count > 1).length;
  scene.say(`Practice: ${raters.length} raters are certified, ${again} of them in a second try.`);
};

/**
 * Scores synthetic applications until there is a certificate, or no try is left.
 * @param isMild whether the first try gives the most everywhere
 * @returns in which try that was
 */
export const certify = async (scene: Scene, { client }: Staff, isMild = false): Promise<number> => {
  const { act, round } = scene;
  const path = `/api/rounds/${round}/practice`;
  const most = await mostPoints(scene);
  for (let number = 1; ; ) {
    const {
      standing,
      triesLeft = practice.tries,
      left,
    } = await act(() => expectJson(client, path, {}, Standing));
    if (standing !== 'practising') return number;
    number = 1 + practice.tries - triesLeft;
    const given = isMild && number === 1 ? most : undefined;
    for (const { code } of left) {
      const points = given ?? practice.texts.find((text) => text.code === code)?.points;
      await act(() => expectJson(client, `${path}/${code}`, { method: 'PUT', json: { points } }, nothing));
    }
  }
};

/** The most of each scale. */
const mostPoints = async ({ act, round, company }: Scene): Promise<Record<string, number>> => {
  const { client } = company.administrator;
  const { roundFile } = await act(() => expectJson(client, `/api/calls/${round}`, {}, Pinned));
  const rated = ratedCriteria(roundFile.rubric.criteria);
  return Object.fromEntries(rated.map((criterion) => [criterion.code, endsOf(criterion).most]));
};
