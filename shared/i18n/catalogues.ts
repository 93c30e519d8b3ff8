import enAccount from '#shared/i18n/en/account.json' with { type: 'json' };
import enApplicationForm from '#shared/i18n/en/application-form.json' with { type: 'json' };
import enApply from '#shared/i18n/en/apply.json' with { type: 'json' };
import enCall from '#shared/i18n/en/call.json' with { type: 'json' };
import enCodes from '#shared/i18n/en/codes.json' with { type: 'json' };
import enCommon from '#shared/i18n/en/common.json' with { type: 'json' };
import enManage from '#shared/i18n/en/manage.json' with { type: 'json' };
import enProblems from '#shared/i18n/en/problems.json' with { type: 'json' };
import enProgramme from '#shared/i18n/en/programme.json' with { type: 'json' };
import enRoundFile from '#shared/i18n/en/round-file.json' with { type: 'json' };
import enVacancies from '#shared/i18n/en/vacancies.json' with { type: 'json' };
import kkAccount from '#shared/i18n/kk/account.json' with { type: 'json' };
import kkApplicationForm from '#shared/i18n/kk/application-form.json' with { type: 'json' };
import kkApply from '#shared/i18n/kk/apply.json' with { type: 'json' };
import kkCall from '#shared/i18n/kk/call.json' with { type: 'json' };
import kkCodes from '#shared/i18n/kk/codes.json' with { type: 'json' };
import kkCommon from '#shared/i18n/kk/common.json' with { type: 'json' };
import kkManage from '#shared/i18n/kk/manage.json' with { type: 'json' };
import kkProblems from '#shared/i18n/kk/problems.json' with { type: 'json' };
import kkProgramme from '#shared/i18n/kk/programme.json' with { type: 'json' };
import kkRoundFile from '#shared/i18n/kk/round-file.json' with { type: 'json' };
import kkVacancies from '#shared/i18n/kk/vacancies.json' with { type: 'json' };
import type { Locale } from '#shared/i18n/locale.ts';
import ruAccount from '#shared/i18n/ru/account.json' with { type: 'json' };
import ruApplicationForm from '#shared/i18n/ru/application-form.json' with { type: 'json' };
import ruApply from '#shared/i18n/ru/apply.json' with { type: 'json' };
import ruCall from '#shared/i18n/ru/call.json' with { type: 'json' };
import ruCodes from '#shared/i18n/ru/codes.json' with { type: 'json' };
import ruCommon from '#shared/i18n/ru/common.json' with { type: 'json' };
import ruManage from '#shared/i18n/ru/manage.json' with { type: 'json' };
import ruProblems from '#shared/i18n/ru/problems.json' with { type: 'json' };
import ruProgramme from '#shared/i18n/ru/programme.json' with { type: 'json' };
import ruRoundFile from '#shared/i18n/ru/round-file.json' with { type: 'json' };
import ruVacancies from '#shared/i18n/ru/vacancies.json' with { type: 'json' };

const en = {
  ...enAccount,
  ...enApply,
  ...enApplicationForm,
  ...enCall,
  ...enCodes,
  ...enCommon,
  ...enManage,
  ...enProblems,
  ...enProgramme,
  ...enRoundFile,
  ...enVacancies,
};
const ru = {
  ...ruAccount,
  ...ruApply,
  ...ruApplicationForm,
  ...ruCall,
  ...ruCodes,
  ...ruCommon,
  ...ruManage,
  ...ruProblems,
  ...ruProgramme,
  ...ruRoundFile,
  ...ruVacancies,
};
const kk = {
  ...kkAccount,
  ...kkApply,
  ...kkApplicationForm,
  ...kkCall,
  ...kkCodes,
  ...kkCommon,
  ...kkManage,
  ...kkProblems,
  ...kkProgramme,
  ...kkRoundFile,
  ...kkVacancies,
};

/** Every text of the pages. A key begins with its area: `apply.section.save`. */
export type MessageKey = keyof typeof en;

/** A key missing from any language is a compile error on this line. */
export const catalogues: Record<Locale, Record<MessageKey, string>> = { kk, ru, en };

export const isMessageKey = (text: string): text is MessageKey => Object.hasOwn(en, text);
