import type { Context } from 'hono';
import { type Deed, roundHistory } from '#functions/commands/round-history.ts';
import { requireActor } from '#functions/http/authorize.ts';
import { stageName } from '#functions/http/refusal-text.ts';
import { alarmText } from '#shared/alarm-texts.ts';
import { rolesFor } from '#shared/domain/permission.ts';
import { regionName } from '#shared/domain/region.ts';
import { isMessageKey, type Translator } from '#shared/i18n/index.ts';
import { roundIdOf } from '../acting.ts';
import type { WebDeps } from '../deps.ts';
import { Page } from '../layout.tsx';
import { Timeline } from '../parts.tsx';
import { refusalPage } from '../problem.tsx';
import { viewOf } from '../view.ts';
import { textIn } from '../words.ts';
import { workOf } from './round-of.ts';

/** The timeline of a round: what was done, when and by whom. */
export const showHistory = (deps: WebDeps) => async (c: Context) => {
  const roundId = roundIdOf(c);
  if (!roundId) return refusalPage(c, { kind: 'not-found', what: 'round' });
  const found = await roundHistory(deps, { roundId, by: requireActor(c, rolesFor('round.watch')) });
  if (!found.ok) return refusalPage(c, found.error);
  const view = viewOf(c);
  const { t } = view;
  const { place, deeds } = found.value;
  return c.html(
    <Page
      view={view}
      title={t('watch.history')}
      caption={textIn(t, place.file.title)}
      back={{ href: workOf(t.locale, place) }}
    >
      <Timeline
        steps={deeds.map((deed) => ({
          title: deedText(t, deed),
          text: [
            ...seatText(t, deed),
            ...guestText(t, deed),
            ...conflictText(t, deed),
            ...foundText(t, deed),
            `${t.moment(deed.at, place.file.timeZone)}, ${whoText(t, deed)}`,
            ...(deed.part ? [t('watch.offersPart', deed.part)] : []),
            ...(deed.said === undefined ? [] : [t('watch.alarms.because', { reason: deed.said })]),
            ...heededText(t, deed),
          ].join('. '),
          done: true,
        }))}
      />
    </Page>,
  );
};

const deedText = (t: Translator, { type, stage, attempt = 1 }: Deed): string => {
  const key = `watch.event.${type}`;
  const text = isMessageKey(key) ? t(key) : type;
  if (stage === undefined) return text;
  const name = stageName(t, stage);
  return `${text} (${attempt > 1 ? t('watch.again', { stage: name, attempt }) : name})`;
};

/** Whose seat it was, which, and instead of whom. */
const seatText = (t: Translator, { seat }: Deed): string[] => {
  if (!seat) return [];
  const { kind, insteadOf } = seat;
  const as = kind ? [t(`committee.seat.${kind}`)] : [];
  const instead = insteadOf ? [t('watch.insteadOf', { name: nameOf(insteadOf) })] : [];
  return [[nameOf(seat), ...as, ...instead].join(', ')];
};

const guestText = (t: Translator, { guest }: Deed): string[] => {
  if (!guest) return [];
  const { number, name, region } = guest;
  return [`${name ?? t('watch.guest', { number })}, ${regionName(region)[t.locale]}`];
};

/** Between whom and which application it is, and how the secretary ruled. */
const conflictText = (t: Translator, { conflict }: Deed): string[] => {
  if (!conflict) return [];
  const { number, ruling } = conflict;
  const ruled = ruling ? [t(`watch.conflict.${ruling}`)] : [];
  return [[nameOf(conflict), ...(number ? [number] : []), ...ruled].join(', ')];
};

/** Each that was found by comparing: between whom and which application, and on what. */
const foundText = (t: Translator, { found }: Deed): string[] =>
  found.map((one) =>
    [
      nameOf(one),
      ...(one.number ? [one.number] : []),
      ...one.grounds.map((ground) => t(`conflicts.ground.${ground}`).toLocaleLowerCase(t.locale)),
    ].join(', '),
  );

const nameOf = ({ name, personId }: { name: string | undefined; personId: string }): string =>
  name ?? personId;

const heededText = (t: Translator, { heeded }: Deed): string[] => {
  if (!heeded) return [];
  const { alarms, reason } = heeded;
  const named = alarms.map((alarm) => alarmText(t, alarm)).join('; ');
  return [
    t('watch.alarms.inSpite', { alarms: named }),
    ...(reason === undefined ? [] : [t('watch.alarms.because', { reason })]),
  ];
};

const whoText = (t: Translator, { by, byName }: Deed): string => {
  if (by.kind === 'person') return `${byName ?? by.id} (${t(`account.role.${by.role}`)})`;
  return t(by.kind === 'operator' ? 'account.staff.operator' : 'watch.system');
};
