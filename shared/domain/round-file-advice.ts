import * as z from 'zod';
import { RedactableText } from '#shared/domain/application-form.ts';
import type { Criterion } from '#shared/domain/criterion.ts';
import type { RoundFile } from '#shared/domain/round-file.ts';
import { endsOf, ratedCriteria } from '#shared/domain/rubric.ts';

/*
 * What a round file may say and still measures badly. Nothing is refused for it: rules of a region may ask for just that, and people decide. Each
 * advice has its source beside its words (`round-file.advice.*` of the catalogues), as rules have (ANCHORS 5.1–5.3).
 */

const AdviceCode = z.enum([
  'criteria-few',
  'criteria-many',
  'scale-bare',
  'scale-alike',
  'scale-same-points',
  'blind-unseen',
  'scores-few',
  'raters-unlinked',
  'refused-by-one',
  'conflicts-uncompared',
  'minimum-hard',
  'minimum-full',
]);

export const Advice = z.object({
  code: AdviceCode,
  /** JSON pointer into the round file; where a member is missing, to where it would stand. */
  place: z.string(),
  facts: z.record(z.string(), z.union([z.string(), z.number()])),
});
export type Advice = z.infer<typeof Advice>;

/** Criteria of one card that count: fewer leave the total to one impression, more are judged alike (ANCHORS 5.1). */
const [fewest, most] = [3, 7];

/** What a single rater's score tells of the applicant: its share of the variance at the selection of GPs in the UK (ANCHORS 5.2, n = 1,382). */
const ofOneRater = 0.28;

/** Independent scores from which their mean is reliable to 0.70 at that share, by Spearman and Brown (ANCHORS 5.2). */
const scoresWanted = 6;

/** What could be better in the design of a round, in the order of its file. */
export const adviceOn = (file: RoundFile): Advice[] => [
  ...criteriaAdvice(ratedCriteria(file.rubric.criteria), '/rubric/criteria'),
  ...file.rubric.criteria.flatMap((criterion, index) =>
    // A mark of another organisation is any number between the ends of its scale.
    criterion.markedBy ? [] : scaleAdvice(criterion, `/rubric/criteria/${index}/scale`),
  ),
  ...blindAdvice(file),
  ...raterAdvice(file),
  ...peopleAdvice(file),
  ...interviewAdvice(file.interviews),
  ...minimumAdvice(file),
];

const criteriaAdvice = (criteria: readonly Criterion[], place: string): Advice[] => {
  const count = criteria.filter(({ independent }) => !independent).length;
  const facts = { count, fewest, most };
  if (count < fewest) return [{ code: 'criteria-few', place, facts }];
  return count > most ? [{ code: 'criteria-many', place, facts }] : [];
};

/** Where an interview has stations, a card has the criteria of one, of which the others have the rest: there are seldom too few. */
const interviewAdvice = ({ criteria, stations }: RoundFile['interviews']): Advice[] => [
  ...(stations
    ? stations.flatMap(({ criteria: codes }, index) =>
        criteriaAdvice(
          criteria.filter(({ code }) => codes.includes(code)),
          `/interviews/stations/${index}/criteria`,
        ).filter(({ code }) => code === 'criteria-many'),
      )
    : criteriaAdvice(criteria, '/interviews/criteria')),
  ...criteria.flatMap((criterion, index) => scaleAdvice(criterion, `/interviews/criteria/${index}/scale`)),
];

/** Points without words mean to each rater what they take them for (anchored scale points, ANCHORS 5.1). */
const scaleAdvice = ({ code: criterion, scale }: Criterion, place: string): Advice[] => {
  const labels = scale.map(({ label }) => label);
  const bare = scale.filter(({ label }) => Object.values(label).some((text) => !/\p{L}/u.test(text)));
  const alike = (['kk', 'ru', 'en'] as const).some(
    (locale) => new Set(labels.map((label) => label[locale])).size < labels.length,
  );
  const samePoints = new Set(scale.map(({ points }) => points)).size < scale.length;
  const facts = { criterion };
  return [
    ...(bare.length > 0
      ? [
          {
            code: 'scale-bare' as const,
            place,
            facts: { ...facts, points: bare.map(({ points }) => points).join(', ') },
          },
        ]
      : []),
    ...(alike ? [{ code: 'scale-alike' as const, place, facts }] : []),
    ...(samePoints ? [{ code: 'scale-same-points' as const, place, facts }] : []),
  ];
};

/** How many scores stand behind a finalist, and whether committees can be compared. */
const raterAdvice = ({ raters, interviews }: RoundFile): Advice[] => {
  const scores = raters.perApplication + interviews.scorecards;
  const percent = Math.round((100 * scores * ofOneRater) / (1 + (scores - 1) * ofOneRater));
  return [
    ...(scores < scoresWanted
      ? [
          {
            code: 'scores-few' as const,
            place: '/raters/perApplication',
            facts: { scores, percent, wanted: scoresWanted },
          },
        ]
      : []),
    ...(raters.links || raters.anchors
      ? []
      : [{ code: 'raters-unlinked' as const, place: '/raters', facts: {} }]),
  ];
};

/** Whoever applies sends texts and files, and whoever gives points sees none of them. */
const blindAdvice = ({ blind: { stages, shown }, rubric, questions, documents }: RoundFile): Advice[] => {
  const criteria = ratedCriteria(rubric.criteria).length;
  const asksTexts = questions.some(({ code }) => RedactableText.safeParse(code).success);
  const showsSome =
    shown && (shown.texts.length > 0 || shown.documents.length > 0 || shown.answers || shown.references);
  const isUnseen =
    stages.includes('scoring') && criteria > 0 && (asksTexts || documents.length > 0) && !showsSome;
  return isUnseen ? [{ code: 'blind-unseen', place: '/blind/shown', facts: { criteria } }] : [];
};

/** What hangs on one person: a refusal that nobody looks at again, and a conflict of interest that only they know of. */
const peopleAdvice = ({ screeningCheck, conflicts }: RoundFile): Advice[] => [
  ...(screeningCheck ? [] : [{ code: 'refused-by-one' as const, place: '/screeningCheck', facts: {} }]),
  ...(conflicts ? [] : [{ code: 'conflicts-uncompared' as const, place: '/conflicts', facts: {} }]),
];

/** A minimum stops people whom their total would let go on, and where it is the most of the scale nearly everybody (ANCHORS 1). */
const minimumAdvice = ({ minimums = [], rubric }: RoundFile): Advice[] => [
  ...(minimums.length > 0
    ? [{ code: 'minimum-hard' as const, place: '/minimums', facts: { count: minimums.length } }]
    : []),
  ...minimums.flatMap(({ code: part, atLeast }, index) => {
    const criterion = rubric.criteria.find(({ code }) => code === part);
    const greatest = criterion ? endsOf(criterion).most : 100;
    return atLeast < greatest
      ? []
      : [
          {
            code: 'minimum-full' as const,
            place: `/minimums/${index}/atLeast`,
            facts: { part, most: greatest },
          },
        ];
  }),
];
