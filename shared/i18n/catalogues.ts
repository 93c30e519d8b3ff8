import enAccount from '#shared/i18n/en/account.json' with { type: 'json' };
import enApply from '#shared/i18n/en/apply.json' with { type: 'json' };
import enCall from '#shared/i18n/en/call.json' with { type: 'json' };
import enCommon from '#shared/i18n/en/common.json' with { type: 'json' };
import enManage from '#shared/i18n/en/manage.json' with { type: 'json' };
import enProblems from '#shared/i18n/en/problems.json' with { type: 'json' };
import kkAccount from '#shared/i18n/kk/account.json' with { type: 'json' };
import kkApply from '#shared/i18n/kk/apply.json' with { type: 'json' };
import kkCall from '#shared/i18n/kk/call.json' with { type: 'json' };
import kkCommon from '#shared/i18n/kk/common.json' with { type: 'json' };
import kkManage from '#shared/i18n/kk/manage.json' with { type: 'json' };
import kkProblems from '#shared/i18n/kk/problems.json' with { type: 'json' };
import type { Locale } from '#shared/i18n/locale.ts';
import ruAccount from '#shared/i18n/ru/account.json' with { type: 'json' };
import ruApply from '#shared/i18n/ru/apply.json' with { type: 'json' };
import ruCall from '#shared/i18n/ru/call.json' with { type: 'json' };
import ruCommon from '#shared/i18n/ru/common.json' with { type: 'json' };
import ruManage from '#shared/i18n/ru/manage.json' with { type: 'json' };
import ruProblems from '#shared/i18n/ru/problems.json' with { type: 'json' };

const en = { ...enCommon, ...enCall, ...enApply, ...enManage, ...enProblems, ...enAccount };
const ru = { ...ruCommon, ...ruCall, ...ruApply, ...ruManage, ...ruProblems, ...ruAccount };
const kk = { ...kkCommon, ...kkCall, ...kkApply, ...kkManage, ...kkProblems, ...kkAccount };

/** Every text of the pages. A key begins with its area: `apply.section.save`. */
export type MessageKey = keyof typeof en;

/** A key missing from any language is a compile error on this line. */
export const catalogues: Record<Locale, Record<MessageKey, string>> = { kk, ru, en };

export const isMessageKey = (text: string): text is MessageKey => Object.hasOwn(en, text);
