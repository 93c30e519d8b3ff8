import type { GatheredResults } from '#shared/bundle/compose.ts';
import type { NamedEdition } from '#shared/bundle/edition.ts';
import { verifyResults } from '#shared/bundle/verify.ts';
import { sha256Of } from '#shared/domain/hash.ts';
import {
  type Applicant,
  afterOffers,
  aGatheredRound,
  type aKey,
  type Published,
  published,
  type Turn,
} from '#test/builders/results.ts';
import { at } from '#test/builders/worlds.ts';

type Key = ReturnType<typeof aKey>;

/** Everybody wants the one post of a vacancy; how well each did, from 0 to 3. */
const peopleWith = (points: readonly number[], wishes: readonly string[] = ['MAT-001']): Applicant[] =>
  points.map((own) => ({ scoring: own, interview: own, wishes }));

/** Editions of the results of one round, the first first, each of the points of all. */
export const editionsOf = (
  points: readonly (readonly number[])[],
  key: Key,
  wishes?: readonly string[],
): { gathered: GatheredResults[]; files: Published[]; named: NamedEdition[] } => {
  const gathered: GatheredResults[] = [];
  const files: Published[] = [];
  for (const [place, own] of points.entries()) {
    const before = files.at(-1);
    const edition = before && {
      number: place + 1,
      corrects: { root: before.statement.root, bundle: sha256Of(before.text) },
      correctedAt: at('2022-11-14T04:00'),
      cause: 'totals' as const,
    };
    const round = aGatheredRound(peopleWith(own, wishes));
    const one = { ...round, decision: sha256Of(`list ${place}`), ...(edition && { edition }) };
    gathered.push(one);
    files.push(published({ ...one, secret: `secret ${place}` }, key));
  }
  const named = files.map(({ statement, text }, place) => ({
    number: place + 1,
    root: statement.root,
    bundle: sha256Of(text),
  }));
  return { gathered, files, named };
};

export const offersOf = (
  { gathered, named }: ReturnType<typeof editionsOf>,
  turns: readonly Turn[],
  key: Key,
): Published => {
  const [first, ...later] = gathered;
  if (!first) throw new Error('There are no results.');
  return published({ ...afterOffers(first, turns, later), editions: named }, key);
};

/** The checks that do not hold of a bundle with files of editions beside it, and of a receipt. */
export const failed = async (
  bundle: string,
  beside: readonly string[] = [],
  receipt?: string,
): Promise<string[]> =>
  (await verifyResults(bundle, receipt, beside)).findings
    .filter(({ holds }) => !holds)
    .map(({ check }) => check);
