import kkAccount from '#shared/i18n/kk/account.json' with { type: 'json' };
import kkAllocation from '#shared/i18n/kk/allocation.json' with { type: 'json' };
import kkAmend from '#shared/i18n/kk/amend.json' with { type: 'json' };
import kkApplicationForm from '#shared/i18n/kk/application-form.json' with { type: 'json' };
import kkApply from '#shared/i18n/kk/apply.json' with { type: 'json' };
import kkAssignment from '#shared/i18n/kk/assignment.json' with { type: 'json' };
import kkBallots from '#shared/i18n/kk/ballots.json' with { type: 'json' };
import kkBeacon from '#shared/i18n/kk/beacon.json' with { type: 'json' };
import kkCalendar from '#shared/i18n/kk/calendar.json' with { type: 'json' };
import kkCall from '#shared/i18n/kk/call.json' with { type: 'json' };
import kkCapacity from '#shared/i18n/kk/capacity.json' with { type: 'json' };
import kkCharts from '#shared/i18n/kk/charts.json' with { type: 'json' };
import kkChecks from '#shared/i18n/kk/checks.json' with { type: 'json' };
import kkCodes from '#shared/i18n/kk/codes.json' with { type: 'json' };
import kkCommittee from '#shared/i18n/kk/committee.json' with { type: 'json' };
import kkCommon from '#shared/i18n/kk/common.json' with { type: 'json' };
import kkCompetence from '#shared/i18n/kk/competence.json' with { type: 'json' };
import kkConflicts from '#shared/i18n/kk/conflicts.json' with { type: 'json' };
import kkCorrections from '#shared/i18n/kk/corrections.json' with { type: 'json' };
import kkDayOff from '#shared/i18n/kk/day-off.json' with { type: 'json' };
import kkDeferral from '#shared/i18n/kk/deferral.json' with { type: 'json' };
import kkDesk from '#shared/i18n/kk/desk.json' with { type: 'json' };
import kkDiscussion from '#shared/i18n/kk/discussion.json' with { type: 'json' };
import kkElsewhere from '#shared/i18n/kk/elsewhere.json' with { type: 'json' };
import kkExchange from '#shared/i18n/kk/exchange.json' with { type: 'json' };
import kkFigures from '#shared/i18n/kk/figures.json' with { type: 'json' };
import kkFormula from '#shared/i18n/kk/formula.json' with { type: 'json' };
import kkGuests from '#shared/i18n/kk/guests.json' with { type: 'json' };
import kkInquiry from '#shared/i18n/kk/inquiry.json' with { type: 'json' };
import kkInterview from '#shared/i18n/kk/interview.json' with { type: 'json' };
import kkKept from '#shared/i18n/kk/kept.json' with { type: 'json' };
import kkKit from '#shared/i18n/kk/kit.json' with { type: 'json' };
import kkLists from '#shared/i18n/kk/lists.json' with { type: 'json' };
import kkManage from '#shared/i18n/kk/manage.json' with { type: 'json' };
import kkMarks from '#shared/i18n/kk/marks.json' with { type: 'json' };
import kkMinutes from '#shared/i18n/kk/minutes.json' with { type: 'json' };
import kkNearLine from '#shared/i18n/kk/near-line.json' with { type: 'json' };
import kkOffer from '#shared/i18n/kk/offer.json' with { type: 'json' };
import kkOwedInterview from '#shared/i18n/kk/owed-interview.json' with { type: 'json' };
import kkPanel from '#shared/i18n/kk/panel.json' with { type: 'json' };
import kkPlacement from '#shared/i18n/kk/placement.json' with { type: 'json' };
import kkPractice from '#shared/i18n/kk/practice.json' with { type: 'json' };
import kkProblems from '#shared/i18n/kk/problems.json' with { type: 'json' };
import kkProgramme from '#shared/i18n/kk/programme.json' with { type: 'json' };
import kkRaters from '#shared/i18n/kk/raters.json' with { type: 'json' };
import kkRatings from '#shared/i18n/kk/ratings.json' with { type: 'json' };
import kkRedaction from '#shared/i18n/kk/redaction.json' with { type: 'json' };
import kkReference from '#shared/i18n/kk/reference.json' with { type: 'json' };
import kkRemedy from '#shared/i18n/kk/remedy.json' with { type: 'json' };
import kkReplay from '#shared/i18n/kk/replay.json' with { type: 'json' };
import kkReport from '#shared/i18n/kk/report.json' with { type: 'json' };
import kkResults from '#shared/i18n/kk/results.json' with { type: 'json' };
import kkRights from '#shared/i18n/kk/rights.json' with { type: 'json' };
import kkRoundFile from '#shared/i18n/kk/round-file.json' with { type: 'json' };
import kkScoring from '#shared/i18n/kk/scoring.json' with { type: 'json' };
import kkScreening from '#shared/i18n/kk/screening.json' with { type: 'json' };
import kkSeverity from '#shared/i18n/kk/severity.json' with { type: 'json' };
import kkStation from '#shared/i18n/kk/station.json' with { type: 'json' };
import kkSupport from '#shared/i18n/kk/support.json' with { type: 'json' };
import kkTimeline from '#shared/i18n/kk/timeline.json' with { type: 'json' };
import kkTimetable from '#shared/i18n/kk/timetable.json' with { type: 'json' };
import kkVacancies from '#shared/i18n/kk/vacancies.json' with { type: 'json' };
import kkVerification from '#shared/i18n/kk/verification.json' with { type: 'json' };
import kkWaiting from '#shared/i18n/kk/waiting.json' with { type: 'json' };
import kkWatch from '#shared/i18n/kk/watch.json' with { type: 'json' };
import kkWishes from '#shared/i18n/kk/wishes.json' with { type: 'json' };

/** Every text in Kazakh. */
export const kk = {
  ...kkAccount,
  ...kkAllocation,
  ...kkAmend,
  ...kkApply,
  ...kkApplicationForm,
  ...kkAssignment,
  ...kkBallots,
  ...kkBeacon,
  ...kkCalendar,
  ...kkCall,
  ...kkCapacity,
  ...kkCharts,
  ...kkChecks,
  ...kkCodes,
  ...kkCommon,
  ...kkCompetence,
  ...kkConflicts,
  ...kkCorrections,
  ...kkLists,
  ...kkFigures,
  ...kkManage,
  ...kkPractice,
  ...kkProblems,
  ...kkProgramme,
  ...kkRaters,
  ...kkRatings,
  ...kkRights,
  ...kkRoundFile,
  ...kkCommittee,
  ...kkDiscussion,
  ...kkElsewhere,
  ...kkExchange,
  ...kkFormula,
  ...kkGuests,
  ...kkInquiry,
  ...kkScreening,
  ...kkScoring,
  ...kkDeferral,
  ...kkDesk,
  ...kkDayOff,
  ...kkInterview,
  ...kkRemedy,
  ...kkReplay,
  ...kkReport,
  ...kkResults,
  ...kkMarks,
  ...kkMinutes,
  ...kkNearLine,
  ...kkOffer,
  ...kkKept,
  ...kkKit,
  ...kkOwedInterview,
  ...kkPanel,
  ...kkWishes,
  ...kkPlacement,
  ...kkRedaction,
  ...kkReference,
  ...kkVerification,
  ...kkWaiting,
  ...kkWatch,
  ...kkSeverity,
  ...kkSupport,
  ...kkTimeline,
  ...kkStation,
  ...kkTimetable,
  ...kkVacancies,
};
