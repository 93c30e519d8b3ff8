import * as z from 'zod';

/** What a room, a panel or a time can provide for somebody who needs it. */
export const Provision = z.enum([
  /** Reached without steps; so is a video call. */
  'step-free',
  'hearing-loop',
  'quiet-room',
  /** An interpreter of the Kazakh sign language is there, or of the Russian one. */
  'sign-kk',
  'sign-ru',
  /** The interview is a video call, or can be joined by one. */
  'remote',
]);
export type Provision = z.infer<typeof Provision>;

/** What an applicant may need at the interview. It may tell of health: only those who arrange it read it. */
export const AccessNeed = z.enum([
  ...Provision.options,
  'more-time-25',
  'more-time-50',
  'large-print',
  'screen-reader',
  'companion',
  /** Said in words. */
  'other',
]);
export type AccessNeed = z.infer<typeof AccessNeed>;

type NeedRule = {
  /** By a time that provides it, by one that is so many percent longer, or by a person who arranges it and says so. */
  kept: 'by-time' | { longer: number } | 'by-hand';
  /** Whether whoever holds the interview must know of it to hold it. */
  told: boolean;
};

/** How each need is kept. Confidence: our own list; a region that knows better adds a line, and its words in three languages. */
const rules: Readonly<Record<AccessNeed, NeedRule>> = {
  'step-free': { kept: 'by-time', told: false },
  'hearing-loop': { kept: 'by-time', told: true },
  'quiet-room': { kept: 'by-time', told: false },
  'sign-kk': { kept: 'by-time', told: true },
  'sign-ru': { kept: 'by-time', told: true },
  remote: { kept: 'by-time', told: true },
  'more-time-25': { kept: { longer: 25 }, told: true },
  'more-time-50': { kept: { longer: 50 }, told: true },
  'large-print': { kept: 'by-hand', told: true },
  'screen-reader': { kept: 'by-hand', told: true },
  companion: { kept: 'by-hand', told: true },
  other: { kept: 'by-hand', told: false },
};

/** By how many percent a time can be planned longer. */
export const Longer = z.union([z.literal(25), z.literal(50)]);
export type Longer = z.infer<typeof Longer>;

/** Why a time does not keep what somebody needs. */
export const Unkept = z.enum([...Provision.options, 'more-time']);
export type Unkept = z.infer<typeof Unkept>;

/** What a time provides: `longer` says by how many percent it is longer than the round file asks. */
export type Provided = { provides: readonly Provision[]; longer: number };

/** What somebody needs and a time does not keep, in the order of the list; what a person arranges stands in no time's way. */
export const unkept = (needs: readonly AccessNeed[], { provides, longer }: Provided): Unkept[] => {
  const lacks = Provision.options.filter((one) => needs.includes(one) && !provides.includes(one));
  const short = needs.some((need) => {
    const { kept } = rules[need];
    return typeof kept === 'object' && kept.longer > longer;
  });
  return short ? [...lacks, 'more-time'] : lacks;
};

/** Those that a person arranges. */
export const byHand = (needs: readonly AccessNeed[]): AccessNeed[] =>
  needs.filter((need) => rules[need].kept === 'by-hand');

/** Those that whoever holds the interview must know. */
export const toldToHolders = (needs: readonly AccessNeed[]): AccessNeed[] =>
  needs.filter((need) => rules[need].told);

/** So many minutes and percent more, to a whole minute that is not shorter. */
export const lengthened = (minutes: number, longer: Longer | undefined): number =>
  Math.ceil((minutes * (100 + (longer ?? 0))) / 100);
