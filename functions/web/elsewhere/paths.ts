import type { Locale } from '#shared/i18n/index.ts';

const elsewhere = (locale: Locale, roundId: string): string =>
  `/${locale}/manage/rounds/${roundId}/elsewhere`;
const elsewhereList = (locale: Locale, roundId: string, list: number): string =>
  `${elsewhere(locale, roundId)}/lists/${list}`;
const elsewherePeople = (locale: Locale, roundId: string): string => `${elsewhere(locale, roundId)}/people`;
const ownElsewhere = (locale: Locale, id: string, list: number): string =>
  `/${locale}/applications/${id}/elsewhere/${list}`;

/** Addresses of the pages about other regions, among all others in `paths`. */
export const elsewherePaths = {
  elsewhere,
  elsewhereOwn: (locale: Locale, roundId: string) => `${elsewhere(locale, roundId)}/own`,
  elsewhereFile: (locale: Locale, roundId: string) => `${elsewhere(locale, roundId)}/own/file`,
  elsewhereKeys: (locale: Locale, roundId: string) => `${elsewhere(locale, roundId)}/keys`,
  elsewhereLists: (locale: Locale, roundId: string) => `${elsewhere(locale, roundId)}/lists`,
  elsewhereList,
  confirmElsewhereList: (locale: Locale, roundId: string, list: number) =>
    `${elsewhereList(locale, roundId, list)}/confirmation`,
  refuseElsewhereList: (locale: Locale, roundId: string, list: number) =>
    `${elsewhereList(locale, roundId, list)}/refusal`,
  stopElsewhereList: (locale: Locale, roundId: string, list: number) =>
    `${elsewhereList(locale, roundId, list)}/stop`,
  elsewhereOutcome: (locale: Locale, roundId: string, list: number) =>
    `${elsewhereList(locale, roundId, list)}/outcome`,
  confirmElsewhereOutcome: (locale: Locale, roundId: string, list: number) =>
    `${elsewhereList(locale, roundId, list)}/outcome/confirmation`,
  elsewhereAnswers: (locale: Locale, roundId: string, list: number) =>
    `${elsewhereList(locale, roundId, list)}/answers`,
  confirmElsewhereAnswers: (locale: Locale, roundId: string, list: number) =>
    `${elsewhereList(locale, roundId, list)}/answers/confirmation`,
  handElsewhere: (locale: Locale, roundId: string, list: number) =>
    `${elsewhereList(locale, roundId, list)}/packet`,
  elsewherePacket: (locale: Locale, roundId: string, list: number) =>
    `${elsewhereList(locale, roundId, list)}/packet/file`,
  elsewherePeople,
  confirmElsewherePeople: (locale: Locale, roundId: string, arrival: number) =>
    `${elsewherePeople(locale, roundId)}/${arrival}/confirmation`,
  refuseElsewherePeople: (locale: Locale, roundId: string, arrival: number) =>
    `${elsewherePeople(locale, roundId)}/${arrival}/refusal`,
  elsewherePeopleOutcome: (locale: Locale, roundId: string, arrival: number) =>
    `${elsewherePeople(locale, roundId)}/${arrival}/outcome`,
  elsewhereStatement: (locale: Locale, roundId: string, arrival: number) =>
    `${elsewherePeople(locale, roundId)}/${arrival}/answers`,
  elsewhereSaid: (locale: Locale, roundId: string) => `${elsewherePeople(locale, roundId)}/said`,
  elsewhereTwins: (locale: Locale, roundId: string) => `${elsewherePeople(locale, roundId)}/twins`,
  giveElsewhere: (locale: Locale, roundId: string) => `${elsewherePeople(locale, roundId)}/posts`,
  ownElsewhere,
  ownElsewhereChoices: (locale: Locale, id: string, list: number) =>
    `${ownElsewhere(locale, id, list)}/choices`,
  leaveElsewhere: (locale: Locale, id: string, list: number) =>
    `${ownElsewhere(locale, id, list)}/withdrawal`,
} as const;
