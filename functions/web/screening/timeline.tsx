import type { Context } from 'hono';
import { candidateTimeline, type TimelineEvent } from '#functions/commands/application-timeline.ts';
import { stageName } from '#functions/http/refusal-text.ts';
import { isMessageKey, type Translator } from '#shared/i18n/index.ts';
import { candidacyCommand } from '../acting.ts';
import type { WebDeps } from '../deps.ts';
import { Page } from '../layout.tsx';
import { Timeline } from '../parts.tsx';
import { paths } from '../paths.ts';
import { refusalPage } from '../problem.tsx';
import { viewOf } from '../view.ts';

/** The history of an application by its number, for its committee and for auditors. */
export const showTimeline = (deps: WebDeps) => async (c: Context) => {
  const command = candidacyCommand(c, 'candidacy.read');
  const found = command.ok ? await candidateTimeline(deps, command.value) : command;
  if (!command.ok) return refusalPage(c, command.error);
  if (!found.ok) return refusalPage(c, found.error);
  const view = viewOf(c);
  const { t } = view;
  const { roundId, applicationId } = command.value;
  const { number, file, events } = found.value;
  return c.html(
    <Page
      view={view}
      title={t('timeline.title')}
      caption={number}
      back={{ href: paths.candidate(t.locale, roundId, applicationId) }}
    >
      <Timeline
        steps={events.map((event) => ({
          title: titleOf(t, event),
          text: `${t.moment(event.at, file.timeZone)}, ${whoText(t, event)}`,
          done: true,
        }))}
      />
    </Page>,
  );
};

const titleOf = (t: Translator, { type, stage, outcome }: TimelineEvent): string => {
  const words = [`timeline.event.${type}`, `watch.event.${type}`].find(isMessageKey);
  const title = words ? t(words) : type;
  const facts = [
    ...(stage ? [stageName(t, stage)] : []),
    ...(outcome ? [t(`committee.outcome.${outcome}`)] : []),
  ];
  return facts.length === 0 ? title : `${title} (${facts.join(': ')})`;
};

const whoText = (t: Translator, { by }: TimelineEvent): string => {
  if (by === 'system') return t('watch.system');
  return by === 'operator' ? t('account.staff.operator') : t(`account.role.${by}`);
};
