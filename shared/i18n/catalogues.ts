import { en } from '#shared/i18n/en.ts';
import { kk } from '#shared/i18n/kk.ts';
import type { Locale } from '#shared/i18n/locale.ts';
import { ru } from '#shared/i18n/ru.ts';
import enAccount from '#shared/i18n/en/account.json' with { type: 'json' };
import enAllocation from '#shared/i18n/en/allocation.json' with { type: 'json' };
import enAmend from '#shared/i18n/en/amend.json' with { type: 'json' };
import enApplicationForm from '#shared/i18n/en/application-form.json' with { type: 'json' };
import enApply from '#shared/i18n/en/apply.json' with { type: 'json' };
import enAssignment from '#shared/i18n/en/assignment.json' with { type: 'json' };
import enCalendar from '#shared/i18n/en/calendar.json' with { type: 'json' };
import enCall from '#shared/i18n/en/call.json' with { type: 'json' };
import enCapacity from '#shared/i18n/en/capacity.json' with { type: 'json' };
import enCharts from '#shared/i18n/en/charts.json' with { type: 'json' };
import enCodes from '#shared/i18n/en/codes.json' with { type: 'json' };
import enCommittee from '#shared/i18n/en/committee.json' with { type: 'json' };
import enCommon from '#shared/i18n/en/common.json' with { type: 'json' };
import enDeferral from '#shared/i18n/en/deferral.json' with { type: 'json' };
import enDesk from '#shared/i18n/en/desk.json' with { type: 'json' };
import enInquiry from '#shared/i18n/en/inquiry.json' with { type: 'json' };
import enInterview from '#shared/i18n/en/interview.json' with { type: 'json' };
import enLists from '#shared/i18n/en/lists.json' with { type: 'json' };
import enManage from '#shared/i18n/en/manage.json' with { type: 'json' };
import enMarks from '#shared/i18n/en/marks.json' with { type: 'json' };
import enMinutes from '#shared/i18n/en/minutes.json' with { type: 'json' };
import enOffer from '#shared/i18n/en/offer.json' with { type: 'json' };
import enPlacement from '#shared/i18n/en/placement.json' with { type: 'json' };
import enPractice from '#shared/i18n/en/practice.json' with { type: 'json' };
import enProblems from '#shared/i18n/en/problems.json' with { type: 'json' };
import enProgramme from '#shared/i18n/en/programme.json' with { type: 'json' };
import enRatings from '#shared/i18n/en/ratings.json' with { type: 'json' };
import enReference from '#shared/i18n/en/reference.json' with { type: 'json' };
import enReplay from '#shared/i18n/en/replay.json' with { type: 'json' };
import enReport from '#shared/i18n/en/report.json' with { type: 'json' };
import enResults from '#shared/i18n/en/results.json' with { type: 'json' };
import enRights from '#shared/i18n/en/rights.json' with { type: 'json' };
import enRoundFile from '#shared/i18n/en/round-file.json' with { type: 'json' };
import enScoring from '#shared/i18n/en/scoring.json' with { type: 'json' };
import enScreening from '#shared/i18n/en/screening.json' with { type: 'json' };
import enSupport from '#shared/i18n/en/support.json' with { type: 'json' };
import enTimeline from '#shared/i18n/en/timeline.json' with { type: 'json' };
import enVacancies from '#shared/i18n/en/vacancies.json' with { type: 'json' };
import enVerification from '#shared/i18n/en/verification.json' with { type: 'json' };
import enWaiting from '#shared/i18n/en/waiting.json' with { type: 'json' };
import enWatch from '#shared/i18n/en/watch.json' with { type: 'json' };
import kkAccount from '#shared/i18n/kk/account.json' with { type: 'json' };
import kkAllocation from '#shared/i18n/kk/allocation.json' with { type: 'json' };
import kkAmend from '#shared/i18n/kk/amend.json' with { type: 'json' };
import kkApplicationForm from '#shared/i18n/kk/application-form.json' with { type: 'json' };
import kkApply from '#shared/i18n/kk/apply.json' with { type: 'json' };
import kkAssignment from '#shared/i18n/kk/assignment.json' with { type: 'json' };
import kkCalendar from '#shared/i18n/kk/calendar.json' with { type: 'json' };
import kkCall from '#shared/i18n/kk/call.json' with { type: 'json' };
import kkCapacity from '#shared/i18n/kk/capacity.json' with { type: 'json' };
import kkCharts from '#shared/i18n/kk/charts.json' with { type: 'json' };
import kkCodes from '#shared/i18n/kk/codes.json' with { type: 'json' };
import kkCommittee from '#shared/i18n/kk/committee.json' with { type: 'json' };
import kkCommon from '#shared/i18n/kk/common.json' with { type: 'json' };
import kkDeferral from '#shared/i18n/kk/deferral.json' with { type: 'json' };
import kkDesk from '#shared/i18n/kk/desk.json' with { type: 'json' };
import kkInquiry from '#shared/i18n/kk/inquiry.json' with { type: 'json' };
import kkInterview from '#shared/i18n/kk/interview.json' with { type: 'json' };
import kkLists from '#shared/i18n/kk/lists.json' with { type: 'json' };
import kkManage from '#shared/i18n/kk/manage.json' with { type: 'json' };
import kkMarks from '#shared/i18n/kk/marks.json' with { type: 'json' };
import kkMinutes from '#shared/i18n/kk/minutes.json' with { type: 'json' };
import kkOffer from '#shared/i18n/kk/offer.json' with { type: 'json' };
import kkPlacement from '#shared/i18n/kk/placement.json' with { type: 'json' };
import kkPractice from '#shared/i18n/kk/practice.json' with { type: 'json' };
import kkProblems from '#shared/i18n/kk/problems.json' with { type: 'json' };
import kkProgramme from '#shared/i18n/kk/programme.json' with { type: 'json' };
import kkRatings from '#shared/i18n/kk/ratings.json' with { type: 'json' };
import kkReference from '#shared/i18n/kk/reference.json' with { type: 'json' };
import kkReplay from '#shared/i18n/kk/replay.json' with { type: 'json' };
import kkReport from '#shared/i18n/kk/report.json' with { type: 'json' };
import kkResults from '#shared/i18n/kk/results.json' with { type: 'json' };
import kkRights from '#shared/i18n/kk/rights.json' with { type: 'json' };
import kkRoundFile from '#shared/i18n/kk/round-file.json' with { type: 'json' };
import kkScoring from '#shared/i18n/kk/scoring.json' with { type: 'json' };
import kkScreening from '#shared/i18n/kk/screening.json' with { type: 'json' };
import kkSupport from '#shared/i18n/kk/support.json' with { type: 'json' };
import kkTimeline from '#shared/i18n/kk/timeline.json' with { type: 'json' };
import kkVacancies from '#shared/i18n/kk/vacancies.json' with { type: 'json' };
import kkVerification from '#shared/i18n/kk/verification.json' with { type: 'json' };
import kkWaiting from '#shared/i18n/kk/waiting.json' with { type: 'json' };
import kkWatch from '#shared/i18n/kk/watch.json' with { type: 'json' };
import type { Locale } from '#shared/i18n/locale.ts';
import ruAccount from '#shared/i18n/ru/account.json' with { type: 'json' };
import ruAllocation from '#shared/i18n/ru/allocation.json' with { type: 'json' };
import ruAmend from '#shared/i18n/ru/amend.json' with { type: 'json' };
import ruApplicationForm from '#shared/i18n/ru/application-form.json' with { type: 'json' };
import ruApply from '#shared/i18n/ru/apply.json' with { type: 'json' };
import ruAssignment from '#shared/i18n/ru/assignment.json' with { type: 'json' };
import ruCalendar from '#shared/i18n/ru/calendar.json' with { type: 'json' };
import ruCall from '#shared/i18n/ru/call.json' with { type: 'json' };
import ruCapacity from '#shared/i18n/ru/capacity.json' with { type: 'json' };
import ruCharts from '#shared/i18n/ru/charts.json' with { type: 'json' };
import ruCodes from '#shared/i18n/ru/codes.json' with { type: 'json' };
import ruCommittee from '#shared/i18n/ru/committee.json' with { type: 'json' };
import ruCommon from '#shared/i18n/ru/common.json' with { type: 'json' };
import ruDeferral from '#shared/i18n/ru/deferral.json' with { type: 'json' };
import ruDesk from '#shared/i18n/ru/desk.json' with { type: 'json' };
import ruInquiry from '#shared/i18n/ru/inquiry.json' with { type: 'json' };
import ruInterview from '#shared/i18n/ru/interview.json' with { type: 'json' };
import ruLists from '#shared/i18n/ru/lists.json' with { type: 'json' };
import ruManage from '#shared/i18n/ru/manage.json' with { type: 'json' };
import ruMarks from '#shared/i18n/ru/marks.json' with { type: 'json' };
import ruMinutes from '#shared/i18n/ru/minutes.json' with { type: 'json' };
import ruOffer from '#shared/i18n/ru/offer.json' with { type: 'json' };
import ruPlacement from '#shared/i18n/ru/placement.json' with { type: 'json' };
import ruPractice from '#shared/i18n/ru/practice.json' with { type: 'json' };
import ruProblems from '#shared/i18n/ru/problems.json' with { type: 'json' };
import ruProgramme from '#shared/i18n/ru/programme.json' with { type: 'json' };
import ruRatings from '#shared/i18n/ru/ratings.json' with { type: 'json' };
import ruReference from '#shared/i18n/ru/reference.json' with { type: 'json' };
import ruReplay from '#shared/i18n/ru/replay.json' with { type: 'json' };
import ruReport from '#shared/i18n/ru/report.json' with { type: 'json' };
import ruResults from '#shared/i18n/ru/results.json' with { type: 'json' };
import ruRights from '#shared/i18n/ru/rights.json' with { type: 'json' };
import ruRoundFile from '#shared/i18n/ru/round-file.json' with { type: 'json' };
import ruScoring from '#shared/i18n/ru/scoring.json' with { type: 'json' };
import ruScreening from '#shared/i18n/ru/screening.json' with { type: 'json' };
import ruSupport from '#shared/i18n/ru/support.json' with { type: 'json' };
import ruTimeline from '#shared/i18n/ru/timeline.json' with { type: 'json' };
import ruVacancies from '#shared/i18n/ru/vacancies.json' with { type: 'json' };
import ruVerification from '#shared/i18n/ru/verification.json' with { type: 'json' };
import ruWaiting from '#shared/i18n/ru/waiting.json' with { type: 'json' };
import ruWatch from '#shared/i18n/ru/watch.json' with { type: 'json' };

