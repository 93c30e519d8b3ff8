import * as z from 'zod';
import type { Applicant } from '#infra/demo/applicant.ts';
import type { Scene } from '#infra/demo/scene.ts';
import { expectJson } from '#infra/rehearsal/http-client.ts';
import { chanceOf } from '#shared/chance.ts';

/** Points that a judge gives for each criterion of the round file. */
export type Marks = {
  /** @param known points that follow from facts, whoever judges */
  for: (applicant: Applicant, judge: string, known?: Record<string, number>) => Record<string, number>;
  /** The same for the criteria of one station of the interview. */
  at: (station: string, applicant: Applicant, judge: string) => Record<string, number>;
  /** How many judgements there were. */
  given: () => number;
};

const Criteria = z.object({
  criteria: z.array(z.object({ code: z.string(), scale: z.array(z.object({ points: z.number() })) })),
});
const Interviews = Criteria.extend({
  stations: z.array(z.object({ code: z.string(), criteria: z.array(z.string()) })),
});
const Pinned = z.object({ roundFile: z.object({ rubric: Criteria, interviews: Interviews }) });

/**
 * How judges see people. Everybody has a strength that shows in every judgement, and two judges differ by a little. What comes of
 * it depends on the people alone, not on which judge drew whom: the same play always ends in the same ranking.
 */
export const marking = async (scene: Scene, part: 'rubric' | 'interviews'): Promise<Marks> => {
  const { act, round, company } = scene;
  const { roundFile } = await act(() =>
    expectJson(company.administrator.client, `/api/calls/${round}`, {}, Pinned),
  );
  const seen = new Map<string, string[]>();
  /** @param station where judges are counted apart */
  const pointsOf = (
    { person }: Applicant,
    { judge, station = '', known = {} }: { judge: string; station?: string; known?: Record<string, number> },
  ): [string, number][] => {
    const before = seen.get(`${station} ${person.mail}`) ?? [];
    const judgesSoFar = before.includes(judge) ? before : [...before, judge];
    seen.set(`${station} ${person.mail}`, judgesSoFar);
    const chance = chanceOf(`${part} of ${person.mail} by judge ${judgesSoFar.indexOf(judge)}`);
    return roundFile[part].criteria.map(({ code, scale }) => {
      const ascending = scale.map((one) => one.points).toSorted((a, b) => a - b);
      const place = (strengthOf(person.mail, part) * 3 + chance.below(100)) / 400;
      return [code, known[code] ?? ascending[Math.floor(place * ascending.length)] ?? 0];
    });
  };
  const { stations } = roundFile.interviews;
  return {
    for: (applicant, judge, known = {}) => Object.fromEntries(pointsOf(applicant, { judge, known })),
    at: (station, applicant, judge) => {
      const own = stations.find(({ code }) => code === station)?.criteria ?? [];
      const points = pointsOf(applicant, { judge, station });
      return Object.fromEntries(points.filter(([code]) => own.includes(code)));
    },
    given: () => [...seen.values()].reduce((sum, judgesOfOne) => sum + judgesOfOne.length, 0),
  };
};

/** From 0 to 99. */
const strengthOf = (mail: string, part: string): number => chanceOf(`${part} strength of ${mail}`).below(100);
