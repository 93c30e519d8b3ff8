import type { Context } from 'hono';
import { publicCalls } from '#functions/commands/rounds.ts';
import { sameIinIn } from '#functions/commands/same-iin.ts';
import type { Application } from '#shared/domain/application.ts';
import type { PublicCall } from '../calls/facts.ts';
import type { WebDeps } from '../deps.ts';
import { Page } from '../layout.tsx';
import { Table } from '../parts.tsx';
import { paths } from '../paths.ts';
import { type View, viewOf } from '../view.ts';
import { textIn } from '../words.ts';

/** Applications with the same IIN in open calls, by number: which one counts, the person says, or the committee decides. */
export const showSameIin = (deps: WebDeps) => async (c: Context) => {
  const open = (await publicCalls(deps)).filter((call) => call.open);
  const found = await Promise.all(
    open.map(async (call) => ({ call, groups: await sameIinIn(deps, call.round.id) })),
  );
  return c.html(<SameIinPage view={viewOf(c)} found={found.filter(({ groups }) => groups.length > 0)} />);
};

type SameIinProps = { view: View; found: readonly { call: PublicCall; groups: Application[][] }[] };

const SameIinPage = ({ view, found }: SameIinProps) => {
  const { t } = view;
  return (
    <Page
      view={view}
      title={t('desk.sameIin')}
      back={{ href: paths.desk(t.locale), text: t('desk.title') }}
      wide
    >
      <p>{t('desk.sameIin.how')}</p>
      {found.length === 0 && <p>{t('desk.sameIin.none')}</p>}
      {found.map(({ call: { file }, groups }) => (
        <Table
          caption={textIn(t, file.title)}
          head={[t('desk.applications'), t('desk.sameIin.here')]}
          rows={groups.map((group) => [
            <Numbers group={group} />,
            group.some(({ assisted }) => assisted) ? (
              <AtDesk view={view} group={group} />
            ) : (
              t('common.nothing')
            ),
          ])}
        />
      ))}
    </Page>
  );
};

const Numbers = ({ group }: { group: readonly Application[] }) => (
  <>
    {group.map(({ number }) => (
      <>
        <span class="whole">{number}</span>{' '}
      </>
    ))}
  </>
);

/** Those that were entered here can be withdrawn here, when the person says so. */
const AtDesk = ({ view: { t }, group }: { view: View; group: readonly Application[] }) => (
  <>
    {group
      .filter(({ assisted }) => assisted)
      .map(({ id, number }) => (
        <>
          <a href={paths.withdraw(t.locale, id)}>
            {t('apply.withdraw.link')} <span class="whole">{number}</span>
          </a>{' '}
        </>
      ))}
  </>
);
