import type { Alarm } from '#shared/domain/release-alarms.ts';
import { isMessageKey, type Translator } from '#shared/i18n/index.ts';

/** What looks wrong in what is about to be sent, in words. */
export const alarmText = (t: Translator, { code, group, count, of, before }: Alarm): string =>
  t(`watch.alarm.${code}`, {
    count,
    of,
    group: group ? groupName(t, group) : '',
    beforeCount: before?.count ?? 0,
    beforeOf: before?.of ?? 0,
  });

/** A code that no catalogue knows stays a code, since an old event may hold one. */
const groupName = (t: Translator, { kind, code }: NonNullable<Alarm['group']>): string => {
  const key = `application-form.${kind}s.${code}`;
  return isMessageKey(key) ? t(key) : code;
};
