import type { PropsWithChildren } from 'hono/jsx';
import type { ItemView, RedactionView } from '#functions/commands/redaction-views.ts';
import { isSettled } from '#shared/domain/redaction-decisions.ts';
import { type Found, redacted } from '#shared/domain/redaction-proposal.ts';
import type { Translator } from '#shared/i18n/index.ts';
import { Button, Checkboxes, Hidden, TextArea } from '../fields.tsx';
import { one } from '../form.ts';
import { paths } from '../paths.ts';
import type { Again } from './copies.tsx';

export type ItemProps = { t: Translator; item: ItemView; redaction: RedactionView; again: Again | undefined };

/** The same form stands on the page once for each item. */
export const idIn = (item: string, field: string): string => `${field}-${item}`;

type FormProps = PropsWithChildren<
  Omit<ItemProps, 'again'> & { press: 'text' | 'file' | 'withholding' | 'taking-back' | 'upload' }
>;

export const ItemForm = ({ t, item, redaction, press, children }: FormProps) => {
  const { round, applicationId } = redaction;
  return (
    <form method="post" action={paths.redactionPress(t.locale, round.id, applicationId, press)} novalidate>
      <Hidden name="item" value={item.item} />
      {children}
    </form>
  );
};

/** A text as it was typed, with what seems to tell who it was marked in it, and the copy: proposed, or as it was released. */
export const TextItem = ({ t, item, redaction, again }: ItemProps) => {
  if (!item.text) return null;
  const { original, found, copy } = item.text;
  return (
    <div class="versions">
      <div>
        <h3 class="govuk-heading-s">{t('redaction.original')}</h3>
        <p class="typed">
          {original === '' ? t('redaction.original.none') : <Marked text={original} found={found} />}
        </p>
        {found.length > 0 && <p class="govuk-hint">{t('redaction.found', { kinds: kindsOf(t, found) })}</p>}
      </div>
      <div>
        {!isSettled(item.standing) && <TextForm t={t} item={item} redaction={redaction} again={again} />}
        {item.standing === 'released' && (
          <>
            <h3 class="govuk-heading-s">{t('redaction.copy')}</h3>
            <p class="typed">{copy ?? t('redaction.original.none')}</p>
            {item.text.whole && <p class="govuk-hint">{t('redaction.whole')}</p>}
          </>
        )}
      </div>
    </div>
  );
};

const TextForm = ({ t, item, redaction, again }: ItemProps) => {
  if (!item.text) return null;
  const { original, found, copy } = item.text;
  const typed = again && 'press' in again.typed ? again : undefined;
  return (
    <ItemForm t={t} item={item} redaction={redaction} press="text">
      <TextArea
        t={t}
        name="copy"
        id={idIn(item.item, 'copy')}
        label={t('redaction.copy')}
        hint={t(copy === undefined ? 'redaction.copy.proposed' : 'redaction.copy.before')}
        rows={12}
        errors={typed?.errors}
        value={typed ? one(typed.typed, 'copy') : (copy ?? redacted(original, found))}
      />
      {typed && (
        <Checkboxes
          t={t}
          name="sure"
          id={idIn(item.item, 'sure')}
          label={t('redaction.sure')}
          options={[
            typed.typed['press'] === 'whole'
              ? { value: 'whole', text: t('redaction.sure.whole') }
              : { value: 'redacted', text: t('redaction.sure.yes') },
          ]}
        />
      )}
      <Button name="press" value="redacted">
        {t('redaction.release')}
      </Button>{' '}
      <Button kind="secondary" name="press" value="whole">
        {t('redaction.release.whole')}
      </Button>
    </ItemForm>
  );
};

const Marked = ({ text, found }: { text: string; found: readonly Found[] }) => (
  <>
    {found.map(({ start, end }, index) => (
      <>
        {text.slice(found[index - 1]?.end ?? 0, start)}
        <mark>{text.slice(start, end)}</mark>
      </>
    ))}
    {text.slice(found.at(-1)?.end ?? 0)}
  </>
);

/** `names, telephone`: each kind once. */
const kindsOf = (t: Translator, found: readonly Found[]): string =>
  [...new Set(found.map(({ kind }) => kind))].map((kind) => t(`redaction.kind.${kind}`)).join(', ');

/** A file as it was sent, and the redacted one that was sent for it. */
export const FileItem = ({ t, item, redaction, again }: ItemProps) => {
  if (!item.file) return null;
  const { round, applicationId } = redaction;
  const { sent, since } = item.file;
  const wrong = again?.errors.filter(({ field }) => field !== 'reason') ?? [];
  const settled = isSettled(item.standing);
  return (
    <>
      <p>
        <a href={paths.candidateFile(t.locale, round.id, applicationId, item.item)}>
          {t('redaction.file.original')}
        </a>
      </p>
      {sent && (
        <p id={idIn(item.item, 'sent')}>
          <FileErrors item={item} errors={wrong} />
          <a href={paths.redactedFile(t.locale, round.id, applicationId, sent.id)}>
            {t('redaction.file.open', { kilobytes: Math.ceil(sent.bytes / 1024) })}
          </a>
        </p>
      )}
      {!settled && since?.status === 'announced' && <p>{t('redaction.file.awaited')}</p>}
      {!settled && since?.status === 'refused' && <p>{t(`apply.document.fault.${since.fault}`)}</p>}
      {!settled && sent && (
        <ItemForm t={t} item={item} redaction={redaction} press="file">
          <Hidden name="sent" value={sent.id} />
          <SureOfFile t={t} item={item} sent={sent.id} errors={wrong} />
          <Button>{t('redaction.release.file')}</Button>
        </ItemForm>
      )}
      {!settled && (
        <ItemForm t={t} item={item} redaction={redaction} press="upload">
          <Button kind="secondary">{t('redaction.upload')}</Button>
        </ItemForm>
      )}
    </>
  );
};

type FileErrorProps = { item: ItemView; errors: Again['errors'] };

/** Each by an id of its own, to which the summary of what is wrong leads. */
const FileErrors = ({ item, errors }: FileErrorProps) => (
  <>
    {errors.map(({ field, text }) => (
      <span class="govuk-error-message" id={field === 'sent' ? undefined : idIn(item.item, field)}>
        {text}
      </span>
    ))}
  </>
);

/** Whoever is asked about the file looks once more; nobody can be sure of a file of the applicant. */
const SureOfFile = ({ t, item, sent, errors }: FileErrorProps & { t: Translator; sent: string }) =>
  errors.some(({ field }) => field !== 'sent') ? (
    <Checkboxes
      t={t}
      name="sure"
      id={idIn(item.item, 'sure')}
      label={t('redaction.sure.file')}
      options={[{ value: sent, text: t('redaction.sure.file.yes') }]}
    />
  ) : null;
