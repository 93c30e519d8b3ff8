import type { Context } from 'hono';
import { saveSection, viewApplication } from '#functions/commands/applications.ts';
import { statusOf as httpStatusOf } from '#functions/http/problem.ts';
import { SectionId } from '#shared/domain/application-form.ts';
import { roundFields } from '#shared/domain/application-form-asked.ts';
import type { WebDeps } from '../deps.ts';
import { one, readTyped } from '../form.ts';
import { paths } from '../paths.ts';
import { refusalPage } from '../problem.tsx';
import { viewOf } from '../view.ts';
import { applicationOf, fieldsOf } from './application.ts';
import { basedOn, freshFields, typedFields } from './section-form.ts';
import { SectionPage } from './section-page.tsx';
import { faultsOf, nextAfter } from './tasks.ts';

/** One section of the form; what was saved before is in it. */
export const showSection = (deps: WebDeps) => async (c: Context) => {
  const found = await sectionOf(deps, c);
  if (!found.ok) return refusalPage(c, found.error);
  const { application, section } = found.value;
  if (!application.draft) {
    return c.redirect(paths.application(viewOf(c).t.locale, application.application.id), 303);
  }
  const { typed, version } = application.sections[section];
  return c.html(<SectionPage view={viewOf(c)} {...{ application, section, typed }} basedOn={version} />);
};

/**
 * Saves what was typed, complete or not, and goes on. What is wrong with it is shown at once, after it was saved:
 * nobody loses a text because a number beside it was wrong. Questions that follow from the answers are shown before
 * anybody is told that they are not answered.
 */
export const postSection = (deps: WebDeps) => async (c: Context) => {
  const found = await sectionOf(deps, c);
  if (!found.ok) return refusalPage(c, found.error);
  const { application, section } = found.value;
  const view = viewOf(c);
  const { locale } = view.t;
  const { id } = application.application;
  const posted = await readTyped(c);
  const own = roundFields(application.file).filter((field) => field.section === section);
  const typed = typedFields(own, posted);

  const saved = await saveSection(deps, { ...application.asked, section, basedOn: basedOn(posted), typed });
  if (!saved.ok) {
    const { error } = saved;
    const faults = error.kind === 'invalid' ? error.faults : [];
    const stored = error.kind === 'changed-meanwhile' ? error.stored : undefined;
    if (faults.length === 0 && stored === undefined) return refusalPage(c, error);
    const version = stored?.version ?? basedOn(posted);
    const page = { application, section, typed, faults, stored, basedOn: version };
    return c.html(<SectionPage view={view} {...page} />, httpStatusOf(error));
  }
  const next = one(posted, 'next');
  if (next === 'leave') return c.redirect(`${paths.application(locale, id)}?done=common.done.saved`, 303);
  const after = await viewApplication(deps, application.asked);
  if (!after.ok) return refusalPage(c, after.error);
  const here = paths.section(locale, id, section);
  const more = { before: fieldsOf(application, section), after: fieldsOf(after.value, section), typed };
  const [fresh] = freshFields(more, posted);
  if (next === 'more') return c.redirect(`${here}?done=common.done.saved#${one(posted, 'more')}`, 303);
  if (fresh !== undefined) return c.redirect(`${here}?done=apply.done.more#${fresh}`, 303);
  const faults = faultsOf(after.value, section);
  if (faults.length === 0) return c.redirect(nextAfter(locale, after.value, section), 303);
  const { version, typed: stands } = after.value.sections[section];
  const page = { application: after.value, section, typed: stands, faults, basedOn: version, saved: true };
  return c.html(<SectionPage view={view} {...page} />, 422);
};

const sectionOf = async (deps: WebDeps, c: Context) => {
  const section = SectionId.safeParse(c.req.param('section'));
  if (!section.success) return { ok: false, error: { kind: 'not-found', what: 'page' } } as const;
  const found = await applicationOf(deps, c);
  if (!found.ok) return found;
  if (section.data === 'equality' && !found.value.inPerson) {
    return { ok: false, error: { kind: 'not-found', what: 'page' } } as const;
  }
  return { ok: true, value: { application: found.value, section: section.data } } as const;
};
