import enAccount from '#shared/i18n/en/account.json' with { type: 'json' };
import enAllocation from '#shared/i18n/en/allocation.json' with { type: 'json' };
import enAmend from '#shared/i18n/en/amend.json' with { type: 'json' };
import enApplicationForm from '#shared/i18n/en/application-form.json' with { type: 'json' };
import enApply from '#shared/i18n/en/apply.json' with { type: 'json' };
import enAssignment from '#shared/i18n/en/assignment.json' with { type: 'json' };
import enBallots from '#shared/i18n/en/ballots.json' with { type: 'json' };
import enBeacon from '#shared/i18n/en/beacon.json' with { type: 'json' };
import enCalendar from '#shared/i18n/en/calendar.json' with { type: 'json' };
import enCall from '#shared/i18n/en/call.json' with { type: 'json' };
import enCapacity from '#shared/i18n/en/capacity.json' with { type: 'json' };
import enCharts from '#shared/i18n/en/charts.json' with { type: 'json' };
import enChecks from '#shared/i18n/en/checks.json' with { type: 'json' };
import enCodes from '#shared/i18n/en/codes.json' with { type: 'json' };
import enCommittee from '#shared/i18n/en/committee.json' with { type: 'json' };
import enCommon from '#shared/i18n/en/common.json' with { type: 'json' };
import enCompetence from '#shared/i18n/en/competence.json' with { type: 'json' };
import enConflicts from '#shared/i18n/en/conflicts.json' with { type: 'json' };
import enCorrections from '#shared/i18n/en/corrections.json' with { type: 'json' };
import enDayOff from '#shared/i18n/en/day-off.json' with { type: 'json' };
import enDeferral from '#shared/i18n/en/deferral.json' with { type: 'json' };
import enDesk from '#shared/i18n/en/desk.json' with { type: 'json' };
import enDiscussion from '#shared/i18n/en/discussion.json' with { type: 'json' };
import enElsewhere from '#shared/i18n/en/elsewhere.json' with { type: 'json' };
import enExchange from '#shared/i18n/en/exchange.json' with { type: 'json' };
import enFigures from '#shared/i18n/en/figures.json' with { type: 'json' };
import enFormula from '#shared/i18n/en/formula.json' with { type: 'json' };
import enGuests from '#shared/i18n/en/guests.json' with { type: 'json' };
import enInquiry from '#shared/i18n/en/inquiry.json' with { type: 'json' };
import enInterview from '#shared/i18n/en/interview.json' with { type: 'json' };
import enKept from '#shared/i18n/en/kept.json' with { type: 'json' };
import enKit from '#shared/i18n/en/kit.json' with { type: 'json' };
import enLists from '#shared/i18n/en/lists.json' with { type: 'json' };
import enManage from '#shared/i18n/en/manage.json' with { type: 'json' };
import enMarks from '#shared/i18n/en/marks.json' with { type: 'json' };
import enMinutes from '#shared/i18n/en/minutes.json' with { type: 'json' };
import enNearLine from '#shared/i18n/en/near-line.json' with { type: 'json' };
import enOffer from '#shared/i18n/en/offer.json' with { type: 'json' };
import enOwedInterview from '#shared/i18n/en/owed-interview.json' with { type: 'json' };
import enPanel from '#shared/i18n/en/panel.json' with { type: 'json' };
import enPlacement from '#shared/i18n/en/placement.json' with { type: 'json' };
import enPractice from '#shared/i18n/en/practice.json' with { type: 'json' };
import enProblems from '#shared/i18n/en/problems.json' with { type: 'json' };
import enProgramme from '#shared/i18n/en/programme.json' with { type: 'json' };
import enRaters from '#shared/i18n/en/raters.json' with { type: 'json' };
import enRatings from '#shared/i18n/en/ratings.json' with { type: 'json' };
import enRedaction from '#shared/i18n/en/redaction.json' with { type: 'json' };
import enReference from '#shared/i18n/en/reference.json' with { type: 'json' };
import enRemedy from '#shared/i18n/en/remedy.json' with { type: 'json' };
import enReplay from '#shared/i18n/en/replay.json' with { type: 'json' };
import enReport from '#shared/i18n/en/report.json' with { type: 'json' };
import enResults from '#shared/i18n/en/results.json' with { type: 'json' };
import enRights from '#shared/i18n/en/rights.json' with { type: 'json' };
import enRoundFile from '#shared/i18n/en/round-file.json' with { type: 'json' };
import enScoring from '#shared/i18n/en/scoring.json' with { type: 'json' };
import enScreening from '#shared/i18n/en/screening.json' with { type: 'json' };
import enSeverity from '#shared/i18n/en/severity.json' with { type: 'json' };
import enStation from '#shared/i18n/en/station.json' with { type: 'json' };
import enSupport from '#shared/i18n/en/support.json' with { type: 'json' };
import enTimeline from '#shared/i18n/en/timeline.json' with { type: 'json' };
import enTimetable from '#shared/i18n/en/timetable.json' with { type: 'json' };
import enVacancies from '#shared/i18n/en/vacancies.json' with { type: 'json' };
import enVerification from '#shared/i18n/en/verification.json' with { type: 'json' };
import enWaiting from '#shared/i18n/en/waiting.json' with { type: 'json' };
import enWatch from '#shared/i18n/en/watch.json' with { type: 'json' };
import enWishes from '#shared/i18n/en/wishes.json' with { type: 'json' };

/** Every text in English. */
export const en = {
  ...enAccount,
  ...enAllocation,
  ...enAmend,
  ...enApply,
  ...enApplicationForm,
  ...enAssignment,
  ...enBallots,
  ...enBeacon,
  ...enCalendar,
  ...enCall,
  ...enCapacity,
  ...enCharts,
  ...enChecks,
  ...enCodes,
  ...enCommon,
  ...enCompetence,
  ...enConflicts,
  ...enCorrections,
  ...enLists,
  ...enFigures,
  ...enManage,
  ...enPractice,
  ...enProblems,
  ...enProgramme,
  ...enRaters,
  ...enRatings,
  ...enRights,
  ...enRoundFile,
  ...enCommittee,
  ...enDiscussion,
  ...enElsewhere,
  ...enExchange,
  ...enFormula,
  ...enGuests,
  ...enInquiry,
  ...enScreening,
  ...enScoring,
  ...enDeferral,
  ...enDesk,
  ...enDayOff,
  ...enInterview,
  ...enRemedy,
  ...enReplay,
  ...enReport,
  ...enResults,
  ...enMarks,
  ...enMinutes,
  ...enNearLine,
  ...enOffer,
  ...enKept,
  ...enKit,
  ...enOwedInterview,
  ...enPanel,
  ...enWishes,
  ...enPlacement,
  ...enRedaction,
  ...enReference,
  ...enVerification,
  ...enWaiting,
  ...enWatch,
  ...enSeverity,
  ...enSupport,
  ...enTimeline,
  ...enStation,
  ...enTimetable,
  ...enVacancies,
};