const en = {
  ...enAccount,
  ...enAllocation,
  ...enAmend,
  ...enApply,
  ...enApplicationForm,
  ...enAssignment,
  ...enCalendar,
  ...enCall,
  ...enCapacity,
  ...enCharts,
  ...enCodes,
  ...enCommon,
  ...enLists,
  ...enManage,
  ...enPractice,
  ...enProblems,
  ...enProgramme,
  ...enRatings,
  ...enRights,
  ...enRoundFile,
  ...enCommittee,
  ...enInquiry,
  ...enScreening,
  ...enScoring,
  ...enDeferral,
  ...enDesk,
  ...enInterview,
  ...enReplay,
  ...enReport,
  ...enResults,
  ...enMarks,
  ...enMinutes,
  ...enOffer,
  ...enPlacement,
  ...enReference,
  ...enVerification,
  ...enWaiting,
  ...enWatch,
  ...enSupport,
  ...enTimeline,
  ...enVacancies,
};
const ru = {
  ...ruAccount,
  ...ruAllocation,
  ...ruAmend,
  ...ruApply,
  ...ruApplicationForm,
  ...ruAssignment,
  ...ruCalendar,
  ...ruCall,
  ...ruCapacity,
  ...ruCharts,
  ...ruCodes,
  ...ruCommon,
  ...ruLists,
  ...ruManage,
  ...ruPractice,
  ...ruProblems,
  ...ruProgramme,
  ...ruRatings,
  ...ruRights,
  ...ruRoundFile,
  ...ruCommittee,
  ...ruInquiry,
  ...ruScreening,
  ...ruScoring,
  ...ruDeferral,
  ...ruDesk,
  ...ruInterview,
  ...ruReplay,
  ...ruReport,
  ...ruResults,
  ...ruMarks,
  ...ruMinutes,
  ...ruOffer,
  ...ruPlacement,
  ...ruReference,
  ...ruVerification,
  ...ruWaiting,
  ...ruWatch,
  ...ruSupport,
  ...ruTimeline,
  ...ruVacancies,
};
const kk = {
  ...kkAccount,
  ...kkAllocation,
  ...kkAmend,
  ...kkApply,
  ...kkApplicationForm,
  ...kkAssignment,
  ...kkCalendar,
  ...kkCall,
  ...kkCapacity,
  ...kkCharts,
  ...kkCodes,
  ...kkCommon,
  ...kkLists,
  ...kkManage,
  ...kkPractice,
  ...kkProblems,
  ...kkProgramme,
  ...kkRatings,
  ...kkRights,
  ...kkRoundFile,
  ...kkCommittee,
  ...kkInquiry,
  ...kkScreening,
  ...kkScoring,
  ...kkDeferral,
  ...kkDesk,
  ...kkInterview,
  ...kkReplay,
  ...kkReport,
  ...kkResults,
  ...kkMarks,
  ...kkMinutes,
  ...kkOffer,
  ...kkPlacement,
  ...kkReference,
  ...kkVerification,
  ...kkWaiting,
  ...kkWatch,
  ...kkSupport,
  ...kkTimeline,
  ...kkVacancies,
};

/** Every text of the pages. A key begins with its area: `apply.section.save`. */
export type MessageKey = keyof typeof en;

/** A key missing from any language is a compile error on this line. */
export const catalogues: Record<Locale, Record<MessageKey, string>> = { kk, ru, en };

export const isMessageKey = (text: string): text is MessageKey => Object.hasOwn(en, text);
