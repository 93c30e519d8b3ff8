import * as z from 'zod';
import { cappedWishes } from '#shared/domain/capped-wishes.ts';
import type { Cascade } from '#shared/domain/cascade.ts';
import { passedByAll } from '#shared/domain/cascade-wave.ts';
import { VacancyCode } from '#shared/domain/ids.ts';
import type { PostPlan } from '#shared/domain/post-caps.ts';

/** What kept posts and limits of a round file do against one application; quotas by their codes. */
export const KeptEffect = z.object({
  /** The post that it would be offered if none were kept, and the quotas that went before. */
  passed: z.object({ vacancy: VacancyCode, quotas: z.array(z.string()) }).optional(),
  /** A post with a free seat that nobody can be offered, the quotas "at most" that are used up, and whether the number of posts of the round is. */
  capped: z.object({ vacancy: VacancyCode, quotas: z.array(z.string()), isTotal: z.boolean() }).optional(),
});
export type KeptEffect = z.infer<typeof KeptEffect>;

/** The same of everybody in a cascade of that file, by the person; only of those about whom something was decided so. */
export const keptEffects = (cascade: Cascade, { quotas }: PostPlan): ReadonlyMap<string, KeptEffect> => {
  const effects = new Map<string, KeptEffect>();
  // The first limit of a round is its number of posts; the others are its quotas "at most" (`postLimits`).
  const atMost = quotas.filter(({ kind }) => kind === 'at-most');
  for (const [id, { vacancy, limits }] of cappedWishes(cascade)) {
    const usedUp = atMost.filter((_quota, index) => limits.includes(index + 1)).map(({ code }) => code);
    const capped = { vacancy: VacancyCode.parse(vacancy), quotas: usedUp, isTotal: limits.includes(0) };
    effects.set(id, { capped });
  }
  const named = new Set(quotas.map(({ code }) => code));
  for (const [id, { vacancy, reserves }] of passedByAll(cascade)) {
    const keeping = reserves.filter((code) => named.has(code));
    // Where a kept post used the limit up, that is what decided.
    if (keeping.length > 0)
      effects.set(id, { passed: { vacancy: VacancyCode.parse(vacancy), quotas: keeping } });
  }
  return effects;
};
