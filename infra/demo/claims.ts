import * as z from 'zod';
import type { Applicant } from '#infra/demo/applicant.ts';
import { decideAtGate, tell } from '#infra/demo/gate.ts';
import { applicantOf, goingOn, type Scene } from '#infra/demo/scene.ts';
import { expectJson, type HttpClient, nothing } from '#infra/rehearsal/http-client.ts';
import { daysLater, settled } from '#infra/rehearsal/rehearsal.ts';
import type { Standing } from '#shared/domain/standing.ts';

/**
 * Preliminary results are published by number. The last of the ranking claims an error in the scoring and is right, the second
 * claims one and is not; then the results are final.
 */
export const publish = async (scene: Scene): Promise<Applicant[]> => {
  const { standings } = await decideAtGate(scene, 'preliminary');
  const told = await tell(scene, 'preliminary');
  const ranked = standings.filter(({ rank }) => rank !== undefined);
  scene.say(`Preliminary results of ${ranked.length} people, ${told} letters.`);
  const [, second] = ranked;
  const last = ranked.at(-1);
  const claimants = [second, last].flatMap((one) => (one ? [applicantOf(scene, one.number)] : []));
  for (const [index, who] of claimants.entries()) {
    await scene.act(() => who.ways.claim(who, claims[index % claims.length] ?? claims[0]));
  }
  await settled(scene);
  await decideClaims(scene, last);
  // The window is three working days, and a weekend may lie between.
  await daysLater(scene, 7);
  const final = await decideAtGate(scene, 'claims');
  const toldFinal = await tell(scene, 'claims');
  const going = goingOn(scene, final.standings);
  scene.say(
    `Claims: ${claimants.length} made, one upheld. Final results: ${going.length} may be offered a post, ${toldFinal} letters.`,
  );
  return going;
};

const claims = [
  { grounds: 'procedure', text: 'На собеседовании мне не задали вопрос о сельской школе. Прошу проверить.' },
  { grounds: 'scoring-error', text: 'Магистр дипломым есепке алынбаған сияқты. Қайта қарауды сұраймын.' },
] as const;

const Claims = z.object({
  claims: z.array(z.object({ id: z.string(), number: z.string(), status: z.string() })),
});

const decideClaims = async (
  { act, round, company: { chair } }: Scene,
  wronged: Standing | undefined,
): Promise<void> => {
  const path = `/api/rounds/${round}/claims`;
  const found = await act(() => expectJson(chair.client, path, {}, Claims));
  for (const { id, number } of found.claims) {
    const at = `${path}/${id}`;
    await act(async () => {
      const { claims: now } = await expectJson(chair.client, path, {}, Claims);
      if (now.find((one) => one.id === id)?.status !== 'open') return;
      const json =
        number === wronged?.number
          ? await upheldAs(chair.client, at, wronged)
          : { verdict: 'rejected', reason: refused };
      await expectJson(chair.client, `${at}/decision`, { method: 'PUT', json }, nothing);
    });
  }
};

/** Upheld as whoever decides has seen whom it affects. */
const upheldAs = async (client: HttpClient, at: string, wronged: Standing) => {
  const scoring = Math.min(100, (wronged.scoring ?? 0) + 20);
  const effects = await expectJson(client, `${at}/effects?scoring=${scoring}`, {}, Effects);
  return { verdict: 'upheld', reason: agreed, corrected: { scoring }, shown: effects.shown };
};

const Effects = z.object({ shown: z.string() });

const agreed = 'Магистр дәрежесі есепке алынбаған: құжаттар бойынша ұпай түзетілді.';
const refused = 'Протокол проверен: вопрос был задан, оценки обоснованы.';
