import * as z from 'zod';
import type { Applicant } from '#infra/demo/applicant.ts';
import { judges } from '#infra/demo/company.ts';
import { decideAtGate, tell } from '#infra/demo/gate.ts';
import { hostGuest } from '#infra/demo/guest.ts';
import { type Marks, marking } from '#infra/demo/marks.ts';
import { applicantOf, goingOn, type Scene } from '#infra/demo/scene.ts';
import { expectJson, nothing } from '#infra/rehearsal/http-client.ts';
import type { Staff } from '#infra/rehearsal/sign-in.ts';

const Own = z.object({
  own: z.array(z.object({ applicationId: z.string(), number: z.string(), total: z.number().optional() })),
});
const Facts = z.object({
  facts: z.object({
    education: z.string().optional(),
    category: z.string().optional(),
    experienceYears: z.int().optional(),
  }),
});

/**
 * Each application is scored by two raters who see neither names nor each other's points, and by one more where those two lie too
 * far apart; a guest of another region scores some of them beside these. The best are invited.
 * @param admitted in the order in which they applied
 */
export const score = async (scene: Scene, admitted: readonly Applicant[]): Promise<Applicant[]> => {
  const marks = await marking(scene, 'rubric');
  const turn = () => Promise.all(judges(scene.company).map((rater) => scoreOwn(scene, rater, marks)));
  // A third rater is asked while the others still score.
  while ((await turn()).some((given) => given > 0));
  // Only then does the guest score, so that it hangs on nobody's haste for whom one more rater is asked.
  const guest = await hostGuest(scene, admitted);
  const visited = await scoreOwn(scene, guest, marks);
  while ((await turn()).some((given) => given > 0));
  const { standings } = await decideAtGate(scene, 'scoring');
  const invited = goingOn(scene, standings);
  const told = await tell(scene, 'scoring');
  scene.say(`A guest rater of the Karaganda region scored ${visited} of them.`);
  scene.say(`Scoring: ${marks.given()} scores, ${invited.length} invited to an interview, ${told} letters.`);
  return invited;
};

/** @returns how many applications the rater still had to score */
const scoreOwn = async (scene: Scene, { client, personId }: Staff, marks: Marks): Promise<number> => {
  const { act, round } = scene;
  const { own } = await act(() => expectJson(client, `/api/rounds/${round}/scoring`, {}, Own));
  const owed = own.filter(({ total }) => total === undefined);
  for (const { applicationId, number } of owed) {
    const path = `/api/rounds/${round}/candidacies/${applicationId}/score`;
    await act(async () => {
      const { facts } = await expectJson(client, path, {}, Facts);
      const points = marks.for(applicantOf(scene, number), personId, factPoints(facts));
      await expectJson(client, path, { method: 'PUT', json: { points } }, nothing);
    });
  }
  return owed.length;
};

/** What follows from the answers alone is no matter of opinion. */
const factPoints = ({
  education,
  category,
  experienceYears = 0,
}: z.infer<typeof Facts>['facts']): Record<string, number> => ({
  education: 5,
  degree: education === 'master' ? 5 : 0,
  category: categories[category ?? ''] ?? 0,
  experience: experienceYears >= 10 ? 3 : experienceYears >= 5 ? 2 : 1.5,
});

const categories: Record<string, number> = { moderator: 3, expert: 5, researcher: 7 };
