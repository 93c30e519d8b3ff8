import type { Criterion } from '#shared/domain/criterion.ts';
import type { Translator } from '#shared/i18n/index.ts';
import type { FieldError } from '../form.ts';
import { textIn } from '../words.ts';

/** What is wrong with a card, for its summary: there each fault says which criterion it is of. */
export const errorsByCriterion = (
  t: Translator,
  criteria: readonly Pick<Criterion, 'code' | 'title'>[],
  errors: readonly FieldError[] = [],
): FieldError[] =>
  errors.map(({ field, text }) => {
    const criterion = criteria.find(({ code }) => field === `points.${code}`);
    return { field, text: criterion ? `${textIn(t, criterion.title)}: ${text}` : text };
  });
