import type { ApplicationView } from '#functions/commands/applications.ts';
import type { UploadedDocument } from '#shared/domain/application.ts';
import type { SectionId } from '#shared/domain/application-form.ts';
import { askedDocuments } from '#shared/domain/application-form-asked.ts';
import { fields } from '#shared/domain/application-form-fields.ts';
import type { Fault } from '#shared/errors.ts';
import type { Locale } from '#shared/i18n/index.ts';
import { paths } from '../paths.ts';
import { sectionsOf, shownOf } from './application.ts';

/** One thing to do in an application: a section of the form, the documents, or the choices. */
export type Task = SectionId | 'documents' | 'choices' | 'references';

export type TaskStatus = 'complete' | 'incomplete' | 'not-started' | 'optional';

/** Everything that an application consists of, in the order in which the pages lead through it. */
export const tasksOf = (view: ApplicationView): readonly Task[] => [
  ...sectionsOf(view),
  ...(askedDocuments(view.file, view.answers).length > 0 ? (['documents'] as const) : []),
  'choices',
  ...(view.file.references ? (['references'] as const) : []),
  'consent',
];

/** Which task a fault belongs to, by the field, requirement or list that it names. */
export const taskOf = (fault: Fault): Task => {
  const field = fields.find(({ name }) => name === fault.place);
  if (field) return field.section;
  if (fault.place.startsWith('references')) return 'references';
  return fault.place.startsWith('choices') ? 'choices' : 'documents';
};

export const faultsOf = (view: ApplicationView, task: Task): readonly Fault[] =>
  view.missing.filter((fault) => taskOf(fault) === task);

export const statusOf = (view: ApplicationView, task: Task): TaskStatus => {
  const begun = hasBegun(view, task);
  if (faultsOf(view, task).length > 0) return begun ? 'incomplete' : 'not-started';
  return begun ? 'complete' : 'optional';
};

export const addressOf = (locale: Locale, id: string, task: Task): string => {
  if (task === 'documents') return paths.documents(locale, id);
  if (task === 'references') return paths.references(locale, id);
  return task === 'choices' ? paths.choices(locale, id) : paths.section(locale, id, task);
};

/** Where "save and continue" leads: the next task, or the answers after the last. */
export const nextAfter = (locale: Locale, view: ApplicationView, task: Task): string => {
  const tasks = tasksOf(view);
  const next = tasks[tasks.indexOf(task) + 1];
  const id = view.application.id;
  return next === undefined ? paths.check(locale, id) : addressOf(locale, id, next);
};

/** How the documents stand, in characters that HTML leaves alone: the script shows the page anew once this has changed. */
export const markOf = (documents: readonly UploadedDocument[]): string =>
  documents.map(({ id, status }) => `${id}-${status}`).join('.');

const hasBegun = (view: ApplicationView, task: Task): boolean => {
  if (task === 'documents') return shownOf(view).documents.length > 0;
  if (task === 'references') return view.referees > 0;
  if (task === 'choices') return shownOf(view).choices.length > 0;
  return view.sections[task].version > 0;
};
