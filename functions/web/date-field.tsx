import { errorOf, type FieldProps, Fieldset } from './fields.tsx';

/** The browser fills in a birthday where it knows it. */
type DateFieldProps = FieldProps & { value?: string; birthday?: boolean };

const dateParts = ['day', 'month', 'year'] as const;

/** Three short boxes, which people type a birthday into without thinking; posted as NAME-day, NAME-month, NAME-year. */
export const DateField = (props: DateFieldProps) => {
  const [year = '', month = '', day = ''] = (props.value ?? '').split('-');
  const values = { day, month, year };
  return (
    <Fieldset {...props}>
      <div class="date-input">
        {dateParts.map((part) => {
          const id = part === 'day' ? props.name : `${props.name}-${part}`;
          return (
            <div>
              <label class="govuk-label" for={id}>
                {props.t(`common.${part}`)}
              </label>
              <input
                class={`govuk-input govuk-input--width-${part === 'year' ? 4 : 2}${errorOf(props) === undefined ? '' : ' govuk-input--error'}`}
                id={id}
                name={`${props.name}-${part}`}
                type="text"
                inputmode="numeric"
                autocomplete={props.birthday === true ? `bday-${part}` : undefined}
                value={values[part]}
              />
            </div>
          );
        })}
      </div>
    </Fieldset>
  );
};
