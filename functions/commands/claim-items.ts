import { supposedIn, type Trial } from '#functions/commands/counterfactual.ts';
import type { ChangedItem, Correction, Granted } from '#shared/domain/claim.ts';
import { grantFaults } from '#shared/domain/claim-decisions.ts';
import type { ApplicationNumber, PersonId } from '#shared/domain/ids.ts';
import { mayBeGiven } from '#shared/domain/rubric.ts';
import type { Fault, Refusal } from '#shared/errors.ts';
import { type Item, itemsOf, meansOf } from '#shared/replay/items.ts';
import { recount } from '#shared/replay/recount.ts';
import type { Grant, Part, Settled } from '#shared/replay/supposition.ts';
import { typedTotals } from '#shared/replay/typed-totals.ts';
import { ok, type Result, refuse } from '#shared/result.ts';

/** Points at one criterion, on the card of a rater, who goes by their code, or from another organisation. */
export type CodedItem = { part: Part; criterion: string; rater?: string | undefined; points: number };

/** What a claim is to grant, as whoever decides it says. */
export type Wanted = { corrected: Omit<Granted, 'items'>; items?: readonly CodedItem[] | undefined };

type Tried = Pick<Trial, 'given' | 'raters' | 'raterOf' | 'marksIn' | 'settled'>;

/** How somebody decides a claim. */
export type SaidVerdict = { verdict: 'rejected' } | ({ verdict: 'upheld' } & Wanted);

/** What tells one from another; also the name of its field. */
export const itemPlace = ({ part, criterion, rater = 'marks' }: Omit<CodedItem, 'points'>): string =>
  ['item', part, criterion, rater].join('.');

/** Everything that an application was given and that counts, with the corrections that stand; nothing where it was not judged. */
export const codedItems = (trial: Tried, number: ApplicationNumber): CodedItem[] => {
  const codeOf = codesIn(trial);
  return standingItems(trial, number).flatMap(({ raterId, ...item }): CodedItem[] => {
    if (!raterId) return [item];
    const rater = codeOf(raterId);
    return rater === undefined ? [] : [{ ...item, rater }];
  });
};

/** Raters by their codes, as lists have them. */
export const codesIn = ({ raters, raterOf }: Pick<Trial, 'raters' | 'raterOf'>) => {
  const codes = new Map(
    [...raters.scoring, ...raters.interview].map((code) => [raterOf(code), code] as const),
  );
  return (rater: PersonId): string | undefined => codes.get(rater);
};

/**
 * What a claim grants where this is changed: its totals are counted by the functions that all results are counted with, on top of corrections that
 * stand. Others keep what raters' severity was found to be: that is for a correction of the round.
 */
export const grantOf = (
  trial: Tried,
  number: ApplicationNumber,
  { corrected, items = [] }: Wanted,
): Result<Granted, Refusal> => {
  const faults = [
    ...grantFaults({ ...corrected, items }),
    ...itemFaults(trial, number, { corrected, items }),
  ];
  if (faults.length > 0) return refuse({ kind: 'invalid', faults });
  if (items.length === 0) return ok(corrected);
  const { basis } = trial.given;
  const wanted = new Map(items.map((item) => [itemPlace(item), item.points]));
  const codeOf = codesIn(trial);
  const was = meansOf(basis, supposedIn(trial, standingIn(trial)), number);
  const changed = standingItems(trial, number).flatMap(({ points: former, ...item }): ChangedItem[] => {
    const { part, criterion, raterId } = item;
    const points = wanted.get(itemPlace({ part, criterion, rater: raterId && codeOf(raterId) }));
    const mean = was.get(part)?.get(criterion) ?? former;
    return points === undefined ? [] : [{ ...item, was: former, points, mean: { was: mean, is: mean } }];
  });
  const grant: Grant = { kind: 'claim', number, corrected: { ...corrected, items: changed } };
  const after = supposedIn(trial, [...standingIn(trial), grant]);
  const is = meansOf(basis, after, number);
  const granted = changed.map(
    (item): ChangedItem =>
      Object.assign({}, item, {
        mean: { was: item.mean.was, is: is.get(item.part)?.get(item.criterion) ?? item.points },
      }),
  );
  const again = recount(basis, after);
  const own = (list: typeof again.claims) => list?.find((one) => one.number === number);
  const counted: Correction = {
    ...totalOf(items, 'scoring', own(again.scoring)?.scoring),
    ...totalOf(items, 'interview', own(again.interviews)?.interview),
  };
  return ok({ ...corrected, ...counted, items: granted });
};

const totalOf = (items: readonly CodedItem[], part: Part, total: number | undefined): Correction =>
  total !== undefined && items.some((item) => item.part === part) ? { [part]: total } : {};

const standingItems = (trial: Tried, number: ApplicationNumber): Item[] =>
  itemsOf(trial.given.basis, supposedIn(trial, standingIn(trial)), number);

const standingIn = ({ settled }: Pick<Tried, 'settled'>): Settled[] => settled.map((one) => one.settled);

const itemFaults = (
  trial: Tried,
  number: ApplicationNumber,
  { corrected, items }: { corrected: Correction; items: readonly CodedItem[] },
): Fault[] => {
  const standing = new Map(codedItems(trial, number).map((item) => [itemPlace(item), item.points]));
  const places = items.map(itemPlace);
  const { rubric, interviews } = trial.given.basis.file;
  const replaced = typedTotals(standingIn(trial)).get(number);
  return items.flatMap((item, index): Fault[] => {
    const place = itemPlace(item);
    const { part, criterion: code, points } = item;
    const fault = (message: string): Fault[] => [{ place, message: `results.fault.${message}` }];
    const criterion = (part === 'scoring' ? rubric : interviews).criteria.find((one) => one.code === code);
    const was = standing.get(place);
    if (!criterion || was === undefined || places.indexOf(place) < index) return fault('item');
    if (replaced?.[part] !== undefined) return fault('item-replaced');
    if (corrected[part] !== undefined) return [{ place: part, message: 'results.fault.item-total' }];
    if (was === points) return fault('item-same');
    return mayBeGiven(criterion, points) ? [] : fault('item-points');
  });
};
