import type { Context } from 'hono';
import { type ApplicationView, viewApplication } from '#functions/commands/applications.ts';
import type { Applicant } from '#functions/commands/deps.ts';
import { requireActor } from '#functions/http/authorize.ts';
import type { Application } from '#shared/domain/application.ts';
import type { SectionId } from '#shared/domain/application-form.ts';
import { askedFields, askedSections } from '#shared/domain/application-form-check.ts';
import { ApplicationId } from '#shared/domain/ids.ts';
import type { RoundFile } from '#shared/domain/round-file.ts';
import type { Refusal } from '#shared/errors.ts';
import { type Result, refuse } from '#shared/result.ts';
import type { WebDeps } from '../deps.ts';

/** The person who asks, or for whom the desk does; somebody else's application does not exist for them. */
export const applicantOf = (c: Context): Applicant => c.get('assisted') ?? { personId: requireActor(c).id };

export type Asked = { by: Applicant; applicationId: ApplicationId };

/** Whose application an address names; an address that is no number is not found. */
export const askedOf = (c: Context): Result<Asked, Refusal> => {
  const id = ApplicationId.safeParse(c.req.param('application'));
  return id.success
    ? { ok: true, value: { by: applicantOf(c), applicationId: id.data } }
    : refuse({ kind: 'not-found', what: 'application' });
};

export const applicationOf = async (
  deps: WebDeps,
  c: Context,
): Promise<Result<ApplicationView & { asked: Asked }, Refusal>> => {
  const asked = askedOf(c);
  if (!asked.ok) return asked;
  const found = await viewApplication(deps, asked.value);
  return found.ok ? { ok: true, value: { ...found.value, asked: asked.value } } : found;
};

/** What the pages of the form show: what can be changed, else what was submitted. */
export const shownOf = ({ draft, application }: ApplicationView): Application => draft ?? application;

/** The sections that this round asks, in order, without the consent, which comes last of all. */
export const sectionsOf = (file: RoundFile): readonly SectionId[] =>
  askedSections(file).filter((section) => section !== 'consent');

export type AskedField = ReturnType<typeof askedFields>[number];

/** The fields of a section that this round asks. */
export const fieldsOf = (file: RoundFile, section: SectionId): readonly AskedField[] =>
  askedFields(file).filter((field) => field.section === section);
