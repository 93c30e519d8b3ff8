import * as z from 'zod';
import { countWords } from '#shared/domain/application-form-reading.ts';
import type { Score } from '#shared/domain/candidacy.ts';
import type { CardDraft } from '#shared/domain/card-draft.ts';
import { type CardRule, judgedPercentOf } from '#shared/domain/card-rule.ts';
import type { Criterion } from '#shared/domain/criterion.ts';
import type { DocumentRef } from '#shared/domain/document.ts';
import { canonicalJson } from '#shared/domain/hash.ts';
import type { PersonId } from '#shared/domain/ids.ts';
import { judgedPercent, pointFaults, scaleFaults, totalOf } from '#shared/domain/rubric.ts';
import type { Instant } from '#shared/domain/time.ts';
import type { Fault, Refusal } from '#shared/errors.ts';
import { ok, type Result, refuse } from '#shared/result.ts';

/*
 * The card of one rater or interviewer: points, what they do not judge, and what they say beside. Scores and scorecards are cards.
 */

/** For whom somebody comments. */
export const commentKinds = ['committee', 'applicant'] as const;
export type CommentKind = (typeof commentKinds)[number];

/** Empty where nothing was typed. */
export const Comments = z.object({ committee: z.string(), applicant: z.string() });
export type Comments = z.infer<typeof Comments>;

/** A card as it is filled in, also before it is finished. */
export const FilledCard = z.object({
  points: z.record(z.string(), z.number()),
  abstained: z.array(z.string()),
  comments: Comments,
});
export type FilledCard = z.infer<typeof FilledCard>;

export const noComments: Comments = { committee: '', applicant: '' };

/** What a card is asked by. */
export type CardForm = { criteria: readonly Criterion[]; rule: CardRule | undefined };

/** What one rater has saved of one application. A draft is always newer than the card that was given. */
export type OwnCards = { given: Score | undefined; draft: CardDraft | undefined };

/** The number of what stands, which a form carries so that nobody saves over what they have not seen; 0 where nothing stands. */
export const versionOf = ({ given, draft }: OwnCards): number =>
  draft?.version ?? (given ? (given.version ?? 1) : 0);

/** What is saved, and what was typed in what stands. */
export type SavedCard = {
  raterId: PersonId;
  /** Of an interview that has several. */
  station?: string | undefined;
  card: FilledCard;
  /** The version that the form showed; whoever says none saves over whatever stands. */
  basedOn?: number | undefined;
  typed?: { given?: Comments; draft?: FilledCard | undefined };
};

/** A card as it was given, to be filled in again. */
export const filledOf = ({ points, abstained = [] }: Score, comments: Comments = noComments): FilledCard => ({
  points,
  abstained,
  comments,
});

/**
 * A card that is given: whole, on the scales, within the words. The same again changes nothing; another one takes the place of the
 * own earlier one. Refused as `changed-meanwhile` where something was saved since the form was shown.
 * @returns undefined where it changes nothing
 */
export const giveCard = (
  own: OwnCards,
  {
    raterId,
    station,
    card,
    basedOn,
    typed,
    comments,
  }: SavedCard & { comments?: Score['comments'] | undefined },
  form: CardForm,
  now: Instant,
): Result<Score | undefined, Refusal> => {
  if (own.given && !own.draft && isSame(filledOf(own.given, typed?.given), card)) return ok(undefined);
  if (!isCurrent(own, basedOn)) return refuse({ kind: 'changed-meanwhile' });
  const faults = cardFaults(form, card);
  if (faults.length > 0) return refuse({ kind: 'invalid', faults });
  const { points, abstained } = card;
  const counts = judgedPercent(form.criteria, points) >= judgedPercentOf(form.rule);
  return ok({
    raterId,
    ...(station !== undefined && { station }),
    points: { ...points },
    total: totalOf(form.criteria, points),
    at: now,
    version: versionOf(own) + 1,
    ...(abstained.length > 0 && { abstained: [...abstained] }),
    ...(!counts && { counts: false as const }),
    ...(comments && { comments }),
  });
};

/** A card that is put aside: what it says is kept as it is, as long as its points lie on the scales. */
export const draftCard = (
  own: OwnCards,
  { raterId, station, card, basedOn, typed, document }: SavedCard & { document: DocumentRef },
  { criteria }: CardForm,
  now: Instant,
): Result<CardDraft | undefined, Refusal> => {
  if (own.draft && typed?.draft && isSame(typed.draft, card)) return ok(undefined);
  if (!isCurrent(own, basedOn)) return refuse({ kind: 'changed-meanwhile' });
  const faults = [...scaleFaults(criteria, card.points), ...longFaults(card.comments)];
  if (faults.length > 0) return refuse({ kind: 'invalid', faults });
  const at = station === undefined ? {} : { station };
  return ok({ raterId, ...at, card: document, version: versionOf(own) + 1, at: now });
};

const isCurrent = (own: OwnCards, basedOn: number | undefined): boolean =>
  basedOn === undefined || basedOn === versionOf(own);

const isSame = (one: FilledCard, other: FilledCard): boolean => canonicalCard(one) === canonicalCard(other);

const canonicalCard = ({ points, abstained, comments }: FilledCard): string =>
  canonicalJson({ points, abstained: abstained.toSorted(), comments });

const cardFaults = ({ criteria, rule }: CardForm, { points, abstained, comments }: FilledCard): Fault[] => {
  const faults = [
    ...pointFaults(criteria, points, rule?.abstention ? abstained : []),
    ...abstained.flatMap((code) => abstentionFault({ criteria, rule }, points, code)),
    ...commentKinds.flatMap((kind) => commentFaults(kind, comments[kind], rule)),
  ];
  const [first] = criteria;
  return faults.length === 0 && first && judgedPercent(criteria, points) === 0
    ? [{ place: `points.${first.code}`, message: 'scoring.fault.nothing-judged' }]
    : faults;
};

const abstentionFault = (
  { criteria, rule }: CardForm,
  points: FilledCard['points'],
  code: string,
): Fault[] => {
  const place = `points.${code}`;
  if (criteria.every((one) => one.code !== code)) {
    return [{ place, message: 'scoring.fault.unknown-criterion' }];
  }
  if (points[code] !== undefined) return [{ place, message: 'scoring.fault.both' }];
  return rule?.abstention ? [] : [{ place, message: 'scoring.fault.no-abstention' }];
};

const commentFaults = (kind: CommentKind, text: string, rule: CardRule | undefined): Fault[] => {
  const limits = rule?.comments?.[kind];
  const place = `comments.${kind}`;
  if (!limits) return text === '' ? [] : [{ place, message: 'scoring.fault.no-comments' }];
  const count = countWords(text);
  const { minimum, maximum } = limits;
  if (count < minimum) return [{ place, message: 'scoring.fault.few-words', facts: { minimum, count } }];
  if (count > maximum) return [{ place, message: 'scoring.fault.many-words', facts: { maximum, count } }];
  return longFaults({ [kind]: text });
};

/** Characters: room for as many words as a round file may allow, also where they are long. */
const longest = 20_000;

const longFaults = (texts: Partial<Comments>): Fault[] =>
  commentKinds.flatMap((kind) =>
    (texts[kind] ?? '').length > longest
      ? [{ place: `comments.${kind}`, message: 'scoring.fault.long', facts: { maximum: longest } }]
      : [],
  );
