import type { CardInput } from '#functions/commands/card-texts.ts';
import type { FilledCard } from '#shared/domain/card.ts';
import type { CardRule } from '#shared/domain/card-rule.ts';
import type { Criterion } from '#shared/domain/criterion.ts';
import type { Provenance } from '#shared/domain/provenance.ts';
import type { Translator } from '#shared/i18n/index.ts';
import { Radios } from '../fields.tsx';
import { type FieldError, one, type Typed } from '../form.ts';
import { Confidence } from '../parts.tsx';
import { textIn } from '../words.ts';

type PointsProps = {
  t: Translator;
  criteria: readonly Criterion[];
  /** How sure all of them are; one that is as sure says nothing of its own. */
  confidence: Provenance['confidence'];
  rule: CardRule | undefined;
  /** What was typed and refused, or the card that stands. */
  typed: Typed | undefined;
  stored: FilledCard | undefined;
  errors: readonly FieldError[] | undefined;
};

/** A choice of points for each criterion; where the round file allows it, also to judge it not at all. */
export const PointsFields = ({ t, criteria, confidence, rule, typed, stored, errors }: PointsProps) => (
  <>
    {criteria.map((criterion) => (
      <>
        <Radios
          t={t}
          name={`points.${criterion.code}`}
          label={criterionLabel(t, criterion)}
          hint={criterion.independent && t('scoring.independent')}
          optional={criterion.required === false}
          errors={errors}
          value={typed ? one(typed, `points.${criterion.code}`) : chosenIn(stored, criterion)}
          options={[
            ...criterion.scale.map(({ points, label }) => ({
              value: String(points),
              text: t('call.rules.point', { points, label: textIn(t, label) }),
            })),
            ...(rule?.abstention ? [{ value: abstains, text: t('scoring.abstain') }] : []),
            ...(criterion.required === false ? [{ value: '', text: t('scoring.noPoints') }] : []),
          ]}
        />
        {criterion.confidence !== confidence && (
          <p>
            <Confidence t={t} level={criterion.confidence} />
          </p>
        )}
      </>
    ))}
  </>
);

const criterionLabel = (t: Translator, { title, weight, independent }: Criterion): string =>
  independent ? textIn(t, title) : t('call.rules.criterion', { title: textIn(t, title), weight });

/** The choice of who does not judge a criterion. */
const abstains = 'abstain';

const chosenIn = (stored: FilledCard | undefined, { code }: Pick<Criterion, 'code'>): string | undefined => {
  if (!stored) return undefined;
  return stored.abstained.includes(code) ? abstains : String(stored.points[code] ?? '');
};

/** `points.CODE` of the form; what is no number is left out and then named as missing. */
export const pointsIn = (typed: Typed): FilledCard['points'] =>
  Object.fromEntries(
    Object.keys(typed).flatMap((name) => {
      const given = one(typed, name).trim();
      return name.startsWith('points.') && given !== '' && Number.isFinite(Number(given))
        ? [[name.slice('points.'.length), Number(given)]]
        : [];
    }),
  );

/** A whole card as its form sends it. */
export const cardIn = (typed: Typed): CardInput => {
  const basedOn = one(typed, 'basedOn');
  return {
    points: pointsIn(typed),
    abstained: Object.keys(typed)
      .filter((name) => name.startsWith('points.') && one(typed, name) === abstains)
      .map((name) => name.slice('points.'.length)),
    comments: {
      committee: one(typed, 'comments.committee'),
      applicant: one(typed, 'comments.applicant'),
    },
    // A form without it was made before cards were counted, or by hand: it saves over nothing that exists.
    basedOn: Number.isSafeInteger(Number(basedOn)) ? Number(basedOn) : 0,
  };
};
