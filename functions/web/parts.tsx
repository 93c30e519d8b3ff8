import type { Child, PropsWithChildren } from 'hono/jsx';
import { ApplicationNumber } from '#shared/domain/ids.ts';
import { type Provenance, sourceIn } from '#shared/domain/provenance.ts';
import type { Translator } from '#shared/i18n/index.ts';
import { dateIn } from './words.ts';

/** Parts that several pages show: badges, sources, facts beside their names, tables. */

export type Colour = 'grey' | 'green' | 'blue' | 'yellow' | 'orange' | 'red' | 'turquoise';

export const Tag = ({ colour, children }: { colour: Colour; children: Child }) => (
  <strong class={`govuk-tag govuk-tag--${colour}`}>{children}</strong>
);

const confidenceColours: Record<Provenance['confidence'], Colour> = {
  high: 'green',
  medium: 'turquoise',
  low: 'yellow',
  unverified: 'orange',
};

/** How sure we are of a rule; an unverified one says plainly that it is a sample (DOMAIN D2). */
export const Confidence = ({ t, level }: { t: Translator; level: Provenance['confidence'] }) => (
  <Tag colour={confidenceColours[level]}>{t(`codes.confidence.${level}`)}</Tag>
);

/** Where a rule comes from, when that was last checked, and how sure we are. */
export const Source = ({ t, of }: { t: Translator; of: Provenance }) => (
  <p class="source">
    <Confidence t={t} level={of.confidence} /> {t('common.sourceIs')}{' '}
    <SourceText source={sourceIn(t.locale, of.source)} />
    {'; '}
    {t('common.verifiedOn', { date: dateIn(t, of.verifiedOn) })}
  </p>
);

/** Every address becomes a link of its host, without what closes the sentence after it; anything else is said as it stands. */
export const SourceText = ({ source }: { source: string }) => (
  <>
    {source.split(' ').map((word, index) => {
      const [, address = word, rest = ''] = /^(https?:.*?)([,.;)]*)$/.exec(word) ?? [];
      return (
        <>
          {index > 0 && ' '}
          {isAddress(address) ? <a href={address}>{new URL(address).host}</a> : address}
          {rest}
        </>
      );
    })}
  </>
);

/** A text in which application numbers stay whole on a phone: lines break at their hyphens nowhere. */
export const WholeNumbers = ({ text }: { text: string }) => (
  <>
    {text
      .split(/\b(KZ\d\d-\w{4}-\w{4})\b/)
      .map((part) => (ApplicationNumber.safeParse(part).success ? <span class="whole">{part}</span> : part))}
  </>
);

const isAddress = (word: string): boolean => /^https?:/.test(word) && URL.canParse(word);

export type Fact = {
  name: string;
  value: Child;
  action?: { href: string; text: string; about: string } | undefined;
};

/** Names and values, with a link to change each where it can be changed. */
export const Facts = ({ facts }: { facts: readonly Fact[] }) => (
  <dl class="govuk-summary-list">
    {facts.map(({ name, value, action }) => (
      <div
        class={`govuk-summary-list__row${action || !facts.some((fact) => fact.action) ? '' : ' govuk-summary-list__row--no-actions'}`}
      >
        <dt class="govuk-summary-list__key">{name}</dt>
        <dd class="govuk-summary-list__value">{value}</dd>
        {action && (
          <dd class="govuk-summary-list__actions">
            <a href={action.href}>
              {action.text}
              <span class="govuk-visually-hidden"> {action.about}</span>
            </a>
          </dd>
        )}
      </div>
    ))}
  </dl>
);

/** The heading of a column; one that sorts the table is a link (`sorted-table.tsx`). */
export type Heading = string | { text: string; href: string; sorted?: 'ascending' | 'descending' };

type TableProps = {
  /** By which an address leads to it. */
  id?: string;
  caption: string;
  /** Sighted readers have the heading above. */
  hideCaption?: boolean;
  /** Where headings sort: what who hears the table is told of that, and what stands before the links on a phone. */
  sorts?: { note: string; label: string };
  head: readonly Heading[];
  rows: readonly (readonly Child[])[];
  /** Columns of numbers, counted from 0. */
  numeric?: readonly number[];
  /** The column of what can be done: neither on paper nor on a page of the past. */
  acts?: number;
};

