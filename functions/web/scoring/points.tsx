import type { Criterion, RoundFile } from '#shared/domain/round-file.ts';
import { type Points, ratedCriteria } from '#shared/domain/rubric.ts';
import type { Translator } from '#shared/i18n/index.ts';
import { Radios } from '../fields.tsx';
import { type FieldError, one, type Typed } from '../form.ts';
import { Confidence } from '../parts.tsx';
import { textIn } from '../words.ts';

type PointsProps = {
  t: Translator;
  rubric: RoundFile['rubric'];
  /** What was typed and refused, or the points that stand. */
  typed: Typed | undefined;
  stored: Points | undefined;
  errors: readonly FieldError[] | undefined;
};

/** A choice of points for each criterion of the rubric. */
export const PointsFields = ({ t, rubric, typed, stored, errors }: PointsProps) => {
  const chosen = ({ code }: Criterion): string | undefined =>
    typed ? one(typed, `points.${code}`) : stored && String(stored[code]);
  return (
    <>
      {ratedCriteria(rubric.criteria).map((criterion) => (
        <>
          <Radios
            t={t}
            name={`points.${criterion.code}`}
            label={t('call.rules.criterion', { title: textIn(t, criterion.title), weight: criterion.weight })}
            errors={errors}
            value={chosen(criterion)}
            options={criterion.scale.map(({ points, label }) => ({
              value: String(points),
              text: t('call.rules.point', { points, label: textIn(t, label) }),
            }))}
          />
          {criterion.confidence !== rubric.confidence && (
            <p>
              <Confidence t={t} level={criterion.confidence} />
            </p>
          )}
        </>
      ))}
    </>
  );
};

/** `points.CODE` of the form; what is no number is left out and then named as missing. */
export const pointsIn = (typed: Typed): Points =>
  Object.fromEntries(
    Object.keys(typed).flatMap((name) => {
      const given = one(typed, name).trim();
      return name.startsWith('points.') && given !== '' && Number.isFinite(Number(given))
        ? [[name.slice('points.'.length), Number(given)]]
        : [];
    }),
  );
