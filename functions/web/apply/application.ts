import type { Context } from 'hono';
import { type ApplicationView, viewApplication } from '#functions/commands/applications.ts';
import type { Applicant } from '#functions/commands/deps.ts';
import { applicantOf } from '#functions/http/applicant.ts';
import type { Application } from '#shared/domain/application.ts';
import type { SectionId } from '#shared/domain/application-form.ts';
import {
  type AskedField,
  askedDocuments,
  askedFields,
  askedSections,
  roundFields,
} from '#shared/domain/application-form-asked.ts';
import { ApplicationId } from '#shared/domain/ids.ts';
import type { RequiredDocument } from '#shared/domain/round-file.ts';
import type { Refusal } from '#shared/errors.ts';
import { type Result, refuse } from '#shared/result.ts';
import type { WebDeps } from '../deps.ts';

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

/** The documents that are asked of this person, and whatever else files were already sent for. */
export const requirementsOf = (view: ApplicationView): readonly RequiredDocument[] => {
  const asked = new Set(askedDocuments(view.file, view.answers).map(({ code }) => code));
  const sent = new Set(shownOf(view).documents.map(({ requirement }) => requirement));
  return view.file.documents.filter(({ code }) => asked.has(code) || sent.has(code));
};

type Answering = Pick<ApplicationView, 'file' | 'answers'>;

/** The sections that are asked of whoever looks, in order, without the consent, which comes last of all. */
export const sectionsOf = ({ file, answers, inPerson }: ApplicationView): readonly SectionId[] =>
  askedSections(file, answers).filter(
    (section) => section !== 'consent' && (inPerson || section !== 'equality'),
  );

/** The fields of a section that are asked of this person. */
export const fieldsOf = ({ file, answers }: Answering, section: SectionId): readonly AskedField[] =>
  askedFields(file, answers).filter((field) => field.section === section);

/**
 * What a section's page holds, in order: what is asked, and what another answer on the same page would ask, which is
 * there and hidden, so that a script can show it at once. Its value is posted back as it is.
 */
export const pageFields = (
  { file, answers }: Answering,
  section: SectionId,
): readonly { field: AskedField; asked: boolean }[] => {
  const asked = new Set(askedFields(file, answers).map(({ name }) => name));
  const own = roundFields(file).filter((field) => field.section === section);
  const here = new Set(own.map(({ name }) => name));
  return own.flatMap((field) => {
    const isAsked = asked.has(field.name);
    return isAsked || (field.when && here.has(field.when.question)) ? [{ field, asked: isAsked }] : [];
  });
};
