import type { TypedEntry } from '#shared/domain/application-form.ts';
import type { Field } from '#shared/domain/application-form-fields.ts';
import {
  Button,
  type FieldProps,
  Fieldset,
  Hidden,
  type Option,
  Select,
  TextArea,
  TextField,
} from '../fields.tsx';
import { entryBox } from './section-form.ts';

type EntriesFieldProps = FieldProps & {
  field: Extract<Field, { control: 'entries' }>;
  entries: readonly TypedEntry[];
  options: readonly Option[];
};

const empty: TypedEntry = { kind: '', year: '', text: '' };

/**
 * What was given, and one empty place more while there is room; "add another" saves and brings the next one, so that it
 * works without a script.
 */
export const EntriesField = ({ field, entries, options, ...props }: EntriesFieldProps) => {
  const { t } = props;
  const { name, atMost } = field;
  const rows = entries.length < atMost ? [...entries, empty] : entries;
  return (
    <Fieldset {...props}>
      {rows.map((entry, index) => (
        <Entry t={t} field={field} entry={entry} number={index + 1} options={options} />
      ))}
      {rows.length < atMost && (
        <>
          <Hidden name="more" value={rows.length === 1 ? name : entryId(field, rows.length)} />
          <Button kind="secondary" name="next" value="more">
            {t('application-form.achievements.more')}
          </Button>
        </>
      )}
    </Fieldset>
  );
};

type EntryProps = Pick<EntriesFieldProps, 't' | 'field' | 'options'> & { entry: TypedEntry; number: number };

const Entry = ({ t, field, entry, number, options }: EntryProps) => {
  const id = entryId(field, number);
  return (
    <fieldset class="govuk-fieldset entry">
      <legend class="govuk-fieldset__legend govuk-fieldset__legend--s">
        {t('application-form.achievements.number', { number })}
      </legend>
      <Select
        t={t}
        id={id}
        name={entryBox(field.name, 'kind')}
        label={t('application-form.achievements.kind')}
        value={entry.kind}
        options={options}
        empty={t('common.choose')}
      />
      <TextField
        t={t}
        id={`${id}-year`}
        name={entryBox(field.name, 'year')}
        label={t('application-form.achievements.year')}
        value={entry.year}
        inputMode="numeric"
        width={4}
      />
      <TextArea
        t={t}
        id={`${id}-text`}
        name={entryBox(field.name, 'text')}
        label={t('application-form.achievements.text')}
        value={entry.text}
        rows={3}
      />
    </fieldset>
  );
};

/** The first box has the field's own name as its id, where a link from the error summary leads. */
const entryId = ({ name }: Field, number: number): string => (number === 1 ? name : `${name}-${number}`);
