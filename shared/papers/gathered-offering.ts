import { countedEditions } from '#shared/domain/edition.ts';
import { acceptedOffer } from '#shared/domain/offer.ts';
import { keptCounting, postReserves, quotaVacancies } from '#shared/domain/post-caps.ts';
import type { Gathered } from './gathered.ts';
import type { Offering } from './offering.ts';

type Given = Pick<Gathered, 'file' | 'candidacies' | 'vacancies'> & {
  round: Pick<Gathered['round'], 'editions'>;
};

/** What the round file says of giving posts out, with what came of each quota; limits first, then what is kept by precedence. */
export const gatheredOffering = (given: Given): Offering => {
  const { total, quotas, allocation } = given.file.posts;
  const reserves = postReserves(given.file.posts, given.vacancies);
  const kept = new Set(reserves.map(({ code }) => code));
  const editions = countedEditions(given.round).map(({ number, correctedAt: at, correction }) => ({
    number,
    at,
    correction,
  }));
  const counting = keptCounting(allocation?.counting, reserves);
  return {
    ...(allocation && { mechanism: allocation.mechanism }),
    total,
    ...(allocation?.openFirst !== undefined && { openFirst: allocation.openFirst }),
    ...(editions.length > 0 && { editions }),
    ...(counting && { counting }),
    quotas: quotas
      .map((quota) => quotaIn(quota, kept.has(quota.code), given))
      .toSorted((a, b) => (a.precedence ?? 0) - (b.precedence ?? 0)),
  };
};

const quotaIn = (
  { code, title, kind, posts, of, precedence }: Given['file']['posts']['quotas'][number],
  keeps: boolean,
  { candidacies, vacancies }: Given,
): Offering['quotas'][number] => {
  const counted = quotaVacancies(of, vacancies);
  const accepted = candidacies.flatMap((one) => acceptedOffer(one)?.vacancy ?? []);
  const made = candidacies.flatMap(({ offers }) => offers);
  return {
    code,
    title,
    kind: keeps ? 'keeps' : kind,
    posts,
    ...(keeps && { precedence }),
    filled: accepted.filter((vacancy) => counted.has(vacancy)).length,
    through: made.filter(({ reserve }) => reserve === code).length,
  };
};
