import type { ResultClaim } from '#shared/domain/claim.ts';
import type { ApplicationNumber, ClaimId } from '#shared/domain/ids.ts';
import type { Corrections, Corrects } from '#shared/replay/correction.ts';
import { type Grant, Part, type Settled, type Supposition } from '#shared/replay/supposition.ts';

/** A correction that stands, by its number, or what a claim was granted. */
export type Entry = { correction: number; settled: Supposition } | { claim: ClaimId; settled: Grant };

/** Another one, a correction that is taken back, or a claim that is open again. */
export type Settling = Corrects | Grant | Reopens;
type Reopens = { kind: 'claim-reopened'; claim: ClaimId; number: ApplicationNumber };

/**
 * Everything that stands, in the order in which it took effect: the one order by which everything is counted that somebody is shown, and the lists that are
 * decided. What took effect before 28 November 2026 says no order: claims stood before all corrections then, so they come after them.
 * @param claims those of the round that were upheld
 */
export const settledIn = (state: Corrections | undefined, claims: readonly ResultClaim[]): Entry[] => {
  const standing = state?.standing ?? [];
  const ordered = new Set(standing.map((one) => ('claim' in one ? one.claim : one.correction)));
  const corrections = new Map(
    (state?.corrections ?? []).flatMap(({ number, status, corrects }): [number, Entry][] =>
      status === 'applied' && corrects.kind !== 'undo'
        ? [[number, { correction: number, settled: corrects }]]
        : [],
    ),
  );
  return [
    ...[...corrections].flatMap(([number, entry]) => (ordered.has(number) ? [] : [entry])),
    ...claims.flatMap((claim): Entry[] =>
      claim.status === 'upheld' && !ordered.has(claim.id) ? [granted({ ...claim, claim: claim.id })] : [],
    ),
    ...standing.flatMap((one) => ('claim' in one ? granted(one) : (corrections.get(one.correction) ?? []))),
  ];
};

const granted = ({
  claim,
  number,
  corrected,
}: { claim: ClaimId } & Pick<Grant, 'number' | 'corrected'>): Entry => ({
  claim,
  settled: { kind: 'claim', number, corrected },
});

/** The same once another one takes effect. */
export const settledThen = (entries: readonly Entry[], settling: Settling): Settled[] => {
  const isLeft = (entry: Entry): boolean => {
    if (settling.kind === 'undo') return !('correction' in entry) || entry.correction !== settling.correction;
    if (settling.kind === 'claim-reopened') return !('claim' in entry) || entry.claim !== settling.claim;
    return true;
  };
  const left = entries.filter(isLeft).map(({ settled }) => settled);
  return settling.kind === 'undo' || settling.kind === 'claim-reopened' ? left : [...left, settling];
};

/** Which parts claims settled, by application number. */
export const grantedParts = (settled: readonly Settled[]): ReadonlyMap<ApplicationNumber, Part[]> =>
  new Map(
    settled.flatMap((one): [ApplicationNumber, Part[]][] => {
      if (one.kind !== 'claim') return [];
      const { items = [], ...totals } = one.corrected;
      const changed = new Set(items.map(({ part }) => part));
      return [[one.number, Part.options.filter((part) => changed.has(part) || totals[part] !== undefined)]];
    }),
  );

/** Whether points of raters are as they were given, but for what claims changed. */
export const isOfMarksAlone = (settled: readonly Settled[]): boolean =>
  settled.every(({ kind }) => kind === 'marks-file' || kind === 'claim');
