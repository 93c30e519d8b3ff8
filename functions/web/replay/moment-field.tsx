import { type Instant, readInstant } from '#shared/domain/time.ts';
import type { Translator } from '#shared/i18n/index.ts';
import { TextField } from '../fields.tsx';
import type { FieldError } from '../form.ts';
import { localTextOf, readLocalMoment } from '../manage/local-time.ts';

/** A moment as a link names it, or as somebody typed it by the clocks of the round. */
export const momentIn = (typed: string, zone: string): Instant | undefined =>
  readInstant(typed) ?? readLocalMoment(typed, zone);

type Props = { t: Translator; zone: string; value: string; errors?: readonly FieldError[] };

/** Takes a moment to the second. What was typed and is none comes back as text: a field for days and times would show nothing of it. */
export const MomentField = ({ t, zone, value, errors }: Props) => {
  const linked = readInstant(value);
  const shown = linked ? localTextOf(linked, zone, 'second') : value;
  return (
    <TextField
      t={t}
      name="until"
      label={t('replay.until')}
      hint={t('replay.until.hint', { zone })}
      {...(isShownByField(shown) && { type: 'datetime-local', step: 1 })}
      value={shown}
      width={20}
      errors={errors}
    />
  );
};

const isShownByField = (text: string): boolean =>
  text === '' || readInstant(`${text.length === 16 ? `${text}:00` : text}Z`) !== undefined;
