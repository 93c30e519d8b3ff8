import type { Child, PropsWithChildren } from 'hono/jsx';
import type { Translator } from '#shared/i18n/index.ts';
import type { FieldError } from './form.ts';

/** The only form controls. Each shows its label, hint and error, tied together for screen readers. */
export type FieldProps = {
  t: Translator;
  name: string;
  /** Where several controls have one name, each has an id of its own; else the name. */
  id?: string | undefined;
  label: string;
  /** The id of something else that explains it. */
  describedBy?: string | undefined;
  hint?: string | undefined;
  errors?: readonly FieldError[] | undefined;
  optional?: boolean | undefined;
};

export type Option = { value: string; text: string; hint?: Child };

/** The error of this very field, if it has one. */
export const errorOf = ({ errors, name }: FieldProps): string | undefined =>
  errors?.find((error) => error.field === name)?.text;

const idOf = ({ id, name }: FieldProps): string => id ?? name;

const describedBy = (props: FieldProps): string | undefined => {
  const ids = [
    props.hint !== undefined && `${idOf(props)}-hint`,
    errorOf(props) !== undefined && `${idOf(props)}-error`,
    props.describedBy ?? false,
  ].filter((id) => id !== false);
  return ids.length > 0 ? ids.join(' ') : undefined;
};

const groupClass = (error: string | undefined): string =>
  error === undefined ? 'govuk-form-group' : 'govuk-form-group govuk-form-group--error';

const labelText = ({ t, label, optional }: FieldProps): string =>
  optional === true ? `${label} ${t('common.optional')}` : label;

const Explained = (props: FieldProps) => {
  const error = errorOf(props);
  return (
    <>
      {props.hint !== undefined && (
        <div id={`${idOf(props)}-hint`} class="govuk-hint">
          {props.hint}
        </div>
      )}
      {error !== undefined && (
        <p id={`${idOf(props)}-error`} class="govuk-error-message">
          <span class="govuk-visually-hidden">{props.t('common.error')}</span> {error}
        </p>
      )}
    </>
  );
};

const Group = (props: PropsWithChildren<FieldProps>) => (
  <div class={groupClass(errorOf(props))}>
    <label class="govuk-label govuk-label--s" for={idOf(props)}>
      {labelText(props)}
    </label>
    <Explained {...props} />
    {props.children}
  </div>
);

type TextFieldProps = FieldProps & {
  value?: string;
  type?: 'text' | 'email' | 'tel' | 'number' | 'datetime-local' | 'password';
  inputMode?: 'numeric' | 'email' | 'tel' | 'decimal';
  autoComplete?: string;
  /** In characters; the control is about as wide as what it takes. */
  width?: 2 | 3 | 4 | 5 | 10 | 20;
  spellCheck?: boolean;
  /** In seconds, of a time. */
  step?: number;
};

export const TextField = (props: TextFieldProps) => (
  <Group {...props}>
    <input
      class={`govuk-input${props.width ? ` govuk-input--width-${props.width}` : ''}${errorOf(props) === undefined ? '' : ' govuk-input--error'}`}
      id={idOf(props)}
      name={props.name}
      type={props.type ?? 'text'}
      value={props.value ?? ''}
      step={props.step}
      inputmode={props.inputMode}
      autocomplete={props.autoComplete}
      spellcheck={props.spellCheck}
      aria-describedby={describedBy(props)}
      aria-invalid={errorOf(props) === undefined ? undefined : 'true'}
    />
  </Group>
);

export const TextArea = (props: PropsWithChildren<FieldProps & { value?: string; rows?: number }>) => (
  <Group {...props}>
    <textarea
      class={`govuk-textarea${errorOf(props) === undefined ? '' : ' govuk-textarea--error'}`}
      id={idOf(props)}
      name={props.name}
      rows={props.rows ?? 6}
      aria-describedby={describedBy(props)}
    >
      {props.value ?? ''}
    </textarea>
    {props.children}
  </Group>
);

type ChoiceProps = FieldProps & { options: readonly Option[]; value?: string | undefined };

export const Select = (props: ChoiceProps & { empty?: string }) => (
  <Group {...props}>
    <select class="govuk-select" id={idOf(props)} name={props.name} aria-describedby={describedBy(props)}>
      {props.empty !== undefined && <option value="">{props.empty}</option>}
      {props.options.map((option) => (
        <option value={option.value} selected={option.value === props.value}>
          {option.text}
        </option>
      ))}
    </select>
  </Group>
);

export const FileField = (props: FieldProps & { accept?: string; required?: boolean }) => (
  <Group {...props}>
    <input
      class="govuk-file-upload"
      id={idOf(props)}
      name={props.name}
      type="file"
      accept={props.accept}
      required={props.required}
      aria-describedby={describedBy(props)}
    />
  </Group>
);

