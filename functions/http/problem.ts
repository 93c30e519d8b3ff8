import type { Context } from 'hono';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import { factsOf, faultText, helpOf, translatorFor, withTitle } from '#functions/http/refusal-text.ts';
import type { RoundFile } from '#shared/domain/round-file.ts';
import type { Fault, Refusal } from '#shared/errors.ts';
import type { Locale, Translator } from '#shared/i18n/index.ts';

/** One line for each refusal: its HTTP status. What it says, the catalogues hold: `problems.KIND.title` and `.help`. */
export const problemStatus = {
  'not-found': 404,
  'not-allowed': 403,
  'cross-site': 403,
  'too-large': 413,
  'changed-meanwhile': 409,
  unreadable: 400,
  invalid: 422,
  'too-early': 409,
  'too-late': 409,
  'wrong-stage': 409,
  'deadline-not-later': 422,
  'deadline-too-late': 422,
  'call-too-short': 422,
  'no-vacancies': 409,
  'intake-taken': 409,
  'already-submitted': 409,
  'already-withdrawn': 409,
  incomplete: 422,
  'document-not-arrived': 409,
  'document-unchecked': 409,
  'unknown-requirement': 422,
  'too-many-documents': 409,
  'unknown-vacancy': 422,
  'too-many-choices': 422,
  'committee-incomplete': 409,
  'takes-part': 409,
  'own-vote-stands': 409,
  'vote-stands': 409,
  'chair-away': 409,
  'no-stand-in': 409,
  'nothing-released': 409,
  unblinded: 409,
  'seat-taken': 409,
  'gate-not-open': 409,
  'no-proposal': 409,
  'proposal-on-table': 409,
  'already-decided': 409,
  'ballot-closed': 409,
  'reason-needed': 422,
  'no-quorum': 409,
  'not-carried': 409,
  'no-departures': 409,
  'recused-undecided': 409,
  'unfinished-work': 409,
  'cards-awaited': 409,
  'confirmations-needed': 409,
  'ties-open': 409,
  'scans-awaited': 409,
  'marks-needed': 409,
  'beacon-needed': 409,
  'beacon-known': 409,
  'copies-needed': 409,
  'further-ratings-due': 409,
  'letters-wait': 409,
  'second-person-needed': 409,
  'took-effect': 409,
  'held-by-check': 409,
  'answer-held': 409,
  'recipients-differ': 409,
  'reminded-already': 409,
  'alarms-not-acknowledged': 409,
  'conflict-of-interest': 403,
  'disclosure-needed': 403,
  'not-assigned': 403,
  'practice-needed': 403,
  'practice-over': 409,
  'slot-taken': 409,
  'slot-unfit': 409,
  'seats-taken': 409,
  'not-in-stage': 409,
  'no-offer-to-come': 409,
  'claim-exists': 409,
  'claim-open': 409,
  'results-final': 409,
  'interview-owed': 409,
  'claim-withdrawn': 409,
  'inquiry-open': 409,
  'inquiry-ended': 409,
  'reference-ended': 409,
  'not-erasable': 409,
  'paper-needed': 409,
  'offer-ended': 409,
  'sign-in-needed': 401,
  'passkey-needed': 403,
  'code-wrong': 422,
  'code-expired': 410,
  'code-used': 409,
  'code-replaced': 409,
  'code-exhausted': 409,
  'too-many-requests': 429,
  'took-too-long': 503,
  'passkey-refused': 422,
  'last-passkey': 409,
  'mailbox-taken': 409,
  'invitation-used': 410,
  'invitation-expired': 410,
  'invitation-for-another': 403,
  'last-administrator': 409,
  'role-not-held': 409,
  'second-administrator-needed': 409,
  'already-requested': 409,
  'replacement-not-requested': 409,
} as const satisfies Record<Refusal['kind'], ContentfulStatusCode>;

export const isProblemKind = (text: string): text is Refusal['kind'] => Object.hasOwn(problemStatus, text);

/** The status of a refusal, for pages that draw it themselves. */
export const statusOf = (refusal: Refusal): ContentfulStatusCode => problemStatus[refusal.kind];

/**
 * A refusal as a problem document (RFC 9457). `type` is stable and leads to a page that explains it; title, detail
 * and the text of each fault are in the language of the answer; facts are extension members.
 */
export const problem = (c: Context, refusal: Refusal): Response => {
  const { kind, ...facts } = refusal;
  const t = translatorFor(c);
  if (refusal.kind === 'too-many-requests') {
    c.header('retry-after', String(refusal.retryAfterMinutes * 60));
  }
  return problemDocument(c, t.locale, {
    ...facts,
    ...(refusal.kind === 'invalid' && { faults: withTexts(refusal.faults, t) }),
    ...(refusal.kind === 'incomplete' && { missing: withTexts(refusal.missing, t) }),
    ...(refusal.kind === 'committee-incomplete' && { lacks: withTexts(refusal.lacks, t) }),
    type: `/problems/${kind}`,
    title: t(`problems.${kind}.title`),
    status: problemStatus[kind],
    detail: [...factsOf(refusal, t), helpOf(refusal, t)].join(' '),
  });
};

/** Faults with the sentence for each beside its catalogue key; with a round file they call its documents by title. */
export const withTexts = (
  faults: readonly Fault[],
  t: Translator,
  file?: RoundFile,
): (Fault & { text: string })[] =>
  faults.map((fault) => ({ ...fault, text: faultText(file ? withTitle(fault, file, t) : fault, t) }));

/** A fault of ours: says nothing but the number under which it is in the log. */
export const unexpectedProblem = (c: Context, requestId: string): Response => {
  const t = translatorFor(c);
  return problemDocument(c, t.locale, {
    type: '/problems/unexpected',
    title: t('problems.unexpected.title'),
    status: 500,
    detail: t('problems.unexpected.help'),
    requestId,
  });
};

type ProblemDocument = { type: string; title: string; status: ContentfulStatusCode } & Record<
  string,
  unknown
>;

const problemDocument = (c: Context, locale: Locale, document: ProblemDocument): Response =>
  c.body(JSON.stringify({ ...document, instance: c.req.path }), document.status, {
    'content-type': 'application/problem+json',
    'content-language': locale,
    vary: 'accept-language',
  });
