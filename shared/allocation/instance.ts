import * as z from 'zod';

/** Any text that names one applicant, vacancy, region or subject; compared letter by letter. */
const Name = z.string().min(1).max(200);

/** More seats than people could ever ask for; keeps every count exact in 32 bits. */
const Seats = z.int().min(0).max(1_000_000_000);

export const Mechanism = z.enum(['applicant-proposing-deferred-acceptance', 'merit-order-with-choice']);
export type Mechanism = z.infer<typeof Mechanism>;

/** `preferences`: vacancies, best first, strict. A vacancy that is not named is not wanted. */
const Applicant = z.strictObject({ id: Name, preferences: z.array(Name) });

/**
 * `region` and `subject` matter to caps alone. `ranking`: applicants, best first, strict. Whoever is not named is not eligible for this vacancy.
 */
const Vacancy = z.strictObject({
  id: Name,
  capacity: Seats,
  region: Name.optional(),
  subject: Name.optional(),
  ranking: z.array(Name),
});

/**
 * So many seats are filled first, by the one order alone, before reserves count: what is reserved then comes over and above. `taken`: who has
 * a seat already and keeps it, one of `max` beside the capacities, in the place of the order that is theirs; nobody twice at one vacancy.
 */
const Open = z.strictObject({
  first: Seats,
  taken: z.array(z.strictObject({ applicant: Name, vacancy: Name })).optional(),
});

/**
 * At most `max` people in the vacancies of the list, the region or the subject. Up to `reserve` of them come before others
 * where an enclosing cap binds; a reserve keeps no seat empty. Of several reserves the one with the lowest `precedence` counts
 * first, those without one come last, and the outermost of them first. One cap, around all vacancies, may have `open` seats before them.
 */
const limits = {
  max: Seats,
  reserve: Seats.optional(),
  precedence: z.int().min(1).max(100).optional(),
  open: Open.optional(),
};

export const Cap = z.union([
  z.strictObject({ vacancies: z.array(Name).min(1), ...limits }),
  z.strictObject({ region: Name, ...limits }),
  z.strictObject({ subject: Name, ...limits }),
]);
export type Cap = z.infer<typeof Cap>;

/** What is allocated: who wants what, whom each vacancy ranks, what limits whole groups of vacancies. */
export const Instance = z.strictObject({
  applicants: z.array(Applicant),
  vacancies: z.array(Vacancy),
  caps: z.array(Cap).default([]),
  /**
   * Applicants, best first, of whom every ranking is a part. Where a cap is full the seat of whoever comes last in it is given back;
   * without it vacancies take turns.
   */
  order: z.array(Name).optional(),
  mechanism: Mechanism,
});
export type Instance = z.infer<typeof Instance>;

/** Each applicant's vacancy, or null. */
export type Matches = Readonly<Record<string, string | null>>;

export type Pair = { applicant: string; vacancy: string };