/**
 * A table whose first cell names its row. On a phone each row becomes a block with its headings beside the values;
 * the roles keep it a table for screen readers, which styles would otherwise take away. What is more than a text stays
 * together in a box of its own.
 */
export const Table = ({ id, caption, hideCaption, sorts, head, rows, numeric = [], acts }: TableProps) => {
  const end = (kind: 'header' | 'cell', column: number): string =>
    `${numeric.includes(column) ? ` govuk-table__${kind}--numeric` : ''}${column === acts ? ' screen-only' : ''}`;
  return (
    <table id={id} class={`govuk-table stack${sorts ? ' sorts' : ''}`} role="table">
      <caption
        class={
          hideCaption === true ? 'govuk-visually-hidden' : 'govuk-table__caption govuk-table__caption--m'
        }
      >
        <WholeNumbers text={caption} />
        {sorts && <span class="govuk-visually-hidden"> {sorts.note}</span>}
      </caption>
      <thead class="govuk-table__head" role="rowgroup" data-label={sorts?.label}>
        <tr class="govuk-table__row" role="row">
          {head.map((heading, column) => (
            <th
              scope="col"
              role="columnheader"
              class={`govuk-table__header${end('header', column)}`}
              aria-sort={typeof heading === 'string' ? undefined : heading.sorted}
            >
              {typeof heading === 'string' ? heading : <SortLink {...heading} />}
            </th>
          ))}
        </tr>
      </thead>
      <tbody class="govuk-table__body" role="rowgroup">
        {rows.map((cells) => (
          <tr class="govuk-table__row" role="row">
            {cells.map((cell, column) =>
              column === 0 ? (
                <th scope="row" role="rowheader" class="govuk-table__header">
                  {cell}
                </th>
              ) : (
                <td
                  role="cell"
                  class={`govuk-table__cell${end('cell', column)}`}
                  data-label={textOf(head[column])}
                >
                  {typeof cell === 'object' && cell !== null ? <div>{cell}</div> : cell}
                </td>
              ),
            )}
          </tr>
        ))}
      </tbody>
    </table>
  );
};

const textOf = (heading: Heading | undefined): string | undefined =>
  typeof heading === 'object' ? heading.text : heading;

const arrows = { ascending: '▲', descending: '▼' } as const;

/** The arrow is for the eye; `aria-sort` of the cell says the same. */
const SortLink = ({ text, href, sorted }: Exclude<Heading, string>) => (
  <a href={href}>
    {text}
    {sorted && <span aria-hidden="true"> {arrows[sorted]}</span>}
  </a>
);

export type TimelineStep = { title: string; text?: Child; done: boolean };

export const Timeline = ({ steps }: { steps: readonly TimelineStep[] }) => (
  <ol class="timeline">
    {steps.map(({ title, text, done }) => (
      <li class={done ? 'timeline__done' : undefined}>
        <p>
          <strong>{title}</strong>
        </p>
        {text !== undefined && <p>{text}</p>}
      </li>
    ))}
  </ol>
);

/** A SHA-256, in full: whoever wants to compare needs all of it. */
export const Digest = ({ value }: { value: string }) => <code class="digest">{value}</code>;

export const Inset = ({ children }: PropsWithChildren) => <div class="govuk-inset-text">{children}</div>;

/** @param open from the start, as where a refused form stands in it */
export const Details = ({
  summary,
  open = false,
  ifOpened = false,
  children,
}: PropsWithChildren<{
  summary: string;
  open?: boolean;
  /** On paper it is there only where somebody opened it. */
  ifOpened?: boolean;
}>) => (
  <details class={`govuk-details${ifOpened ? ' if-opened' : ''}`} open={open}>
    <summary class="govuk-details__summary">
      <span class="govuk-details__summary-text">{summary}</span>
    </summary>
    <div class="govuk-details__text">{children}</div>
  </details>
);
