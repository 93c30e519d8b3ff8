import type { Context } from 'hono';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import type { Refusal } from '#shared/errors.ts';

/**
 * One line for each refusal: its HTTP status, and its title for programs. Pages say the same in the visitor's
 * language (`problems.KIND.title`). `/problems/KIND` is a page that explains it.
 */
export const problems = {
  'not-found': { status: 404, title: 'Not found' },
  'not-allowed': { status: 403, title: 'Not allowed' },
  'cross-site': { status: 403, title: 'The form was sent from another site' },
  'too-large': { status: 413, title: 'Too large' },
  'changed-meanwhile': { status: 409, title: 'It was changed in the meantime' },
  invalid: { status: 422, title: 'Something is missing or not valid' },
  'too-early': { status: 409, title: 'It is too early for this' },
  'too-late': { status: 409, title: 'The deadline has passed' },
  'wrong-stage': { status: 409, title: 'The round is in another stage' },
  'deadline-not-later': { status: 422, title: 'The new deadline is not later than the present one' },
  'call-too-short': { status: 422, title: 'The call would be open for too few days' },
  'no-vacancies': { status: 409, title: 'The round has no vacancies yet' },
  'intake-taken': { status: 409, title: 'Another round has this intake' },
  'already-submitted': { status: 409, title: 'The application is already submitted' },
  'already-withdrawn': { status: 409, title: 'The application is withdrawn' },
  incomplete: { status: 422, title: 'The application is not complete' },
  'document-not-arrived': { status: 409, title: 'A document has not arrived yet' },
  'unknown-requirement': { status: 422, title: 'The call does not ask for such a document' },
  'too-many-documents': { status: 409, title: 'There are already enough files of this document' },
  'unknown-vacancy': { status: 422, title: 'The call has no such vacancy' },
  'too-many-choices': { status: 422, title: 'Too many vacancies are chosen' },
  'sign-in-needed': { status: 401, title: 'Signing in is needed' },
  'passkey-needed': { status: 403, title: 'Signing in with a passkey is needed' },
  'code-wrong': { status: 422, title: 'The code is wrong' },
  'code-expired': { status: 410, title: 'The code has expired' },
  'code-used': { status: 409, title: 'The code has been used' },
  'code-replaced': { status: 409, title: 'A newer code was sent' },
  'code-exhausted': { status: 409, title: 'The code was tried too often' },
  'too-many-requests': { status: 429, title: 'Too many requests' },
  'passkey-refused': { status: 422, title: 'The passkey was not accepted' },
  'last-passkey': { status: 409, title: 'The last passkey cannot be removed' },
  'invitation-used': { status: 410, title: 'The invitation has been used' },
  'invitation-expired': { status: 410, title: 'The invitation has expired' },
  'invitation-for-another': { status: 403, title: 'The invitation is for somebody else' },
  'last-administrator': { status: 409, title: 'The last administrator cannot go' },
  'role-not-held': { status: 409, title: 'The person does not hold this role' },
  'second-administrator-needed': { status: 409, title: 'A second administrator is needed' },
  'already-requested': { status: 409, title: 'This is already requested' },
} as const satisfies Record<Refusal['kind'], { status: ContentfulStatusCode; title: string }>;

export const isProblemKind = (text: string): text is Refusal['kind'] => Object.hasOwn(problems, text);

/** The status of a refusal, for pages that draw it themselves. */
export const statusOf = (refusal: Refusal): ContentfulStatusCode => problems[refusal.kind].status;

/** A refusal as a problem document (RFC 9457), its facts as extension members. */
export const problem = (c: Context, refusal: Refusal): Response => {
  const { kind, ...facts } = refusal;
  const { status, title } = problems[kind];
  if (refusal.kind === 'too-many-requests') {
    c.header('retry-after', String(refusal.retryAfterMinutes * 60));
  }
  return problemDocument(c, { ...facts, type: `/problems/${kind}`, title, status });
};

/** A fault of ours: says nothing but the number under which it is in the log. */
export const unexpectedProblem = (c: Context, requestId: string): Response =>
  problemDocument(c, {
    type: '/problems/unexpected',
    title: 'Something went wrong here',
    status: 500,
    requestId,
  });

type ProblemDocument = { type: string; title: string; status: ContentfulStatusCode } & Record<
  string,
  unknown
>;

const problemDocument = (c: Context, document: ProblemDocument): Response =>
  c.body(JSON.stringify({ ...document, instance: c.req.path }), document.status, {
    'content-type': 'application/problem+json',
  });
