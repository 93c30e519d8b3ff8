import * as z from 'zod';
import type { Applicant } from '#infra/demo/applicant.ts';
import { decideAtGate, tell } from '#infra/demo/gate.ts';
import { applicantOf, goingOn, type Scene } from '#infra/demo/scene.ts';
import { expectJson, type HttpClient, nothing } from '#infra/rehearsal/http-client.ts';
import { daysLater, settled } from '#infra/rehearsal/rehearsal.ts';
import type { Standing } from '#shared/domain/standing.ts';

/**
 * Preliminary results are published by number. The last of the ranking whom nobody knew to be a master claims an error in the scoring and
 * is right, the second claims one and is not; then the results are final.
 */
export const publish = async (scene: Scene): Promise<Applicant[]> => {
  const { standings } = await decideAtGate(scene, 'preliminary');
  const told = await tell(scene, 'preliminary');
  const ranked = standings.filter(({ rank }) => rank !== undefined);
  scene.say(`Preliminary results of ${ranked.length} people, ${told} letters.`);
  const [, second] = ranked;
  const wronged = ranked.slice(2).findLast(({ number }) => !isMaster(applicantOf(scene, number)));
  const claimants = [second, wronged].flatMap((one) => (one ? [applicantOf(scene, one.number)] : []));
  for (const [index, who] of claimants.entries()) {
    await scene.act(() => who.ways.claim(who, claims[index % claims.length] ?? claims[0]));
  }
  await settled(scene);
  await decideClaims(scene, wronged);
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
          ? await upheldAs(chair.client, at)
          : { verdict: 'rejected', reason: refused };
      await expectJson(chair.client, `${at}/decision`, { method: 'PUT', json }, nothing);
    });
  }
};

const isMaster = ({ person: { typed } }: Applicant): boolean => typed.education['education'] === 'master';

/** Points that a master's degree is worth by the round file. */
const contested = { part: 'scoring', criterion: 'degree', points: 5 } as const;

/** Upheld by the points that it is about, on the card of each rater, as whoever decides has seen whom that affects. */
const upheldAs = async (client: HttpClient, at: string) => {
  const given = await expectJson(client, `${at}/items`, {}, Items);
  const items = given.items.flatMap(({ part, criterion, points, ...card }) =>
    part === contested.part && criterion === contested.criterion && points < contested.points
      ? [{ ...card, ...contested }]
      : [],
  );
  const asked = items.map(
    ({ part, criterion, rater = 'marks', points }) => `${part}.${criterion}.${rater}:${points}`,
  );
  const effects = await expectJson(client, `${at}/effects?items=${asked.join(',')}`, {}, Effects);
  return { verdict: 'upheld', reason: agreed, items, shown: effects.shown };
};

const Items = z.object({
  items: z.array(
    z.object({ part: z.string(), criterion: z.string(), rater: z.string().optional(), points: z.number() }),
  ),
});
const Effects = z.object({ shown: z.string() });

const agreed = 'Магистр дәрежесі есепке алынбаған: құжаттар бойынша ұпай түзетілді.';
const refused = 'Протокол проверен: вопрос был задан, оценки обоснованы.';
