import * as z from 'zod';
import type { Applicant } from '#infra/demo/applicant.ts';
import { judges } from '#infra/demo/company.ts';
import { decideAtGate, tell } from '#infra/demo/gate.ts';
import { redact } from '#infra/demo/redaction.ts';
import { goingOn, type Scene } from '#infra/demo/scene.ts';
import { expectJson, nothing } from '#infra/rehearsal/http-client.ts';
import type { Staff } from '#infra/rehearsal/sign-in.ts';

const Candidates = z.object({
  candidates: z.array(
    z.object({
      applicationId: z.string(),
      number: z.string(),
      screened: z.object({ rules: z.array(z.object({ met: z.string() })), proposal: z.string() }),
      verdict: z.string().optional(),
    }),
  ),
});

/**
 * The program says of each application which rules it meets; what is not plain a member judges and says why. A member who
 * knows an applicant declares it, and has nothing to do with that application from then on.
 * @returns who was admitted
 */
export const screen = async (scene: Scene): Promise<Applicant[]> => {
  await declareConflict(scene);
  const unclear = await judgeUnclear(scene);
  if (scene.isChecked) await redact(scene);
  const { standings } = await decideAtGate(scene, 'screening');
  const admitted = goingOn(scene, standings);
  const told = await tell(scene, 'screening');
  scene.say(
    `Screening: ${unclear} judged by people, ${admitted.length} of ${standings.length} admitted, ${told} letters.`,
  );
  return admitted;
};

/** The first member knows the second person who applied. */
const declareConflict = async ({ act, round, company, applicants }: Scene): Promise<void> => {
  const [member] = company.members;
  const known = applicants[1];
  if (!member || !known) return;
  const path = `/api/rounds/${round}/candidacies/${known.id}/conflict`;
  await act(() => expectJson(member.client, path, { method: 'POST' }, nothing));
};

const judgeUnclear = async (scene: Scene): Promise<number> => {
  const { act, round, company } = scene;
  const path = `/api/rounds/${round}/candidacies`;
  const { candidates } = await act(() => expectJson(company.chair.client, path, {}, Candidates));
  const unclear = candidates.filter(({ screened }) => screened.proposal === 'unclear');
  const members = judges(company).toReversed();
  for (const [index, { applicationId, screened }] of unclear.entries()) {
    const member = members[index % members.length] ?? company.chair;
    const fails = screened.rules.some(({ met }) => met === 'not-met');
    const json = fails ? { verdict: 'refused', reason: refusal } : { verdict: 'admitted', reason: admission };
    const judgement = `${path}/${applicationId}/judgement`;
    await act(() => expectJson(member.client, judgement, { method: 'PUT', json }, nothing));
    if (fails && scene.isChecked) await confirm(scene, `${path}/${applicationId}`, member);
  }
  return unclear.length;
};

const Judged = z.object({ judged: z.object({ at: z.string() }).optional() });

/** Where two people refuse, the next one looks as well. */
const confirm = async ({ act, company }: Scene, candidacy: string, first: Staff): Promise<void> => {
  const [, second] = company.members;
  const { client } = first === second || !second ? company.chair : second;
  await act(async () => {
    const { judged } = await expectJson(client, candidacy, {}, Judged);
    const json = { judgedAt: judged?.at };
    const path = `${candidacy}/judgement/confirmation`;
    if (judged) await expectJson(client, path, { method: 'PUT', json }, nothing);
  });
};

const refusal = 'Жоғары білімі туралы құжат жоқ: шақыру талабына сай емес.';
const admission = 'Документы проверены, требования объявления выполнены.';
