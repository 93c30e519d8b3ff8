import type { Context } from 'hono';
import { type KeptGroup, retentionPlan } from '#functions/commands/retention.ts';
import type { Workplace } from '#functions/commands/workplace.ts';
import { retentionFrom } from '#shared/domain/retention.ts';
import type { Translator } from '#shared/i18n/index.ts';
import { monthsKept } from '#shared/retention-texts.ts';
import { roundCommand } from '../acting.ts';
import type { WebDeps } from '../deps.ts';
import { Page } from '../layout.tsx';
import { Inset, Source, Table } from '../parts.tsx';
import { refusalPage } from '../problem.tsx';
import { type View, viewOf } from '../view.ts';
import { textIn } from '../words.ts';
import { workOf } from './round-of.ts';

/** What of a round will be erased, and when: a look ahead that changes nothing. */
export const showRetention = (deps: WebDeps) => async (c: Context) => {
  const command = roundCommand(c, 'retention.read');
  const found = command.ok ? await retentionPlan(deps, command.value) : command;
  if (!found.ok) return refusalPage(c, found.error);
  return c.html(<RetentionPage view={viewOf(c)} {...found.value} />);
};

type PageProps = { view: View; place: Workplace; groups: readonly KeptGroup[] };

const RetentionPage = ({ view, place, groups }: PageProps) => {
  const { t } = view;
  const { round, file } = place;
  return (
    <Page
      view={view}
      title={t('rights.retention.title')}
      caption={textIn(t, file.title)}
      back={{ href: workOf(t.locale, place) }}
      wide
    >
      <p>{t('rights.retention.text')}</p>
      {retentionFrom(round.state) === undefined && <Inset>{t('rights.retention.running')}</Inset>}
      <Table
        caption={t('rights.retention.title')}
        hideCaption
        head={[
          t('rights.retention.group'),
          t('rights.retention.rule'),
          t('rights.retention.until'),
          t('rights.retention.kept'),
          t('rights.retention.erased'),
        ]}
        numeric={[3, 4]}
        rows={groups.map((group) => [
          t(`rights.retention.group.${group.group}`),
          <Rule t={t} group={group} />,
          group.until ? t.moment(group.until, file.timeZone) : '–',
          t.number(group.kept.length),
          t.number(group.erased),
        ])}
      />
      <Held t={t} groups={groups} />
    </Page>
  );
};

const Rule = ({ t, group: { rule } }: { t: Translator; group: KeptGroup }) =>
  rule ? (
    <>
      {monthsKept(t, rule)}
      <Source t={t} of={rule} />
    </>
  ) : (
    <>{t('rights.retention.no-rule')}</>
  );

/** What stays although its time may be over, and what for. */
const Held = ({ t, groups }: { t: Translator; groups: readonly KeptGroup[] }) => {
  const held = groups.flatMap(({ kept }) =>
    kept.flatMap(({ application, held: by }) => (by ? [{ number: application.number, by }] : [])),
  );
  return held.length === 0 ? null : (
    <>
      <h2 class="govuk-heading-m">{t('rights.retention.held')}</h2>
      <ul class="govuk-list govuk-list--bullet">
        {held.map(({ number, by }) => (
          <li>
            <span class="whole">{number}</span>: {t(`rights.retention.held.${by}`)}
          </li>
        ))}
      </ul>
    </>
  );
};
