import ruAccount from '#shared/i18n/ru/account.json' with { type: 'json' };
import ruAllocation from '#shared/i18n/ru/allocation.json' with { type: 'json' };
import ruAmend from '#shared/i18n/ru/amend.json' with { type: 'json' };
import ruApplicationForm from '#shared/i18n/ru/application-form.json' with { type: 'json' };
import ruApply from '#shared/i18n/ru/apply.json' with { type: 'json' };
import ruAssignment from '#shared/i18n/ru/assignment.json' with { type: 'json' };
import ruBallots from '#shared/i18n/ru/ballots.json' with { type: 'json' };
import ruBeacon from '#shared/i18n/ru/beacon.json' with { type: 'json' };
import ruCalendar from '#shared/i18n/ru/calendar.json' with { type: 'json' };
import ruCall from '#shared/i18n/ru/call.json' with { type: 'json' };
import ruCapacity from '#shared/i18n/ru/capacity.json' with { type: 'json' };
import ruCharts from '#shared/i18n/ru/charts.json' with { type: 'json' };
import ruChecks from '#shared/i18n/ru/checks.json' with { type: 'json' };
import ruCodes from '#shared/i18n/ru/codes.json' with { type: 'json' };
import ruCommittee from '#shared/i18n/ru/committee.json' with { type: 'json' };
import ruCommon from '#shared/i18n/ru/common.json' with { type: 'json' };
import ruCompetence from '#shared/i18n/ru/competence.json' with { type: 'json' };
import ruConflicts from '#shared/i18n/ru/conflicts.json' with { type: 'json' };
import ruCorrections from '#shared/i18n/ru/corrections.json' with { type: 'json' };
import ruDayOff from '#shared/i18n/ru/day-off.json' with { type: 'json' };
import ruDeferral from '#shared/i18n/ru/deferral.json' with { type: 'json' };
import ruDesk from '#shared/i18n/ru/desk.json' with { type: 'json' };
import ruDiscussion from '#shared/i18n/ru/discussion.json' with { type: 'json' };
import ruElsewhere from '#shared/i18n/ru/elsewhere.json' with { type: 'json' };
import ruExchange from '#shared/i18n/ru/exchange.json' with { type: 'json' };
import ruFigures from '#shared/i18n/ru/figures.json' with { type: 'json' };
import ruFormula from '#shared/i18n/ru/formula.json' with { type: 'json' };
import ruGuests from '#shared/i18n/ru/guests.json' with { type: 'json' };
import ruInquiry from '#shared/i18n/ru/inquiry.json' with { type: 'json' };
import ruInterview from '#shared/i18n/ru/interview.json' with { type: 'json' };
import ruKept from '#shared/i18n/ru/kept.json' with { type: 'json' };
import ruKit from '#shared/i18n/ru/kit.json' with { type: 'json' };
import ruLists from '#shared/i18n/ru/lists.json' with { type: 'json' };
import ruManage from '#shared/i18n/ru/manage.json' with { type: 'json' };
import ruMarks from '#shared/i18n/ru/marks.json' with { type: 'json' };
import ruMinutes from '#shared/i18n/ru/minutes.json' with { type: 'json' };
import ruNearLine from '#shared/i18n/ru/near-line.json' with { type: 'json' };
import ruOffer from '#shared/i18n/ru/offer.json' with { type: 'json' };
import ruOwedInterview from '#shared/i18n/ru/owed-interview.json' with { type: 'json' };
import ruPanel from '#shared/i18n/ru/panel.json' with { type: 'json' };
import ruPlacement from '#shared/i18n/ru/placement.json' with { type: 'json' };
import ruPractice from '#shared/i18n/ru/practice.json' with { type: 'json' };
import ruProblems from '#shared/i18n/ru/problems.json' with { type: 'json' };
import ruProgramme from '#shared/i18n/ru/programme.json' with { type: 'json' };
import ruRaters from '#shared/i18n/ru/raters.json' with { type: 'json' };
import ruRatings from '#shared/i18n/ru/ratings.json' with { type: 'json' };
import ruRedaction from '#shared/i18n/ru/redaction.json' with { type: 'json' };
import ruReference from '#shared/i18n/ru/reference.json' with { type: 'json' };
import ruRemedy from '#shared/i18n/ru/remedy.json' with { type: 'json' };
import ruReplay from '#shared/i18n/ru/replay.json' with { type: 'json' };
import ruReport from '#shared/i18n/ru/report.json' with { type: 'json' };
import ruResults from '#shared/i18n/ru/results.json' with { type: 'json' };
import ruRights from '#shared/i18n/ru/rights.json' with { type: 'json' };
import ruRoundFile from '#shared/i18n/ru/round-file.json' with { type: 'json' };
import ruScoring from '#shared/i18n/ru/scoring.json' with { type: 'json' };
import ruScreening from '#shared/i18n/ru/screening.json' with { type: 'json' };
import ruSeverity from '#shared/i18n/ru/severity.json' with { type: 'json' };
import ruStation from '#shared/i18n/ru/station.json' with { type: 'json' };
import ruSupport from '#shared/i18n/ru/support.json' with { type: 'json' };
import ruTimeline from '#shared/i18n/ru/timeline.json' with { type: 'json' };
import ruTimetable from '#shared/i18n/ru/timetable.json' with { type: 'json' };
import ruVacancies from '#shared/i18n/ru/vacancies.json' with { type: 'json' };
import ruVerification from '#shared/i18n/ru/verification.json' with { type: 'json' };
import ruWaiting from '#shared/i18n/ru/waiting.json' with { type: 'json' };
import ruWatch from '#shared/i18n/ru/watch.json' with { type: 'json' };
import ruWishes from '#shared/i18n/ru/wishes.json' with { type: 'json' };

/** Every text in Russian. */
export const ru = {
  ...ruAccount,
  ...ruAllocation,
  ...ruAmend,
  ...ruApply,
  ...ruApplicationForm,
  ...ruAssignment,
  ...ruBallots,
  ...ruBeacon,
  ...ruCalendar,
  ...ruCall,
  ...ruCapacity,
  ...ruCharts,
  ...ruChecks,
  ...ruCodes,
  ...ruCommon,
  ...ruCompetence,
  ...ruConflicts,
  ...ruCorrections,
  ...ruLists,
  ...ruFigures,
  ...ruManage,
  ...ruPractice,
  ...ruProblems,
  ...ruProgramme,
  ...ruRaters,
  ...ruRatings,
  ...ruRights,
  ...ruRoundFile,
  ...ruCommittee,
  ...ruDiscussion,
  ...ruElsewhere,
  ...ruExchange,
  ...ruFormula,
  ...ruGuests,
  ...ruInquiry,
  ...ruScreening,
  ...ruScoring,
  ...ruDeferral,
  ...ruDesk,
  ...ruDayOff,
  ...ruInterview,
  ...ruRemedy,
  ...ruReplay,
  ...ruReport,
  ...ruResults,
  ...ruMarks,
  ...ruMinutes,
  ...ruNearLine,
  ...ruOffer,
  ...ruKept,
  ...ruKit,
  ...ruOwedInterview,
  ...ruPanel,
  ...ruWishes,
  ...ruPlacement,
  ...ruRedaction,
  ...ruReference,
  ...ruVerification,
  ...ruWaiting,
  ...ruWatch,
  ...ruSeverity,
  ...ruSupport,
  ...ruTimeline,
  ...ruStation,
  ...ruTimetable,
  ...ruVacancies,
};
