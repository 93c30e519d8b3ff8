import * as z from 'zod';
import { decideAtGate } from '#infra/demo/gate.ts';
import { applicantOf, type Scene } from '#infra/demo/scene.ts';
import { expectJson, nothing } from '#infra/rehearsal/http-client.ts';
import { daysLater, eachOf } from '#infra/rehearsal/rehearsal.ts';

const Placements = z.object({
  placements: z.array(
    z.object({
      id: z.string(),
      number: z.string(),
      status: z.string(),
      contactNamed: z.boolean(),
      items: z.array(
        z.object({
          code: z.string(),
          owner: z.string(),
          required: z.boolean(),
          doneAt: z.string().optional(),
        }),
      ),
    }),
  ),
});
type Placement = z.infer<typeof Placements>['placements'][number];

/**
 * The administrator names who confirms for the school. Some days later owners are reminded; then everybody does what is theirs:
 * the school, the person, the administrator. The round closes.
 */
export const onboard = async (scene: Scene): Promise<void> => {
  const placements = await openPlacements(scene);
  await eachOf(placements, 4, (placement) => nameContact(scene, placement));
  await daysLater(scene, 10);
  await eachOf(await openPlacements(scene), 4, (placement) => tickAll(scene, placement));
  const ticked = await openPlacements(scene);
  await decideAtGate(scene, 'onboarding');
  scene.say(`Onboarding: ${placements.length} placements, ${placements.length - ticked.length} complete.`);
};

const openPlacements = async ({ act, round, company }: Scene): Promise<Placement[]> => {
  const path = `/api/rounds/${round}/placements`;
  const found = await act(() => expectJson(company.administrator.client, path, {}, Placements));
  return found.placements.filter(({ status }) => status === 'open');
};

const nameContact = async ({ act, round, company }: Scene, { id }: Placement): Promise<void> => {
  const path = `/api/rounds/${round}/placements/${id}/school`;
  const sent = { method: 'PUT', json: { personId: company.school.personId } } as const;
  await act(() => expectJson(company.administrator.client, path, sent, nothing));
};

/** What is required; the optional items stay open, which the minutes name. */
const tickAll = async (scene: Scene, { id, number, items }: Placement): Promise<void> => {
  const { act, round, company } = scene;
  const sent = { method: 'PUT' } as const;
  const owners: Record<string, (code: string) => Promise<unknown>> = {
    school: (code) =>
      expectJson(company.school.client, `/api/school/placements/${id}/items/${code}/tick`, sent, nothing),
    administrator: (code) =>
      expectJson(
        company.administrator.client,
        `/api/rounds/${round}/placements/${id}/items/${code}/tick`,
        sent,
        nothing,
      ),
    applicant: (code) => {
      const who = applicantOf(scene, number);
      return who.ways.tick(who, code);
    },
  };
  for (const { code, owner, required, doneAt } of items) {
    if (!required || doneAt) continue;
    await act(async () => await owners[owner]?.(code));
  }
};