/** A group of controls under one question. */
export const Fieldset = (props: PropsWithChildren<FieldProps & { pageHeading?: boolean }>) => (
  <div class={groupClass(errorOf(props))}>
    <fieldset class="govuk-fieldset" aria-describedby={describedBy(props)}>
      <legend
        class={`govuk-fieldset__legend govuk-fieldset__legend--${props.pageHeading === true ? 'l' : 's'}`}
      >
        {props.pageHeading === true ? (
          <h1 class="govuk-fieldset__heading">{labelText(props)}</h1>
        ) : (
          labelText(props)
        )}
      </legend>
      <Explained {...props} />
      {props.children}
    </fieldset>
  </div>
);

/** The id of the first option is the field's name, where a link from the error summary leads. */
const optionId = (name: string, index: number): string => (index === 0 ? name : `${name}-${index + 1}`);

const OptionHint = ({ id, hint, kind }: { id: string; hint?: Child; kind: string }) =>
  hint === undefined ? null : (
    <div id={`${id}-item-hint`} class={`govuk-hint govuk-${kind}__hint`}>
      {hint}
    </div>
  );

export const Radios = (props: ChoiceProps & { pageHeading?: boolean }) => (
  <Fieldset {...props}>
    <div class="govuk-radios">
      {props.options.map((option, index) => {
        const id = optionId(props.name, index);
        return (
          <div class="govuk-radios__item">
            <input
              class="govuk-radios__input"
              id={id}
              name={props.name}
              type="radio"
              value={option.value}
              checked={option.value === props.value}
              aria-describedby={option.hint === undefined ? undefined : `${id}-item-hint`}
            />
            <label class="govuk-label govuk-radios__label" for={id}>
              {option.text}
            </label>
            <OptionHint id={id} hint={option.hint} kind="radios" />
          </div>
        );
      })}
    </div>
  </Fieldset>
);

type CheckboxesProps = FieldProps & { options: readonly Option[]; values?: readonly string[] };

export const Checkboxes = (props: CheckboxesProps & { pageHeading?: boolean }) => (
  <Fieldset {...props}>
    <div class="govuk-checkboxes">
      {props.options.map((option, index) => {
        const id = optionId(props.name, index);
        return (
          <div class="govuk-checkboxes__item">
            <input
              class="govuk-checkboxes__input"
              id={id}
              name={props.name}
              type="checkbox"
              value={option.value}
              checked={props.values?.includes(option.value)}
              aria-describedby={option.hint === undefined ? undefined : `${id}-item-hint`}
            />
            <label class="govuk-label govuk-checkboxes__label" for={id}>
              {option.text}
            </label>
            <OptionHint id={id} hint={option.hint} kind="checkboxes" />
          </div>
        );
      })}
    </div>
  </Fieldset>
);

export const ErrorSummary = ({ t, errors }: { t: Translator; errors?: readonly FieldError[] | undefined }) =>
  errors === undefined || errors.length === 0 ? null : (
    <div class="govuk-error-summary" tabindex={-1} data-focus>
      <div role="alert">
        <h2 class="govuk-error-summary__title">{t('common.errorSummary')}</h2>
        <div class="govuk-error-summary__body">
          <ul class="govuk-list govuk-error-summary__list">
            {errors.map((error) => (
              <li>{error.field === '' ? error.text : <a href={`#${error.field}`}>{error.text}</a>}</li>
            ))}
          </ul>
        </div>
      </div>
    </div>
  );

type ButtonProps = PropsWithChildren<{
  kind?: 'secondary' | 'warning';
  name?: string;
  value?: string;
}>;

export const Button = ({ kind, name, value, children }: ButtonProps) => (
  <button
    type="submit"
    class={`govuk-button${kind ? ` govuk-button--${kind}` : ''}`}
    name={name}
    value={value}
  >
    {children}
  </button>
);

export const Hidden = ({ name, value }: { name: string; value: string | number }) => (
  <input type="hidden" name={name} value={String(value)} />
);

/** A link that looks like a button, for going somewhere; what changes something is a Button in a form. */
export const LinkButton = ({
  href,
  kind,
  children,
}: PropsWithChildren<{ href: string; kind?: 'secondary' }>) => (
  <a href={href} class={`govuk-button${kind ? ` govuk-button--${kind}` : ''}`} draggable={false}>
    {children}
  </a>
);

export const WarningText = ({ t, children }: { t: Translator; children: Child }) => (
  <div class="govuk-warning-text">
    <span class="govuk-warning-text__icon" aria-hidden="true">
      !
    </span>
    <strong class="govuk-warning-text__text">
      <span class="govuk-visually-hidden">{t('common.important')}</span> {children}
    </strong>
  </div>
);
